import { type Dataset, datasetOf, type Row, type Value } from '../model/dataset.ts';
import type { Aggregation } from '../model/shaping.ts';
import { amountsIn, mean, ordered, sum } from './amounts.ts';

/** Rows are of one group when these columns hold the same values. */
export const keyOf = (row: Row, columns: readonly string[]): string =>
  JSON.stringify(columns.map((name) => [typeof row[name], String(row[name] ?? null)]));

const extreme = (values: readonly Value[], descending: boolean): Value => {
  const order = ordered(null);
  return values.filter((value) => value !== null).toSorted((a, b) => order(a, b, descending))[0] ?? null;
};

const aggregated = ({ of, by }: Aggregation, rows: readonly Row[]): Value => {
  const values = of === null ? [] : rows.map((row) => row[of] ?? null);
  switch (by) {
    case 'count':
      return of === null ? rows.length : values.filter((value) => value !== null).length;
    case 'sum':
      return sum(amountsIn(values));
    case 'avg':
      return mean(amountsIn(values));
    case 'min':
      return extreme(values, false);
    case 'max':
      return extreme(values, true);
  }
};

/** One row a group, in the order in which the groups appear; without columns to group by, one row for all. */
export const grouped = ({ rows }: Dataset, by: readonly string[], make: readonly Aggregation[]): Dataset => {
  const groups = by.length === 0 ? [rows] : [...Map.groupBy(rows, (row) => keyOf(row, by)).values()];
  const made = groups.map(
    (group): Row => ({
      ...Object.fromEntries(by.map((name) => [name, group[0]?.[name] ?? null])),
      ...Object.fromEntries(make.map((each) => [each.as, aggregated(each, group)])),
    }),
  );
  return datasetOf(made, [...by, ...make.map(({ as }) => as)]);
};
