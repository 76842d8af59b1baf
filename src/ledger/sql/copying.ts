import { createHash } from 'node:crypto';
import { failure } from '../../model/errors.ts';
import { ledgerWords } from '../words.ts';
import type { Database, SqlRow, Steps } from './database.ts';

/** What moves, each table after those that it names rows of; by a key of texts or numbers. */
const TABLES: readonly (readonly [table: string, key: readonly string[]])[] = [
  ['jobs', ['name']],
  ['cursors', ['job', 'fingerprint']],
  ['runs', ['id']],
  ['missed_spans', ['id']],
  ['contents', ['hash']],
  ['deliveries', ['id']],
  ['attempts', ['delivery', 'n']],
  ['pace', ['key']],
  ['app_gates', ['app']],
  ['incidents', ['id']],
  ['directory', ['app', 'ref']],
  ['uploads', ['app', 'hash']],
  ['anchors', ['job', 'key', 'recipient']],
  ['access_tokens', ['id']],
  ['audit', ['id']],
];
/** Not moved: who was at work and which nodes are drained, tokens of apps (a new one is asked for), and sessions of the console. */

const PAGE = 200;

export interface Copied {
  readonly table: string;
  readonly rows: number;
}

/** The order of rows is each engine's own. */
const columnsOf = (row: SqlRow): string[] =>
  Object.keys(row)
    .filter((column) => column !== 'rowid')
    .sort();

/** Rows after this one, in the order of their key. */
const page = (db: Database, table: string, key: readonly string[], after: SqlRow | null): Steps<SqlRow[]> => {
  const params: Record<string, string | number> = { most: PAGE };
  for (const column of after === null ? [] : key) params[column] = after?.[column] as string | number;
  const from = after === null ? '' : `where (${key.join(', ')}) > (${key.map((column) => `:${column}`).join(', ')})`;
  return db.all(`select * from ${table} ${from} order by ${key.join(', ')} limit :most`, params);
};

async function* pages(db: Database, table: string, key: readonly string[]): AsyncGenerator<SqlRow[]> {
  for (let after: SqlRow | null = null; ; ) {
    const from = after;
    const rows: SqlRow[] = await db.read(() => page(db, table, key, from));
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1) ?? null;
  }
}

/** How many rows a table has, and a hash of all that is in them. */
const sumOf = async (db: Database, table: string, key: readonly string[]): Promise<string> => {
  const hash = createHash('sha256');
  let count = 0;
  for await (const rows of pages(db, table, key))
    for (const row of rows) {
      hash.update(JSON.stringify(columnsOf(row).map((column) => [column, row[column]])));
      count++;
    }
  return `${count} ${hash.digest('hex')}`;
};

const metaOf = async (db: Database): Promise<SqlRow> => (await db.read(() => db.get('select * from meta'))) ?? {};

/** The other ledger becomes this one: ids are made from its seed, and Feishu's memory of them goes on. */
const becomeSame = async (from: Database, to: Database): Promise<void> => {
  const [there, here] = [await metaOf(from), await metaOf(to)];
  if (there['project'] === here['project']) return;
  if ((await to.read(() => to.get('select 1 from runs limit 1'))) !== undefined)
    throw failure(ledgerWords, 'copy-not-empty', undefined, { status: 2 });
  const columns = columnsOf(there);
  await to.write(() =>
    to.run(`update meta set ${columns.map((column) => `${column} = :${column}`).join(', ')}`, there),
  );
};

/**
 * Moves history, state and incidents. It may be stopped and called again: what is there already stays. Afterwards every
 * table is counted and compared. Throws `copy-not-empty` (status 2) where another ledger's rows are, `copy-differs`.
 */
export const copyRows = async (
  from: Database,
  to: Database,
  { onTable }: { readonly onTable: (table: string) => void },
): Promise<readonly Copied[]> => {
  await becomeSame(from, to);
  const copied: Copied[] = [];
  for (const [table, key] of TABLES) {
    onTable(table);
    let rows = 0;
    for await (const some of pages(from, table, key)) {
      const [first = {}] = some;
      const columns = columnsOf(first);
      const sql = `insert into ${table} (${columns.join(', ')}) values (${columns.map((column) => `:${column}`).join(', ')}) on conflict do nothing`;
      await to.write(() => to.many(sql, some));
      rows += some.length;
    }
    if ((await sumOf(from, table, key)) !== (await sumOf(to, table, key)))
      throw failure(ledgerWords, 'copy-differs', { table });
    copied.push({ table, rows });
  }
  await to.continueNumbers();
  return copied;
};
