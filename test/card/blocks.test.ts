import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkCard } from '../../src/card/rules/check-card.ts';
import type { Json, Row } from '../../src/model/dataset.ts';
import { compileYaml, elementOf, elementsIn, readCard, STORES } from './from-yaml.ts';

const column = (element: Record<string, Json>, at: number) =>
  ((element['columns'] as readonly { elements: readonly Record<string, Json>[] }[])[at] as { elements: never[] })
    .elements;

const contentOf = (element: unknown): string => (element as { content: string }).content;

describe('metrics', () => {
  it('show a value in its format, and a change by its colour and which way is good', async () => {
    const row = await elementOf(
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
    const row = await elementOf(
      'metrics: [{ label: 目标, value: "{{ stores.rows[1].target }}", delta: "{{ last.x }}" }]',
    );
    assert.deepEqual(
      column(row, 0).map((one) => (one as { content?: string }).content),
      [undefined, '**–**'],
    );
  });

  it('say what a change is against in each language', async () => {
    const row = await elementOf(
      'metrics: [{ label: a, value: 1, delta: { value: 0.5, label: { zh: 较昨日, en: vs yesterday } } }]',
    );
    const change = "<font color='green'>▲ 50.0%</font>";
    assert.deepEqual((column(row, 0)[2] as { i18n_content?: Json } | undefined)?.i18n_content, {
      zh_cn: `<font color='grey'>较昨日</font> ${change}`,
      en_us: `<font color='grey'>vs yesterday</font> ${change}`,
    });
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
    const row = await elementOf(
      'metrics: [{ label: 达成率, value: "{{ stores.rows[1].rate }}", format: percent, color: { red: value < 1, else: green } }]',
    );
    assert.equal(contentOf(column(row, 0)[1]), "**<font color='red'>84.0%</font>**");
  });
});

describe('a table', () => {
  const cells = async (columns: string, rows = STORES) => {
    const table = await elementOf(`table: { rows: stores, columns: { ${columns} } }`, { stores: rows });
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

  it('is none where neither rows nor columns are known', async () => {
    const { card } = await compileYaml('body: [{ table: { rows: d } }, { text: end }]', { d: [] });
    assert.deepEqual(
      elementsIn(card).map(({ tag }) => tag),
      ['div'],
    );
  });

  it('takes words that every object has as words', async () => {
    const rows = JSON.parse('[{ "constructor": "a", "__proto__": "b", "s": "constructor" }, { "s": "__proto__" }]');
    assert.deepEqual((await cells('s: { format: { tag: { ok: green } } }', rows)).cells, [
      [{ text: 'constructor', color: 'neutral' }],
      [{ text: '__proto__', color: 'neutral' }],
    ]);
    assert.deepEqual((await cells('s: { format: { tag: { __proto__: red } } }', rows)).cells, [
      [{ text: 'constructor', color: 'neutral' }],
      [{ text: '__proto__', color: 'red' }],
    ]);
    assert.deepEqual((await cells('constructor: 列', rows)).cells, ['a', undefined]);
    assert.deepEqual((await cells('__proto__: 列', rows)).cells, ['b', undefined]);
  });

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

describe('people', () => {
  it('are shown, each once, from ids and from a column', async () => {
    const list = await elementOf('people: { ids: [ou_1, "{{ stores.rows[1].who }}"], rows: stores, column: who }');
    assert.deepEqual(list['persons'], [{ id: 'ou_1' }, { id: 'ou_2' }]);
  });

  it('are mentioned only when it says so, by id or e-mail', async () => {
    const at = await elementOf('people: { ids: [ou_1, a.b@c.cn], mention: true }');
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
    ['all', 'true'],
    ['All', 'true'],
    ['all', 'false'],
    ['a@b.cn', 'false'],
    ['ou_1></at><at id=all', 'true'],
    ['张三', 'false'],
  ]) {
    it(`${who} with mention ${mention} is refused`, async () => {
      const data = { d: [{ who: who as string }] };
      const { card, problems } = await compileYaml(
        `body: [{ people: { rows: d, column: who, mention: ${mention} } }]`,
        data,
      );
      assert.deepEqual([...new Set(problems.map(({ code }) => code))], ['no-person']);
      assert.doesNotMatch(JSON.stringify(card), /<at id=all/i);
    });
  }
});

it('a link that is none is one finding, not also an empty link in the card', async () => {
  const { card, problems } = await compileYaml('body: [{ button: { text: a, url: "{{ d.first.u }}" } }]', {
    d: [{ u: 'javascript:alert(1)' }],
  });
  assert.deepEqual(
    [...problems, ...checkCard(card)].map(({ code }) => code),
    ['bad-link'],
  );
});

describe('blocks inside blocks', () => {
  it('stand in columns by weight or width, and in panels', async () => {
    const set = await elementOf(
      'columns: [{ width: 2, body: [{ text: a }] }, { body: [{ panel: { title: b, open: true, body: [{ note: c }] } }] }]',
    );
    assert.deepEqual(
      (set['columns'] as readonly Record<string, Json>[]).map(({ width, weight }) => [width, weight]),
      [
        ['weighted', 2],
        ['weighted', 1],
      ],
    );
    const fixed = await elementOf(
      'columns: [{ width: 120, body: [{ text: a }] }, { width: auto, body: [{ text: b }] }]',
    );
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
});
