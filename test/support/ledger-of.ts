import { join } from 'node:path';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Run } from '../../src/model/run.ts';
import type { TestProject } from './project.ts';

/** What a project's ledger says now, without a program's start. */
export const inLedger = async <T>(project: TestProject, look: (ledger: Ledger) => Promise<T>): Promise<T> => {
  const file = join(project.folder, '.larkcron', 'ledger.db');
  const ledger = openSqliteLedger(file, { now: Date.now, monotonic: () => performance.now(), version: '0' });
  try {
    return await look(ledger);
  } finally {
    await ledger.close();
  }
};

/** The newest run of the project and its deliveries. */
export const lastRun = (project: TestProject): Promise<{ run: Run | null; deliveries: readonly Delivery[] }> =>
  inLedger(project, async ({ history }) => {
    const [run = null] = await history.runs({ job: null, states: null, since: null, limit: 1 });
    return { run, deliveries: run === null ? [] : await history.deliveries(run.id) };
  });
