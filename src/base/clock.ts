import type { Ms } from '../model/time.ts';

/** The one thing that tells the time. Product code gets one passed in, so that a test can be at any hour. */
export interface Clock {
  /** wall clock: may jump */
  now(): Ms;
  /** only ever rises, and is the same for all programs of this boot; its zero means nothing */
  monotonic(): Ms;
  /** Ends after `ms`, or quietly as soon as `signal` is aborted. */
  sleep(ms: Ms, signal?: AbortSignal): Promise<void>;
}

/** setTimeout takes 31 bits and fires at once for more. */
const LONGEST_TIMER: Ms = 2 ** 31 - 1;

const nap = (ms: Ms, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
  });

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Number(process.hrtime.bigint() / 1_000n) / 1_000,
  sleep: async (ms, signal) => {
    for (let left = ms; left > 0 && signal?.aborted !== true; left -= LONGEST_TIMER) {
      await nap(Math.min(left, LONGEST_TIMER), signal);
    }
  },
};
