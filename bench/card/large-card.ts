import type { Json } from '../../src/model/dataset.ts';

type Obj = { readonly [key: string]: Json };

const plain = (content: string): Obj => ({ tag: 'plain_text', content });

const CITIES = ['上海', '北京', '深圳', '杭州', '成都', '武汉', '西安', '南京'];
const city = (i: number): string => CITIES[i % CITIES.length] as string;

const table = (rows: number): Obj => ({
  tag: 'table',
  page_size: 10,
  row_height: 'low',
  header_style: { text_align: 'left', background_style: 'grey', bold: true, lines: 1 },
  columns: [
    { name: 'c1', display_name: '门店', data_type: 'text', width: 'auto', horizontal_align: 'left' },
    { name: 'c2', display_name: '销售额', data_type: 'number', format: { symbol: '¥', precision: 2, separator: true } },
    { name: 'c3', display_name: '状态', data_type: 'options', width: '120px' },
    { name: 'c4', display_name: '日期', data_type: 'date', date_format: 'YYYY/MM/DD' },
  ],
  rows: Array.from({ length: rows }, (_, i) => ({
    c1: `${city(i)}第 ${i + 1} 店`,
    c2: 1000 + i * 3.25,
    c3: [{ text: i % 3 === 0 ? '关注' : '正常', color: i % 3 === 0 ? 'orange' : 'green' }],
    c4: 1_767_607_200_000 + i * 86_400_000,
  })),
});

const chart = (points: number): Obj => ({
  tag: 'chart',
  aspect_ratio: '16:9',
  chart_spec: {
    type: 'line',
    title: { text: '销售额' },
    data: {
      values: Array.from({ length: points }, (_, i) => ({ day: `1 月 ${i + 1} 日`, sum: i * 17, city: city(i) })),
    },
    xField: 'day',
    yField: 'sum',
    seriesField: 'city',
    legends: { visible: true, orient: 'bottom' },
  },
});

const figures = (from: number): Obj => ({
  tag: 'column_set',
  flex_mode: 'bisect',
  horizontal_spacing: '12px',
  columns: [0, 1].map(
    (n): Obj => ({
      tag: 'column',
      width: 'weighted',
      weight: 1,
      vertical_spacing: '2px',
      elements: [
        { tag: 'div', text: { ...plain(`指标 ${from + n}`), text_size: 'notation', text_color: 'grey' } },
        {
          tag: 'markdown',
          content: `**${1234 * (from + n)}** <font color='green'>↑ 3.${n} %</font>`,
          text_size: 'heading',
        },
      ],
    }),
  ),
});

const paragraph = (i: number): Obj => ({
  tag: 'markdown',
  content: `**第 ${i + 1} 节** ${city(i)}本周到货 ${i * 7} 批,\n- [明细](https://example.com/report/${i})\n- 负责人 <at id=ou_${i}></at>\n\n\`SKU-${i}\` 缺货 ${i % 5} 天。`,
});

const button = (i: number): Obj => ({
  tag: 'button',
  text: plain(`打开报表 ${i + 1}`),
  type: 'primary',
  behaviors: [{ type: 'open_url', default_url: `https://example.com/report/${i}` }],
});

/** Nearly what Feishu takes, of everything that reports have: key figures, tables, charts, text, buttons, a folded part. */
export const largeCard = (): Json => ({
  schema: '2.0',
  config: { update_multi: true, width_mode: 'fill', summary: { content: '门店周报' } },
  header: {
    title: plain('门店周报'),
    subtitle: plain('第 5 周'),
    template: 'blue',
    text_tag_list: [{ tag: 'text_tag', text: plain('周报'), color: 'blue' }],
  },
  body: {
    direction: 'vertical',
    elements: [
      ...[1, 3, 5, 7, 9, 11].map(figures),
      table(72),
      chart(90),
      table(40),
      ...Array.from({ length: 24 }, (_, i) => paragraph(i)),
      {
        tag: 'collapsible_panel',
        header: { title: { tag: 'markdown', content: '**更多**' }, padding: '4px 8px 4px 8px' },
        elements: Array.from({ length: 10 }, (_, i) => paragraph(i)),
      },
      ...Array.from({ length: 10 }, (_, i) => button(i)),
    ],
  },
});
