import type { Ms } from '../../model/time.ts';
import type { Ledger, ProcessRole } from '../ledger.ts';
import { createAccess, createAudit } from './access.ts';
import { createApps } from './apps.ts';
import { createBrowse } from './browse.ts';
import { openDatabase } from './database.ts';
import { createDeliveries } from './deliveries.ts';
import { createHistory } from './history.ts';
import { createIncidents } from './incidents.ts';
import { createJobs } from './jobs.ts';
import { createProcesses } from './processes.ts';
import { createRuns } from './runs.ts';
import { watchLedger } from './watch.ts';

/**
 * The ledger in one SQLite file (WAL, synchronous=FULL), shared by many short processes and a daemon. Verbs are
 * asynchronous by contract only: each is one synchronous commit, without an await inside.
 */
export const openSqliteLedger = (
  file: string,
  { now, monotonic, version, role }: { now: () => Ms; monotonic: () => Ms; version: string; role?: ProcessRole },
): Ledger => {
  const db = openDatabase(file);
  const processes = createProcesses(db, { now, monotonic, version, ...(role === undefined ? {} : { role }) });
  const runs = createRuns(db, now, processes);
  return {
    processes: {
      tick: async () => processes.tick(),
      beat: async () => processes.beat(),
      here: async () => db.check(),
      hasDaemon: async () => processes.hasDaemon(),
      leave: async () => processes.leave(),
    },
    runs,
    jobs: createJobs(db, now),
    deliveries: createDeliveries(db, now, processes),
    apps: createApps(db, now, processes.id),
    incidents: createIncidents(db, now, runs.insert),
    history: { ...createHistory(db), ...createBrowse(db, now, processes) },
    access: createAccess(db, now),
    audit: createAudit(db, now),
    watch: () => watchLedger(file),
    close: async () => {
      try {
        processes.leave();
      } finally {
        db.close();
      }
    },
  };
};
