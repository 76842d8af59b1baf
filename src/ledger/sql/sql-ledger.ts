import type { Ms } from '../../model/time.ts';
import type { ProcessRole } from '../browse.ts';
import type { Ledger } from '../ledger.ts';
import { createAccess, createAudit } from './access.ts';
import { createApps } from './apps.ts';
import { createBrowse } from './browse.ts';
import type { Database } from './database.ts';
import { createDeliveries } from './deliveries.ts';
import { createHistory } from './history.ts';
import { createIncidents } from './incidents.ts';
import { createJobs } from './jobs.ts';
import { createNodes } from './nodes.ts';
import { createProcesses } from './processes.ts';
import { createPruning } from './pruning.ts';
import { createRuns } from './runs.ts';

/** Who opens a ledger, and by which clocks. */
export interface Opener {
  readonly now: () => Ms;
  readonly monotonic: () => Ms;
  readonly version: string;
  readonly role?: ProcessRole;
  /** what this machine is called; left out: its host name */
  readonly node?: string | undefined;
}

/** The verbs over an open database, whichever it is; `here`, `watch` and `close` are its own. */
export const createSqlLedger = (
  db: Database,
  { now, monotonic, version, role, node }: Opener,
  {
    here,
    close,
    watch,
  }: { readonly here: () => Promise<void>; readonly close: () => Promise<void>; readonly watch: Ledger['watch'] },
): Ledger => {
  const processes = createProcesses(db, { now, monotonic, version, node, ...(role === undefined ? {} : { role }) });
  const runs = createRuns(db, now, processes);
  const nodes = createNodes(db, now, processes);
  return {
    processes: {
      tick: processes.tick,
      beat: processes.beat,
      here,
      hasDaemon: processes.hasDaemon,
      leave: processes.leave,
    },
    nodes: nodes.verbs,
    runs,
    jobs: createJobs(db, now),
    deliveries: createDeliveries(db, now, processes),
    apps: createApps(db, now, processes.id),
    incidents: createIncidents(db, now, runs.insert),
    upkeep: createPruning(db, now),
    history: { ...createHistory(db), ...createBrowse(db, now, processes), nodes: nodes.seen },
    access: createAccess(db, now),
    audit: createAudit(db, now),
    watch,
    close: async () => {
      try {
        await processes.leave();
      } finally {
        await close();
      }
    },
  };
};
