import { add, compare, type Decimal, decimalOf, multiply, negate } from '../card/decimal.ts';
import type { Changed, Tolerance } from '../model/conditions.ts';
import { type Dataset, datasetOf, type Row, type Value } from '../model/dataset.ts';
import { deltaOf, oldOf } from '../model/shaping.ts';
import { difference } from './amounts.ts';

/** What of a dataset is new, gone or different, and what it is to be compared with when this has arrived. */
export interface Difference {
  readonly added: Dataset;
  readonly removed: Dataset;
  /** new values, with `<column>_old` and `<column>_delta` beside the watched ones */
  readonly changed: Dataset;
  readonly kept: Dataset;
}

/** Rows are counted from 1, as people do. */
export type KeyFault =
  | { readonly is: 'missing'; readonly row: number; readonly column: string }
  | { readonly is: 'twice'; readonly row: number; readonly first: number; readonly key: string };

/** Big and small integers of one source are one kind of number; a text is never a number. */
const keyPart = (value: Value): string =>
  typeof value === 'bigint' || typeof value === 'number' ? `n${value}` : `${typeof value}${value}`;
const keyOf = (row: Row, key: readonly string[]): string =>
  JSON.stringify(key.map((name) => keyPart(row[name] ?? null)));

/** The first row that cannot be told apart from the others; null: each has a key of its own. */
export const keyFault = ({ rows }: Dataset, key: readonly string[]): KeyFault | null => {
  const seen = new Map<string, number>();
  for (const [i, row] of rows.entries()) {
    const column = key.find((name) => (row[name] ?? null) === null || row[name] === '');
    if (column !== undefined) return { is: 'missing', row: i + 1, column };
    const found = keyOf(row, key);
    const first = seen.get(found);
    if (first !== undefined)
      return { is: 'twice', row: i + 1, first, key: key.map((name) => String(row[name])).join(' · ') };
    seen.set(found, i + 1);
  }
  return null;
};

const WRITTEN_AMOUNT = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** A number, or a decimal as databases hand it over: `12.50`, but not `007` or `1e3`, which are texts. */
const amountOf = (value: Value): Decimal | null =>
  typeof value === 'number' || typeof value === 'bigint' || (typeof value === 'string' && WRITTEN_AMOUNT.test(value))
    ? decimalOf(value)
    : null;

const size = (a: Decimal): Decimal => (a.units < 0n ? negate(a) : a);

const allowed = ({ digits, of }: Tolerance, old: Decimal): Decimal => {
  const amount = decimalOf(digits) ?? { units: 0n, scale: 0 };
  return of === 'amount' ? amount : multiply(size(old), { units: amount.units, scale: amount.scale + 2 });
};

const differs = (now: Value, old: Value, tolerance: Tolerance | null): boolean => {
  const [a, b] = [amountOf(now), amountOf(old)];
  if (a === null || b === null) return !Object.is(now, old);
  const by = size(add(a, negate(b)));
  return tolerance === null ? by.units !== 0n : compare(by, allowed(tolerance, b)) > 0;
};

/** Of texts there is no difference to be told, not even of such as are digits: `007` is none. */
const deltaBetween = (now: Value, old: Value): Value =>
  amountOf(now) === null || amountOf(old) === null ? null : difference(now, old);

/** Rows that lack a column of the key cannot be found again. Where there are no rows, none is lost. */
export const canBeFound = ({ columns, rows }: Dataset, key: readonly string[]): boolean =>
  rows.length === 0 || key.every((name) => columns.includes(name));

/**
 * What changed since `before` (null: nothing was ever sent, so all is new). Each row has a key of its own (see
 * `keyFault`). A column that the earlier rows did not have is compared from the next time on. A value that moved within
 * the tolerance is kept as it was last told: many small steps add up to one that is seen.
 */
export const differenceOf = (
  now: Dataset,
  before: Dataset | null,
  { key, columns, tolerance }: Pick<Changed, 'key' | 'columns' | 'tolerance'>,
): Difference => {
  const watched = columns ?? now.columns.filter((name) => !key.includes(name));
  const earlier = before !== null && canBeFound(before, key) ? before.rows : [];
  const comparable = watched.filter((name) => before?.columns.includes(name));
  const old = new Map(earlier.map((row) => [keyOf(row, key), row]));

  const added: Row[] = [];
  const changed: Row[] = [];
  const kept: Row[] = [];
  for (const row of now.rows) {
    const id = keyOf(row, key);
    const then = old.get(id);
    old.delete(id);
    if (then === undefined) {
      added.push(row);
      kept.push(row);
      continue;
    }
    const value = (of: Row, name: string): Value => of[name] ?? null;
    const moved = comparable.filter((name) => differs(value(row, name), value(then, name), tolerance));
    const still = comparable.filter((name) => !moved.includes(name));
    kept.push({ ...row, ...Object.fromEntries(still.map((name) => [name, value(then, name)])) });
    if (moved.length === 0) continue;
    const told = watched.flatMap((name) => [
      [oldOf(name), value(then, name)] as const,
      [deltaOf(name), deltaBetween(value(row, name), value(then, name))] as const,
    ]);
    changed.push({ ...row, ...Object.fromEntries(told) });
  }
  const removed = [...old.values()];
  return {
    added: { columns: now.columns, rows: added },
    removed: datasetOf(removed, [...new Set([...now.columns, ...(before?.columns ?? [])])]),
    changed: datasetOf(changed, [
      ...new Set([...now.columns, ...watched.flatMap((name) => [oldOf(name), deltaOf(name)])]),
    ]),
    kept: { columns: now.columns, rows: kept },
  };
};
