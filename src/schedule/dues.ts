import { dayIn, onDay, wallClock } from '../base/zone.ts';
import { addDays, type Calendar, type Day, type Shift } from '../model/calendar.ts';
import type { Times } from '../model/schedule.ts';
import type { Text } from '../model/text.ts';
import { DAY, MINUTE, type Ms, SECOND } from '../model/time.ts';
import { nextOfCron } from './cron.ts';

/** A due time, and what the calendar says of its day. */
export interface Due {
  readonly at: Ms;
  /** why the calendar leaves it out */
  readonly skipped: Text | null;
  /** the year whose notice the calendar has not got */
  readonly unknownYear: number | null;
}

/** A day on which no calendar of anybody's has run for more than a year never comes. */
const FARTHEST = 400;
/** …but for times that are rare themselves: a 1 January is a Saturday only every eleven years. */
const FEWEST = 60;

/** The first time after a moment that crons, interval or moments name, whatever its day. */
const nominalAfter = ({ crons, interval, moments, timezone }: Times, after: Ms): Ms | null => {
  const ofCrons = crons.map((cron) => nextOfCron(cron, timezone, after));
  const ofInterval =
    interval === null
      ? []
      : [interval.anchor + (Math.floor((after - interval.anchor) / interval.every) + 1) * interval.every];
  const ofMoments = moments.filter((at) => at > after);
  const all = [...ofCrons, ...ofInterval, ...ofMoments].filter((at) => at !== null);
  return all.length === 0 ? null : all.reduce((least, at) => Math.min(least, at));
};

/** The day on which what is due on this one happens; one whose year is unknown stays; null where none is near. */
const shifted = (day: Day, calendar: Calendar, shift: Exclude<Shift, 'skip'>): Day | null => {
  const step = shift === 'next' ? 1 : -1;
  for (let n = 0; n <= FARTHEST; n++) {
    const on = addDays(day, n * step);
    if (calendar.on(on).is !== 'off') return on;
  }
  return null;
};

const unknownYear = (calendar: Calendar, day: Day): number | null => {
  const on = calendar.on(day);
  return on.is === 'unknown' ? on.year : null;
};

/** Times of all days between `from` and `until`; where a calendar skips days, the skipped ones too unless `jump`. */
function* unshifted(times: Times, after: Ms, jump: boolean): Generator<Due> {
  const { timezone, days, until } = times;
  let at: Ms = after;
  let lastOn: Ms = after;
  let off = 0;
  for (;;) {
    const next = nominalAfter(times, at);
    if (next === null) return;
    at = next;
    if (days === null && until === null) {
      yield { at, skipped: null, unknownYear: null };
      continue;
    }
    const day = dayIn(at, timezone);
    if (until !== null && day > until) return;
    const on = days?.calendar.on(day);
    if (on?.is === 'off') {
      off += 1;
      if (at - lastOn > FARTHEST * DAY && off > FEWEST) return;
      if (jump) at = onDay(addDays(day, 1), timezone) - 1;
      else yield { at, skipped: on.why, unknownYear: null };
    } else {
      lastOn = at;
      off = 0;
      yield { at, skipped: null, unknownYear: on?.is === 'unknown' ? on.year : null };
    }
  }
}

/** Times that a calendar moves: all those that land on one day are sorted anew, and two at one instant are one. */
function* moved(times: Times, after: Ms, calendar: Calendar, shift: Exclude<Shift, 'skip'>): Generator<Due> {
  const { timezone, until } = times;
  const first = dayIn(after, timezone);
  let known: { readonly day: Day; readonly on: Day | null } | null = null;
  const landsOn = (day: Day): Day | null => {
    if (known?.day !== day) known = { day, on: shifted(day, calendar, shift) };
    return known.on;
  };
  // what lands on this day or later begins, for `next`, after the last of the calendar's days before it
  const before = shift === 'next' ? shifted(addDays(first, -1), calendar, 'previous') : null;
  const begin = shift === 'next' ? addDays(before ?? addDays(first, -FARTHEST), 1) : first;
  let at: Ms | null = nominalAfter(times, onDay(begin, timezone) - 1);
  while (at !== null) {
    const target: Day | null = landsOn(dayIn(at, timezone));
    if (target === null || (until !== null && target > until)) return;
    if (target < first && shift === 'previous') {
      // all of it landed in the past: on to what lands on the calendar's next day
      const next = shifted(addDays(target, 1), calendar, 'next');
      at = next === null ? null : nominalAfter(times, onDay(next, timezone) - 1);
      continue;
    }
    const landed = new Set<Ms>();
    for (; at !== null && landsOn(dayIn(at, timezone)) === target; at = nominalAfter(times, at))
      landed.add(dayIn(at, timezone) === target ? at : onDay(target, timezone, wallClock(at, timezone)));
    for (const due of [...landed].sort((a, b) => a - b))
      if (due > after) yield { at: due, skipped: null, unknownYear: unknownYear(calendar, target) };
  }
}

const duesAfter = (times: Times, after: Ms, jump: boolean): Generator<Due> => {
  const { timezone, from, days } = times;
  const since = from === null ? after : Math.max(after, onDay(from, timezone) - 1);
  return days === null || days.shift === 'skip'
    ? unshifted(times, since, jump)
    : moved(times, since, days.calendar, days.shift);
};

const collected = (dues: Generator<Due>, upTo: Ms, limit: number): Due[] => {
  const found: Due[] = [];
  if (limit > 0)
    for (const due of dues) {
      if (due.at > upTo) break;
      found.push(due);
      if (found.length === limit) break;
    }
  return found;
};

/** Due times in (from, upTo], ascending, at most `limit`, those included that the calendar leaves out. */
export const decidedBetween = (times: Times, from: Ms, upTo: Ms, limit: number): Due[] =>
  collected(duesAfter(times, from, false), upTo, limit);

/** Due times in (from, upTo], ascending, at most `limit`; two that meet at one instant are one. */
export const dueBetween = (times: Times, from: Ms, upTo: Ms, limit: number): Ms[] =>
  collected(duesAfter(times, from, true), upTo, limit).map(({ at }) => at);

export const nextDue = (times: Times, from: Ms, n: number): Ms[] =>
  dueBetween(times, from, Number.POSITIVE_INFINITY, n);

const LONGEST_LOOK_BACK: Ms = 9 * 366 * DAY; // 29 February skips 2100

/**
 * The latest due time at or before a moment, or null when there was none in nine years. Looked for forwards, which is
 * exact for every pattern: in windows that grow until one holds a due time, then by halves of that window.
 */
export const previousDue = (times: Times, at: Ms): Ms | null => {
  const firstAfter = (from: Ms, upTo: Ms): Ms | null => dueBetween(times, from, upTo, 1)[0] ?? null;
  let last: Ms | null = null;
  for (let window = MINUTE; last === null && window <= LONGEST_LOOK_BACK * 8; window *= 8)
    last = firstAfter(at - Math.min(window, LONGEST_LOOK_BACK), at);
  for (let end = at; last !== null && end - last >= SECOND; ) {
    const middle: Ms = last + Math.floor((end - last) / 2);
    const later = firstAfter(middle, end);
    if (later === null) end = middle;
    else last = later;
  }
  return last;
};
