import type { Clock } from '../../src/base/clock.ts';
import type { Ms } from '../../src/model/time.ts';

/** Time that passes only when everybody sleeps: minutes of pushing in a moment, and the same each time. */
export interface VirtualClock extends Clock {
  /** lets time pass until `done` settles */
  until<T>(done: Promise<T>): Promise<T>;
  /** somebody sets the wall clock */
  set(by: Ms): void;
}

const START: Ms = Date.UTC(2026, 10, 24, 2, 0, 0);

export const createVirtualClock = (): VirtualClock => {
  let elapsed: Ms = 0;
  let wall: Ms = START;
  let count = 0;
  const sleepers: { at: Ms; n: number; wake: () => void }[] = [];
  return {
    now: () => Math.floor(wall + elapsed),
    monotonic: () => elapsed,
    set: (by) => {
      wall += by;
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = { at: elapsed + Math.max(0, ms), n: count++, wake: resolve };
        sleepers.push(sleeper);
        const wake = (): void => {
          const at = sleepers.indexOf(sleeper);
          if (at >= 0) sleepers.splice(at, 1);
          resolve();
        };
        if (signal?.aborted) wake();
        else signal?.addEventListener('abort', wake, { once: true });
      }),
    until: async (done) => {
      let over = false;
      const end = done.finally(() => {
        over = true;
      });
      end.catch(() => {});
      while (!over) {
        for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
        if (over) break;
        sleepers.sort((a, b) => a.at - b.at || a.n - b.n);
        const next = sleepers.shift();
        if (next === undefined) throw new Error('everybody waits, and nobody sleeps');
        elapsed = Math.max(elapsed, next.at);
        next.wake();
      }
      return end;
    },
  };
};
