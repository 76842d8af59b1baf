import type { Dataset, Json, Value } from '../model/dataset.ts';

/** Datasets by the name under which a later run asks for them. */
export type Snapshots = Readonly<Record<string, Dataset>>;

/** JSON has no big integers, and no NaN: those stand in an object of their own. */
export const writeValue = (value: Value): Json => {
  if (typeof value === 'bigint') return { n: String(value) };
  return typeof value === 'number' && !Number.isFinite(value) ? { f: String(value) } : value;
};

export const readValue = (json: Json): Value => {
  if (typeof json !== 'object' || json === null) return json;
  const { n, f } = json as { n?: string; f?: string };
  return n === undefined ? Number(f) : BigInt(n);
};

/** Columns once and rows as lists: a quarter of what rows as objects need. */
export const writeSnapshots = (snapshots: Snapshots): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(snapshots).map(([name, { columns, rows }]) => [
        name,
        { columns, rows: rows.map((row) => columns.map((column) => writeValue(row[column] ?? null))) },
      ]),
    ),
  );

export const readSnapshots = (text: string): Snapshots => {
  const stored = JSON.parse(text) as Readonly<
    Record<string, { readonly columns: readonly string[]; readonly rows: readonly (readonly Json[])[] }>
  >;
  return Object.fromEntries(
    Object.entries(stored).map(([name, { columns, rows }]) => [
      name,
      {
        columns,
        rows: rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, readValue(row[i] ?? null)]))),
      },
    ]),
  );
};
