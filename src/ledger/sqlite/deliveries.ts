import type { Ms } from '../../model/time.ts';
import type { Ledger } from '../ledger.ts';
import { createBegin } from './begin.ts';
import type { Database } from './database.ts';
import { createFinish } from './finish.ts';
import type { Processes } from './processes.ts';
import { createSettling } from './settling.ts';

/** The verbs of deliveries: chosen, tried, settled. */
export const createDeliveries = (db: Database, now: () => Ms, processes: Processes): Ledger['deliveries'] => ({
  begin: createBegin(db, now, processes),
  finish: createFinish(db, now, processes),
  ...createSettling(db, now, processes),
});
