import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { digest } from '../../base/ids.ts';
import { shownUrl } from '../../base/shown-url.ts';
import { failure } from '../../model/errors.ts';
import { type Ms, SECOND } from '../../model/time.ts';
import { ledgerWords } from '../words.ts';

/** What all that belongs to a ledger is locked by, while it changes. */
export const LOCK = 'larkcron';
/**
 * Whatever the user's or the database's own settings are: who waits for the lock has to see what was committed meanwhile,
 * which a snapshot from before would not show.
 */
export const BEGIN = 'begin isolation level read committed read write';

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

/** Encodings that have all characters; SQL_ASCII takes the bytes as they are. */
const ENCODINGS: readonly string[] = ['UTF8', 'SQL_ASCII'];

const refuseServer = async (client: PoolClient, url: string): Promise<void> => {
  const { rows } = await client.query<{ version: string; encoding: string }>(
    "select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding",
  );
  const where = shownUrl(url);
  const has = Math.floor(Number(rows[0]?.version) / 10_000);
  if (has < OLDEST_SERVER)
    throw failure(ledgerWords, 'server-too-old', { where, has, needs: OLDEST_SERVER }, { status: 2 });
  const encoding = rows[0]?.encoding ?? '';
  if (!ENCODINGS.includes(encoding))
    throw failure(ledgerWords, 'database-encoding', { where, encoding }, { status: 2 });
};

/** So long it waits for a table at a time: whoever waits for one holds up all that come after. Then it begins anew. */
const LOCK_WAIT: Ms = 3 * SECOND;
/** So long it waits until older nodes have written down what became of their requests; afterwards they no longer can. */
const TRIES_WAIT: Ms = 20 * SECOND;
/** A node of which nothing was heard for so long writes nothing down. */
const SILENT: Ms = 15 * SECOND;
const LOOK_AGAIN: Ms = SECOND / 10;
/** A change of large tables is not given up half-way; what a timer takes at most. */
const AS_LONG_AS_IT_TAKES: Ms = 2 ** 31 - 1;
const unhurried = (text: string) => ({ text, query_timeout: AS_LONG_AS_IT_TAKES });

/** Older nodes wait for answers of Feishu. */
const triesUnderWay = async (client: PoolClient, schema: string): Promise<boolean> => {
  const { rowCount } = await client.query(
    `select 1 from "${schema}".deliveries d join "${schema}".processes p on p.id = d.owner
     where d.state = 'sending' and p.beat_at > extract(epoch from clock_timestamp()) * 1000 - ${SILENT} limit 1`,
  );
  return rowCount !== 0;
};

/**
 * Brings the schema to this program's number, one node at a time, in a moment in which no older node waits for an answer,
 * as far as there is one. A newer one is refused, never touched. Throws what passes where somebody reads the tables for long.
 */
export const migrate = async (client: PoolClient, schema: string, url: string): Promise<void> => {
  const refuseNewer = (has: number): void => {
    if (has > KNOWS) throw failure(ledgerWords, 'ledger-newer', { file: shownUrl(url), has, knows: KNOWS });
  };
  const has = await versionOf(client, schema);
  refuseNewer(has);
  if (has === KNOWS) return;
  await refuseServer(client, url);
  const until = performance.now() + TRIES_WAIT;
  while (!(await migrated(client, schema, refuseNewer, performance.now() > until))) await pause(LOOK_AGAIN);
};

/** False: older nodes wait for answers, and nothing was done. */
const migrated = async (
  client: PoolClient,
  schema: string,
  refuseNewer: (has: number) => void,
  inAnyCase: boolean,
): Promise<boolean> => {
  await client.query(`${BEGIN}; set local lock_timeout = ${LOCK_WAIT}; set local statement_timeout = 0`);
  try {
    await client.query(`select pg_advisory_xact_lock(hashtext('${LOCK}'), hashtext('${schema}'))`);
    const now = await versionOf(client, schema);
    refuseNewer(now);
    if (now > 0 && now < KNOWS && !inAnyCase && (await triesUnderWay(client, schema))) {
      await client.query('rollback');
      return false;
    }
    if (now < KNOWS) {
      await client.query(`create schema if not exists "${schema}"; set local search_path to "${schema}", pg_catalog`);
      for (const n of MIGRATIONS) if (n > now) await client.query(unhurried(textOf(n)));
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
    return true;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
};
