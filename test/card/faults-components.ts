// Faults of components: their data, their places, what they do.
import { button, buttons, chart, form, md, type Obj, open, SUBMIT, select, text, v2 } from './cards.ts';
import type { Fault } from './faults.ts';

const X = 'body.elements[0]';

const row = (more: Obj): Obj => ({ x: 'a', y: 1, ...more });
const series = (more: Obj): Obj => ({ type: 'bar', xField: 'x', yField: 'y', ...more });

export const COMPONENT_FAULTS: readonly Fault[] = [
  ['card-chart-data', `${X}.chart_spec.data`, null, 'error', v2([chart({ data: {} })])],
  [
    'card-chart-data',
    `${X}.chart_spec`,
    null,
    'error',
    v2([{ tag: 'chart', chart_spec: { type: 'line', xField: 'x', yField: 'y' } }]),
  ],
  [
    'card-chart-data',
    `${X}.chart_spec.data[1]`,
    null,
    'error',
    v2([chart({ data: [{ values: [] }, { values: '[]' }] })]),
  ],
  ['card-chart-field', `${X}.chart_spec.yField`, null, 'error', v2([chart({ yField: 'why' })])],
  ['card-chart-field', `${X}.chart_spec.seriesField`, null, 'warning', v2([chart({ seriesField: 'z' })])],
  [
    'card-chart-field',
    `${X}.chart_spec.series[1].xField`,
    null,
    'error',
    v2([
      chart({
        type: 'common',
        data: [{ values: [row({})] }, { values: [{ day: 'a', y: 1 }] }],
        series: [series({ dataIndex: 0 }), series({ dataIndex: 1 })],
      }),
    ]),
  ],
  ['card-chart-null', `${X}.chart_spec.label.style`, null, 'warning', v2([chart({ label: { style: null } })])],
  [
    'card-chart-code',
    `${X}.chart_spec.label.formatMethod`,
    null,
    'warning',
    v2([chart({ label: { formatMethod: '(v) => v + 1' } })]),
  ],
  [
    'card-chart-code',
    `${X}.chart_spec.bar.style.fill`,
    null,
    'warning',
    v2([chart({ bar: { style: { fill: 'function (d) { return d }' } } })]),
  ],
  [
    'card-chart-mobile',
    `${X}.chart_spec.bar.style.texture`,
    null,
    'warning',
    v2([chart({ bar: { style: { texture: 'circle' } } })]),
  ],
  [
    'card-chart-mobile',
    `${X}.chart_spec.wordCloudConfig.layoutMode`,
    null,
    'warning',
    v2([chart({ type: 'wordCloud', nameField: 'x', valueField: 'y', wordCloudConfig: { layoutMode: 'grid' } })]),
  ],
  [
    'card-chart-mobile',
    `${X}.chart_spec.color.gradient`,
    null,
    'warning',
    v2([chart({ color: { gradient: 'conical' } })]),
  ],
  [
    'card-chart-share',
    `${X}.chart_spec.data`,
    null,
    'warning',
    v2([
      chart({ type: 'circularProgress', valueField: 'y', categoryField: 'x', data: { values: [row({ y: '85' })] } }),
    ]),
  ],
  ['card-charts-many', 'body.elements[5]', null, 'warning', v2(Array.from({ length: 6 }, () => chart({})))],
  ['card-place', `${X}.elements[1]`, null, 'warning', v2([form([SUBMIT, chart({})])])],
  ['card-place', X, null, 'warning', v2([{ tag: 'column', elements: [md('x')] }])],
  ['card-place', `${X}.columns[0]`, null, 'warning', v2([{ tag: 'column_set', columns: [md('x')] }])],
  [
    'card-form-only',
    X,
    null,
    'error',
    v2([{ tag: 'multi_select_static', name: 'm', options: [{ text: text({}), value: 'a' }] }]),
  ],
  [
    'card-form-only',
    X,
    null,
    'error',
    v2([{ tag: 'select_img', multi_select: true, options: [{ img_key: 'img_1', value: 'a' }] }]),
  ],
  ['card-option-unknown', `${X}.initial_option`, null, 'warning', v2([select({ initial_option: 'b' })])],
  ['card-option-unknown', `${X}.initial_index`, null, 'warning', v2([select({ initial_index: 2 })])],
  [
    'card-option-unknown',
    `${X}.elements[1].selected_values[0]`,
    null,
    'warning',
    v2([
      form([
        SUBMIT,
        { tag: 'multi_select_static', name: 'm', options: [{ text: text({}), value: 'a' }], selected_values: ['b'] },
      ]),
    ]),
  ],
  [
    'card-duplicate',
    `${X}.options[1].value`,
    null,
    'warning',
    v2([
      select({
        options: [
          { text: text({}), value: 'a' },
          { text: text({}), value: 'a' },
        ],
      }),
    ]),
  ],
  [
    'card-duplicate',
    'body.elements[1].audio_id',
    300230,
    'error',
    v2(
      [
        { tag: 'audio', file_key: 'f', audio_id: 'a' },
        { tag: 'audio', file_key: 'f', audio_id: 'a' },
      ],
      { config: { enable_forward: false } },
    ),
  ],
  ['card-required', X, null, 'warning', v2([{ tag: 'date_picker' }])],
  ['card-required', X, 100290, 'error', v2([{ tag: 'person' }])],
  ['card-required', X, null, 'error', v2([{ tag: 'overflow' }])],
  ['card-required', `${X}.confirm`, null, 'warning', v2([button({ url: 'https://a.b', confirm: { text: text({}) } })])],
  ['card-required', X, null, 'error', v2([{ tag: 'form', elements: [SUBMIT] }])],
  [
    'card-required',
    `${X}.img_list[0]`,
    200570,
    'error',
    v2([{ tag: 'img_combination', combination_mode: 'double', img_list: [{ img_key: '' }] }]),
  ],
  [
    'card-image-key',
    `${X}.img_list[0].img_key`,
    200570,
    'error',
    v2([{ tag: 'img_combination', combination_mode: 'double', img_list: [{ img_key: 'https://a.b/c.png' }] }]),
  ],
  [
    'card-buttons-many',
    `${X}.button_area.buttons`,
    null,
    'warning',
    v2([
      {
        tag: 'checker',
        button_area: {
          buttons: Array.from({ length: 4 }, () => open('https://a.b')).map((one) => ({ ...one, type: 'text' })),
        },
      },
    ]),
  ],
  [
    'card-value',
    `${X}.button_area.buttons[0].type`,
    null,
    'warning',
    v2([{ tag: 'checker', button_area: { buttons: [{ ...open('https://a.b'), type: 'primary' }] } }]),
  ],
  [
    'card-image-key',
    `${X}.icon.img_key`,
    200570,
    'error',
    v2([{ ...md('x'), icon: { tag: 'custom_icon', img_key: 'https://a.b/c.png' } }]),
  ],
  [
    'card-images-many',
    `${X}.img_list`,
    null,
    'warning',
    v2([
      {
        tag: 'img_combination',
        combination_mode: 'double',
        img_list: [{ img_key: 'img_1' }, { img_key: 'img_2' }, { img_key: 'img_3' }],
      },
    ]),
  ],
  ['card-person-id', `${X}.user_id`, null, 'warning', v2([{ tag: 'person', user_id: 'a@b.c' }])],
  [
    'card-person-id',
    `${X}.persons[1].id`,
    null,
    'warning',
    v2([{ tag: 'person_list', persons: [{ id: 'ou_1' }, { id: 'oc_1' }] }]),
  ],
  ['card-person-id', `${X}.content`, null, 'warning', v2([md('<at id=李雷></at>')])],
  [
    'card-at-all',
    `${X}.i18n_content.en_us`,
    null,
    'warning',
    v2([{ ...md('x'), i18n_content: { en_us: '<at id="all"></at>' } }]),
  ],
  ['card-submit-outside', X, null, 'warning', v2([button({ form_action_type: 'submit', url: 'https://a.b' })])],
  ['card-elements-many', 'body', null, 'warning', v2([md('x'), ...buttons(90)])],
  ['card-link-scheme', `${X}.content`, null, 'warning', v2([md("<link url='a.b'>x</link>")])],
];
