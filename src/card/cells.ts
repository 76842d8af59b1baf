import type { TableColumn, TagColor, ValueFormat } from '../model/card.ts';
import type { Dataset, Json, Row, Value } from '../model/dataset.ts';
import { problem } from '../model/errors.ts';
import { chosen } from './choice.ts';
import { changeColor, colored, tagColor } from './colors.ts';
import { decimalOf, plain, round } from './decimal.ts';
import { asAllowedMarkdown, asMarkdown, isPersonId, safeMarkdownLink } from './escape.ts';
import { currencyDigits, currencySymbol } from './format.ts';
import { formatted } from './formatted.ts';
import type { Making } from './making.ts';
import { printed } from './print.ts';
import { cleaned } from './token.ts';
import { cardWords } from './words.ts';

/** One column of Feishu's table, and how its cells are written. `null`: the cell stays empty. */
export interface CellStyle {
  readonly dataType: 'text' | 'lark_md' | 'markdown' | 'number' | 'options' | 'persons';
  readonly align: 'left' | 'right';
  /** of Feishu's number columns only (cards: C-table) */
  readonly format: { readonly precision: number; readonly symbol?: string; readonly separator: true } | null;
  readonly cell: (value: Value, row: Row) => Json | null;
}

const PLAIN: ValueFormat = { as: 'text', digits: null, currency: null };

/** Digits that a number column has to show: those asked for, else as many as its longest value has. */
const precisionOf = (values: readonly Value[], { as, digits, currency }: ValueFormat): number =>
  digits ??
  (as === 'money'
    ? currencyDigits(currency ?? 'CNY')
    : Math.max(0, ...values.map((value) => decimalOf(value)?.scale ?? 0)));

/** A double keeps 15 digits of whatever it is given. */
const fitsDouble = (value: Value, precision: number): boolean => {
  const amount = decimalOf(value);
  return amount !== null && plain(round(amount, precision)).replace(/\D/g, '').replace(/^0+/, '').length <= 15;
};

/**
 * Feishu's own number column where it shows every digit: JSON's numbers are doubles, `precision` goes to 10 and `symbol`
 * has one character. All else goes as text, written by us and set right.
 */
const numberStyle = (values: readonly Value[], format: ValueFormat): CellStyle | null => {
  const precision = precisionOf(values, format);
  const symbol = format.as === 'money' ? currencySymbol(format.currency ?? 'CNY') : null;
  if (precision > 10 || (symbol !== null && [...symbol].length !== 1)) return null;
  if (!values.every((value) => value === null || fitsDouble(value, precision))) return null;
  return {
    dataType: 'number',
    align: 'right',
    format: { precision, ...(symbol === null ? {} : { symbol }), separator: true },
    cell: (value) =>
      value === null ? null : Number(plain(round(decimalOf(value) ?? { units: 0n, scale: 0 }, precision))),
  };
};

const isNumeric = (value: Value): boolean => typeof value === 'number' || typeof value === 'bigint';
const isBlank = (value: Value): boolean => value === null || value === '';

const RIGHT: readonly string[] = ['number', 'money', 'percent', 'delta', 'duration', 'bytes'];

/** Markdown cells: a change by its colour, a link, or whatever the column's colour says. */
const markdownCell = (column: TableColumn, format: ValueFormat, making: Making): CellStyle['cell'] => {
  const color = column.color ?? null;
  return (value, row) => {
    if (value === null) return null;
    const words = asMarkdown(formatted(value, format, making.scope), '\n');
    const address = format.address === undefined ? value : (row[format.address] ?? null);
    const link = format.as === 'link' && !isBlank(address) ? safeMarkdownLink(printed(address)) : null;
    if (link !== null) return `[${words}](${link})`;
    const own = format.as === 'delta' ? changeColor(value, format.good ?? 'up') : null;
    return colored(words, color === null ? own : chosen(color, making, { row, value }));
  };
};

const tagCell = (column: TableColumn, { colors = {} }: ValueFormat, making: Making): CellStyle['cell'] => {
  // the text is data: `constructor` has a colour only where its author gave it one
  const own = (text: string): TagColor | null => (Object.hasOwn(colors, text) ? (colors[text] ?? null) : null);
  return (value, row) => {
    const text = cleaned(printed(value));
    if (text === '') return null;
    const color = chosen(column.color ?? null, making, { row, value }) ?? own(text);
    return [{ text, color: tagColor(color) }];
  };
};

const idsOf = (value: Value): readonly string[] =>
  printed(value)
    .split(/[\s,,;、]+/)
    .filter((id) => id !== '');

/** People are shown by their ids; a column in which something else stands is text. */
const personStyle = (column: TableColumn, values: readonly Value[], making: Making): CellStyle | null => {
  const strange = values.flatMap(idsOf).find((id) => !isPersonId(id));
  if (strange !== undefined) {
    const found = { column: column.name, value: cleaned(strange).slice(0, 80) };
    making.problems.push(problem(cardWords, 'person-column', found, { at: column.label.at, severity: 'warning' }));
    return null;
  }
  const cell = (value: Value): Json | null => {
    const ids = idsOf(value);
    return ids.length === 0 ? null : ids;
  };
  return { dataType: 'persons', align: 'left', format: null, cell };
};

/** How a column is written, by its format and by what is in it. Without a format data is text, never markup. */
export const cellStyle = (column: TableColumn, dataset: Dataset, making: Making): CellStyle => {
  const values = dataset.rows.map((row) => row[column.name] ?? null);
  const format = column.format ?? PLAIN;
  const present = values.filter((value) => value !== null);
  const right = RIGHT.includes(format.as) || (present.length > 0 && format.as === 'text' && present.every(isNumeric));
  const style = (dataType: CellStyle['dataType'], cell: CellStyle['cell']): CellStyle => ({
    dataType,
    align: right ? 'right' : 'left',
    format: null,
    cell,
  });
  if (format.as === 'tag') return style('options', tagCell(column, format, making));
  if (format.as === 'person') {
    const people = personStyle(column, values, making);
    if (people !== null) return people;
  }
  const isColored = (column.color ?? null) !== null;
  if (format.as === 'markdown' && !isColored)
    return style('markdown', (value) => (value === null ? null : asAllowedMarkdown(printed(value))));
  if (isColored || format.as === 'delta' || format.as === 'link')
    return style('lark_md', markdownCell(column, format, making));
  const amounts = (format.as === 'number' || format.as === 'money') && (format.unit ?? null) === null;
  const native = amounts && values.length > 0 ? numberStyle(values, format) : null;
  return native ?? style('text', (value) => (value === null ? null : cleaned(formatted(value, format, making.scope))));
};

/** A cell as it stands in `rows`: an absent key is an empty cell; Feishu refuses null. */
export const cellEntry = (name: string, written: Json | null): readonly (readonly [string, Json])[] =>
  written === null ? [] : [[name, written]];
