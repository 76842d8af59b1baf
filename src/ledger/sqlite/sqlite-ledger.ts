import type { Ledger } from '../ledger.ts';
import { createSqlLedger, type Opener } from '../sql/sql-ledger.ts';
import { openDatabase } from './database.ts';
import { watchLedger } from './watch.ts';

/**
 * The ledger in one SQLite file (WAL, synchronous=FULL), shared by many short processes and a daemon. Verbs are
 * asynchronous by contract only: each is one synchronous commit, without an await inside.
 */
export const openSqliteLedger = (file: string, opener: Opener): Ledger => {
  const db = openDatabase(file);
  return createSqlLedger(db, opener, {
    here: async () => db.check(),
    close: async () => db.close(),
    watch: () => watchLedger(file),
  });
};
