import type { FieldDef } from 'pg';
import { shownUrl } from '../base/shown-url.ts';
import { datasetOf, type Row, type Value } from '../model/dataset.ts';
import { failure, LarkcronError } from '../model/errors.ts';
import { MAX_ROWS } from './source.ts';
import { mustDiffer, type SqlDriver } from './sql-driver.ts';
import { sourceWords } from './words.ts';

/** Type numbers of PostgreSQL (pg_type.dat). Whatever is not here stays text: decimals, dates, JSON, arrays. */
const INTEGERS = new Set([20, 21, 23, 26]);
const FLOATS = new Set([700, 701]);
const BOOLEAN = 16;
const BYTES = 17;

const whole = (text: string): number | bigint => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
};

/** A cell as the server wrote it. NaN and the infinities are no numbers of ours. */
const cell = (text: string | null, type: number): Value => {
  if (text === null) return null;
  if (INTEGERS.has(type)) return whole(text);
  if (FLOATS.has(type)) return Number.isFinite(Number(text)) ? Number(text) : null;
  if (type === BOOLEAN) return text === 't';
  return type === BYTES ? text.replace(/^\\x/, '') : text;
};

const bound = (value: Value): string | boolean | null =>
  value === null || typeof value === 'boolean' ? value : String(value);

const UNREACHABLE = /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|EPIPE)/;

/** What went wrong, by the server's SQLSTATE (PostgreSQL: errcodes) or by the network's word. */
const explained = (error: unknown, url: string, ms: number): unknown => {
  if (error instanceof LarkcronError) return error;
  const { code = '', message } = error as { code?: string; message: string };
  const say = { cause: error };
  if (code === '57014') return failure(sourceWords, 'timed-out', { what: shownUrl(url), ms }, say);
  if (code === '25006') return failure(sourceWords, 'sql-write', undefined, { ...say, status: 2 });
  if (/^(28|3D000)/.test(code)) return failure(sourceWords, 'sql-refused', { url: shownUrl(url), why: message }, say);
  const away = UNREACHABLE.test(code) || /^(08|53|57P)/.test(code) || /timeout|terminated/i.test(message);
  return away
    ? failure(sourceWords, 'sql-unreachable', { url: shownUrl(url), why: message || code }, say)
    : failure(sourceWords, 'sql-failed', { why: message }, say);
};

/** PostgreSQL, in a read-only transaction that ends by itself; rows come in portions, so that too many are not held. */
export const postgres: SqlDriver = async ({ url, query, params, timeout, allowWrites, signal }) => {
  const [{ default: pg }, { default: Cursor }] = await Promise.all([import('pg'), import('pg-cursor')]);
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: Math.min(timeout, 10_000),
    application_name: 'larkcron',
    types: { getTypeParser: () => (text: string) => text } as never,
  });
  // a connection that breaks while nothing is asked would end the program
  client.on('error', () => {});
  const stop = (): void => void client.end().catch(() => {});
  signal.addEventListener('abort', stop, { once: true });
  const names = [...new Set(query.names)];
  try {
    await client.connect();
    await client.query(`set statement_timeout = ${Math.ceil(timeout)}`);
    await client.query(allowWrites ? 'begin' : 'begin read only');
    const cursor = client.query(
      new Cursor(
        query.placed((_order, name) => `$${names.indexOf(name) + 1}`),
        names.map((name) => bound(params[name] ?? null)),
        { rowMode: 'array' },
      ),
    );
    const rows: Row[] = [];
    let fields: readonly FieldDef[] | null = null;
    for (;;) {
      const [portion, result] = await new Promise<[(string | null)[][], { fields: FieldDef[] }]>((resolve, reject) =>
        cursor.read(1_000, (error, read, outcome) => {
          if (error) reject(error);
          else resolve([read as (string | null)[][], outcome as never]);
        }),
      );
      if (fields === null) {
        fields = result.fields ?? [];
        mustDiffer(fields.map(({ name }) => name));
      }
      const columns = fields;
      for (const row of portion)
        rows.push(
          Object.fromEntries(columns.map(({ name, dataTypeID }, i) => [name, cell(row[i] ?? null, dataTypeID)])),
        );
      if (rows.length > MAX_ROWS) throw failure(sourceWords, 'too-many-rows', { limit: MAX_ROWS });
      if (portion.length < 1_000) break;
    }
    await cursor.close();
    await client.query('commit');
    return datasetOf(
      rows,
      fields.map(({ name }) => name),
    );
  } catch (error) {
    if (signal.aborted) throw failure(sourceWords, 'interrupted', { what: shownUrl(url) }, { cause: error });
    throw explained(error, url, timeout);
  } finally {
    signal.removeEventListener('abort', stop);
    await client.end().catch(() => {});
  }
};
