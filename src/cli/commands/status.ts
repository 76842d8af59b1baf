import { LarkcronError } from '../../model/errors.ts';
import { type InCrontab, statusJson } from '../../report/status-json.ts';
import { blockOf, readCrontab } from '../../wake/crontab.ts';
import type { Act } from '../command.ts';
import { exitOf, statusLines } from '../picture-of-status.ts';

/** `larkcron status`: who wakes us, what waits, what is wrong. Exit 1 while something fails, and a day long when nobody could be told. */
export const status: Act = async (_call, context) => {
  const { out, clock, environment } = context;
  const project = context.project();
  const { directory, timezone } = project.settings;
  const app = await context.app(project);
  const crontab = await crontabBlock(directory, environment['PATH']);
  const found = await statusJson(app, { crontab, now: clock.now(), lang: out.lang });
  for (const line of statusLines(found, timezone, out)) out.line(line);
  out.data({ ...found, unreachable: found.unreachable.map(({ words: _, ...each }) => each) });
  return exitOf(found);
};

const crontabBlock = async (directory: string, path: string | undefined): Promise<InCrontab> => {
  try {
    return blockOf(await readCrontab({ path }), directory) === null ? 'absent' : 'installed';
  } catch (error) {
    if (error instanceof LarkcronError) return 'no-crontab';
    throw error;
  }
};
