import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { datasetOf, type Row, type Value } from '../model/dataset.ts';
import { failure } from '../model/errors.ts';
import { MAX_ROWS } from './source.ts';
import { mustDiffer, type SqlDriver } from './sql-driver.ts';
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

/** SQLite, opened read-only unless writing is allowed. */
export const sqlite: SqlDriver = async ({ url, sql, params, timeout, allowWrites, directory }) => {
  const path = url.slice('sqlite:'.length);
  const file = isAbsolute(path) ? path : resolve(directory, path);
  // SQLite would make an empty database of a wrong name
  if (!existsSync(file)) throw failure(sourceWords, 'file-missing', { path: file });
  const values = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, bound(value)]));

  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { readOnly: !allowWrites, timeout: Math.min(timeout, 10_000) });
    if (!allowWrites) db.exec('pragma query_only = on');
    const statement = db.prepare(sql);
    statement.setReadBigInts(true);
    const columns = statement.columns().map(({ name }) => name);
    mustDiffer(columns);
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
