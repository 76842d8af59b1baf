import { displayWidth } from '../model/display-width.ts';
import { cut, type Line, padded, type Span, span, widthOfLine } from './lines.ts';
import { harmlessLine } from './terminal-look.ts';

/** Series are told apart by colour and, where there is none, by how their blocks are filled. */
const LOOKS = ['34', '36', '32', '33', '35', '31'] as const;
const FILLS = ['█', '▓', '▒', '░'] as const;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
export const MOST_ROWS = 30;

export const lookAt = (i: number): string => LOOKS[i % LOOKS.length] as string;
export const fillAt = (i: number): string => FILLS[i % FILLS.length] as string;

/** A number as short as it can be read: `1,234.5`, `0.82`, `1.2e+21`. */
export const shortNumber = (value: number, precision = 6): string => {
  const digits = String(Number(value.toPrecision(precision)));
  if (digits.includes('e')) return digits;
  const [whole = '', part] = digits.split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${part === undefined ? '' : `.${part}`}`;
};

export const percent = (share: number): string => `${Number((Number.isFinite(share) ? share * 100 : 0).toFixed(1))}%`;

export const blocks = (length: number, i: number, fill = fillAt(i)): Span => {
  const whole = Math.max(0, Math.floor(length));
  const rest = fill === '█' ? (EIGHTHS[Math.floor((length - whole) * 8)] ?? '') : '';
  return span(fill.repeat(whole) + rest, lookAt(i));
};

export const labelOf = (name: string, width: number): Line => padded(cut([span(harmlessLine(name))], width), width);

/** Columns of a chart's lines: a label as wide as needed, the drawing, a value at the end. */
export const columnsOf = (labels: readonly string[], values: readonly string[], width: number) => {
  const longest = Math.max(0, ...labels.map((label) => displayWidth(harmlessLine(label))));
  const label = Math.min(longest, Math.floor(width * 0.35));
  const value = Math.min(Math.max(0, ...values.map(displayWidth)), Math.floor(width / 2));
  const gaps = (label > 0 ? 1 : 0) + 1;
  return { label, value, bar: Math.max(1, width - label - value - gaps) };
};

export const row = (label: Line, drawing: Line, value: string): Line => [
  ...label,
  ...(widthOfLine(label) > 0 ? [span(' ')] : []),
  ...drawing,
  span(` ${value}`),
];
