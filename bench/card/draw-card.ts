// How long a card of 30 KB takes to become HTML, a page and terminal text, warm; `JSON.parse` of the same card beside it.
// Plugged into bench/card.ts; alone: node bench/card/draw-card.ts
import type { Json } from '../../src/model/dataset.ts';
import { cardPage } from '../../src/picture/card-page.ts';
import { cardToHtml } from '../../src/picture/html.ts';
import { cardToTerminal } from '../../src/picture/terminal.ts';

const text = (content: string): Json => ({ tag: 'plain_text', content });
const NAMES = ['国贸店', '天河店', '西湖店', '武侯店', '南山店', '鼓楼店', '雁塔店', '渝中店'];

const metric = (i: number): Json => ({
  tag: 'column',
  width: 'weighted',
  background_style: 'grey-50',
  padding: '12px',
  elements: [
    { tag: 'markdown', content: `<font color="grey">指标 ${i}</font>`, text_size: 'notation' },
    { tag: 'markdown', content: `**¥${i},234.50**`, text_size: 'heading-1' },
    { tag: 'markdown', content: '<font color="green">↑ 12.3%</font>', text_size: 'notation' },
  ],
});

const table = (rows: number): Json => ({
  tag: 'table',
  page_size: 10,
  columns: [
    { name: 'store', display_name: '门店', data_type: 'text' },
    {
      name: 'sales',
      display_name: '销售额',
      data_type: 'number',
      format: { precision: 2, symbol: '¥', separator: true },
    },
    { name: 'state', display_name: '状态', data_type: 'options' },
    { name: 'change', display_name: '环比', data_type: 'lark_md' },
  ],
  rows: Array.from({ length: rows }, (_, i) => ({
    store: `${NAMES[i % NAMES.length]} ${i}`,
    sales: 12_345.678 * (i + 1),
    state: [{ text: i % 3 === 0 ? '关注' : '正常', color: i % 3 === 0 ? 'orange' : 'green' }],
    change: `<font color="${i % 2 === 0 ? 'green' : 'red'}">${i % 2 === 0 ? '↑' : '↓'} ${i}.5%</font>`,
  })),
});

const chart = (points: number): Json => ({
  tag: 'chart',
  chart_spec: {
    type: 'line',
    data: {
      values: Array.from({ length: points }, (_, i) => ({ day: `${i}日`, store: NAMES[i % 2] ?? '', sales: i * 37 })),
    },
    xField: 'day',
    yField: 'sales',
    seriesField: 'store',
  },
});

const cardOf = (paragraphs: number): Json => ({
  schema: '2.0',
  header: {
    title: text('📊 门店销售数据看板'),
    template: 'blue',
    text_tag_list: [{ text: text('日报'), color: 'blue' }],
  },
  body: {
    elements: [
      { tag: 'column_set', flex_mode: 'bisect', columns: [1, 2, 3].map(metric) },
      ...[1, 2, 3].map(() => table(24)),
      chart(90),
      ...Array.from({ length: paragraphs }, (_, i) => ({
        tag: 'markdown',
        content: `**${i}.** 今日销售额 <font color="red">¥${i},000</font>,见[看板](https://example.com/?d=${i})。\n- 一\n- 二 &#60;at&#62;`,
      })),
    ],
  },
});

const sizeOf = (card: Json): number => Buffer.byteLength(JSON.stringify(card));

/** A card with some of everything, as large as Feishu takes one: just under 30 000 bytes. */
export const fullCard = (): Json => {
  let paragraphs = 0;
  while (sizeOf(cardOf(paragraphs + 1)) < 30_000) paragraphs += 1;
  return cardOf(paragraphs);
};

const WARM_UP = 50;
const ROUNDS = 200;

/** The median of one call in milliseconds, after a warm-up. */
const medianOf = (act: () => unknown): number => {
  for (let i = 0; i < WARM_UP; i += 1) act();
  const times = Array.from({ length: ROUNDS }, () => {
    const begun = performance.now();
    act();
    return performance.now() - begun;
  });
  return times.sort((a, b) => a - b)[ROUNDS / 2] ?? 0;
};

export interface DrawingTimes {
  readonly bytes: number;
  /** milliseconds, warm, the median */
  readonly parse: number;
  readonly html: number;
  readonly page: number;
  readonly terminal: number;
}

export const drawingTimes = (card: Json = fullCard()): DrawingTimes => {
  const json = JSON.stringify(card);
  return {
    bytes: sizeOf(card),
    parse: medianOf(() => JSON.parse(json)),
    html: medianOf(() => cardToHtml(card, { lang: 'zh' })),
    page: medianOf(() => cardPage(card, { title: 'bench', lang: 'zh' })),
    terminal: medianOf(() => cardToTerminal(card, { width: 80, color: true, lang: 'zh' })),
  };
};

export const drawingLines = ({ bytes, parse, html, page, terminal }: DrawingTimes): readonly string[] => [
  `a card of ${bytes} bytes, warm: JSON.parse ${parse.toFixed(2)} ms`,
  `  to HTML            ${html.toFixed(2)} ms (${(html / parse).toFixed(1)} × JSON.parse; at most 30 ms)`,
  `  to a page, VChart  ${page.toFixed(2)} ms`,
  `  to the terminal    ${terminal.toFixed(2)} ms`,
];

if (import.meta.main) for (const line of drawingLines(drawingTimes())) console.log(line);
