import { shownUrl } from '../../base/shown-url.ts';
import { failure } from '../../model/errors.ts';
import type { LedgerPlace } from '../../model/settings.ts';
import type { LedgerState, Upkeep } from '../ledger.ts';
import { ledgerWords } from '../words.ts';
import { explained } from './faults.ts';

type Place = Extract<LedgerPlace, { is: 'postgres' }>;

/** What the database knows of the schema; its pages are looked after by the server itself. */
const stateOf = async ({ url, schema }: Place): Promise<LedgerState> => {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'larkcron',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<Record<'version' | 'bytes' | 'runs' | 'deliveries', string>>(
      `select (select version from "${schema}".schema_version) as version, (select count(*) from "${schema}".runs) as runs,
         (select count(*) from "${schema}".deliveries) as deliveries,
         (select sum(pg_total_relation_size(c.oid)) from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = $1 and c.relkind = 'r') as bytes`,
      [schema],
    );
    const number = (name: 'version' | 'bytes' | 'runs' | 'deliveries'): number => Number(rows[0]?.[name] ?? 0);
    return {
      version: number('version'),
      bytes: number('bytes'),
      freeBytes: 0,
      runs: number('runs'),
      deliveries: number('deliveries'),
      faults: [],
    };
  } catch (error) {
    throw explained(error, url);
  } finally {
    await client.end().catch(() => {});
  }
};

export const upkeepOf = (place: Place): Upkeep => ({
  backup: async () => {
    throw failure(
      ledgerWords,
      'backup-by-database',
      { where: shownUrl(place.url), schema: place.schema },
      { status: 2 },
    );
  },
  check: () => stateOf(place),
});
