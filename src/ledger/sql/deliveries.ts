import type { Ms } from '../../model/time.ts';
import type { Ledger } from '../ledger.ts';
import { createAfterArrival } from './after-arrival.ts';
import { createBegin } from './begin.ts';
import type { Database } from './database.ts';
import { createRecord } from './finish.ts';
import type { Processes } from './processes.ts';
import { createSettling } from './settling.ts';

/** The verbs of deliveries: chosen, tried, settled. */
export const createDeliveries = (db: Database, now: () => Ms, processes: Processes): Ledger['deliveries'] => {
  const record = createRecord(db, now, processes);
  return {
    begin: createBegin(db, now, processes, record),
    finish: async (results, limits, feishuNow = null) => {
      if (results.length > 0) await db.write(() => record(results, limits, feishuNow));
    },
    ...createSettling(db, now, processes),
    ...createAfterArrival(db, now),
  };
};
