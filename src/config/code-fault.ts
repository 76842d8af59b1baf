import { placeInStack } from '../base/stack.ts';
import { type Place, type Problem, problem } from '../model/errors.ts';
import { configWords } from './words.ts';

/** Whatever a TypeScript job threw, as a finding at the line that threw it. */
export const codeFault = (error: unknown, file: string, otherwise: Place | null): Problem => {
  const { message = String(error), code } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  const why = code === 'ERR_REQUIRE_ASYNC_MODULE' ? 'top-level await' : (message.split('\n')[0] ?? '');
  return problem(configWords, 'code-fault', { why }, { at: placeInStack(error, file) ?? otherwise });
};
