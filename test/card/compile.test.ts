import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCardSpec } from '../../src/card/check-spec.ts';
import { compileCard } from '../../src/card/compile.ts';
import { checkCard } from '../../src/card/rules/check-card.ts';
import type { Block, CardSpec, Format, TableColumn } from '../../src/model/card.ts';
import type { Json, Row } from '../../src/model/dataset.ts';
import { datasets, scopeWith, template } from './fixture.ts';

type Bare<B> = B extends unknown ? Omit<B, 'at'> : never;

const specOf = (body: readonly Bare<Block>[], more: Partial<CardSpec> = {}): CardSpec => ({
  at: null,
  title: template('📊 门店销售数据看板已更新'),
  subtitle: null,
  color: 'blue',
  icon: null,
  tags: [],
  summary: null,
  body: body.map((block) => ({ at: { file: 'jobs/a.yaml', line: 20, column: 5 }, ...block }) as Block),
  ...more,
});

const compile = (spec: CardSpec, data: Readonly<Record<string, readonly Row[]>> = {}) =>
  compileCard(spec, {
    scope: scopeWith(data),
    data: datasets(data),
    keyOf: (path) => `img_of_${path}`,
    decide: () => false,
  });

const elementsOf = (card: Json): readonly Json[] => (card as { body: { elements: readonly Json[] } }).body.elements;

const column = (name: string, format: Format | null = null): TableColumn => ({
  name,
  label: template(name),
  format: format === null ? null : { as: format, digits: null, currency: null },
  align: null,
  width: null,
});

const STORES: readonly Row[] = [
  { name: '上海南京西路旗舰店', sales: 182340.5, target: 160000 },
  { name: '<at id=all></at>', sales: -0.005, target: null },
];

test('the store dashboard becomes a card that breaks no rule', () => {
  const spec = specOf(
    [
      { block: 'markdown', text: template('看板已更新,请点击查看。**{{ stores.rows[1].name }}**') },
      {
        block: 'table',
        rows: 'stores',
        columns: [column('name'), column('sales', 'money'), column('target')],
        pageSize: null,
      },
      {
        block: 'fields',
        fields: [{ label: template('合计'), value: template("{{ stores.rows | sum: 'sales' | money }}") }],
      },
      { block: 'divider' },
      { block: 'buttons', buttons: [{ text: template('查看详情'), url: template('https://a.b/d'), type: 'primary' }] },
      { block: 'note', text: template('{{ due | date: "%H:%M" }}') },
    ],
    { subtitle: template('{{ due | date: "%Y-%m-%d" }}'), tags: [{ text: template('日报'), color: 'green' }] },
  );
  const { card, problems } = compile(spec, { stores: STORES });
  assert.deepEqual(problems, []);
  assert.deepEqual(checkCard(card), []);
  assert.deepEqual(checkCardSpec(spec, ['stores']), []);
  assert.deepEqual((card as { header: Json }).header, {
    title: { tag: 'plain_text', content: '📊 门店销售数据看板已更新' },
    subtitle: { tag: 'plain_text', content: '2026-01-05' },
    template: 'blue',
    text_tag_list: [{ tag: 'text_tag', text: { tag: 'plain_text', content: '日报' }, color: 'green' }],
  });
  assert.deepEqual(elementsOf(card)[0], {
    tag: 'markdown',
    content: '看板已更新,请点击查看。**&#60;at id&#61;all&#62;&#60;&#47;at&#62;**',
  });
  const table = elementsOf(card)[1] as { columns: readonly { data_type: string }[]; rows: Json };
  assert.deepEqual(
    table.columns.map(({ data_type }) => data_type),
    ['text', 'number', 'text'],
  );
  assert.deepEqual(table.rows, [
    { c1: '上海南京西路旗舰店', c2: 182340.5, c3: '160000' },
    { c1: '<at id=all></at>', c2: -0.01 },
  ]);
  assert.deepEqual(elementsOf(card)[4], {
    tag: 'button',
    text: { tag: 'plain_text', content: '查看详情' },
    type: 'primary',
    behaviors: [{ type: 'open_url', default_url: 'https://a.b/d' }],
  });
});

test('a cell keeps every digit: what a double would lose goes as text', () => {
  const cases: readonly [
    value: Row[string],
    format: Format | null,
    type: string,
    cell: Json | undefined,
    align: string,
  ][] = [
    [1234.5, 'number', 'number', 1234.5, 'right'],
    ['1234.50', 'money', 'number', 1234.5, 'right'],
    [9007199254740993n, 'number', 'text', '9,007,199,254,740,993', 'right'],
    ['12345678901234.567', 'money', 'text', '¥12,345,678,901,234.57', 'right'],
    [9007199254740993n, null, 'text', '9007199254740993', 'right'],
    [0.123, 'percent', 'text', '12.3%', 'right'],
    ['2026-01-05', 'date', 'text', '2026-01-05', 'left'],
    [1767607200000, 'date', 'text', '2026-01-05 18:00', 'left'],
    ['暂无', 'money', 'text', '暂无', 'right'],
    [true, null, 'text', 'true', 'left'],
    [null, null, 'text', undefined, 'left'],
    ['**x** <at id=all></at> [a](javascript:1)', 'text', 'text', '**x** <at id=all></at> [a](javascript:1)', 'left'],
    [
      '**x** <at id=all></at> [a](javascript:1) [b](https://a.b)',
      'markdown',
      'markdown',
      '**x** &#60;at id=all>&#60;/at> [a&#93;(javascript:1) [b](https://a.b)',
      'left',
    ],
  ];
  for (const [value, format, type, cell, align] of cases) {
    const rows = [{ v: value }];
    const { card } = compile(specOf([{ block: 'table', rows: 'd', columns: [column('v', format)], pageSize: null }]), {
      d: rows,
    });
    const table = elementsOf(card)[0] as {
      columns: readonly [{ data_type: string; horizontal_align: string }];
      rows: readonly [{ c1?: Json }];
    };
    assert.deepEqual(
      [table.columns[0].data_type, table.rows[0].c1, table.columns[0].horizontal_align],
      [type, cell, align],
      `${String(value)} as ${format}`,
    );
    assert.deepEqual(checkCard(card), []);
  }
});

test('a table without columns shows those of the data, whatever they are called', () => {
  const rows: readonly Row[] = [{ 门店: 'a', '{{ due }}': 'b', __proto__x: 'c' }];
  const { card, problems } = compile(specOf([{ block: 'table', rows: 'd', columns: null, pageSize: null }]), {
    d: rows,
  });
  const table = elementsOf(card)[0] as { columns: readonly { display_name: string }[] };
  assert.deepEqual(
    table.columns.map(({ display_name }) => display_name),
    ['门店', '{{ due }}', '__proto__x'],
  );
  assert.deepEqual([...problems, ...checkCard(card)], []);
});

test('several buttons stand in a row', () => {
  const button = { text: template('a'), url: template('https://a.b'), type: 'default' } as const;
  const { card } = compile(specOf([{ block: 'buttons', buttons: [button, button] }]));
  assert.equal((elementsOf(card)[0] as { tag: string }).tag, 'column_set');
  assert.deepEqual(checkCard(card), []);
});

test('all faults of a card come at once, each once', () => {
  const spec = specOf(
    [
      { block: 'text', text: template('{{ d.first.nmae }}') },
      { block: 'buttons', buttons: [{ text: template('x'), url: template('{{ d.first.name }}'), type: 'default' }] },
      { block: 'table', rows: 'dd', columns: null, pageSize: null },
      { block: 'table', rows: 'd', columns: [column('nam')], pageSize: null },
      { block: 'raw', element: 'hr' },
    ],
    { title: template('{{ d.first.titel }}') },
  );
  const { problems } = compile(spec, { d: [{ name: 'javascript:1' }] });
  assert.deepEqual(problems.map(({ code }) => code).sort(), [
    'bad-link',
    'raw-no-element',
    'unknown-column',
    'unknown-dataset',
    'unknown-variable',
    'unknown-variable',
  ]);
  assert.match(problems.find(({ code }) => code === 'unknown-column')?.hint?.en ?? '', /name/);
});

test('a spec is checked without data', () => {
  const spec = specOf(
    [
      { block: 'markdown', text: template('`{{ due }}`') },
      { block: 'table', rows: 'store', columns: [column('{{ nobody }}')], pageSize: null },
      { block: 'buttons', buttons: [{ text: template('x'), url: template(''), type: 'default' }] },
    ],
    { title: null, subtitle: template('x') },
  );
  assert.deepEqual(
    checkCardSpec(spec, ['stores']).map(({ code }) => code),
    ['title-missing', 'value-in-code', 'unknown-dataset', 'unknown-variable', 'bad-link'],
  );
  assert.deepEqual(
    checkCardSpec(specOf([]), []).map(({ code }) => code),
    ['empty-card'],
  );
});

test('a title from data is one line', () => {
  const { card } = compile(specOf([{ block: 'divider' }], { title: template('{{ d.first.v }}') }), {
    d: [{ v: ' a\n\nb ' }],
  });
  assert.equal((card as { header: { title: { content: string } } }).header.title.content, 'a b');
});
