import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../src/model/dataset.ts';
import { displayWidth } from '../../src/model/display-width.ts';
import { cardToTerminal } from '../../src/picture/terminal.ts';

const card = (elements: readonly Json[], header: Json = {}): Json => ({ schema: '2.0', header, body: { elements } });
const text = (content: string): Json => ({ tag: 'plain_text', content });
const linesOf = (json: Json, width = 40): string[] => cardToTerminal(json, { width, color: false }).split('\n');

test('a character takes the columns a terminal gives it', () => {
  const widths: readonly [text: string, width: number][] = [
    ['abc', 3],
    ['门店,', 5],
    [',。', 3],
    ['📊', 2],
    ['👨‍👩‍👧', 2],
    ['❤️', 2],
    ['é', 1],
    ['¥１', 3],
    ['한글', 4],
    ['', 0],
  ];
  for (const [each, width] of widths) assert.equal(displayWidth(each), width, each);
});

test('the store dashboard, drawn', () => {
  const dashboard = card(
    [
      { tag: 'markdown', content: '**更新**于 [看板](https://a.b)\n- &#42;一\n> 引' },
      {
        tag: 'table',
        columns: [
          { name: 'c1', display_name: '门店', data_type: 'text' },
          {
            name: 'c2',
            display_name: '销售额',
            data_type: 'number',
            format: { precision: 2, symbol: '¥', separator: true },
          },
        ],
        rows: [
          { c1: '国贸店', c2: 1234.5 },
          { c1: '天河', c2: 0 },
        ],
      },
      { tag: 'button', text: text('查看详情'), behaviors: [{ type: 'open_url', default_url: 'https://a.b/d' }] },
      { tag: 'hr' },
      { tag: 'chart', chart_spec: {} },
    ],
    { title: text('📊 门店'), subtitle: text('周一'), template: 'blue', text_tag_list: [{ text: text('日报') }] },
  );
  assert.deepEqual(linesOf(dashboard), [
    '╭──────────────────────────────────────╮',
    '│ 📊 门店 ‹日报›                       │',
    '│ 周一                                 │',
    '├──────────────────────────────────────┤',
    '│ 更新于 看板 (https://a.b)            │',
    '│ • *一                                │',
    '│ │ 引                                 │',
    '│ 门店       销售额                    │',
    '│ ─────────────────                    │',
    '│ 国贸店  ¥1,234.50                    │',
    '│ 天河        ¥0.00                    │',
    '│ [ 查看详情 ] → https://a.b/d         │',
    '│ ──────────────────────────────────── │',
    '│ ‹chart ?›                            │',
    '╰──────────────────────────────────────╯',
  ]);
});

test('a card 1.0: notes, actions, fields', () => {
  const old: Json = {
    elements: [
      {
        tag: 'div',
        text: { tag: 'lark_md', content: '**x**' },
        fields: [{ text: { tag: 'lark_md', content: '**a**\n1' } }],
      },
      { tag: 'action', actions: [{ tag: 'button', text: text('b'), url: 'https://a.b' }] },
      { tag: 'note', elements: [text('n')] },
    ],
  };
  assert.deepEqual(
    linesOf(old, 30)
      .map((line) => line.replace(/[│╭╮╰╯─]/g, '').trim())
      .filter((line) => line !== ''),
    ['x', 'a', '1', '[ b ] → https://a.b', 'n'],
  );
});

test('a weight that is nothing like one is one', () => {
  const columns = [{ tag: 'column', width: 'weighted', weight: { toString: null }, elements: [{ tag: 'hr' }] }];
  assert.match(linesOf(card([{ tag: 'column_set', columns }]), 20).join(), /──/);
});

test('columns stand in one row by their weights; where that is too narrow, by their flex mode', () => {
  const column = (content: string, more: Json = {}): Json => ({
    tag: 'column',
    width: 'weighted',
    elements: [{ tag: 'markdown', content }],
    ...(more as object),
  });
  const set = (...columns: readonly Json[]): Json => ({ tag: 'column_set', flex_mode: 'bisect', columns });
  const drawn = (element: Json, width: number): string[] =>
    linesOf(card([element]), width)
      .slice(1, -1)
      .map((line) => line.slice(2, -2).trimEnd());
  assert.deepEqual(drawn(set(column('左', { weight: 2 }), column('右')), 66), [`左${' '.repeat(40)}右`]);
  assert.deepEqual(drawn(set(column('自', { width: 'auto' }), column('右')), 66), ['自  右']);
  assert.deepEqual(drawn(set(column('一'), column('二'), column('三')), 40), ['一                 二', '三']);
  assert.deepEqual(drawn(set(column('一'), column('二')), 24), ['一', '二']);
});

test('fields to fill in, people and pictures are a line each', () => {
  const elements: readonly Json[] = [
    { tag: 'input', label: text('姓名'), required: true, placeholder: text('请输入') },
    { tag: 'select_static', options: [{ text: text('甲'), value: '1' }], initial_index: 1 },
    { tag: 'picker_time', initial_time: '18:00' },
    { tag: 'checker', text: text('做'), checked: false },
    { tag: 'overflow', options: [{ text: text('更多') }] },
    { tag: 'person_list', persons: [{ id: 'ou_1' }, { id: 'ou_2' }] },
    { tag: 'img_combination', img_list: [{ img_key: 'k' }] },
    { tag: 'audio', file_key: 'f' },
    { tag: 'collapsible_panel', header: { title: text('头') }, elements: [] },
  ];
  assert.deepEqual(
    linesOf(card(elements), 30)
      .slice(1, -1)
      .map((line) => line.replace(/^│ | *│$/g, '')),
    ['姓名 * [ 请输入 ]', '[ 甲 ▾ ]', '[ 18:00 ▾ ]', '☐ 做', '[ ⋯ 更多 ]', '@ou_1  @ou_2', '‹🖼 k›', '‹▶ f›', '▸ 头'],
  );
});

test('a card in several languages is drawn in the one asked for', () => {
  const both = { tag: 'plain_text', content: '默认', i18n_content: { zh_cn: '中文', en_us: 'English' } };
  const drawn = cardToTerminal(card([{ tag: 'div', text: both }]), { width: 30, color: false, lang: 'en' });
  assert.match(drawn, /English/);
});

test('a colour that is none colours nothing', () => {
  for (const color of ['constructor', '__proto__', 'toString-600', '\u001b[31m']) {
    const odd = card([{ tag: 'markdown', content: `<font color="${color}">x</font>` }], {
      title: text('t'),
      template: color,
    });
    assert.doesNotMatch(cardToTerminal(odd, { width: 30, color: true }), /function|\u001b\[(?![\d;]*m)/);
  }
});

test('the header has the colour of its template, and nothing is coloured without colour', () => {
  const red = card([], { title: text('t'), template: 'red' });
  assert.match(cardToTerminal(red, { width: 30, color: true }), /\u001b\[1;97;41mt/);
  assert.doesNotMatch(cardToTerminal(red, { width: 30, color: false }), /\u001b/);
});

const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc
    .array(
      fc.constantFrom(
        '门店',
        '📊',
        '👨‍👩‍👧',
        '\u001b[2J',
        '&#27;[31m',
        '\u202e',
        '**',
        '\n',
        '|',
        '- ',
        'word ',
        '&#10;',
        '\t',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);
/** The components that are one line, and charts of each kind, with this text wherever one may stand. */
const hostile = (content: string): Json[] => [
  { tag: 'person', user_id: content },
  { tag: 'person_list', persons: [{ id: content }, {}] },
  { tag: 'input', label: text(content), default_value: content, placeholder: text(content) },
  { tag: 'select_static', options: [{ text: text(content), value: content }], initial_option: content },
  { tag: 'multi_select_static', selected_values: [content, content], options: [] },
  { tag: 'date_picker', initial_date: content, placeholder: text(content) },
  { tag: 'overflow', options: [{ text: text(content) }] },
  { tag: 'checker', text: text(content), checked: true },
  { tag: 'img_combination', img_list: [{ img_key: content }, { img_key: content }] },
  { tag: 'select_img', options: [{ img_key: content }] },
  { tag: 'audio', file_key: content },
  {
    tag: 'table',
    columns: [
      { name: 'a', data_type: 'options' },
      { name: 'b', data_type: 'persons' },
    ],
    rows: [{ a: content, b: [content] }],
  },
  ...KINDS.map(
    (type): Json => ({
      tag: 'chart',
      chart_spec: {
        type,
        title: { text: content },
        data: {
          values: [
            { x: content, y: 3, s: content },
            { x: 'b', y: content, s: 'b' },
            { x: 'c', y: -1e21 },
            { x: 7, y: 2.5 },
          ],
        },
        ...{ xField: 'x', yField: 'y', seriesField: 's', categoryField: 'x', valueField: 'y', nameField: 'x' },
      },
    }),
  ),
];
const KINDS = [
  'bar',
  'line',
  'area',
  'pie',
  'funnel',
  'radar',
  'scatter',
  'linearProgress',
  'circularProgress',
  'wordCloud',
  'x',
];
const leaf = words.chain((content) =>
  fc.constantFrom<Json>(
    { tag: 'markdown', content },
    { tag: 'div', text: text(content), fields: [{ text: { tag: 'lark_md', content } }] },
    { tag: 'button', text: text(content), behaviors: [{ type: 'open_url', default_url: content }] },
    {
      tag: 'table',
      columns: [
        { name: 'a', display_name: content },
        { name: 'b', data_type: 'markdown' },
      ],
      rows: [{ a: content, b: content }, {}],
    },
    { tag: content },
    ...hostile(content),
    { tag: 'note', elements: [text(content), { tag: 'img', img_key: content }] },
    { tag: 'collapsible_panel', header: { title: text(content) }, elements: [{ tag: 'img', alt: text(content) }] },
  ),
);
const anyElement = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }).map(
    (elements): Json => ({
      tag: 'column_set',
      flex_mode: 'bisect',
      columns: elements.map((one, i) => ({
        tag: 'column',
        ...(i % 2 === 0 ? { width: 'weighted' } : {}),
        elements: [one],
      })),
    }),
  ),
  fc.json({ maxDepth: 2 }).map((json) => JSON.parse(json) as Json),
);

test('whatever a card holds, every line is as wide as the box and no control sequence gets out', () => {
  fc.assert(
    fc.property(
      fc.array(anyElement, { maxLength: 4 }),
      words,
      fc.integer({ min: 24, max: 90 }),
      (elements, title, width) => {
        const drawn = cardToTerminal(card(elements, { title: text(title), subtitle: text(title) }), {
          width,
          color: false,
        });
        const painted = cardToTerminal(card(elements, { title: text(title), subtitle: text(title) }), {
          width,
          color: true,
        });
        const unpainted = painted.replace(/\u001b\[[\d;]*m/g, '').split('\n');
        for (const line of unpainted) {
          assert.equal(displayWidth(line), width, line);
          assert.doesNotMatch(line, /\u001b/, 'colours are the only control sequences');
        }
        for (const line of drawn.split('\n')) {
          assert.equal(displayWidth(line), width, line);
          assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('no card breaks it, whatever JSON it is', () => {
  fc.assert(
    fc.property(fc.json(), (json) =>
      assert.equal(typeof cardToTerminal(JSON.parse(json) as Json, { width: 60, color: true }), 'string'),
    ),
  );
});
