import type { Ledger } from '../../src/ledger/ledger.ts';
import { openPostgresLedger } from '../../src/ledger/postgres/postgres-ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.ts';

const opener = { now: Date.now, monotonic: () => performance.now(), version: '0' };

/** `sqlite` and a file, or `postgres` and an address with the schema behind `#`. */
export const openFor = (kind: string, place: string): Ledger => {
  if (kind === 'sqlite') return openSqliteLedger(place, opener);
  const [url = '', schema = 'larkcron'] = place.split('#');
  return openPostgresLedger({ url, schema, pool: 4, patience: 30_000 }, opener);
};
