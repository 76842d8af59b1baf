import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkCard } from '../../src/card/rules/check-card.ts';
import { ruleWords } from '../../src/card/rules/words.ts';
import type { Json } from '../../src/model/dataset.ts';
import { button, buttons, form, md, mdTable, nested, open, SUBMIT, TABLE, table, titled, v1, v2 } from './cards.ts';
import { FAULTS } from './faults.ts';
import { COMPONENT_FAULTS } from './faults-components.ts';
import { PROPERTY_FAULTS } from './faults-properties.ts';
import { NEIGHBOURS } from './neighbours.ts';

const SOUND: readonly [name: string, card: Json][] = [
  ['an empty card 1.0', {}],
  ['a template', { type: 'template', data: { template_id: 'AAq' } }],
  ['a card entity', { type: 'card', data: { card_id: '7' } }],
  [
    'a card 1.0 with nulls, notes and actions',
    v1(
      [
        { tag: 'div', text: { tag: 'lark_md', content: '**x**' }, extra: null },
        { tag: 'note', elements: [{ tag: 'plain_text', content: 'n' }] },
        { tag: 'img', img_key: 'img_1', alt: { tag: 'plain_text', content: '' }, size: 'stretch_without_padding' },
        { tag: 'action', actions: [button({ value: { cmd: null } })] },
      ],
      { config: { wide_screen_mode: true }, ...titled({ template: 'blue' }) },
    ),
  ],
  [
    'a link, and text',
    v2(
      [md("[a](https://a.b) <font color='grey'>x</font> `<at id=all>`"), open('https://a.b')],
      titled({
        template: 'carmine',
        text_tag_list: [{ tag: 'text_tag', text: { tag: 'plain_text', content: 'x' }, color: 'lime' }],
      }),
    ),
  ],
  ['an applink', v2([open('https://applink.feishu.cn/client/x'), open('lark://applink.larksuite.com/x')])],
  [
    'a callback',
    v2([button({ behaviors: [{ type: 'callback', value: { id: null, tag: 'nope', url: 'javascript:1' } }] })]),
  ],
  [
    'cells of every type',
    v2([
      table(
        [
          { name: 't' },
          { name: 'n', data_type: 'number' },
          { name: 'o', data_type: 'options' },
          { name: 'p', data_type: 'persons' },
          { name: 'd', data_type: 'date' },
          { name: 'm', data_type: 'lark_md' },
        ],
        [
          {
            t: '[x](javascript:1) <at id=all>',
            n: 1.5,
            o: [{ text: 'a', color: 'red' }],
            p: ['ou_1'],
            d: 1767607200000,
            m: '**x**',
          },
          { o: 'a', p: 'ou_1' },
          {},
        ],
        { page_size: 10 },
      ),
    ]),
  ],
  ['89 buttons', v2([md('x'), ...buttons(89)])],
  ['five tables', v2([TABLE, TABLE, TABLE, TABLE, TABLE])],
  ['three markdown tables', v2([md(`${mdTable}\n${mdTable}\n${mdTable}`)])],
  ['five levels', v2([nested(5)])],
  ['a form', v2([form([{ tag: 'input', name: 'i' }, SUBMIT, button({ name: 'c' })])])],
  ['an image', v2([{ tag: 'img', img_key: 'img_v3_02ab_cd-e', alt: { tag: 'plain_text', content: '' } }])],
  [
    'a chart',
    v2([
      { tag: 'chart', chart_spec: { type: 'line', data: { values: [{ x: 'a', y: null }] }, xField: 'x', yField: 'y' } },
    ]),
  ],
  ['two columns of one name in two tables', v2([TABLE, TABLE])],
];
for (const [name, card] of SOUND) {
  test(`no finding: ${name}`, () =>
    assert.deepEqual(
      checkCard(card).map(({ code, path }) => `${code} ${path}`),
      [],
    ));
}

for (const [code, card] of Object.entries(NEIGHBOURS)) {
  test(`taken: the neighbour of ${code}`, () =>
    assert.deepEqual(
      checkCard(card).map((each) => `${each.code} ${each.path}`),
      [],
    ));
}

const ALL = [...FAULTS, ...PROPERTY_FAULTS, ...COMPONENT_FAULTS];
for (const [code, path, feishu, severity, card] of ALL) {
  test(`${severity}: ${code} at ${path?.slice(0, 60)}`, () => {
    const found = checkCard(card);
    assert.deepEqual(
      found.map((each) => [each.code, each.path, each.feishu, each.severity]),
      [[code, path, feishu, severity]],
    );
    assert.ok(found.every(({ message }) => message.zh !== '' && message.en !== ''));
    if (feishu !== null) assert.match(found[0]?.message.en ?? '', new RegExp(`${feishu}`));
  });
}

test('30,000 bytes are the end, 25,000 a warning; bytes, not characters', () => {
  const sized = (bytes: number): Json => {
    const bare = JSON.stringify(v2([md('')])).length;
    return v2([md('门'.repeat(Math.floor((bytes - bare) / 3)) + 'x'.repeat((bytes - bare) % 3))]);
  };
  assert.deepEqual(checkCard(sized(25_000)), []);
  assert.deepEqual(
    checkCard(sized(30_000)).map(({ code, severity }) => [code, severity]),
    [['card-size', 'warning']],
  );
  assert.deepEqual(
    checkCard(sized(30_001)).map(({ code, severity, feishu }) => [code, severity, feishu]),
    [['card-size', 'error', 230025]],
  );
});

test('rows with one fault a thousand times are told three times', () => {
  const rows = Array.from({ length: 1000 }, () => ({ a: 1 }));
  assert.equal(checkCard(v2([table([{ name: 'a' }], rows)])).filter(({ code }) => code === 'card-cell').length, 3);
});

test('every rule has a card that it finds', () => {
  const found = new Set([...ALL.map(([code]) => code), 'card-size']);
  assert.deepEqual(
    Object.keys(ruleWords).filter((code) => !found.has(code)),
    [],
  );
});

test('whatever JSON is given, the checker answers', () => {
  const names = [
    'tag',
    'elements',
    'columns',
    'rows',
    'body',
    'schema',
    'content',
    'chart_spec',
    'data',
    'values',
    'text',
  ];
  const keys = fc.oneof(
    fc.constantFrom(...names),
    fc.constantFrom('__proto__', 'constructor', 'toString'),
    fc.string(),
  );
  const tags = fc.constantFrom(
    'table',
    'chart',
    'markdown',
    'form',
    'column_set',
    'select_static',
    'img',
    'button',
    '2.0',
    'line',
  );
  const json = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      fc.oneof(tags, fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(keys, tie('value'), { maxKeys: 6 }),
    ),
  })).value;
  const elements = fc.array(fc.dictionary(keys, json, { maxKeys: 6 }), { maxLength: 4 });
  fc.assert(
    fc.property(
      fc.oneof(
        json,
        elements.map((all) => v2(all)),
        elements.map((all) => v1(all)),
      ),
      (card) => {
        for (const found of checkCard(card)) assert.ok(found.message.zh !== '' && found.message.en !== '');
      },
    ),
    { numRuns: 500 },
  );
});

test('a card nested without end is one fault, and no crash', () => {
  const deep = JSON.parse(`${'{"elements":['.repeat(20_000)}${']}'.repeat(20_000)}`) as Json;
  assert.deepEqual(
    checkCard(deep).map(({ code }) => code),
    ['card-depth'],
  );
});

test('what no number can be made of is no share', () => {
  const values = [{ x: 'a', y: { toString: null } }];
  const spec = { type: 'circularProgress', valueField: 'y', categoryField: 'x', data: { values } };
  assert.deepEqual(checkCard(v2([{ tag: 'chart', chart_spec: spec }] as Json[])), []);
});
