import { add, compare, type Decimal, decimalOf, multiply, negate } from '../card/decimal.ts';
import type { Tolerance } from '../model/change.ts';
import { type Dataset, datasetOf, type Row, type Value } from '../model/dataset.ts';
import { deltaOf, oldOf } from '../model/shaping.ts';
import { difference } from './amounts.ts';
import { keyOf } from './group.ts';

export interface Changes {
  readonly added: Dataset;
  readonly removed: Dataset;
  /** the new rows, with `<column>_old` and `<column>_delta` for the watched columns */
  readonly changed: Dataset;
  /** what is to be remembered when this is told: a change too small to be told keeps its old values, so that small ones add up */
  readonly next: Dataset;
}

const absolute = (a: Decimal): Decimal => (a.units < 0n ? negate(a) : a);

const isNumber = (value: Value): boolean => typeof value === 'number' || typeof value === 'bigint';

/**
 * Texts are the same when they are letter by letter: "1.10" may be a version, "007" a code. A text beside a number, and
 * any two with a tolerance, are compared by amount, exactly.
 */
const isSame = (now: Value, before: Value, tolerance: Tolerance | null): boolean => {
  if (now === before) return true;
  if (tolerance === null && !isNumber(now) && !isNumber(before)) return false;
  const [a, b] = [decimalOf(now), decimalOf(before)];
  if (a === null || b === null) return false;
  const allowed = decimalOf(tolerance?.size ?? '0') ?? { units: 0n, scale: 0 };
  const most = tolerance?.by === 'share' ? multiply(absolute(b), allowed) : allowed;
  return compare(absolute(add(a, negate(b))), most) <= 0;
};

const only = (row: Row, columns: readonly string[]): Row =>
  Object.fromEntries(columns.map((name) => [name, row[name] ?? null]));

const withOld = (row: Row, old: Row, columns: readonly string[]): Row => ({
  ...row,
  ...Object.fromEntries(
    columns.flatMap((name) => [
      [oldOf(name), old[name] ?? null],
      [deltaOf(name), difference(row[name] ?? null, old[name] ?? null)],
    ]),
  ),
});

/** What is new, gone and different, by key. Keys are unique in both. `before` null: nothing to compare with, all is new. */
export const changesOf = (
  dataset: Dataset,
  before: Dataset | null,
  {
    key,
    columns,
    tolerance,
  }: { readonly key: readonly string[]; readonly columns: readonly string[]; readonly tolerance: Tolerance | null },
): Changes => {
  const watched = columns.length > 0 ? columns : dataset.columns.filter((name) => !key.includes(name));
  const old = new Map((before?.rows ?? []).map((row) => [keyOf(row, key), row]));
  const added: Row[] = [];
  const changed: Row[] = [];
  const next: Row[] = [];
  for (const row of dataset.rows) {
    const at = keyOf(row, key);
    const was = old.get(at);
    old.delete(at);
    const differs =
      was !== undefined && watched.some((name) => !isSame(row[name] ?? null, was[name] ?? null, tolerance));
    if (was === undefined) added.push(row);
    else if (differs) changed.push(withOld(row, was, watched));
    next.push(was === undefined || differs ? row : { ...row, ...only(was, watched) });
  }
  const more = watched.flatMap((name) => [oldOf(name), deltaOf(name)]);
  return {
    added: datasetOf(added, dataset.columns),
    removed: datasetOf([...old.values()], before?.columns ?? dataset.columns),
    changed: datasetOf(changed, [...dataset.columns, ...more]),
    next: datasetOf(next, dataset.columns),
  };
};

/** The first key that two rows share; null: none do. */
export const repeatedKey = ({ rows }: Dataset, key: readonly string[]): readonly Value[] | null => {
  const seen = new Set<string>();
  const twice = rows.find((row) => {
    const each = keyOf(row, key);
    return seen.has(each) || !seen.add(each);
  });
  return twice === undefined ? null : key.map((name) => twice[name] ?? null);
};
