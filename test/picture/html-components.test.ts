import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../src/model/dataset.ts';
import { cardToHtml, DRAWN_TAGS } from '../../src/picture/html.ts';

const text = (content: string): Json => ({ tag: 'plain_text', content });
const card = (elements: readonly Json[]): Json => ({ schema: '2.0', body: { elements } });

const HERE = 'data:image/png;base64,iVBORw0KGgo=';
const PICTURE = (key: string): string | null => (key === 'here' ? HERE : null);
const option = (value: string, words = value): Json => ({ text: text(words), value });

/** Each component with what a reader must find of it. */
const COMPONENTS: readonly (readonly [element: Json, ...expected: (string | RegExp)[]])[] = [
  [
    { tag: 'markdown', content: '**b**', text_align: 'center', text_size: 'heading' },
    'lc-size-heading lc-center',
    '<b>b</b>',
  ],
  [
    { tag: 'markdown', content: 'x', icon: { tag: 'standard_icon', token: 'chat_outlined', color: 'red' } },
    'title="chat_outlined" style="color:var(--lc-red)"',
  ],
  [
    { tag: 'markdown', content: '<number_tag background_color="grey" font_color="white">7</number_tag>' },
    'class="lc-count" style="background:var(--lc-grey);color:light-dark(#ffffff,#1a1a1a)">7<',
  ],
  [
    { tag: 'markdown', content: '<font color="blue-50">x</font> <font color="nope">y</font>' },
    'style="color:light-dark(#f0f4ff,#152340)">x<',
    '>y<',
  ],
  [
    { tag: 'markdown', content: '![图](here) ![图](away)' },
    `<img class="lc-inline-image" src="${HERE}"`,
    /lc-photo"><\/span>图/,
  ],
  [
    { tag: 'markdown', content: '<person id="ou_1" style="capsule"></person><at ids=ou_1,ou_2></at>' },
    'lc-capsule',
    '@张三',
    '@ou_2',
  ],
  [
    { tag: 'div', text: { tag: 'plain_text', content: 'a\nb', text_color: 'grey', lines: 2 } },
    'class="lc-color-grey lc-clamped" style="-webkit-line-clamp:2">a<br>b',
  ],
  [
    { tag: 'div', fields: [{ is_short: true, text: text('短') }, { text: text('长') }] },
    'class="lc-short">短',
    'class="lc-long">长',
  ],
  [{ tag: 'div', text: text('x'), extra: { tag: 'img', img_key: 'here' } }, 'lc-with-extra', HERE],
  [{ tag: 'note', elements: [{ tag: 'img', img_key: 'here' }, text('注')] }, 'lc-note', HERE, '<span>注</span>'],
  [{ tag: 'hr', margin: '4px 0' }, '<hr class="lc-hr" style="margin:4px 0px">'],
  [
    { tag: 'img', img_key: 'here', alt: text('图'), size: '100px 50px', corner_radius: '10%' },
    'alt="图"',
    'width:100px;height:50px;border-radius:10%',
  ],
  [{ tag: 'img', img_key: 'away', alt: text('没有') }, /lc-absent.*没有/],
  [
    {
      tag: 'img_combination',
      combination_mode: 'double',
      img_list: [{ img_key: 'here' }, { img_key: 'away' }, { img_key: 'third' }],
    },
    'lc-images-double',
    HERE,
    /away(?!.*third)/,
  ],
  [
    { tag: 'person', user_id: 'ou_1', show_name: true, style: 'capsule', size: 'large' },
    'lc-person-large lc-capsule',
    '张三',
  ],
  [{ tag: 'person', user_id: 'ou_1' }, /lc-avatar" title="ou_1">张<(?!.*张三)/],
  [
    { tag: 'person_list', persons: [{ id: 'ou_1' }, { id: 'ou_2' }], show_avatar: true, show_name: false },
    'lc-stacked',
  ],
  [
    { tag: 'chart', chart_spec: { type: 'pie', title: { text: '份额' } }, aspect_ratio: '1:1', color_theme: 'rainbow' },
    'data-theme="rainbow"',
    '&#34;pie&#34;',
    'style="aspect-ratio:1"',
    '图表 · pie · 份额',
  ],
  [{ tag: 'chart', chart_spec: {}, height: '120px' }, 'style="height:120px;aspect-ratio:auto"'],
  [{ tag: 'audio', file_key: 'f' }, 'lc-audio" title="f"'],
  [
    { tag: 'button', text: text('去'), size: 'tiny', width: 'fill', disabled: true, disabled_tips: text('不行') },
    'lc-button-default lc-disabled lc-tiny lc-fill" title="不行">去',
  ],
  [
    { tag: 'button', text: text('去'), icon: { tag: 'custom_icon', img_key: 'here' }, type: 'laser' },
    'lc-button-laser',
    HERE,
  ],
  [
    { tag: 'action', layout: 'bisected', actions: [{ tag: 'button', text: text('一') }] },
    'lc-buttons lc-in-bisect',
    '一',
  ],
  [{ tag: 'overflow', options: [{ text: text('更多') }] }, 'title="更多">⋯'],
  [{ tag: 'select_static', options: [option('1', '甲'), option('2', '乙')], initial_index: 2 }, '<span>乙</span>'],
  [{ tag: 'select_static', options: [], placeholder: text('选') }, 'lc-placeholder">选'],
  [{ tag: 'select_person', initial_option: 'ou_1', options: [] }, '<span>张三</span>'],
  [
    { tag: 'multi_select_static', options: [option('1', '甲'), option('2', '乙')], selected_values: ['1', '2'] },
    '甲、乙',
  ],
  [{ tag: 'multi_select_person', options: [], selected_values: ['ou_1'] }, '张三'],
  [
    { tag: 'select_img', layout: 'trisect', options: [{ img_key: 'here', value: '1' }], multi_select: true },
    'lc-choices-trisect',
    HERE,
  ],
  [{ tag: 'date_picker', initial_date: '2026-01-02' }, '2026-01-02', 'lc-calendar'],
  [{ tag: 'picker_time' }, '选择时间', 'lc-clock'],
  [{ tag: 'picker_datetime', placeholder: text('何时') }, '何时'],
  [
    { tag: 'input', label: text('姓名'), required: true, label_position: 'left', default_value: '李' },
    'lc-label-left',
    '姓名<span class="lc-star">*',
    '<span>李</span>',
  ],
  [{ tag: 'input', input_type: 'password', default_value: 'secret' }, '••••••'],
  [{ tag: 'input', input_type: 'multiline_text', rows: 3 }, 'min-height:76px', '请输入'],
  [
    { tag: 'checker', checked: true, text: text('做完'), checked_style: { show_strikethrough: true, opacity: 0.5 } },
    'lc-checked',
    'lc-struck" style="opacity:0.5">做完',
  ],
  [{ tag: 'standard_icon', token: 'down-small-ccm_outlined' }, 'lc-arrow lc-downward'],
  [{ tag: 'custom_icon', img_key: 'here' }, HERE],
  [
    {
      tag: 'column_set',
      flex_mode: 'bisect',
      horizontal_spacing: 'large',
      background_style: 'grey',
      columns: [
        { tag: 'column', width: 'weighted', weight: 3, padding: '8px', elements: [{ tag: 'hr' }] },
        { tag: 'column', width: '120px', background_style: 'blue-50', elements: [] },
        { tag: 'column', elements: [] },
      ],
    },
    'lc-flex-bisect lc-filled-box" style="gap:12px',
    'lc-weight-3',
    'padding:8px',
    'lc-fixed',
    'width:120px',
    'lc-auto',
  ],
  [{ tag: 'column', elements: [{ tag: 'hr' }] }, 'lc-column', '<hr'],
  [{ tag: 'form', elements: [{ tag: 'input' }] }, 'lc-form', 'lc-input'],
  [
    {
      tag: 'interactive_container',
      has_border: true,
      corner_radius: '8px',
      background_style: 'laser',
      elements: [{ tag: 'hr' }],
      behaviors: [{ type: 'open_url', default_url: 'https://a.b' }],
    },
    'linear-gradient',
    'border:1px solid var(--lc-line);border-radius:8px',
    '<a class="lc-open" href="https://a.b"',
  ],
  [
    {
      tag: 'collapsible_panel',
      expanded: true,
      header: {
        title: text('头'),
        icon: { tag: 'standard_icon', token: 'down_outlined' },
        icon_position: 'left',
        icon_expanded_angle: 90,
      },
      border: { color: 'red' },
      elements: [{ tag: 'hr' }],
    },
    '<details class="lc-panel lc-framed" open style="border:1px solid var(--lc-red);border-radius:5px">',
    '--lc-turn:90deg',
    /lc-downward.*头/,
  ],
  [{ tag: 'plain_text', content: '*x*' }, '>*x*<'],
  [{ tag: 'lark_md', content: '*x*' }, '<i>x</i>'],
  [
    {
      tag: 'table',
      freeze_first_column: true,
      row_height: '60px',
      header_style: { background_style: 'grey', bold: false, text_color: 'grey', text_align: 'center' },
      columns: [
        { name: 'o', data_type: 'options', width: '120px' },
        { name: 'p', data_type: 'persons' },
        { name: 'd', data_type: 'date', date_format: 'YYYY/MM/DD' },
        { name: 'm', data_type: 'lark_md' },
      ],
      rows: [
        {
          o: [
            { text: '好', color: 'green' },
            { text: '坏', color: 'red-50' },
          ],
          p: ['ou_1'],
          d: new Date(2026, 0, 2).getTime(),
          m: '<font color="red">降</font>',
        },
      ],
    },
    'lc-frozen',
    '--lc-row:60px',
    'lc-grey-head lc-light-head lc-color-grey',
    'lc-tag-green">好',
    '张三',
    '2026/01/02',
    'lc-color-red">降',
    'min-width:120px;width:120px',
  ],
];

test('every component of 1.0 and 2.0 is drawn with what it holds', () => {
  for (const [element, ...expected] of COMPONENTS) {
    const html = cardToHtml(card([element]), { picture: PICTURE, person: (id) => (id === 'ou_1' ? '张三' : null) });
    assert.doesNotMatch(html, /lc-unknown/, JSON.stringify(element));
    for (const piece of expected)
      assert.ok(typeof piece === 'string' ? html.includes(piece) : piece.test(html), `${piece} in ${html}`);
  }
  const tested = new Set(COMPONENTS.map(([element]) => (element as { tag: string }).tag));
  assert.deepEqual(
    DRAWN_TAGS.filter((tag) => !tested.has(tag)),
    [],
  );
});
