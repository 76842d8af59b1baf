import type { App } from '../app.ts';
import { isLedgerFault } from '../incident/last-resort.ts';
import { LarkcronError } from '../model/errors.ts';
import type { Act } from './command.ts';

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
      if (made !== null && error instanceof LarkcronError && isLedgerFault(error)) await made.lastResort(error);
      throw error;
    }
  };
