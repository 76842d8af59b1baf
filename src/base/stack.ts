import { pathToFileURL } from 'node:url';
import type { Place } from '../model/errors.ts';

/** The first place in a file that an error's stack names; a syntax error names it before the stack. Null: none. */
export const placeInStack = (error: unknown, file: string): Place | null => {
  const { stack = '' } = (error ?? {}) as Partial<Error>;
  for (const name of [pathToFileURL(file).href, file]) {
    const from = stack.indexOf(name);
    if (from === -1) continue;
    const match = /^(?:\?v=\d+)?:(\d+)(?::(\d+))?/.exec(stack.slice(from + name.length));
    if (match !== null) return { file, line: Number(match[1]), column: Number(match[2] ?? 1) };
  }
  return null;
};
