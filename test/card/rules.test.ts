import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCard } from '../../src/card/rules.ts';
import type { Json } from '../../src/model/dataset.ts';

type Obj = { readonly [key: string]: Json };
const v2 = (elements: readonly Json[], more: Obj = {}): Json => ({ schema: '2.0', body: { elements }, ...more });
const v1 = (elements: readonly Json[], more: Obj = {}): Json => ({ elements, ...more });
const titled = (more: Obj): Obj => ({ header: { title: { tag: 'plain_text', content: 't' }, ...more } });
const md = (content: string): Obj => ({ tag: 'markdown', content });
const button = (more: Obj): Obj => ({ tag: 'button', text: { tag: 'plain_text', content: 'b' }, ...more });
const open = (url: string): Obj => button({ behaviors: [{ type: 'open_url', default_url: url }] });
const table = (columns: readonly Json[], rows: readonly Json[], more: Obj = {}): Obj => ({
  tag: 'table',
  columns,
  rows,
  ...more,
});
const TABLE = table([{ name: 'a' }], [{ a: 'x' }]);
const box = (elements: readonly Json[]): Obj => ({ tag: 'column_set', columns: [{ tag: 'column', elements }] });
const nested = (depth: number): Obj => (depth === 0 ? md('x') : box([nested(depth - 1)]));
const form = (elements: readonly Json[], more: Obj = {}): Obj => ({ tag: 'form', name: 'f', elements, ...more });
const SUBMIT = button({ name: 's', form_action_type: 'submit' });
const mdTable = '|a|b|\n|---|---|\n|1|2|\n';
const buttons = (count: number): Json[] => Array.from({ length: count }, () => open('https://a.b'));

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
          { t: 'x', n: 1.5, o: [{ text: 'a', color: 'red' }], p: ['ou_1'], d: 1767607200000, m: '**x**' },
          { o: 'a', p: 'ou_1' },
          {},
        ],
        { page_size: 10 },
      ),
    ]),
  ],
  ['99 buttons', v2([md('x'), ...buttons(99)])],
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

type Fault = readonly [
  code: string,
  path: string | null,
  feishu: number | null,
  severity: 'error' | 'warning',
  card: Json,
];
const FAULTS: readonly Fault[] = [
  ['card-not-object', null, 200621, 'error', '{"schema":"2.0"}'],
  ['card-not-object', null, 200621, 'error', []],
  ['card-schema', 'schema', 200621, 'error', v1([md('x')], { schema: '3.0' })],
  ['card-looks-v2', 'body', null, 'error', { body: { elements: [md('x')] } }],
  ['card-root-key', 'elements', 200621, 'error', { schema: '2.0', elements: [], body: { elements: [md('x')] } }],
  ['card-root-key', 'i18n_elements', 200621, 'error', v2([md('x')], { i18n_elements: {} })],
  ['card-elements-list', 'body.elements', 200621, 'error', { schema: '2.0', body: { elements: {} } }],
  ['card-empty', 'body', null, 'warning', v2([])],
  ['card-removed-tag', 'body.elements[0]', 200861, 'error', v2([{ tag: 'note', elements: [] }])],
  [
    'card-removed-tag',
    'body.elements[0].columns[0].elements[0]',
    200861,
    'error',
    v2([box([{ tag: 'action', actions: [] }])]),
  ],
  ['card-unknown-tag', 'body.elements[0]', 200621, 'error', v2([{ tag: 'markdwon', content: 'x' }])],
  ['card-unknown-tag', 'body.elements[0]', 200621, 'error', v2([{ content: 'x' }])],
  ['card-unknown-tag', 'elements[0]', 200621, 'error', v1([{ tag: 'nope' }])],
  ['card-null', 'body.elements[0].text_size', 200621, 'error', v2([{ ...md('x'), text_size: null }])],
  ['card-null', 'header', 200621, 'error', v2([md('x')], { header: null })],
  ['card-required', 'header', null, 'error', v2([md('x')], { header: { template: 'red' } })],
  ['card-property', 'header.tag', 200621, 'error', v2([md('x')], titled({ tag: 'header' }))],
  ['card-value', 'header.template', null, 'error', v2([md('x')], titled({ template: 'bleu' }))],
  ['card-value', 'header.template', null, 'warning', v1([md('x')], titled({ template: 'bleu' }))],
  [
    'card-value',
    'header.text_tag_list[0].color',
    null,
    'error',
    v2([md('x')], titled({ text_tag_list: [{ tag: 'text_tag', color: 'pink' }] })),
  ],
  [
    'card-tags-many',
    'header.text_tag_list',
    null,
    'warning',
    v2([md('x')], titled({ text_tag_list: [{}, {}, {}, {}] })),
  ],
  ['card-update-multi', 'config.update_multi', null, 'warning', v2([md('x')], { config: { update_multi: false } })],
  [
    'card-deprecated',
    'config.wide_screen_mode',
    null,
    'warning',
    v2([md('x')], { config: { wide_screen_mode: true } }),
  ],
  ['card-value', 'config.width_mode', null, 'warning', v2([md('x')], { config: { width_mode: 'wide' } })],
  ['card-required', 'body.elements[0]', 200621, 'error', v2([{ tag: 'markdown' }])],
  ['card-property', 'body.elements[0].elements', 200621, 'error', v2([{ tag: 'div', elements: [] }])],
  ['card-button-idle', 'body.elements[0]', null, 'error', v2([button({})])],
  ['card-button-idle', 'body.elements[0]', null, 'error', v2([button({ behaviors: [] })])],
  [
    'card-button-idle',
    'elements[0].actions[0]',
    null,
    'error',
    v1([{ tag: 'action', actions: [button({ url: null })] }]),
  ],
  ['card-link-empty', 'body.elements[0].behaviors[0]', null, 'error', v2([open('')])],
  [
    'card-link-empty',
    'elements[0].actions[0].multi_url',
    null,
    'error',
    v1([{ tag: 'action', actions: [button({ multi_url: { url: '' } })] }]),
  ],
  ['card-link-scheme', 'body.elements[0].behaviors[0].default_url', null, 'error', v2([open('javascript:alert(1)')])],
  ['card-link-scheme', 'body.elements[0].behaviors[0].default_url', null, 'warning', v2([open('a.b/c')])],
  ['card-link-scheme', 'card_link.url', null, 'error', v2([md('x')], { card_link: { url: 'data:text/html,x' } })],
  ['card-link-scheme', 'body.elements[0].content', null, 'error', v2([md('[x](javascript:alert)')])],
  ['card-link-scheme', 'body.elements[0].content', null, 'error', v2([md("<a href='file:///x'>x</a>")])],
  ['card-image-key', 'body.elements[0].content', 200570, 'error', v2([md('![x](https://a.b/c.png)')])],
  ['card-image-key', 'body.elements[0].img_key', 200570, 'error', v2([{ tag: 'img', img_key: 'https://a.b/c.png' }])],
  ['card-image-key', 'body.elements[0].img_key', null, 'warning', v2([{ tag: 'img', img_key: 'abc' }])],
  ['card-required', 'body.elements[0]', 200570, 'error', v2([{ tag: 'img' }])],
  ['card-at-all', 'body.elements[0].content', null, 'warning', v2([md('<at id=all></at>')])],
  ['card-elements-many', 'body', 11310, 'error', v2([md('x'), ...buttons(100)])],
  [
    'card-depth',
    'body.elements[0].columns[0].elements[0].columns[0].elements[0].columns[0].elements[0].columns[0].elements[0].columns[0].elements[0]',
    null,
    'error',
    v2([nested(6)]),
  ],
  [
    'card-duplicate',
    'body.elements[1].name',
    11310,
    'error',
    v2([
      { tag: 'input', name: 'a' },
      { tag: 'input', name: 'a' },
    ]),
  ],
  [
    'card-duplicate',
    'body.elements[1].element_id',
    300301,
    'error',
    v2([
      { ...md('x'), element_id: 'a' },
      { ...md('x'), element_id: 'a' },
    ]),
  ],
  ['card-element-id', 'body.elements[0].element_id', null, 'error', v2([{ ...md('x'), element_id: '1a' }])],
  ['card-root-only', 'body.elements[0].columns[0].elements[0]', 200621, 'error', v2([box([TABLE])])],
  ['card-root-only', 'body.elements[0].columns[0].elements[0]', 200621, 'error', v2([box([form([SUBMIT])])])],
  ['card-tables-many', 'body.elements[5]', 11310, 'error', v2([TABLE, TABLE, TABLE, TABLE, TABLE, TABLE])],
  ['card-markdown-tables', 'body.elements[0].content', 11310, 'error', v2([md(`${mdTable}\n`.repeat(5))])],
  [
    'card-markdown-tables',
    'body.elements[0]',
    null,
    'warning',
    v2([md(`${mdTable}\n`.repeat(2)), md(`${mdTable}\n`.repeat(2))]),
  ],
  [
    'card-columns-many',
    'body.elements[0].columns',
    null,
    'warning',
    v2([
      table(
        Array.from({ length: 51 }, (_, i) => ({ name: `c${i}` })),
        [],
      ),
    ]),
  ],
  ['card-required', 'body.elements[0]', null, 'error', v2([{ tag: 'table', rows: [] }])],
  ['card-required', 'body.elements[0].columns[0]', null, 'error', v2([table([{ display_name: 'x' }], [])])],
  [
    'card-duplicate',
    'body.elements[0].columns[1].name',
    null,
    'error',
    v2([table([{ name: 'a' }, { name: 'a' }], [])]),
  ],
  [
    'card-value',
    'body.elements[0].columns[0].data_type',
    null,
    'error',
    v2([table([{ name: 'a', data_type: 'string' }], [])]),
  ],
  ['card-value', 'body.elements[0].page_size', null, 'error', v2([table([{ name: 'a' }], [], { page_size: 11 })])],
  ['card-row-key', 'body.elements[0].rows[0].nmae', 200915, 'error', v2([table([{ name: 'name' }], [{ nmae: 'x' }])])],
  ['card-cell', 'body.elements[0].rows[1].a', 200914, 'error', v2([table([{ name: 'a' }], [{ a: 'x' }, { a: 1 }])])],
  [
    'card-cell',
    'body.elements[0].rows[0].a',
    200914,
    'error',
    v2([table([{ name: 'a', data_type: 'number' }], [{ a: '1' }])]),
  ],
  ['card-cell', 'body.elements[0].rows[0].a', 200914, 'error', v2([table([{ name: 'a' }], [{ a: null }])])],
  ['card-chart-type', 'body.elements[0].chart_spec', 200550, 'error', v2([{ tag: 'chart', chart_spec: {} }])],
  ['card-chart-type', 'body.elements[0].chart_spec', 200550, 'error', v2([{ tag: 'chart' }])],
  [
    'card-chart-type',
    'body.elements[0].chart_spec.type',
    null,
    'warning',
    v2([{ tag: 'chart', chart_spec: { type: 'lines' } }]),
  ],
  [
    'card-chart-null',
    'body.elements[0].chart_spec.axes',
    200550,
    'error',
    v2([{ tag: 'chart', chart_spec: { type: 'line', axes: null } }]),
  ],
  ['card-form-submit', 'body.elements[0]', null, 'error', v2([form([{ tag: 'input', name: 'i' }])])],
  ['card-form-name', 'body.elements[0].elements[0]', 200530, 'error', v2([form([{ tag: 'input' }, SUBMIT])])],
  ['card-forward', 'config', 300220, 'error', v2([{ tag: 'audio', file_key: 'f' }])],
  [
    'card-color-hex',
    'body.elements[0].text.text_color',
    null,
    'warning',
    v2([{ tag: 'div', text: { tag: 'plain_text', content: 'x', text_color: '#999999' } }]),
  ],
];
for (const [code, path, feishu, severity, card] of FAULTS) {
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
