import { type Dataset, datasetOf, type Row } from '../model/dataset.ts';
import { changeOf, deltaOf, oldOf } from '../model/shaping.ts';
import { difference, share } from './amounts.ts';
import { keyOf } from './group.ts';

/** Each row with what the other dataset had under the same key: the old value, the difference, and the change as a share. */
export const compared = (
  dataset: Dataset,
  other: Dataset,
  { key, columns }: { readonly key: readonly string[]; readonly columns: readonly string[] },
): Dataset => {
  const before = new Map(other.rows.map((row) => [keyOf(row, key), row]));
  const added = (row: Row): Row => {
    const old = before.get(keyOf(row, key));
    return Object.fromEntries(
      columns.flatMap((name) => {
        const [now, then] = [row[name] ?? null, old?.[name] ?? null];
        return [
          [oldOf(name), then],
          [deltaOf(name), difference(now, then)],
          [changeOf(name), share(now, then)],
        ];
      }),
    );
  };
  return datasetOf(
    dataset.rows.map((row) => ({ ...row, ...added(row) })),
    [...dataset.columns, ...columns.flatMap((name) => [oldOf(name), deltaOf(name), changeOf(name)])],
  );
};
