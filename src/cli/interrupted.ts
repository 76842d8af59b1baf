import type { App } from '../app.ts';
import { INTERRUPTED } from '../report/by-hand.ts';
import type { Context } from './context.ts';

/**
 * Ctrl-C means "do not send the rest": it is cancelled, and `resend` sends it. SIGTERM is not a person's word: what is
 * left waits for the next process.
 */
export const cancelIfInterrupted = async (app: App, runs: readonly string[], { signal }: Context): Promise<void> => {
  if (!signal.aborted || signal.reason !== 'SIGINT') return;
  const ledger = app.ledger();
  for (const run of runs) await ledger.runs.cancel(run, INTERRUPTED);
  for (const run of await ledger.runs.sweep()) app.report({ event: 'run.ended', run });
};
