import type { Client } from 'pg';
import { shownUrl } from '../../base/shown-url.ts';
import { failure } from '../../model/errors.ts';
import type { LedgerPlace } from '../../model/settings.ts';
import { type Ms, SECOND } from '../../model/time.ts';
import type { NodeSeen } from '../browse.ts';
import type { LedgerState, Upkeep } from '../ledger.ts';
import type { SqlRow } from '../sql/database.ts';
import { NODES, nodeOf, nodesParams } from '../sql/nodes.ts';
import { ledgerWords } from '../words.ts';
import { explained } from './faults.ts';
import { translate } from './translate.ts';

/** To be reached within. */
const PATIENCE: Ms = 10 * SECOND;
/** … by who can do without an answer. */
const SHORT: Ms = 2 * SECOND;

type Place = Extract<LedgerPlace, { is: 'postgres' }>;

const asked = async <T>(url: string, patience: Ms, ask: (client: Client) => Promise<T>): Promise<T> => {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: patience,
    query_timeout: patience === PATIENCE ? 0 : patience,
    application_name: 'larkcron',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return await ask(client);
  } finally {
    // a server that does not answer need not hear of it
    void client.end().catch(() => {});
  }
};

/** What the database knows of the schema; its pages are looked after by the server itself. */
const stateOf = ({ url, schema }: Place): Promise<LedgerState> =>
  asked(url, PATIENCE, async (client) => {
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
  }).catch((error: unknown) => {
    throw explained(error, url);
  });

/** Opening the ledger would change an older one's tables; whoever only compares must not. */
const nodesOf = ({ url, schema }: Place): Promise<readonly NodeSeen[] | null> =>
  asked(url, SHORT, async (client) => {
    const { rows } = await client.query<SqlRow>('select extract(epoch from clock_timestamp())::float8 * 1000 as now');
    const params = nodesParams(Math.floor(Number(rows[0]?.['now'])));
    const { text, names } = translate(NODES, schema, params);
    const found = await client.query<SqlRow>(
      text,
      names.map((name) => params[name as keyof typeof params]),
    );
    return found.rows.map(nodeOf);
  }).catch(() => null);

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
  nodes: () => nodesOf(place),
});
