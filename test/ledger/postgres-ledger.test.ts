import { after, before } from 'node:test';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openPostgresLedger } from '../../src/ledger/postgres/postgres-ledger.ts';
import { postgresDatabase, type TestDatabase } from '../source/databases.ts';
import { ledgerContract } from './ledger-contract.ts';

let database: TestDatabase;
before(async () => {
  database = await postgresDatabase();
});
after(() => database.close());

let schemas = 0;
ledgerContract('PostgreSQL', (time) => {
  const schema = `ledger_${schemas++}`;
  const opener = { now: () => time.now, monotonic: () => time.now, version: '0' };
  return {
    open: (as): Ledger =>
      openPostgresLedger({ url: database.url, schema, pool: 3, patience: 10_000 }, { ...opener, ...as }),
  };
});
