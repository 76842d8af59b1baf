import type { ChartPlan, TableColumn, ValueFormat } from '../model/card.ts';
import type { Dataset, Row, Value } from '../model/dataset.ts';
import { type Problem, problem } from '../model/errors.ts';
import { type Decimal, decimalOf, multiply, plain, round } from './decimal.ts';
import { inUnit, isNegative, sizeOf, unitFor } from './format.ts';
import { formatted } from './formatted.ts';
import { type Making, said } from './making.ts';
import { printed } from './print.ts';
import { cleaned } from './token.ts';
import { cardWords } from './words.ts';

/** One point: where it stands, how much it is, and to which series it belongs. */
export interface Point {
  readonly x: string | number;
  readonly y: number;
  readonly s: string;
}

/** The points of one `y`, in the unit its name says. */
export interface Series {
  readonly column: TableColumn;
  readonly name: string;
  readonly points: readonly Point[];
}

const PLAIN: ValueFormat = { as: 'text', digits: null, currency: null };
const HUNDRED: Decimal = { units: 100n, scale: 0 };

/** One unit for all of a column, so that its points stay comparable: that of the largest. */
const unitOf = (amounts: readonly Decimal[], { unit = null }: ValueFormat) => {
  const sizes = amounts.map(sizeOf);
  const largest = sizes.reduce((most, each) => (Number(plain(each)) > Number(plain(most)) ? each : most), {
    units: 0n,
    scale: 0,
  });
  return unitFor(largest, unit);
};

/** Charts cannot format: an amount is counted in its unit, a share in per cent, and the series' name says so. */
const scaleOf = (
  amounts: readonly Decimal[],
  format: ValueFormat,
): { readonly scaled: (amount: Decimal) => number; readonly unit: string } => {
  const isShare = format.as === 'percent' || (format.as === 'delta' && (format.change ?? 'percent') === 'percent');
  const unit = isShare ? null : unitOf(amounts, format);
  const digits = format.digits ?? (isShare ? 1 : unit === null ? null : 2);
  return {
    scaled: (amount) => {
      const counted = isShare ? multiply(amount, HUNDRED) : inUnit(amount, unit);
      return Number(plain(digits === null ? counted : round(counted, digits)));
    },
    unit: isShare ? '%' : (unit ?? ''),
  };
};

/** Words on an axis: a date by its format, else as it prints. */
export const label = (value: Value, { format }: TableColumn, making: Making): string =>
  cleaned(formatted(value, format ?? PLAIN, making.scope)).replace(/\s*\n\s*/g, ' ');

const notNumber = (column: TableColumn, rows: string, value: Value): Problem =>
  problem(
    cardWords,
    'chart-not-number',
    { column: column.name, rows, value: cleaned(printed(value)).slice(0, 80) },
    { at: column.label.at, severity: 'warning' },
  );

/** NULL is a gap; what else is no number is left out and told, once for each column. */
const amountsOf = (plan: ChartPlan, column: TableColumn, rows: readonly Row[], making: Making) => {
  const read = rows.map((row) => ({ row, value: row[column.name] ?? null, amount: decimalOf(row[column.name]) }));
  const strange = read.find(({ value, amount }) => amount === null && value !== null && value !== '');
  if (strange !== undefined) making.problems.push(notNumber(column, plan.rows, strange.value));
  return read.filter((one): one is typeof one & { amount: Decimal } => one.amount !== null);
};

/** The series of a chart: one for each `y`; with `series` its rows are told apart by that column. */
export const seriesOf = (plan: ChartPlan, dataset: Dataset, making: Making): readonly Series[] => {
  const scattered = plan.type === 'scatter';
  const xOf = (row: Row): string | number =>
    scattered
      ? Number(plain(decimalOf(row[plan.x.name]) ?? { units: 0n, scale: 0 }))
      : label(row[plan.x.name] ?? null, plan.x, making);
  // a point without a number on both axes stands nowhere
  const rows = scattered ? amountsOf(plan, plan.x, dataset.rows, making).map(({ row }) => row) : dataset.rows;
  return plan.y.map((column) => {
    const read = amountsOf(plan, column, rows, making);
    const { scaled, unit } = scaleOf(
      read.map(({ amount }) => amount),
      column.format ?? PLAIN,
    );
    const own = cleaned(said(column.label, making, 'line').content);
    const name = unit === '' ? own : `${own}(${unit})`;
    const points = read.map(({ row, amount }) => ({
      x: xOf(row),
      y: scaled(amount),
      s: plan.series === null ? name : cleaned(printed(row[plan.series] ?? null)),
    }));
    return { column, name, points };
  });
};

/** A share from 0 to 1 as progress bars draw it, and in words: more than all of it is drawn as all of it. */
export const shareOf = (
  amount: Decimal,
  digits: number | null,
): { readonly drawn: number; readonly words: string } => ({
  drawn: isNegative(amount) ? 0 : Math.min(1, Number(plain(amount))),
  words: `${plain(round(multiply(amount, HUNDRED), digits ?? 1))}%`,
});
