import type { App } from '../app.ts';
import { failure } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import type { Run } from '../model/run.ts';
import { HOUR, type Ms } from '../model/time.ts';
import { dueBetween } from '../schedule/dues.ts';
import { occurrence } from '../schedule/scheduler.ts';
import { refuseForgotten } from './time.ts';
import { actWords } from './words.ts';

/** So many due times are sent at once where nobody says how many. */
export const MOST_BACKFILLED = 31;
/** Counted so far beyond what is allowed, to say how many there are. */
const COUNTED = 10_000;

/**
 * A job's due times from `since` to `until`, both included, at most `most` of them. Throws `no-schedule`,
 * `backfill-many`, and `forgotten` where the first is too long ago to know whether it was sent (status 2).
 */
export const duesToBackfill = (
  job: Job,
  { since, until, most, now, keep }: { since: Ms; until: Ms; most: number; now: Ms; keep: Ms },
): readonly Ms[] => {
  const { schedule } = job;
  if (schedule === null) throw failure(actWords, 'no-schedule', { job: job.name }, { status: 2 });
  const end = Math.min(until, now);
  const [first] = dueBetween(schedule, since - 1, end, 1);
  if (first === undefined) return [];
  refuseForgotten(first, { now, keep, zone: schedule.timezone });
  const dues = dueBetween(schedule, since - 1, end, most + COUNTED);
  if (dues.length > most) throw failure(actWords, 'backfill-many', { count: dues.length, most }, { status: 2 });
  return dues;
};

/** What is sent now, marked as late; `already`: due times that have their outcome and are left alone. */
export interface Backfilled {
  readonly opened: readonly Run[];
  readonly already: readonly Ms[];
}

export const openBackfill = async (app: App, job: Job, dues: readonly Ms[], now: Ms): Promise<Backfilled> => {
  const { runs } = app.ledger();
  const opened: Run[] = [];
  const already: Ms[] = [];
  for (const due of dues) {
    const late = { ...occurrence(job, due, 'backfill'), notBefore: now, deliverUntil: now + HOUR };
    const run = await runs.backfill(late);
    if (run === null) already.push(due);
    else opened.push(run);
  }
  return { opened, already };
};
