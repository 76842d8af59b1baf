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
const MIGRATIONS: readonly number[] = [12];
export const KNOWS = MIGRATIONS.at(-1) ?? FIRST;

const textOf = (n: number): string =>
  readFileSync(new URL(`./migrations/${String(n).padStart(3, '0')}.postgres.sql`, import.meta.url), 'utf8');

const versionOf = async (client: PoolClient, schema: string): Promise<number> => {
  const { rows: there } = await client.query<{ name: string | null }>(
    `select to_regclass('"${schema}".schema_version')::text as name`,
  );
  if (there[0]?.name == null) return 0;
  const { rows } = await client.query<{ version: number }>(`select version from "${schema}".schema_version`);
  return Number(rows[0]?.version ?? 0);
};

/** Brings the schema to this program's number, one node at a time. A newer one is refused, never touched. */
export const migrate = async (client: PoolClient, schema: string, url: string): Promise<void> => {
  const refuseNewer = (has: number): void => {
    if (has > KNOWS) throw failure(ledgerWords, 'ledger-newer', { file: shownUrl(url), has, knows: KNOWS });
  };
  const has = await versionOf(client, schema);
  refuseNewer(has);
  if (has === KNOWS) return;
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
