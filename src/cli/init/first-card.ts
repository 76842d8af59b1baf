import { resolve } from 'node:path';
import type { ExitStatus } from '../command.ts';
import { type Context, createContext } from '../context.ts';
import type { Stage } from './stage.ts';

/** What of the real environment would win over the .env just written. */
export const NAMES = ['FEISHU_APP_ID', 'FEISHU_APP_SECRET', 'FEISHU_ENDPOINT', 'LARKCRON_CONFIG'] as const;

/** The example's first card, to its owner: exactly `run JOB --to me` in the new project, `--force` where the first run would only remember. */
export const sendFirst = async (
  directory: string,
  { name, quiet }: Stage['firstJob'],
  context: Context,
): Promise<ExitStatus> => {
  const { run } = await import('../commands/run.ts');
  const closers: (() => Promise<void>)[] = [];
  const environment = { ...context.environment };
  for (const name of NAMES) delete environment[name];
  const inside = createContext({
    ...context,
    environment,
    flags: { config: resolve(directory, 'larkcron.yaml'), folder: directory, sandbox: false, verbose: context.verbose },
    onClose: (close) => closers.unshift(close),
    ownsProcess: false,
  });
  try {
    return await run({ args: [name], options: { to: ['me'], yes: true, force: quiet } }, inside);
  } finally {
    for (const close of closers) await close();
  }
};
