import type { Param } from '../sql/database.ts';

/** A statement as PostgreSQL takes it: `$1`, and the names of its parameters in that order. */
export interface Translated {
  readonly text: string;
  readonly names: readonly string[];
}

const OURS =
  /\b(from|join|into|update)\s+(meta|processes|jobs|cursors|runs|missed_spans|contents|deliveries|attempts|pace|app_gates|tokens|incidents|directory|uploads|anchors|access_tokens|sessions|audit|nodes)\b/g;
const FUNCTIONS = /\b(json_each|json_extract|json_set)\(/g;

/** Where the call that opens here ends, and whether it has more than one argument. */
const callAt = (sql: string, open: number): { readonly several: boolean } => {
  let depth = 0;
  for (let at = open; at < sql.length; at++) {
    if (sql[at] === '(') depth++;
    if (sql[at] === ')' && --depth === 0) return { several: false };
    if (sql[at] === ',' && depth === 1) return { several: true };
  }
  return { several: false };
};

/** SQLite's `max(a, b)`, which is another function than the aggregate. */
const scalarExtremes = (sql: string): string =>
  sql.replaceAll(/\b(max|min)\(/g, (call, name: string, at: number) =>
    callAt(sql, at + name.length).several ? `${name === 'max' ? 'greatest' : 'least'}(` : call,
  );

const castOf = (value: Param): string =>
  typeof value === 'string' ? 'text' : Number.isInteger(Number(value)) ? 'bigint' : 'float8';

/**
 * A statement of the ledger in PostgreSQL's words. Tables are named with their schema, as a session may be another one
 * after each transaction (PgBouncer); parameters carry their type, as it often cannot be told from where they stand; null
 * stands there as it is.
 */
export const translate = (sql: string, schema: string, params: Readonly<Record<string, Param>>): Translated => {
  const names: string[] = [];
  const placed = scalarExtremes(sql)
    .replaceAll(OURS, (_, word: string, table: string) => `${word} "${schema}".${table}`)
    .replaceAll(FUNCTIONS, (call) => `"${schema}".${call}`)
    // SQLite is told which index to walk
    .replaceAll(/\bindexed by \w+/g, '')
    // SQLite is told to read the left table first; PostgreSQL sees for itself
    .replaceAll(/\bcross join\b/g, 'join');
  const text = placed.replaceAll(/'(?:[^']|'')*'|::\w+|:([a-zA-Z_]\w*)/g, (found, name?: string) => {
    if (name === undefined) return found;
    const value = params[name] ?? null;
    if (value === null) return 'null';
    let at = names.indexOf(name);
    if (at < 0) at = names.push(name) - 1;
    return `$${at + 1}::${castOf(value)}`;
  });
  return { text, names };
};
