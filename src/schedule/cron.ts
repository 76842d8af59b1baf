import { Cron } from 'croner';
import { type Problem, problem } from '../model/errors.ts';
import type { Schedule } from '../model/schedule.ts';
import { type Ms, SECOND } from '../model/time.ts';
import { scheduleWords } from './words.ts';

/** Parsed crons, kept: parsing costs twice as much as asking for the next time. */
const parsed = new Map<string, Cron>();

const cronOf = (cron: string, timezone: string): Cron => {
  const key = `${timezone} ${cron}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const made = new Cron(cron, { timezone, mode: 'auto', paused: true });
  parsed.set(key, made);
  return made;
};

const FIELDS = /^(@\w+|\S+(?:\s+\S+){4,5})$/;

/** What is wrong with a cron, or null: five fields, six with seconds, or `@daily` and its kind. */
export const checkCron = (cron: string): Problem | null => {
  const refuse = (why: string): Problem => problem(scheduleWords, 'bad-cron', { cron, why });
  if (!FIELDS.test(cron.trim())) return refuse(`${cron.trim().split(/\s+/).length} fields`);
  try {
    const one = new Cron(cron.trim(), { mode: 'auto', paused: true });
    return one.nextRun() === null ? refuse('it never comes') : null;
  } catch (error) {
    return refuse((error as Error).message.replace(/^CronPattern: /, ''));
  }
};

/** The first due time of one cron after a moment. */
const after = (cron: string, timezone: string, at: Ms): Ms | null =>
  cronOf(cron, timezone).nextRun(new Date(at))?.getTime() ?? null;

/**
 * Due times in (after, upTo], ascending, at most `limit`, over all crons of the schedule; two crons that meet at one
 * instant are one due time. Croner's rule for summer time holds: a time inside a gap comes at its end, one that
 * happens twice comes once, hourly and finer patterns follow the clock.
 */
export const dueBetween = (schedule: Pick<Schedule, 'crons' | 'timezone'>, from: Ms, upTo: Ms, limit: number): Ms[] => {
  const dues: Ms[] = [];
  for (let at = from; dues.length < limit; ) {
    const next = soonest(schedule, at);
    if (next === null || next > upTo) break;
    dues.push(next);
    at = next;
  }
  return dues;
};

const soonest = ({ crons, timezone }: Pick<Schedule, 'crons' | 'timezone'>, at: Ms): Ms | null =>
  crons.reduce<Ms | null>((least, cron) => {
    const next = after(cron, timezone, at);
    return next === null ? least : least === null ? next : Math.min(least, next);
  }, null);

export const nextDue = (schedule: Pick<Schedule, 'crons' | 'timezone'>, from: Ms, n: number): Ms[] =>
  dueBetween(schedule, from, Number.POSITIVE_INFINITY, n);

/** The latest due time at or before a moment, or null when there was none in the five years before it. */
export const previousDue = (schedule: Pick<Schedule, 'crons' | 'timezone'>, at: Ms): Ms | null => {
  // Looked for forwards, in windows that grow: exact for every pattern, where stepping backwards is not.
  for (let window = 60 * SECOND; window < 5 * 366 * 86_400 * SECOND; window *= 8) {
    let last: Ms | null = null;
    for (let from = at - window; ; ) {
      const [due] = dueBetween(schedule, from, at, 1);
      if (due === undefined) break;
      last = due;
      from = due;
    }
    if (last !== null) return last;
  }
  return null;
};
