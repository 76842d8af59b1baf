import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkCard } from '../../src/card/rules.ts';
import type { Json, Row } from '../../src/model/dataset.ts';
import { compileYaml, elementsIn, readCard } from './from-yaml.ts';

const STORES: readonly Row[] = [
  { name: '国贸店', sales: 1823405.5, target: 1600000, rate: '1.1396', change: 0.123, state: '正常', who: 'ou_1' },
  {
    name: '<at id=all></at>',
    sales: 923405.5,
    target: null,
    rate: '0.8395',
    change: -0.052,
    state: '异常',
    who: 'ou_2',
  },
];

/** The one element a block becomes. */
const made = async (block: string, data: Readonly<Record<string, readonly Row[]>> = { stores: STORES }) => {
  const { card, problems, known } = await compileYaml(`body:\n  - ${block}`, data);
  assert.deepEqual(
    [...problems, ...known].map(({ code }) => code),
    [],
  );
  assert.deepEqual(checkCard(card), []);
  const elements = elementsIn(card);
  assert.equal(elements.length, 1);
  return elements[0] as Record<string, Json>;
};

const column = (element: Record<string, Json>, at: number) =>
  ((element['columns'] as readonly { elements: readonly Record<string, Json>[] }[])[at] as { elements: never[] })
    .elements;

const contentOf = (element: unknown): string => (element as { content: string }).content;

describe('metrics', () => {
  it('show a value in its format, and a change by its colour and which way is good', async () => {
    const row = await made(
      `metrics:
      - { label: 销售额, value: "{{ stores.rows | sum: 'sales' }}", format: { money: CNY, unit: 万 }, delta: { value: "{{ stores.first.change }}", label: 较上周 } }
      - { label: 退货, value: 3, delta: { value: 1, format: { delta: number } }, good: down }`,
    );
    assert.deepEqual(column(row, 0), [
      { tag: 'div', text: { tag: 'plain_text', content: '销售额', text_size: 'notation', text_color: 'grey' } },
      { tag: 'markdown', content: '**¥274.68万**', text_size: 'heading-2' },
      {
        tag: 'markdown',
        content: "<font color='grey'>较上周</font> <font color='green'>▲ 12.3%</font>",
        text_size: 'notation',
      },
    ]);
    assert.equal(contentOf(column(row, 1)[2]), "<font color='red'>▲ 1</font>");
  });

  it('leave out a change that is not there, and show a missing value as a dash', async () => {
    const row = await made('metrics: [{ label: 目标, value: "{{ stores.rows[1].target }}", delta: "{{ last.x }}" }]');
    assert.deepEqual(
      column(row, 0).map((one) => (one as { content?: string }).content),
      [undefined, '**–**'],
    );
  });

  it('stand at most four in a row, and keep their columns in the last one', async () => {
    const seven = Array.from({ length: 7 }, (_, i) => `{ label: a, value: ${i} }`).join(', ');
    const { card } = await compileYaml(`body: [{ metrics: [${seven}] }]`);
    assert.deepEqual(
      elementsIn(card).map(({ columns }) => (columns as Json[]).length),
      [4, 4],
    );
  });

  it('take a colour by condition over their own value', async () => {
    const row = await made(
      'metrics: [{ label: 达成率, value: "{{ stores.rows[1].rate }}", format: percent, color: { red: value < 1, else: green } }]',
    );
    assert.equal(contentOf(column(row, 0)[1]), "**<font color='red'>84.0%</font>**");
  });
});

describe('a table', () => {
  const cells = async (columns: string, rows = STORES) => {
    const table = await made(`table: { rows: stores, columns: { ${columns} } }`, { stores: rows });
    const [first] = table['columns'] as readonly { data_type: string }[];
    return { type: first?.data_type, cells: (table['rows'] as readonly { c1: Json }[]).map(({ c1 }) => c1) };
  };

  const CASES: readonly [name: string, columns: string, type: string, cells: readonly unknown[]][] = [
    [
      'tags by value',
      'state: { label: 状态, format: { tag: { 正常: green, 异常: red } } }',
      'options',
      [[{ text: '正常', color: 'green' }], [{ text: '异常', color: 'red' }]],
    ],
    [
      'tags by condition',
      'state: { format: tag, color: { red: change < 0, else: grey } }',
      'options',
      [[{ text: '正常', color: 'neutral' }], [{ text: '异常', color: 'red' }]],
    ],
    [
      'changes',
      'change: { format: delta }',
      'lark_md',
      ["<font color='green'>▲ 12.3%</font>", "<font color='red'>▼ 5.2%</font>"],
    ],
    [
      'changes where less is good',
      'change: { format: { delta: percent, good: down, digits: 0 } }',
      'lark_md',
      ["<font color='red'>▲ 12%</font>", "<font color='green'>▼ 5%</font>"],
    ],
    [
      'colours by another column',
      'sales: { format: number, color: { orange: row.target == null } }',
      'lark_md',
      ['1,823,405.5', "<font color='orange'>923,405.5</font>"],
    ],
    ['amounts in 万', 'sales: { format: { money: CNY, unit: 万, digits: 1 } }', 'text', ['¥182.3万', '¥92.3万']],
    ['people', 'who: { format: person }', 'persons', [['ou_1'], ['ou_2']]],
    ['exact shares of decimals that came as text', 'rate: { format: percent }', 'text', ['114.0%', '84.0%']],
  ];
  for (const [name, columns, type, expected] of CASES) {
    it(`shows ${name}`, async () => assert.deepEqual(await cells(columns), { type, cells: expected }));
  }

  it('links a cell to the address in another column, and never to one that could run something', async () => {
    const rows = [
      { name: 'a]b', url: 'https://a.b/(1)?x=[y]' },
      { name: 'evil', url: 'javascript:alert(1)' },
      { name: 'none', url: null },
    ];
    assert.deepEqual((await cells('name: { format: { link: url } }', rows)).cells, [
      '[a&#93;b](https://a.b/%281%29?x=%5By%5D)',
      'evil',
      'none',
    ]);
  });

  it('shows a column of people as text when there is something else in it, and says so', async () => {
    const { card, problems } = await compileYaml(
      'body: [{ table: { rows: d, columns: { who: { format: person } } } }]',
      {
        d: [{ who: 'ou_1' }, { who: '张三' }],
      },
    );
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['person-column', 'warning']],
    );
    assert.deepEqual((elementsIn(card)[0] as { rows: Json })['rows'], [{ c1: 'ou_1' }, { c1: '张三' }]);
  });
});

describe('a chart', () => {
  const spec = async (options: string, rows: readonly Row[] = STORES) =>
    (await made(`chart: { rows: stores, ${options} }`, { stores: rows }))['chart_spec'] as Record<string, Json>;
  const values = (one: Record<string, Json>) => (one['data'] as { values: Json }).values;

  it('has a series for each y, counted in the unit its name says', async () => {
    const bar = await spec(
      'type: bar, x: name, y: { sales: { label: 销售额, format: { unit: 万, digits: 1 } }, target: 目标 }',
    );
    assert.deepEqual(values(bar), [
      { x: '国贸店', y: 182.3, s: '销售额(万)' },
      { x: '<at id=all></at>', y: 92.3, s: '销售额(万)' },
      { x: '国贸店', y: 1600000, s: '目标' },
    ]);
    assert.deepEqual([bar['type'], bar['xField'], bar['yField'], bar['seriesField']], ['bar', ['x', 's'], 'y', 's']);
  });

  it('tells series apart by a column', async () => {
    const line = await spec('type: line, x: day, y: n, series: city', [
      { day: '2026-01-05', n: 1, city: '京' },
      { day: '2026-01-05', n: 2, city: '沪' },
    ]);
    assert.deepEqual(values(line), [
      { x: '2026-01-05', y: 1, s: '京' },
      { x: '2026-01-05', y: 2, s: '沪' },
    ]);
  });

  it('writes dates on its axis as asked', async () => {
    const area = await spec("type: area, x: { day: { format: { date: '%m-%d' } } }, y: n", [
      { day: '2026-01-05', n: 1 },
    ]);
    assert.deepEqual(values(area), [{ x: '01-05', y: 1, s: 'n' }]);
  });

  it('draws what is more than all as all, and says the true share', async () => {
    const progress = await spec('type: progress, x: name, y: rate');
    assert.deepEqual(values(progress), [
      { x: '国贸店 114.0%', y: 1 },
      { x: '<at id=all></at> 84.0%', y: 0.8395 },
    ]);
  });

  it('gives a line that counts something else an axis of its own', async () => {
    const combo = await spec('type: combo, x: name, y: { sales: 销售额, rate: { label: 达成率, format: percent } }');
    assert.deepEqual(
      (combo['axes'] as readonly { orient: string }[]).map(({ orient }) => orient),
      ['bottom', 'left', 'right'],
    );
  });

  for (const type of [
    'bar',
    'line',
    'area',
    'pie',
    'donut',
    'combo',
    'funnel',
    'radar',
    'scatter',
    'progress',
    'gauge',
    'wordcloud',
  ]) {
    it(`of type ${type} breaks no rule of Feishu, with data and without`, async () => {
      const x = type === 'scatter' ? 'change' : 'name';
      await made(`chart: { type: ${type}, rows: stores, x: ${x}, y: sales, title: 图 }`);
      await made(`chart: { type: ${type}, rows: stores, x: ${x}, y: sales }`, { stores: [] });
    });
  }

  it('by hand is left as it is, with the dataset as its data when that is asked for', async () => {
    assert.deepEqual((await made('chart: { spec: { type: bar, data: { values: [] }, xField: a } }'))['chart_spec'], {
      type: 'bar',
      data: { values: [] },
      xField: 'a',
    });
    const own = await spec('spec: { type: bar, xField: name, yField: target }');
    assert.deepEqual((values(own) as Json[])[1], {
      ...{ name: '<at id=all></at>', sales: 923405.5, rate: '0.8395', change: -0.052, state: '异常', who: 'ou_2' },
    });
  });

  it('leaves out what is no number, and says so once', async () => {
    const { problems } = await compileYaml('body: [{ chart: { type: bar, rows: d, x: a, y: b } }]', {
      d: [
        { a: 'x', b: 1 },
        { a: 'y', b: 'n/a' },
        { a: 'z', b: '-' },
        { a: 'w', b: null },
      ],
    });
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['chart-not-number', 'warning']],
    );
  });
});

describe('people', () => {
  it('are shown, each once, from ids and from a column', async () => {
    const list = await made('people: { ids: [ou_1, "{{ stores.rows[1].who }}"], rows: stores, column: who }');
    assert.deepEqual(list['persons'], [{ id: 'ou_1' }, { id: 'ou_2' }]);
  });

  it('are mentioned only when it says so, by id or e-mail', async () => {
    const at = await made('people: { ids: [ou_1, a.b@c.cn], mention: true }');
    assert.deepEqual(at, { tag: 'markdown', content: '<at id=ou_1></at> <at email=a.b@c.cn></at>' });
    assert.match(
      String(elementsIn((await compileYaml('body: [{ people: { mention: all } }]')).card)[0]?.['content']),
      /^<at id=all><\/at>$/,
    );
  });

  it('nobody means no element', async () => {
    assert.deepEqual(elementsIn((await compileYaml('body: [{ people: "{{ last.x }}" }]')).card), []);
  });

  for (const [who, mention] of [
    ['<at id=all></at>', 'true'],
    ['all', 'false'],
    ['a@b.cn', 'false'],
    ['ou_1></at><at id=all', 'true'],
    ['张三', 'false'],
  ]) {
    it(`${who} with mention ${mention} is ${who === 'all' ? 'an id like any other' : 'refused'}`, async () => {
      const data = { d: [{ who: who as string }] };
      const { card, problems } = await compileYaml(
        `body: [{ people: { rows: d, column: who, mention: ${mention} } }]`,
        data,
      );
      const isId = who === 'all';
      assert.deepEqual([...new Set(problems.map(({ code }) => code))], isId ? [] : ['no-person']);
      assert.doesNotMatch(JSON.stringify(card), /<at id=all/);
    });
  }
});

describe('blocks inside blocks', () => {
  it('stand in columns by weight or width, and in panels', async () => {
    const set = await made(
      'columns: [{ width: 2, body: [{ text: a }] }, { body: [{ panel: { title: b, open: true, body: [{ note: c }] } }] }]',
    );
    assert.deepEqual(
      (set['columns'] as readonly Record<string, Json>[]).map(({ width, weight }) => [width, weight]),
      [
        ['weighted', 2],
        ['weighted', 1],
      ],
    );
    const fixed = await made('columns: [{ width: 120, body: [{ text: a }] }, { width: auto, body: [{ text: b }] }]');
    assert.deepEqual(
      (fixed['columns'] as readonly Record<string, Json>[]).map(({ width }) => width),
      ['120px', 'auto'],
    );
    assert.equal((column(set, 1)[0] as unknown as { expanded: boolean }).expanded, true);
  });

  it('know the place of each in the file', async () => {
    const { placeOf } = await compileYaml(
      'title: t\nbody:\n  - text: a\n  - columns:\n      - body:\n          - text: b\n          - note: c',
    );
    assert.deepEqual(
      ['body.elements[0].text', 'body.elements[1].columns[0].elements[1].text', 'header.title', 'config'].map(
        (path) => placeOf(path)?.line,
      ),
      [3, 7, 1, 1],
    );
  });

  it('a table inside is refused at its line', async () => {
    const { known } = await compileYaml(
      'body:\n  - panel:\n      title: x\n      body:\n        - table: { rows: d }',
      { d: [] },
    );
    assert.deepEqual(
      known.map(({ code, at }) => [code, at?.line]),
      [['table-inside', 5]],
    );
  });
});

describe('the head of a card', () => {
  const header = async (yaml: string, data: Readonly<Record<string, readonly Row[]>> = {}) =>
    ((await compileYaml(`title: t\n${yaml}\nbody: [divider]`, data)).card as { header: Record<string, Json> }).header;

  it('takes the first colour whose condition holds', async () => {
    const color = '{ red: first.bad > 0, yellow: first.warn > 0, else: green }';
    const of = async (row: Row) => (await header(`color: ${color}`, { first_set: [row] }))['template'];
    assert.equal(await of({ bad: 1, warn: 1 }), 'red');
    assert.equal(await of({ bad: 0, warn: 2 }), 'yellow');
    assert.equal(await of({ bad: 0, warn: null }), 'green');
    assert.equal((await header(`color: ${color}`, { none: [] }))['template'], 'green');
  });

  it('a condition that cannot be worked out is an error at its place', async () => {
    const { problems } = await compileYaml('title: t\ncolor:\n  red: first.nope > 0\nbody: [divider]', {
      d: [{ a: 1 }],
    });
    assert.deepEqual(
      problems.map(({ code, at }) => [code, at?.line]),
      [['condition-fault', 3]],
    );
  });

  it('has an icon of the library, or a picture', async () => {
    assert.deepEqual((await header('icon: { token: sheet-color_outlined, color: red }'))['icon'], {
      tag: 'standard_icon',
      token: 'sheet-color_outlined',
      color: 'red',
    });
    assert.deepEqual((await header('icon: { src: a.png }'))['icon'], { tag: 'custom_icon', img_key: 'img_of_a.png' });
  });

  it('speaks several languages at once', async () => {
    const { card } = await compileYaml(
      'title: { zh: 日报, en: Daily }\nbody:\n  - markdown: { zh: "**销售** {{ d.first.n }}", en: "**Sales** {{ d.first.n }}" }\n  - button: { text: { en: Open, zh: 打开 }, url: https://a.b }',
      { d: [{ n: '<x>' }] },
      { lang: 'en' },
    );
    assert.deepEqual((card as { header: { title: Json } }).header.title, {
      tag: 'plain_text',
      content: 'Daily',
      i18n_content: { zh_cn: '日报', en_us: 'Daily' },
    });
    assert.deepEqual(elementsIn(card)[0], {
      tag: 'markdown',
      content: '**Sales** &#60;x&#62;',
      i18n_content: { zh_cn: '**销售** &#60;x&#62;', en_us: '**Sales** &#60;x&#62;' },
    });
    assert.deepEqual((card as { config: { summary: Json } }).config.summary, {
      content: 'Daily',
      i18n_content: { zh_cn: '日报', en_us: 'Daily' },
    });
    assert.deepEqual(checkCard(card), []);
  });
});

describe('what cannot be read', () => {
  const CASES: readonly [name: string, yaml: string, code: string, line: number][] = [
    ['a block that does not exist', 'body:\n  - metric: []', 'unknown-block', 2],
    ['a key that does not exist', 'body:\n  - chart: { type: bar, rows: d, x: a, y: b, seires: c }', 'unknown-key', 2],
    ['a chart without y', 'body:\n  - chart: { type: bar, rows: d, x: a }', 'missing-key', 2],
    ['a chart of a type Feishu has not', 'body:\n  - chart: { type: sankey, rows: d, x: a, y: b }', 'one-of', 2],
    ['a spec together with a type', 'body:\n  - chart: { type: bar, spec: { type: bar } }', 'key-conflict', 2],
    ['a colour that is none', 'color:\n  rot: first.bad > 0\nbody: [divider]', 'one-of', 2],
    ['a language that is none', 'title:\n  cn: 日报\nbody: [divider]', 'unknown-key', 2],
    [
      'two formats at once',
      'body:\n  - table: { rows: d, columns: { a: { format: { money: CNY, date: "%d" } } } }',
      'wrong-type',
      2,
    ],
    ['people from a dataset without a column', 'body:\n  - people: { rows: d }', 'missing-key', 2],
    ['an icon of two kinds', 'icon: { token: a, src: b }\nbody: [divider]', 'wrong-type', 1],
    ['a weight beyond five', 'body:\n  - columns: [{ width: 9, body: [divider] }]', 'wrong-type', 2],
  ];
  for (const [name, yaml, code, line] of CASES) {
    it(`${name} is ${code} on its line`, () => {
      const { problems } = readCard(yaml);
      assert.deepEqual(
        problems.map((problem) => [problem.code, problem.at?.line]),
        [[code, line]],
      );
    });
  }

  it('charts that would mislead are refused', async () => {
    const codes = async (options: string) =>
      (await compileYaml(`body: [{ chart: { rows: d, x: a, ${options} } }]`, { d: [{ a: 1, b: 1, c: 1 }] })).known.map(
        ({ code }) => code,
      );
    assert.deepEqual(await codes('type: pie, y: [b, c]'), ['chart-one-y']);
    assert.deepEqual(await codes('type: line, y: [b, c], series: a'), ['chart-two-series']);
  });
});
