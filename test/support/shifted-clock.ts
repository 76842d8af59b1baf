import { type Clock, systemClock } from '../../src/base/clock.ts';
import type { Ms } from '../../src/model/time.ts';

/** The machine's clock, which a test may turn forward: for what happens an hour later. */
export const createShiftedClock = (): Clock & { pass(ms: Ms): void } => {
  let shift: Ms = 0;
  return {
    now: () => systemClock.now() + shift,
    monotonic: () => systemClock.monotonic() + shift,
    sleep: systemClock.sleep,
    pass: (ms) => {
      shift += ms;
    },
  };
};
