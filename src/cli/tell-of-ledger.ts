import type { App } from '../app.ts';
import { LarkcronError } from '../model/errors.ts';
import type { Act } from './command.ts';

/** What stands between a program that sends and its ledger. */
const isLedgerFault = (error: unknown): error is LarkcronError =>
  error instanceof LarkcronError && error.code.startsWith('ledger-');

/** A command that sends: when it cannot use its ledger, the owner is told by one direct message (core rule 20). */
export const tellsOfLedger =
  (act: Act): Act =>
  async (call, context) => {
    let app: App | null = null;
    const watched: typeof context = {
      ...context,
      app: async (...of) => {
        app = await context.app(...of);
        return app;
      },
    };
    try {
      return await act(call, watched);
    } catch (error) {
      const made = app as App | null;
      if (made !== null && isLedgerFault(error)) await made.lastResort(error);
      throw error;
    }
  };
