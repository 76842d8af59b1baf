import type { App } from '../app.ts';
import type { Run } from '../model/run.ts';
import { CANCELLED } from '../report/by-hand.ts';

/** What is unsent stays unsent; answers how much that was. */
export const cancelRun = async (app: App, run: Run): Promise<number> => {
  const { runs } = app.ledger();
  const stopped = await runs.cancel(run.id, CANCELLED);
  for (const ended of await runs.sweep()) app.report({ event: 'run.ended', run: ended });
  return stopped;
};
