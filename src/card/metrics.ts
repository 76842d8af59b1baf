import type { Metric } from '../model/card.ts';
import type { Json, Value } from '../model/dataset.ts';
import { LarkcronError } from '../model/errors.ts';
import { chosen } from './choice.ts';
import { changeColor, colored } from './colors.ts';
import { asMarkdown } from './escape.ts';
import { formatted } from './formatted.ts';
import { type Making, plainText, said } from './making.ts';
import { printed } from './print.ts';
import { fillValue } from './template.ts';

const figureOf = (template: Metric['value'], making: Making): Value => {
  try {
    return fillValue(template, making.scope);
  } catch (error) {
    if (!(error instanceof LarkcronError)) throw error;
    making.problems.push(...error.problems);
    return null;
  }
};

const isAmount = (value: Value): boolean => typeof value === 'number' || typeof value === 'bigint';

/** Without a format a number has its thousands commas, and text stays text. */
const figureText = (value: Value, { format }: Metric, making: Making): string => {
  if (value === null || printed(value).trim() === '') return '–';
  return formatted(
    value,
    format ?? { as: isAmount(value) ? 'number' : 'text', digits: null, currency: null },
    making.scope,
  );
};

const line = (content: string, more: { readonly [key: string]: Json } = {}): Json => ({
  tag: 'markdown',
  content,
  ...more,
});

const changeLine = ({ delta }: Metric, making: Making): readonly Json[] => {
  if (delta === null) return [];
  const value = figureOf(delta.value, making);
  if (value === null || printed(value).trim() === '') return [];
  const words = asMarkdown(formatted(value, delta.format, making.scope), '<br>');
  const color = changeColor(value, delta.format.good ?? 'up');
  const behind = (label: string): string =>
    `<font color='grey'>${asMarkdown(label, '<br>')}</font> ${colored(words, color)}`;
  const label = delta.label === null ? null : said(delta.label, making, 'line');
  if (label === null) return [line(colored(words, color), { text_size: 'notation' })];
  const others = Object.entries(label.i18n_content ?? {}).map(([locale, each]) => [locale, behind(each)]);
  return [
    line(behind(label.content), {
      ...(label.i18n_content === undefined ? {} : { i18n_content: Object.fromEntries(others) as Json }),
      text_size: 'notation',
    }),
  ];
};

const figure = (metric: Metric, making: Making): Json => {
  const value = figureOf(metric.value, making);
  making.figures.set(metric.name ?? said(metric.label, making, 'line').content, value);
  const words = asMarkdown(figureText(value, metric, making), '<br>');
  const color = chosen(metric.color, making, { value });
  return {
    tag: 'column',
    width: 'weighted',
    weight: 1,
    vertical_spacing: '2px',
    elements: [
      {
        tag: 'div',
        text: { ...(plainText(metric.label, making) as object), text_size: 'notation', text_color: 'grey' },
      },
      line(`**${colored(words, color)}**`, { text_size: 'heading-2' }),
      ...changeLine(metric, making),
    ],
  };
};

/** Four stand well beside each other on a desktop; five are three and two. */
const perRow = (count: number): number => (count <= 4 ? count : count % 4 === 0 || count > 6 ? 4 : 3);

/**
 * Key figures, up to four in a row; on a phone two. A row that is not full is filled up, so that figures stand below each
 * other.
 */
export const metricRows = (metrics: readonly Metric[], making: Making): readonly Json[] => {
  const width = perRow(metrics.length);
  const rows = Array.from({ length: Math.ceil(metrics.length / width) }, (_, i) =>
    metrics.slice(i * width, (i + 1) * width),
  );
  return rows.map((row) => ({
    tag: 'column_set',
    flex_mode: width === 3 ? 'trisect' : width === 1 ? 'none' : 'bisect',
    horizontal_spacing: '12px',
    columns: [
      ...row.map((metric) => figure(metric, making)),
      ...Array.from({ length: width - row.length }, () => ({
        tag: 'column',
        width: 'weighted',
        weight: 1,
        elements: [],
      })),
    ],
  }));
};
