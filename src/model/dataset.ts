/** What a source may hand over for one cell. Big integers keep their digits as bigint. */
export type Value = null | boolean | number | bigint | string;

export type Row = Readonly<Record<string, Value>>;

/** What a source gives: named columns in order, and rows that have a value (or null) for each of them. */
export interface Dataset {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** of a `screenshot`: PNG or JPEG, shown where a message says `image: { from: … }` */
  readonly picture?: Uint8Array;
}

/** JSON as it stands in cards and answers. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Lays rows of unlike shapes under one list of columns, in order of first appearance; what is absent becomes null. */
export const datasetOf = (rows: readonly Row[], columns?: readonly string[]): Dataset => {
  const names = columns ?? [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return {
    columns: names,
    // a column may be called `constructor`: a row that lacks it has nothing there
    rows: rows.map((row) =>
      Object.fromEntries(names.map((name) => [name, Object.hasOwn(row, name) ? (row[name] ?? null) : null])),
    ),
  };
};
