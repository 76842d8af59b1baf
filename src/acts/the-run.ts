import type { App } from '../app.ts';
import { failure } from '../model/errors.ts';
import type { Run } from '../model/run.ts';
import { actWords } from './words.ts';

/** The run that an id, or its unique beginning of at least four characters, names. Throws `unknown-run`. */
export const theRun = async (app: App, id: string): Promise<Run> => {
  const run = id.length < 4 ? null : await app.ledger().history.run(id);
  if (run === null) throw failure(actWords, 'unknown-run', { run: id }, { status: 2 });
  return run;
};
