import { setImmediate as otherWork } from 'node:timers/promises';
import { wallClock } from '../../base/zone.ts';
import { chineseYears } from '../../config/calendar-files.ts';
import { calendarWords } from '../../config/calendar-words.ts';
import type { Project } from '../../config/load.ts';
import { addDays, type Day, weekdayOf } from '../../model/calendar.ts';
import { failure } from '../../model/errors.ts';
import type { Job } from '../../model/job.ts';
import { nearest } from '../../model/nearest.ts';
import { own } from '../../model/own.ts';
import { say } from '../../model/text.ts';
import { isAsEveryWeek } from '../../schedule/chinese-year.ts';
import { daysOfYear } from '../../schedule/days-of-year.ts';
import { dueBetween } from '../../schedule/dues.ts';
import { atMost } from '../at-most.ts';
import type { Handler } from '../bind.ts';
import { dayAt, startOfDay } from '../day.ts';
import type { reads } from '../routes/reads.ts';

/** A job that is due more often in a day is shown as "often". */
const OFTEN = 5;

/** How often a job is due on each day of a year: a number up to OFTEN, null for more. */
const duesByDay = async (job: Job, year: number): Promise<ReadonlyMap<Day, number | null>> => {
  const found = new Map<Day, number | null>();
  const { schedule } = job;
  if (schedule === null) return found;
  const zone = schedule.timezone;
  const end = startOfDay(`${year + 1}-01-01`, zone);
  let from = startOfDay(`${year}-01-01`, zone) - 1;
  while (from < end) {
    const [next] = dueBetween(schedule, from, end - 1, 1);
    if (next === undefined) break;
    const day = dayAt(next, zone);
    const midnight = startOfDay(addDays(day, 1), zone);
    const more = dueBetween(schedule, next, midnight - 1, OFTEN);
    found.set(day, more.length >= OFTEN ? null : more.length + 1);
    from = midnight - 1;
    await otherWork(); // messages go out meanwhile
  }
  return found;
};

type Year = Promise<ReadonlyMap<Day, { job: string; count: number | null }[]>>;

/** Years that are kept: as many as somebody leafs through. */
const MOST_YEARS = 5;
/** Each looks at a year of every job. */
const few = atMost(2);

/** Worked out once for as long as the settings are the same. */
const known = new WeakMap<Project, Map<number, Year>>();

const yearOf = (project: Project, year: number): Year => {
  const years = known.get(project) ?? new Map<number, Year>();
  known.set(project, years);
  const before = years.get(year);
  if (before !== undefined) return before;
  const made = few(async () => {
    const days = new Map<Day, { job: string; count: number | null }[]>();
    for (const job of project.jobs)
      for (const [day, count] of await duesByDay(job, year))
        days.set(day, [...(days.get(day) ?? []), { job: job.name, count }]);
    return days;
  });
  const [oldest] = years.keys();
  if (years.size >= MOST_YEARS && oldest !== undefined) years.delete(oldest);
  years.set(year, made);
  // what could not be worked out is not remembered
  made.catch(() => years.delete(year));
  return made;
};

export const calendar: Handler<typeof reads.calendar> = async ({ query }, { app, clock, lang }) => {
  const { project } = app;
  const { settings } = project;
  const year = query.year ?? wallClock(clock.now(), settings.timezone).year;
  const calendars = Object.keys(settings.calendars);
  const name = query.calendar;
  const of = own(settings.calendars, name);
  if (of === undefined) {
    const words = { name, known: calendars, suggestion: nearest(name, calendars) };
    throw failure(calendarWords, 'unknown-calendar', words, { status: 2 });
  }
  const days = daysOfYear(of, year);
  const dues = await yearOf(project, year);
  const notice = chineseYears(settings.directory, []).find((each) => each.year === year) ?? null;
  return {
    calendar: name,
    calendars,
    year,
    days: days.filter(({ on }) => on.is === 'on').length,
    unknown: days.filter(({ on }) => on.is === 'unknown').length,
    source: notice?.source ?? null,
    list: days.map(({ date, on }) => ({
      date,
      on: on.is === 'unknown' ? null : on.is === 'on',
      why: on.is === 'unknown' || on.why === null ? null : say(on.why, lang),
      makeUp: on.is === 'on' && [0, 6].includes(weekdayOf(date)) && name === 'cn-workdays',
      holiday: on.is === 'off' && !isAsEveryWeek(on, date),
      dues: dues.get(date) ?? [],
    })),
  };
};
