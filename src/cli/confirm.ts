import { failure } from '../model/errors.ts';
import type { Text } from '../model/text.ts';
import type { Context } from './context.ts';
import { cliWords } from './words.ts';

/** Asks once, on a terminal only: without one nobody could answer, and the caller meant what was typed. */
export const confirm = async (question: Text, { out }: Context): Promise<void> => {
  if (!out.interactive || out.quiet) return;
  const { createInterface } = await import('node:readline/promises');
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await ask.question(`${out.say(question)} [y/N] `).finally(() => ask.close());
  if (!/^(y|yes|是|好)$/i.test(answer.trim())) throw failure(cliWords, 'not-confirmed', undefined, { status: 2 });
};
