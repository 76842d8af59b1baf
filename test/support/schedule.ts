import { ANY_DAY, type Schedule } from '../../src/model/schedule.ts';
import { HOUR } from '../../src/model/time.ts';

/** What the settings make of a schedule that says nothing but when. */
export const scheduleOf = (times: Partial<Schedule>): Schedule => ({
  ...ANY_DAY,
  at: null,
  crons: [],
  timezone: 'Asia/Shanghai',
  catchUp: { runs: 1, within: 2 * HOUR },
  overlap: 'skip',
  jitter: null,
  ...times,
});
