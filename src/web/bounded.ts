import { runInNewContext } from 'node:vm';

/** What came of work that had so long: its value; or that it was stopped, or nested too deeply to be done. */
export type Bounded<T> = { readonly is: 'done'; readonly value: T } | { readonly is: 'too-slow' | 'too-deep' };

/**
 * Does work that waits for nothing, and stops it after so many milliseconds wherever it stands: a pattern that goes
 * astray, or a loop in a loop in a loop, would otherwise keep everything else from its turn. All else it throws is thrown.
 */
export const within = <T>(ms: number, work: () => T): Bounded<T> => {
  try {
    return { is: 'done', value: runInNewContext('work()', { work }, { timeout: ms }) as T };
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return { is: 'too-slow' };
    if (name === 'RangeError') return { is: 'too-deep' };
    throw error;
  }
};
