import type { Ledger } from '../ledger.ts';
import { createSqlLedger, type Opener } from '../sql/sql-ledger.ts';
import { openPostgres, type PostgresOptions } from './database.ts';

/**
 * The ledger in a schema of a PostgreSQL database, 14 or newer, shared by nodes on any machine. Nothing is asked before
 * the first verb; a server that cannot be reached is waited for.
 */
export const openPostgresLedger = (options: PostgresOptions, opener: Opener): Ledger => {
  const db = openPostgres(options);
  return createSqlLedger(db, opener, { here: db.check, close: db.close, watch: db.watch });
};
