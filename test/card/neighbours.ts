// Beside each rule a card that keeps to it by a hair: it has no finding at all.
import type { ruleWords } from '../../src/card/rules/words.ts';
import type { Json } from '../../src/model/dataset.ts';
import {
  box,
  button,
  buttons,
  chart,
  div,
  form,
  img,
  md,
  mdTable,
  nested,
  open,
  panel,
  SUBMIT,
  select,
  TABLE,
  table,
  text,
  titled,
  v1,
  v2,
} from './cards.ts';

const LINK = 'https://a.b';
const option = (value: string) => ({ text: text({}), value });

export const NEIGHBOURS: Readonly<Record<keyof typeof ruleWords, Json>> = {
  'card-not-object': {},
  'card-size': v2([md('x'.repeat(24_000))]),
  'card-schema': v1([md('x')], { schema: '1.0' }),
  'card-root-key': v2([md('x')], { card_link: { url: LINK }, config: {} }),
  'card-looks-v2': v1([md('x')]),
  'card-empty': v2([{ tag: 'hr' }]),
  'card-elements-list': v2([panel({}, { elements: [] })]),
  'card-removed-tag': v1([
    { tag: 'note', elements: [text({})] },
    { tag: 'action', actions: [button({ url: LINK })], layout: 'flow' },
  ]),
  'card-unknown-tag': v2([{ tag: 'hr', margin: '0' }]),
  'card-null': v1([{ ...md('x'), text_align: null }]),
  'card-property': v2([
    { ...md('x'), element_id: 'a', margin: '4px 0', icon: { tag: 'standard_icon', token: 't', color: 'grey-650' } },
    { tag: 'div', fields: [{ is_short: true, text: { tag: 'lark_md', content: 'x' } }] },
    panel({ icon: { tag: 'standard_icon', size: '16px 16px' } }, { border: { color: 'grey', corner_radius: '5px' } }),
    button({ multi_url: { url: LINK }, hover_tips: {}, confirm: {} }),
  ]),
  'card-v2-only': v2([{ ...md('x'), margin: '4px' }], { config: { summary: { content: 'x' } } }),
  'card-type': v2([div({ lines: 2 }), panel({}, { expanded: true })], { config: {} }),
  'card-required': v2([
    { tag: 'date_picker', placeholder: text({}) },
    { tag: 'person', user_id: 'ou_1' },
  ]),
  'card-value': v2(
    [
      { ...md("<text_tag color='neutral'>x</text_tag>"), margin: '-99px 99px', text_size: 'cus-0' },
      panel({ padding: '4px 8px 4px 8px', icon_expanded_angle: -180, title: text({}) }),
      img({ size: '1000px 1px', corner_radius: '100%' }),
      chart({}, { height: '999px' }),
      table([{ name: 'a', width: '80px', format: { precision: 10, symbol: '¥' }, date_format: 'YYYY年MM月DD日' }], [], {
        row_height: '124px',
        page_size: 1,
      }),
      { tag: 'date_picker', initial_date: '2028-02-29' },
      { tag: 'picker_time', initial_time: '23:59' },
      { tag: 'picker_datetime', initial_datetime: '2026-12-31 00:00' },
      { tag: 'input', max_length: 1000, placeholder: text({ content: '字'.repeat(100) }) },
    ],
    {
      ...titled({ template: 'default', padding: '12px 8px' }),
      config: {
        width_mode: 'fill',
        style: { text_size: { 'cus-0': { default: 'medium', pc: 'medium', mobile: 'large' } } },
      },
    },
  ),
  'card-tags-many': v2([md('x')], titled({ text_tag_list: [{}, {}, {}] })),
  'card-update-multi': v2([md('x')], { config: { update_multi: true } }),
  'card-deprecated': v1([{ ...md('[a]($b)'), href: { b: { url: LINK } } }], {
    config: { wide_screen_mode: true },
    ...titled({ title: text({ i18n: { zh_cn: 'x' } }), ud_icon: { token: 't', style: { color: 'red' } } }),
  }),
  'card-elements-many': v2([md('x'), ...buttons(89)]),
  'card-depth': v2([nested(5)]),
  'card-duplicate': v2([
    { tag: 'input', name: 'a' },
    { tag: 'input', name: 'b' },
    table([{ name: 'a' }, { name: 'b' }], []),
    select({ options: [option('a'), option('b')] }),
  ]),
  'card-element-id': v2([{ ...md('x'), element_id: 'a234567890_234567890' }]),
  'card-root-only': v2([TABLE, form([SUBMIT])]),
  'card-tables-many': v2([TABLE, TABLE, TABLE, TABLE, TABLE]),
  'card-markdown-tables': v2([md(`${mdTable}\n`.repeat(3)), md(`\`\`\`\n${mdTable}\`\`\``)]),
  'card-columns-many': v2([
    table(
      Array.from({ length: 50 }, (_, i) => ({ name: `c${i}` })),
      [],
    ),
  ]),
  'card-row-key': v2([table([{ name: 'a.b' }], [{ 'a.b': 'x' }, {}])]),
  'card-cell': v2([
    table(
      [
        { name: 'n', data_type: 'number' },
        { name: 'o', data_type: 'options' },
        { name: 'p', data_type: 'persons' },
      ],
      [
        { n: 1, o: 'x', p: 'ou_1' },
        { o: [{ text: 'x', color: 'red' }], p: ['ou_1', 'ou_2'] },
      ],
    ),
  ]),
  'card-button-idle': v2([button({ disabled: true }), button({ behaviors: [{ type: 'callback', value: {} }] })]),
  'card-link-empty': v2([button({ behaviors: [{ type: 'open_url', default_url: '', pc_url: LINK }] })]),
  'card-link-scheme': v2([
    open('https://applink.feishu.cn/x'),
    open('lark://a'),
    md("[a](tel://1) <link url='https://a.b'>x</link>"),
  ]),
  'card-link-partial': v2([md('x')], { card_link: { pc_url: LINK, ios_url: LINK, android_url: LINK } }),
  'card-image-key': v2([img({}), md('![x](img_v3_1)')]),
  'card-buttons-many': v2([
    { tag: 'checker', button_area: { buttons: [1, 2, 3].map(() => ({ ...open(LINK), type: 'text' })) } },
  ]),
  'card-images-many': v2([
    { tag: 'img_combination', combination_mode: 'double', img_list: [{ img_key: 'img_1' }, { img_key: 'img_2' }] },
  ]),
  'card-person-id': v2([
    { tag: 'person', user_id: '4g2ae3b1' },
    { tag: 'person_list', persons: [{ id: 'ou_1' }, { id: 'on_1' }] },
    md('<at id=ou_1></at><at ids=ou_1,ou_2></at><at email=a@b.c></at><person id="ou_1" show_name=true></person>'),
  ]),
  'card-chart-type': v2([chart({ type: 'area' })]),
  'card-chart-data': v2([chart({ data: [{ id: 'a', values: [] }] })]),
  'card-chart-field': v2([
    chart({
      xField: ['x', 'kind'],
      seriesField: 'kind',
      data: {
        values: [
          { x: 'a', y: 1 },
          { x: 'b', kind: 'k' },
        ],
      },
    }),
    chart({ xField: 'made', data: { values: [{ x: 'a', y: 1 }], transforms: [{ type: 'fold' }] } }),
    chart({
      type: 'common',
      xField: 'x',
      data: [{ values: [{ x: 'a', y: 1 }] }, { id: 'second', values: [{ day: 'a', y: 1 }] }],
      series: [{ type: 'line', dataId: 'second', xField: 'day', yField: 'y' }],
    }),
  ]),
  'card-chart-null': v2([chart({ data: { values: [{ x: 'a', y: null }] } })]),
  'card-chart-code': v2([chart({ title: { text: 'f(x) => 1, function of x' }, label: { format: '{value} => {x}' } })]),
  'card-chart-mobile': v2([chart({ color: { gradient: 'linear' }, bar: { style: { background: 'grey' } } })]),
  'card-chart-share': v2([
    chart({
      type: 'linearProgress',
      direction: 'horizontal',
      xField: 'y',
      yField: 'x',
      data: { values: [{ x: 'a', y: 1 }] },
    }),
  ]),
  'card-charts-many': v2(Array.from({ length: 5 }, () => chart({}))),
  'card-place': v2([box([chart({})]), panel({}, { elements: [chart({})] })]),
  'card-form-only': v2([
    form([SUBMIT, { tag: 'multi_select_static', name: 'm', options: [option('a')], selected_values: ['a'] }]),
    { tag: 'select_img', options: [{ img_key: 'img_1', value: 'a' }] },
  ]),
  'card-option-unknown': v2([
    select({ initial_option: 'a' }),
    select({ initial_index: 1 }),
    { tag: 'select_person', initial_option: 'ou_1' },
  ]),
  'card-submit-outside': v2([form([button({ form_action_type: 'submit' }), button({ form_action_type: 'reset' })])]),
  'card-form-submit': v2([form([box([SUBMIT])])]),
  'card-form-name': v2([form([SUBMIT, { tag: 'input', name: 'i' }]), { tag: 'input' }]),
  'card-forward': v2([{ tag: 'audio', file_key: 'f' }], { config: { enable_forward: false } }),
  'card-at-all': v2([md('`<at id=all></at>`'), div({ content: '<at id=all></at>' })]),
  'card-color-hex': v2([{ ...box([div({ text_color: 'mine' })]), background_style: 'rgba(1, 2, 3, 0.5)' }], {
    config: { style: { color: { mine: { light_mode: 'rgba(1,2,3,1)', dark_mode: 'rgba(4,5,6,1)' } } } },
  }),
  'card-color-rgba': v2([
    { tag: 'interactive_container', background_style: 'laser', border_color: 'rgba(1,2,3,0.5)', elements: [] },
  ]),
  'card-color': v2([{ ...box([md("<font color='grey-650'>x</font>")]), background_style: 'bg-white' }]),
  'card-locale': v2([{ ...md('x'), i18n_content: { zh_cn: 'x', ms_my: 'x' } }], {
    config: { locales: ['zh_cn', 'en_us'] },
  }),
  'card-is-message': v2([md('x')]),
};
