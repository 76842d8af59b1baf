import { dayIn, onDay } from '../base/zone.ts';
import { addDays, yearOf } from '../model/calendar.ts';
import { type Problem, problem } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import type { Schedule } from '../model/schedule.ts';
import { DAY, type Ms } from '../model/time.ts';
import { nextDue } from '../schedule/dues.ts';
import { scheduleWords } from '../schedule/words.ts';

/** How long before a year without a notice it is said: the State Council's come in autumn, some weeks before it. */
const AHEAD_DAYS = 60;

/** The first coming day of which the calendar knows nothing, if it comes within the time that is looked ahead. */
const firstUnknown = ({ days, timezone }: Schedule, now: Ms): string | null => {
  if (days === null) return null;
  const today = dayIn(now, timezone);
  const all = Array.from({ length: AHEAD_DAYS + 1 }, (_, n) => addDays(today, n));
  return all.find((day) => days.calendar.on(day).is === 'unknown') ?? null;
};

/** What is to be said of a schedule today: that it has ended, or soon needs a year that its calendar has not got. */
export const checkSchedule = ({ name, schedule }: Job, now: Ms): Problem[] => {
  if (schedule === null) return [];
  const { at, timezone, days } = schedule;
  const warning = { at, path: 'schedule', severity: 'warning' } as const;
  if (nextDue(schedule, now, 1).length === 0) return [problem(scheduleWords, 'never-due', { job: name }, warning)];
  const day = firstUnknown(schedule, now);
  if (day === null || days === null) return [];
  const [due] = nextDue(schedule, onDay(day, timezone) - 1, 1);
  if (due === undefined || due > now + AHEAD_DAYS * DAY) return [];
  const p = { job: name, calendar: days.calendar.name, year: yearOf(day), from: day };
  return [problem(scheduleWords, 'no-notice-yet', p, warning)];
};
