import { addDays, type Calendar, daysBetween, readSpan } from '../model/calendar.ts';
import { type Place, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { own } from '../model/own.ts';
import { type ChineseYear, chineseCalendars } from '../schedule/chinese-year.ts';
import { ownCalendar } from '../schedule/own-calendar.ts';
import { calendarWords } from './calendar-words.ts';
import { object, optional } from './object.ts';
import { list, made, oneOf, oneOrMore, type Reading, record, type Shape, text } from './shape.ts';

export type Calendars = Readonly<Record<string, Calendar>>;

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Longer is no company's holiday, but a slip in a year. */
const MOST_DAYS = 366;

/** `2026-05-04`, `2026-05-04..2026-05-08`, or `05-04` of every year. */
export const days: Shape<readonly string[]> = made(text(), (written, node, reading, path) => {
  // a leap year, so that the 29th of February is a day
  if (/^\d\d-\d\d$/.test(written) && readSpan(`2024-${written}`) !== null) return [written];
  const span = readSpan(written);
  const all = span === null || span.to > addDays(span.from, MOST_DAYS) ? null : daysBetween(span.from, span.to);
  if (all !== null) return all;
  reading.problems.push(problem(calendarWords, 'bad-days', { value: written }, { at: node.at, path }));
  return null;
});

interface Written {
  readonly at: Place | null;
  readonly include: { readonly name: string; readonly at: Place | null } | null;
  readonly weekdays: readonly number[];
  readonly add: ReadonlySet<string>;
  readonly remove: ReadonlySet<string>;
}

const one: Shape<Written> = made(
  object({
    include: optional(
      made(text(), (name, node) => ({ name, at: node.at })),
      null,
    ),
    weekdays: optional(list(made(oneOf(...WEEKDAYS), (name) => WEEKDAYS.indexOf(name))), []),
    add: optional(oneOrMore(days), []),
    remove: optional(oneOrMore(days), []),
  }),
  ({ add, remove, ...rest }, node) => ({
    at: node.at,
    ...rest,
    add: new Set(add.flat()),
    remove: new Set(remove.flat()),
  }),
);

/** Calendars of the user's own, by name: `{ include, weekdays, add, remove }`. */
export const calendarsShape: Shape<Readonly<Record<string, Written>>> = record(one);

/** A calendar by its name; pushes a problem for one that nobody has. */
export const calendarNamed = (
  name: string,
  at: Place | null,
  calendars: Calendars,
  reading: Pick<Reading, 'problems'>,
): Calendar | null => {
  const found = own(calendars, name);
  if (found !== undefined) return found;
  const known = Object.keys(calendars);
  const suggestion = nearest(name, known);
  reading.problems.push(problem(calendarWords, 'unknown-calendar', { name, known, suggestion }, { at }));
  return null;
};

/** larkcron's own calendars and the user's, which may include each other. */
export const resolveCalendars = (
  written: Readonly<Record<string, Written>>,
  years: readonly ChineseYear[],
  reading: Pick<Reading, 'problems'>,
): Calendars => {
  const shipped = Object.fromEntries(chineseCalendars(years).map((calendar) => [calendar.name, calendar]));
  const made = new Map<string, Calendar>(Object.entries(shipped));
  const names = [...new Set([...made.keys(), ...Object.keys(written)])];
  const build = (name: string, at: Place | null, within: readonly string[]): Calendar | null => {
    const done = made.get(name);
    if (done !== undefined) return done;
    const wanted = own(written, name);
    if (wanted === undefined) {
      const suggestion = nearest(name, names);
      reading.problems.push(problem(calendarWords, 'unknown-calendar', { name, known: names, suggestion }, { at }));
      return null;
    }
    if (within.includes(name)) {
      reading.problems.push(problem(calendarWords, 'calendar-circle', { name }, { at }));
      return null;
    }
    const { include } = wanted;
    const base = include === null ? null : build(include.name, include.at, [...within, name]);
    if (include !== null && base === null) return null;
    const calendar = ownCalendar({ name, ...wanted, include: base });
    made.set(name, calendar);
    return calendar;
  };
  for (const [name, { at }] of Object.entries(written)) {
    if (own(shipped, name) === undefined) build(name, at, []);
    else reading.problems.push(problem(calendarWords, 'calendar-name-taken', { name }, { at }));
  }
  return Object.fromEntries(made);
};
