import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { datasetOf, type Row, type Value } from '../model/dataset.ts';
import { failure } from '../model/errors.ts';
import { type Fetch, MAX_ROWS } from './source.ts';
import { sourceWords } from './words.ts';

/** A whole number is bound as one: as a double it would be 5.0, which is not the text '5'. */
const bound = (value: Value): null | number | bigint | string => {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
};

const cell = (value: unknown): Value => {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : (value as Value);
};

/** Comments and quoted text out of the way, so that what is left is only SQL. */
const bare = (query: string): string =>
  query.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]/g, ' ');

const namesIn = (query: string): string[] => [
  ...new Set([...query.matchAll(/[:@$]([A-Za-z_]\w*)/g)].map((match) => match[1] as string)),
];

/** `sql` on SQLite: one read-only statement with named parameters, bound and never pasted. */
export const fetchSql: Fetch<'sql'> = async (spec, context) => {
  const path = /^sqlite:(.+)$/.exec(spec.url)?.[1];
  if (path === undefined)
    throw failure(sourceWords, 'sql-url', { kind: /^([a-z0-9+]+):/i.exec(spec.url)?.[1] ?? '?' }, { status: 2 });
  const file = isAbsolute(path) ? path : resolve(context.directory, path);
  // SQLite would make an empty database of a wrong name
  if (!existsSync(file)) throw failure(sourceWords, 'file-missing', { path: file });

  const query = bare(spec.query);
  if (/;\s*\S/.test(query)) throw failure(sourceWords, 'sql-several', undefined, { status: 2 });
  if (query.includes('?')) throw failure(sourceWords, 'sql-positional', undefined, { status: 2 });
  const named = namesIn(query);
  const given = Object.keys(spec.params);
  const missing = named.filter((name) => !given.includes(name));
  const unused = given.filter((name) => !named.includes(name));
  if (missing.length > 0 || unused.length > 0)
    throw failure(sourceWords, 'sql-params', { missing, unused }, { status: 2 });
  const values = Object.fromEntries(
    Object.entries(spec.params).map(([name, param]) => [name, bound(context.fillValue(param))]),
  );

  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: Math.min(spec.timeout, 10_000) });
    db.exec('pragma query_only = on');
    const statement = db.prepare(spec.query);
    statement.setReadBigInts(true);
    const columns = statement.columns().map(({ name }) => name);
    const twice = columns.find((name, i) => columns.indexOf(name) < i);
    if (twice !== undefined) throw failure(sourceWords, 'sql-columns', { name: twice }, { status: 2 });
    const rows: Row[] = [];
    for (const row of statement.iterate(values)) {
      if (rows.length === MAX_ROWS) throw failure(sourceWords, 'too-many-rows', { limit: MAX_ROWS });
      rows.push(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cell(value)])));
    }
    return datasetOf(rows, columns);
  } catch (error) {
    const { errcode, message } = error as { errcode?: number; message: string };
    if (errcode === undefined) throw error;
    // 5: BUSY, 6: LOCKED
    if ([5, 6].includes(errcode & 0xff)) throw failure(sourceWords, 'sql-busy', { path: file }, { cause: error });
    // 8: READONLY
    if ((errcode & 0xff) === 8) throw failure(sourceWords, 'sql-write', undefined, { status: 2, cause: error });
    throw failure(sourceWords, 'sql-failed', { why: message }, { cause: error });
  } finally {
    db?.close();
  }
};
