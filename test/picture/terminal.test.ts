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
    '│ ‹chart›                              │',
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
      columns: elements.map((one) => ({ tag: 'column', elements: [one] })),
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
