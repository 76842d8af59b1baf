import { digest } from '../base/ids.ts';
import type { Job } from '../model/job.ts';
import { isPausedAt, type Pause } from '../model/pause.ts';
import type { Schedule } from '../model/schedule.ts';
import type { Text } from '../model/text.ts';
import { MINUTE, type Ms, SECOND } from '../model/time.ts';
import { type Due, nextDue } from './dues.ts';
import { quietAt } from './quiet.ts';
import { notOnThisDay, pausedFor, QUIET } from './words.ts';

/** Where many send at once Feishu asks robots to spread out by some seconds (custom bot guide: avoid whole and half hours). */
const BOTS_APART = 5 * SECOND;

/** How long after its due time a job is sent: the same for each of its due times, and another for another job. */
const jitterOf = ({ name, schedule, to }: Job, dueAt: Ms): Ms => {
  const onlyBots = to.length > 0 && to.every(({ idType }) => idType === 'webhook');
  const usual = onlyBots && dueAt % (30 * MINUTE) === 0 ? BOTS_APART : 0;
  const most = schedule?.jitter ?? usual;
  return most === 0 ? 0 : Number.parseInt(digest([name], 12), 16) % (most + 1);
};

/** A due time that does not happen: why, and in words. */
export interface Left {
  readonly at: Ms;
  readonly why: 'calendar' | 'paused' | 'quiet';
  readonly message: Text;
}

/** A due time that is to happen, and from when on. */
export interface Wanted {
  readonly at: Ms;
  readonly notBefore: Ms;
  /** the year whose notice its calendar has not got */
  readonly unknownYear: number | null;
}

/** Whether another one that is due after this moment, and by the end of the quiet time, goes out in its place. */
const isFollowed = ({ quiet }: Job, schedule: Schedule, after: Ms, end: Ms): boolean => {
  const dropping = quiet.filter(({ mode }) => mode === 'drop');
  for (let from = after; ; ) {
    const [next] = nextDue(schedule, from, 1);
    if (next === undefined || next > end) return false;
    const dropped = quietAt(dropping, next, schedule.timezone);
    if (dropped === null) return true;
    // all that is due until then is dropped as well
    from = dropped.until - 1;
  }
};

/** Sorts due times into those that happen, now or at the end of a quiet time, and those that are left out. */
export const sortedDues = (job: Job, schedule: Schedule, pause: Pause | null, all: readonly Due[]) => {
  const wanted: Wanted[] = [];
  const left: Left[] = [];
  for (const due of all) {
    const { at, skipped, unknownYear } = due;
    const quiet = quietAt(job.quiet, at, schedule.timezone);
    const calendar = schedule.days?.calendar.name ?? '';
    if (skipped !== null) left.push({ at, why: 'calendar', message: notOnThisDay(calendar, skipped) });
    else if (isPausedAt(pause, at)) left.push({ at, why: 'paused', message: pausedFor(pause?.reason ?? null) });
    else if (quiet === null) wanted.push({ at, notBefore: at + jitterOf(job, at), unknownYear });
    else if (quiet.mode === 'drop') left.push({ at, why: 'quiet', message: QUIET.dropped });
    // of all that is due in one quiet time the last goes out, when it is over
    else if (isFollowed(job, schedule, at, quiet.until)) left.push({ at, why: 'quiet', message: QUIET.later });
    else wanted.push({ at, notBefore: quiet.until + jitterOf(job, at), unknownYear });
  }
  return { wanted, left };
};

/** What is made up for within a quiet time counts as due in it: the last of it goes out at its end, or none does. */
export const caughtUpAt = (now: Ms, job: Job, schedule: Schedule, dues: readonly Ms[]) => {
  const quiet = quietAt(job.quiet, now, schedule.timezone);
  const last = dues.at(-1);
  if (quiet === null || last === undefined) return { dues, notBefore: null, left: [] };
  const followed = quiet.mode === 'defer' && isFollowed(job, schedule, last, quiet.until);
  const going = quiet.mode === 'drop' || followed ? [] : dues.slice(-1);
  const message = quiet.mode === 'drop' ? QUIET.dropped : QUIET.later;
  const left = dues.slice(0, dues.length - going.length).map((at): Left => ({ at, why: 'quiet', message }));
  return { dues: going, notBefore: quiet.until, left };
};
