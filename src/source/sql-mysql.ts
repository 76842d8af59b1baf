import type { FieldPacket } from 'mysql2';
import { shownUrl } from '../base/shown-url.ts';
import { datasetOf, type Row, type Value } from '../model/dataset.ts';
import { failure, LarkcronError } from '../model/errors.ts';
import { MAX_ROWS } from './source.ts';
import { mustDiffer, type SqlDriver } from './sql-driver.ts';
import { sourceWords } from './words.ts';

/** Column types of the protocol (MariaDB: result set packets). */
const FLOAT = 4;
const LONGLONG = 8;

const whole = (text: string): number | bigint => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
};

/** Decimals and dates stay the text the server wrote, big integers keep their digits, bytes are hex. */
const cell = (value: unknown, type: number | undefined): Value => {
  if (value === null || value === undefined) return null;
  if (type === LONGLONG) return whole(String(value));
  // single precision has seven digits: as a double 0.1 would be 0.10000000149
  if (type === FLOAT && typeof value === 'number') return Number(value.toPrecision(7));
  if (Buffer.isBuffer(value)) return value.toString('hex');
  return typeof value === 'object' ? JSON.stringify(value) : (value as Value);
};

const bound = (value: Value): string | number | bigint | null => (typeof value === 'boolean' ? Number(value) : value);

/** What went wrong, by the server's error number (MariaDB: error codes) or by the network's word. */
const explained = (error: unknown, url: string, ms: number): unknown => {
  if (error instanceof LarkcronError) return error;
  const { code = '', errno, message } = error as { code?: string; errno?: number; message: string };
  const say = { cause: error };
  // 1969, 3024: statement time over; 1792: read-only transaction; 1044, 1045, 1049, 1698: not let in
  if (errno === 1969 || errno === 3024) return failure(sourceWords, 'timed-out', { what: shownUrl(url), ms }, say);
  if (errno === 1792) return failure(sourceWords, 'sql-write', undefined, { ...say, status: 2 });
  if ([1044, 1045, 1049, 1698].includes(errno ?? 0))
    return failure(sourceWords, 'sql-refused', { url: shownUrl(url), why: message }, say);
  const away = /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|EPIPE|PROTOCOL_CONNECTION_LOST)/.test(code);
  // 1040: too many connections, 1205 and 1213: locked by others
  return away || [1040, 1205, 1213].includes(errno ?? 0)
    ? failure(sourceWords, 'sql-unreachable', { url: shownUrl(url), why: message || code }, say)
    : failure(sourceWords, 'sql-failed', { why: message }, say);
};

/** MySQL and MariaDB, in a read-only transaction; rows come one by one, so that too many are not held. */
export const mysql: SqlDriver = async ({ url, query, params, timeout, allowWrites, signal }) => {
  const { createConnection } = await import('mysql2');
  const connection = createConnection({
    uri: url.replace(/^mariadb:/, 'mysql:'),
    connectTimeout: Math.min(timeout, 10_000),
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    multipleStatements: false,
    jsonStrings: true,
    charset: 'utf8mb4',
  });
  let overdue: NodeJS.Timeout | undefined;
  /** ends whatever is being waited for: a destroyed connection says nothing by itself */
  const broken = new Promise<never>((_resolve, reject) => {
    connection.on('error', reject);
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
    overdue = setTimeout(
      () => reject(failure(sourceWords, 'timed-out', { what: shownUrl(url), ms: timeout })),
      timeout + 1_000,
    );
  });
  broken.catch(() => {});
  const ask = (sql: string): Promise<void> =>
    Promise.race([
      broken,
      new Promise<void>((resolve, reject) =>
        connection.query(sql, (error: Error | null) => (error ? reject(error) : resolve())),
      ),
    ]);
  try {
    await ask(allowWrites ? 'start transaction' : 'start transaction read only');
    // the two servers have different names for it, in different units
    await ask(`set session max_statement_time = ${timeout / 1_000}`).catch(() =>
      ask(`set session max_execution_time = ${Math.ceil(timeout)}`).catch(() => {}),
    );
    const rows: Row[] = [];
    const read = new Promise<readonly string[]>((resolve, reject) => {
      let names: readonly string[] = [];
      let types: readonly (number | undefined)[] = [];
      const values = query.names.map((name) => bound(params[name] ?? null));
      const sql = query.placed(() => '?');
      connection
        .execute({ sql, values: values as never, rowsAsArray: true })
        .on('error', reject)
        .on('fields', (fields: readonly FieldPacket[] | undefined) => {
          names = (fields ?? []).map(({ name }) => name);
          types = (fields ?? []).map(({ columnType }) => columnType);
          try {
            mustDiffer(names);
          } catch (error) {
            reject(error);
          }
        })
        .on('result', (row: unknown) => {
          if (!Array.isArray(row)) return;
          if (rows.length === MAX_ROWS) {
            reject(failure(sourceWords, 'too-many-rows', { limit: MAX_ROWS }));
            connection.destroy();
            return;
          }
          rows.push(Object.fromEntries(names.map((name, i) => [name, cell(row[i], types[i])])));
        })
        .on('end', () => resolve(names));
    });
    const columns = await Promise.race([broken, read]);
    await ask('commit');
    return datasetOf(rows, columns);
  } catch (error) {
    if (signal.aborted) throw failure(sourceWords, 'interrupted', { what: shownUrl(url) }, { cause: error });
    throw explained(error, url, timeout);
  } finally {
    clearTimeout(overdue);
    connection.destroy();
  }
};
