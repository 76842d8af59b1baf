import type { Job } from '../model/job.ts';
import type { Pause } from '../model/pause.ts';
import type { Schedule } from '../model/schedule.ts';
import type { Ms } from '../model/time.ts';
import { decidedBetween } from './dues.ts';
import { type Left, sortedDues, type Wanted } from './sorted-dues.ts';

/** More skipped times than this between those that come are not looked at. */
const MOST_LOOKED_AT = 10_000;

/** A due time as it will be decided: it comes (at `notBefore`), or is left out. */
export type Coming = (Wanted & { readonly left: null }) | { readonly at: Ms; readonly left: Left };

const decided = (job: Job, schedule: Schedule, pause: Pause | null, from: Ms, limit: number) => {
  const all = decidedBetween(schedule, from, Number.POSITIVE_INFINITY, limit);
  return { ...sortedDues(job, schedule, pause, all), isAll: all.length < limit };
};

/** So many times that come, with those between them that are left out; none to come, as many of these. */
export const coming = (job: Job, schedule: Schedule, pause: Pause | null, from: Ms, count: number): Coming[] => {
  let limit = count;
  let found = decided(job, schedule, pause, from, limit);
  while (found.wanted.length < count && !found.isAll && limit < MOST_LOOKED_AT) {
    limit = Math.min(limit * 4, MOST_LOOKED_AT);
    found = decided(job, schedule, pause, from, limit);
  }
  const both: Coming[] = [
    ...found.wanted.map((each) => ({ ...each, left: null })),
    ...found.left.map((each) => ({ at: each.at, left: each })),
  ];
  both.sort((a, b) => a.at - b.at);
  if (found.wanted.length === 0) return both.slice(0, count);
  let more = count;
  const end = both.findIndex((each) => each.left === null && more-- === 0);
  return end < 0 ? both : both.slice(0, end);
};
