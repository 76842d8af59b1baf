import { dayIn, onDay } from '../base/zone.ts';
import { addDays, type Calendar, yearOf } from '../model/calendar.ts';
import { type Problem, problem } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import { DAY, type Ms } from '../model/time.ts';
import { nextDue } from '../schedule/dues.ts';
import { isEndless, quietAt } from '../schedule/quiet.ts';
import { scheduleWords } from '../schedule/words.ts';

/** How long before a year without a notice it is said: the State Council's come in autumn, some weeks before it. */
const AHEAD_DAYS = 60;

/** The first coming day of which the calendar knows nothing, if it comes within the time that is looked ahead. */
const firstUnknown = (calendar: Calendar, timezone: string, now: Ms): string | null => {
  const today = dayIn(now, timezone);
  const all = Array.from({ length: AHEAD_DAYS + 1 }, (_, n) => addDays(today, n));
  return all.find((day) => calendar.on(day).is === 'unknown') ?? null;
};

/** What is to be said of a schedule today: that it has ended, or soon needs a year that its calendar has not got. */
export const checkSchedule = ({ name, schedule, quiet }: Job, now: Ms): Problem[] => {
  if (schedule === null) return [];
  const { at, timezone, days } = schedule;
  const warning = { at, path: 'schedule', severity: 'warning' } as const;
  const [next] = nextDue(schedule, now, 1);
  if (next === undefined) return [problem(scheduleWords, 'never-due', { job: name }, warning)];
  const silence = quietAt(quiet, next, timezone);
  const lacking = (calendar: Calendar) => {
    const day = firstUnknown(calendar, timezone, now);
    if (day === null) return null;
    const [due] = nextDue(schedule, onDay(day, timezone) - 1, 1);
    if (due === undefined || due > now + AHEAD_DAYS * DAY) return null;
    return { job: name, calendar: calendar.name, year: yearOf(day), from: day };
  };
  const own = days === null ? null : lacking(days.calendar);
  const quietDays = new Set(quiet.flatMap((each) => each.days ?? []));
  return [
    ...(silence !== null && isEndless(silence, next)
      ? [problem(scheduleWords, 'always-quiet', { job: name }, { ...warning, path: 'quiet' })]
      : []),
    ...(own === null ? [] : [problem(scheduleWords, 'no-notice-yet', own, warning)]),
    ...[...quietDays]
      .map(lacking)
      .filter((p) => p !== null)
      .map((p) => problem(scheduleWords, 'quiet-without-notice', p, { ...warning, path: 'quiet' })),
  ];
};
