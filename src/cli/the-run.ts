import type { App } from '../app.ts';
import { failure } from '../model/errors.ts';
import type { Run } from '../model/run.ts';
import type { ExitStatus } from './command.ts';
import type { Context } from './context.ts';
import { linesOf } from './picture-of-run.ts';
import { reportJson, statusOf, statusWith } from './shapes.ts';
import { cliWords } from './words.ts';

/** The run that an id, or its unique beginning of at least four characters, names. Throws `unknown-run`. */
export const theRun = async (app: App, id: string): Promise<Run> => {
  const run = id.length < 4 ? null : await app.ledger().history.run(id);
  if (run === null) throw failure(cliWords, 'unknown-run', { run: id }, { status: 2 });
  return run;
};

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
