import { theRun } from '../acts/the-run.ts';
import type { App } from '../app.ts';
import { reportJson } from '../report/run-json.ts';
import type { ExitStatus } from './command.ts';
import type { Context } from './context.ts';
import { statusOf, statusWith } from './exit-status.ts';
import { linesOf } from './picture-of-run.ts';

/** Prints how the run stands now, as `run` does, and answers what that means for the caller. */
export const printRun = async (
  app: App,
  id: string,
  { out }: Context,
  more: Readonly<Record<string, boolean>> = {},
): Promise<ExitStatus> => {
  const run = await theRun(app, id);
  out.lines(await linesOf(app, run, out.lang), { failed: statusOf(run) !== 0 });
  if (out.json) out.data({ ...(await reportJson(app, run, out.lang, { tries: false })), ...more });
  return statusWith(run, await app.ledger().history.deliveries(run.id));
};
