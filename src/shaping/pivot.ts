import { printed } from '../card/print.ts';
import { type Dataset, datasetOf, type Row } from '../model/dataset.ts';
import { amountsIn, sum } from './amounts.ts';
import { keyOf } from './group.ts';

/** Values of one column become columns of their own; several values in one cell are added up. */
export const pivoted = (
  { rows }: Dataset,
  { rows: down, columns: across, value }: { readonly rows: string; readonly columns: string; readonly value: string },
): Dataset => {
  const names = [...new Set(rows.map((row) => printed(row[across] ?? null)))];
  const groups = [...Map.groupBy(rows, (row) => keyOf(row, [down])).values()];
  const made = groups.map((group): Row => {
    const cell = (name: string) => {
      const here = group.filter((row) => printed(row[across] ?? null) === name).map((row) => row[value] ?? null);
      return here.length < 2 ? (here[0] ?? null) : sum(amountsIn(here));
    };
    return { [down]: group[0]?.[down] ?? null, ...Object.fromEntries(names.map((name) => [name, cell(name)])) };
  });
  return datasetOf(made, [down, ...names.filter((name) => name !== down)]);
};
