import type { TableColumn, ValueFormat } from '../model/card.ts';
import type { Dataset, Json, Value } from '../model/dataset.ts';
import { formatDate, isBareDay, timeOf } from './date.ts';
import { decimalOf, plain, round } from './decimal.ts';
import { asAllowedMarkdown } from './escape.ts';
import { currencyDigits, currencySymbol, formatMoney, formatNumber, formatPercent } from './format.ts';
import { printed } from './print.ts';
import type { Scope } from './scope.ts';
import { cleaned } from './token.ts';

/** One column of Feishu's table, and how its cells are written. `null`: the cell stays empty. */
export interface CellStyle {
  readonly dataType: 'text' | 'markdown' | 'number';
  readonly align: 'left' | 'right';
  /** of Feishu's number columns only (cards: C-table) */
  readonly format: { readonly precision: number; readonly symbol?: string; readonly separator: true } | null;
  readonly cell: (value: Value) => string | number | null;
}

const PLAIN: ValueFormat = { as: 'text', digits: null, currency: null };

/** How a value is written as text. What is no number or date stays as it is. */
export const formatted = (value: Value, format: ValueFormat, scope: Scope): string => {
  switch (format.as) {
    case 'number':
      return formatNumber(value, format.digits) ?? printed(value);
    case 'money':
      return formatMoney(value, format.currency ?? 'CNY', format.digits) ?? printed(value);
    case 'percent':
      return formatPercent(value, format.digits) ?? printed(value);
    case 'date': {
      const ms = timeOf(value, scope.zone);
      return ms === null ? printed(value) : formatDate(ms, isBareDay(value) ? '%Y-%m-%d' : '%Y-%m-%d %H:%M', scope);
    }
    default:
      return printed(value);
  }
};

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

/** How a column is written, by its format and by what is in it. Without a format data is text, never markup. */
export const cellStyle = (column: TableColumn, dataset: Dataset, scope: Scope): CellStyle => {
  const values = dataset.rows.map((row) => row[column.name] ?? null);
  const format = column.format ?? PLAIN;
  const amounts = format.as === 'number' || format.as === 'money';
  const native = amounts && values.length > 0 ? numberStyle(values, format) : null;
  if (native !== null) return native;
  const present = values.filter((value) => value !== null);
  const right =
    amounts || format.as === 'percent' || (present.length > 0 && format.as === 'text' && present.every(isNumeric));
  const markdown = format.as === 'markdown';
  return {
    dataType: markdown ? 'markdown' : 'text',
    align: right ? 'right' : 'left',
    format: null,
    cell: (value) =>
      value === null ? null : markdown ? asAllowedMarkdown(printed(value)) : cleaned(formatted(value, format, scope)),
  };
};

/** A cell as it stands in `rows`: an absent key is an empty cell; Feishu refuses null. */
export const cellEntry = (name: string, written: string | number | null): readonly (readonly [string, Json])[] =>
  written === null ? [] : [[name, written]];
