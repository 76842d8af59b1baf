import { resolve } from 'node:path';
import { type Act, flag, text } from '../command.ts';
import { exampleOf } from '../init/examples.ts';
import { makeProject } from '../init/make-project.ts';
import { stageProject } from '../init/stage.ts';

/** `larkcron init`: a project that runs at once. Asks only on a terminal. */
export const init: Act = async ({ args, options }, context) => {
  const { out } = context;
  const directory = resolve(context.cwd, args[0] ?? '.');
  const typescript = flag(options, 'typescript');
  const example = exampleOf(text(options, 'example') ?? 'store-dashboard', { typescript });
  const complete = flag(options, 'secretStdin') || flag(options, 'yes') || context.sandbox;
  const asks = out.interactive && !out.quiet && !complete;
  const given = text(options, 'appId') !== null || flag(options, 'secretStdin');
  const stage = await stageProject(example, { typescript, lang: out.lang });
  try {
    const ask = asks ? (await import('../init/clack.ts')).askOnTerminal(out) : null;
    return await makeProject(ask, stage, { directory, options, sandbox: !given }, context);
  } finally {
    stage.remove();
  }
};
