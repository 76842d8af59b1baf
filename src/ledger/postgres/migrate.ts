import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import { digest } from '../../base/ids.ts';
import { shownUrl } from '../../base/shown-url.ts';
import { failure } from '../../model/errors.ts';
import { ledgerWords } from '../words.ts';

/** What all that belongs to a ledger is locked by, while it changes. */
export const LOCK = 'larkcron';

/** Numbered files beside this one, as SQLite's; the first is the sum of all up to its number. */
const FIRST = 12;
const MIGRATIONS: readonly number[] = [12, 13, 14];
export const KNOWS = MIGRATIONS.at(-1) ?? FIRST;

const textOf = (n: number): string =>
  readFileSync(new URL(`./migrations/${String(n).padStart(3, '0')}.postgres.sql`, import.meta.url), 'utf8');

const versionOf = async (client: PoolClient, schema: string): Promise<number> => {
  // the table itself: to_regclass answers from a cache, which behind a lock may be older than what others have committed
  const { rowCount } = await client.query(
    "select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = 'schema_version'",
    [schema],
  );
  if (rowCount === 0) return 0;
  const { rows } = await client.query<{ version: number }>(`select version from "${schema}".schema_version`);
  return Number(rows[0]?.version ?? 0);
};

/** Throws when the tables are not this program's. */
export const refuseOther = async (client: PoolClient, schema: string, url: string): Promise<void> => {
  const has = await versionOf(client, schema);
  if (has === KNOWS) return;
  const file = shownUrl(url);
  throw has === 0
    ? failure(ledgerWords, 'ledger-gone', { file })
    : failure(ledgerWords, 'ledger-newer', { file, has, knows: KNOWS });
};

/** Older servers cannot say what became of a transaction. */
const OLDEST_SERVER = 14;

const refuseOldServer = async (client: PoolClient, url: string): Promise<void> => {
  const { rows } = await client.query<{ version: string }>("select current_setting('server_version_num') as version");
  const has = Math.floor(Number(rows[0]?.version) / 10_000);
  if (has < OLDEST_SERVER)
    throw failure(ledgerWords, 'server-too-old', { where: shownUrl(url), has, needs: OLDEST_SERVER }, { status: 2 });
};

/** Brings the schema to this program's number, one node at a time. A newer one is refused, never touched. */
export const migrate = async (client: PoolClient, schema: string, url: string): Promise<void> => {
  const refuseNewer = (has: number): void => {
    if (has > KNOWS) throw failure(ledgerWords, 'ledger-newer', { file: shownUrl(url), has, knows: KNOWS });
  };
  const has = await versionOf(client, schema);
  refuseNewer(has);
  if (has === KNOWS) return;
  await refuseOldServer(client, url);
  await client.query('begin');
  try {
    await client.query(`select pg_advisory_xact_lock(hashtext('${LOCK}'), hashtext('${schema}'))`);
    const now = await versionOf(client, schema);
    refuseNewer(now);
    if (now < KNOWS) {
      await client.query(`create schema if not exists "${schema}"; set local search_path to "${schema}", pg_catalog`);
      for (const n of MIGRATIONS) if (n > now) await client.query(textOf(n));
      if (now === 0) {
        await client.query(
          `create table schema_version (version bigint not null); insert into schema_version values (${KNOWS})`,
        );
        // the row keeps it: ids live as long as the database does
        const seed = digest([randomBytes(16).toString('hex')]);
        await client.query('insert into meta (project, seed) values ($1, $2)', [randomBytes(8).toString('hex'), seed]);
      } else await client.query(`update schema_version set version = ${KNOWS}`);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
};
