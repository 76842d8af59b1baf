import { existsSync } from 'node:fs';
import { blockSchemas, cardDefs } from '../../src/config/blocks.ts';
import { FORMATS } from '../../src/model/card.ts';
import { cardExamples, type Example, FOLDER } from './card-examples.ts';
import { lines, type Schema, schemaOf } from './settings-page.ts';

interface Page {
  readonly file: string;
  readonly title: string;
  readonly blocks: readonly string[];
  readonly zh: string;
  readonly en: string;
  readonly examples: readonly string[];
}

const page = (
  file: string,
  title: string,
  [zh, en]: readonly [string, string],
  { blocks = [file], examples = [file] }: { blocks?: readonly string[]; examples?: readonly string[] } = {},
): Page => ({ file, title, zh, en, blocks, examples });

const CHARTS = [
  ...['bar', 'bar-stacked', 'line', 'area', 'pie', 'donut', 'combo', 'funnel', 'radar', 'scatter', 'progress', 'gauge'],
  ...['wordcloud', 'spec'],
].map((name) => `chart-${name}`);

/** One page a block, in the order a reader meets them. */
const PAGES: readonly Page[] = [
  page(
    'header',
    '卡片头 · the header',
    [
      '`title subtitle color icon tags summary` 直接写在 `card` 下。`color` 是一种颜色,或按顺序写的选择:第一个成立的条件(CEL)决定颜色;条件里是各数据集,只有一个数据集时 `first` 是它的第一行。任何文字都可以写成 `{ zh, en }`:各人看到自己的语言。`summary` 是会话列表里的一行,不写就是标题。',
      '`title subtitle color icon tags summary` stand directly under `card`. `color` is a colour, or an ordered choice: the first condition (CEL) that holds decides; conditions see the datasets, and with one dataset `first` is its first row. Any text may be `{ zh, en }`: everyone sees their own language. `summary` is the line in the chat list, the title unless written.',
    ],
    { blocks: [], examples: ['header', 'header-languages'] },
  ),
  page('markdown', 'markdown', [
    '飞书的 Markdown。模板外面的是作者的标记;`{{ }}` 里出来的是数据,不会变成标记、@ 人或链接。',
    "Feishu's markdown. What stands outside templates is the author's markup; what leaves `{{ }}` is data and never becomes markup, a mention or a link.",
  ]),
  page(
    'text',
    'text · divider · note',
    [
      '`text` 是纯文字,`note` 是灰色小字,`divider` 是分割线。',
      '`text` is plain text, `note` small grey text, `divider` a line.',
    ],
    { blocks: ['text', 'divider', 'note'] },
  ),
  page('fields', 'fields', ['标签和值,两个或三个一行。', 'Labels and values, two or three in a row.']),
  page('metrics', 'metrics', [
    '关键数字一行至多四个,手机上两个。`delta` 是变化:默认按比例(0.123 是 12.3%),箭头表示涨跌,`good: up | down | neither` 决定绿还是红;没有值(NULL)就不显示。`color` 的条件里 `value` 是这个数。',
    'Key figures, up to four in a row, two on a phone. `delta` is the change: a share unless told otherwise (0.123 is 12.3%), the arrow shows its sign, `good: up | down | neither` makes it green or red; without a value (NULL) it is left out. In conditions of `color`, `value` is the figure.',
  ]),
  page(
    'table',
    'table',
    [
      '`rows` 是数据集的名字;`columns` 是列和标题,或 `{ label, format, align, width, color }`;不写就是所有列。`color` 的条件里有这一行的各列(`rate`、`row["毛利"]`)和 `value`。表格只能放在最外层。',
      '`rows` names a dataset; `columns` are columns and their titles, or `{ label, format, align, width, color }`; without it, all columns. Conditions of `color` see the columns of the row (`rate`, `row["毛利"]`) and `value`. A table stands at the top of the body only.',
    ],
    { examples: ['table', 'table-formats'] },
  ),
  page(
    'chart',
    'chart',
    [
      '飞书自己画的图表:`type`、`rows`、`x`、`y`。几个 `y` 各是一条;或用 `series` 指明哪一列分组。`unit: 万` 和 `percent` 写在 `y` 的 `format` 里,数值换算好,单位写进名字。`progress` 和 `gauge` 的 `y` 是 0 到 1 的比例,超过 1 画满,真实的比例写在名字旁边。`spec` 是完整的 VChart 配置(不能有函数),配 `rows` 时数据按列名填进去。',
      'Charts that Feishu draws itself: `type`, `rows`, `x`, `y`. Several `y` are a series each; or `series` names the column that tells them apart. `unit: 万` and `percent` stand in the `format` of a `y`: values are converted and the name says the unit. The `y` of `progress` and `gauge` is a share from 0 to 1; more is drawn as full, with the true share beside the name. `spec` is a whole VChart spec (without functions); with `rows` its data comes from the dataset under the columns’ own names.',
    ],
    { examples: CHARTS },
  ),
  page('image', 'image', [
    '路径(相对于 larkcron.yaml)、网址,截图写 { from: 数据集 };larkcron 上传它,同样的内容只上传一次。',
    'A path (relative to larkcron.yaml), a web address, or { from: DATASET } for a screenshot; larkcron uploads it, the same bytes once.',
  ]),
  page(
    'buttons',
    'button · buttons',
    ['`button` 是一个,`buttons` 是一排,各带一个链接。', '`button` is one, `buttons` a row of them, each with a link.'],
    { blocks: ['button', 'buttons'] },
  ),
  page('columns', 'columns', [
    '并排的几栏,各有自己的 `body`;`width` 是份额 1–5、像素 16–600 或 `auto`,默认 1。手机上上下排列。表格不能放进来。',
    'Columns beside each other, each with a `body` of its own; `width` is a share 1–5, pixels 16–600 or `auto`, 1 unless written. On a phone they stand below each other. No table can stand in them.',
  ]),
  page('panel', 'panel', [
    '能折起来的一段;`open: true` 先展开。',
    'A part that folds away; `open: true` shows it at first.',
  ]),
  page('people', 'people', [
    '人员的头像和名字:open_id、union_id 或 user_id,也可以来自数据集的一列。`mention: true` 改为 @ 他们(也可以用邮箱),`mention: all` @ 所有人。数据只有在这里才能 @ 人。',
    'People with their pictures and names: an open_id, union_id or user_id each, also from a column of a dataset. `mention: true` mentions them instead (e-mail addresses work too), `mention: all` everyone. Data can mention people here and nowhere else.',
  ]),
  page('raw', 'raw', [
    '飞书的任何一个组件,按卡片 JSON 2.0 原样写;和别的块一样检查。',
    'Any component of Feishu as it is in card JSON 2.0; checked like everything else.',
  ]),
];

const HEAD = '<!-- made by `npm run docs` and `npm run gallery`; a test compares -->';

const pictureOf = (name: string): readonly string[] =>
  existsSync(`${FOLDER}images/${name}.png`) ? [`![${name}](images/${name}.png)`, ''] : [];

const exampleSection = ({ name, yaml, card }: Example): readonly string[] => [
  `### ${name}`,
  '',
  ...pictureOf(name),
  '```yaml',
  yaml.trimEnd(),
  '```',
  '',
  '<details><summary>JSON</summary>',
  '',
  '```json',
  JSON.stringify(card, null, 2),
  '```',
  '',
  '</details>',
  '',
];

/** Here the page of all blocks is a neighbour. */
const near = (line: string): string => line.replaceAll('(cards/README.md)', '(README.md)');

const keysOf = (names: readonly string[]): readonly string[] => {
  const schemas: Schema = blockSchemas() as Schema;
  return names.flatMap((name) => {
    const keys = lines({ properties: { [name]: schemas[name] ?? {} } } as Schema, 0);
    return [...keys.map(near), ''];
  });
};

const pageText = (one: Page, examples: ReadonlyMap<string, Example>): string =>
  [
    `# ${one.title}`,
    '',
    HEAD,
    '',
    one.zh,
    '',
    one.en,
    '',
    ...keysOf(one.blocks),
    ...one.examples.flatMap((name) => {
      const example = examples.get(name);
      if (example === undefined) throw new Error(`there is no example ${name}`);
      return exampleSection(example);
    }),
    '[所有的块 · all blocks](README.md)',
    '',
  ].join('\n');

const FORMAT_WORDS: Readonly<Record<(typeof FORMATS)[number], readonly [string, string, string]>> = {
  text: ['', '原样的文字(默认)', 'text as it is (the default)'],
  markdown: [
    '',
    '允许强调、列表和 http(s) 链接;没有标签、图片、@',
    'emphasis, lists and http(s) links; no tags, pictures, mentions',
  ],
  number: [
    '`{ as: number, digits: 2, unit: 万 }`',
    '千分位;`unit: 万 | 亿 | auto`',
    'thousands commas; `unit: 万 | 亿 | auto`',
  ],
  money: ['`{ money: USD, digits: 0, unit: 万 }`', '¥、两位小数、千分位', '¥, two digits, thousands commas'],
  percent: ['`{ as: percent, digits: 0 }`', '0.123 是 12.3%', '0.123 is 12.3%'],
  delta: [
    '`{ delta: number, good: down }`',
    '▲ ▼ 和红绿;`number`、`money` 或 `percent`(默认)',
    '▲ ▼ in green or red; `number`, `money` or `percent` (the default)',
  ],
  date: ["`{ date: '%m-%d %H:%M' }`", '任务时区里的日期', "a date in the job's time zone"],
  duration: ['`{ duration: ms }`', '1 小时 5 分;数字是秒,或毫秒', '1 h 5 min; the number is seconds, or milliseconds'],
  bytes: ['`{ as: bytes, digits: 0 }`', '1.5 MB,按 1024', '1.5 MB, by 1,024'],
  tag: [
    '`{ tag: { 正常: green, 异常: red } }`',
    '标签;颜色按值,或用列的 `color`',
    "a tag; its colour by value, or by the column's `color`",
  ],
  link: [
    '`{ link: url_column }`',
    '链接;地址在另一列,或就是这个值',
    'a link; its address in another column, or the value itself',
  ],
  person: ['', '人员:每格一个或几个 id', 'people: one id or several in a cell'],
};

const index = (examples: ReadonlyMap<string, Example>): string => {
  const rows = PAGES.map(({ file, title, examples: [first = ''] }) => {
    const picture = pictureOf(first)[0] ?? '';
    return `| [${title}](${file}.md) | ${picture.replace('![', `[![`).replace(/\)$/, `)](${file}.md)`)} |`;
  });
  return [
    '# 卡片 · Cards',
    '',
    HEAD,
    '',
    `每一块的写法、它变成的飞书卡片 JSON 2.0 和它的图。${examples.size} 个例子都在 [examples/](examples/) 里,是能运行的任务:`,
    `Every block: how it is written, the Feishu card JSON 2.0 it becomes, and its picture. The ${examples.size} examples are jobs that run, in [examples/](examples/):`,
    '',
    '```sh',
    'larkcron -C docs/reference/cards/examples preview table',
    '```',
    '',
    '| | |',
    '| --- | --- |',
    ...rows,
    '',
    '## 格式 · formats',
    '',
    "列的 `format`、metrics 的 `format`;`number money percent delta duration bytes date` 也是模板里的过滤器:`{{ x | money: unit: '万' }}`、`{{ x | delta: 'number' }}`。数字按十进制精确计算,大整数和小数不丢位数。",
    "The `format` of columns and metrics; `number money percent delta duration bytes date` are filters in templates, too: `{{ x | money: unit: '万' }}`, `{{ x | delta: 'number' }}`. Numbers are decimal and exact: big integers and decimals keep their digits.",
    '',
    '| | | |',
    '| --- | --- | --- |',
    ...FORMATS.map((name) => {
      const [long, zh, en] = FORMAT_WORDS[name];
      return `| \`${name}\` | ${long} | ${[zh, en].join('<br>').replaceAll('|', '\\|')} |`;
    }),
    '',
    '## 列、格式、颜色的键 · keys of columns, formats and colours',
    '',
    ...['columns', 'format', 'color'].flatMap((name) => [
      ...lines({ properties: { [name]: schemaOf(cardDefs()[name]) } } as Schema, 0).map(near),
      '',
    ]),
  ].join('\n');
};

/** docs/reference/cards: a page for each block, and the first page with all of them. */
export const cardsPages = async (): Promise<Readonly<Record<string, string>>> => {
  const examples = await cardExamples();
  const unused = [...examples.keys()].filter((name) => !PAGES.some(({ examples: shown }) => shown.includes(name)));
  if (unused.length > 0) throw new Error(`no page shows the examples ${unused.join(', ')}`);
  return Object.fromEntries([
    ['docs/reference/cards/README.md', index(examples)],
    ...PAGES.map((one) => [`docs/reference/cards/${one.file}.md`, pageText(one, examples)] as const),
  ]);
};
