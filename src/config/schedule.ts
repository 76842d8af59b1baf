import { readMoment } from '../base/moment.ts';
import { type Day, isDay, SHIFTS } from '../model/calendar.ts';
import { problem } from '../model/errors.ts';
import { ANY_DAY, type CatchUp, type OnDays, type Schedule } from '../model/schedule.ts';
import { HOUR, SECOND } from '../model/time.ts';
import { checkCron } from '../schedule/cron.ts';
import { calendarWords } from './calendar-words.ts';
import { type Calendars, calendarNamed } from './calendars.ts';
import { entryOf, type Node } from './node.ts';
import { object, optional, required } from './object.ts';
import {
  byKind,
  duration,
  integer,
  made,
  oneOf,
  oneOrMore,
  type Reading,
  type Shape,
  sourceText,
  text,
} from './shape.ts';
import { timezone } from './timezone.ts';

const LAST_WITHIN_2H: CatchUp = { runs: 1, within: 2 * HOUR };
const USUAL = { ...ANY_DAY, catchUp: LAST_WITHIN_2H, overlap: 'skip', jitter: null } as const;

const catchUp: Shape<CatchUp> = byKind(
  {
    scalar: made(oneOf('none', 'last', 'all'), (word) =>
      word === 'none'
        ? { runs: 0, within: 0 }
        : { runs: word === 'all' ? Number.POSITIVE_INFINITY : 1, within: 2 * HOUR },
    ),
    map: object({ runs: optional(integer({ min: 0, max: 10_000 }), 1), within: optional(duration, 2 * HOUR) }),
  },
  { zh: 'none、last、all 或 { runs, within }', en: 'none, last, all or { runs, within }' },
);

const cron: Shape<string> = made(sourceText, (written, node, reading, path) => {
  const fault = checkCron(written);
  if (fault === null) return written;
  reading.problems.push({ ...fault, at: node.at, path });
  return null;
});

const crons = oneOrMore(cron);

const day: Shape<Day> = made(text(), (written, node, reading, path) => {
  if (isDay(written)) return written;
  reading.problems.push(problem(calendarWords, 'bad-day', { value: written }, { at: node.at, path }));
  return null;
});

/** A time as written, read when the zone is known. */
const moment = made(text(), (written, node) => ({ written, node }));

const momentIn = ({ written, node }: { written: string; node: Node }, zone: string, reading: Reading, path: string) => {
  // with its date: a time of day alone has no day here
  const at = /^\d{4}-/.test(written) ? readMoment(written, { zone, now: 0 }) : null;
  if (at === null)
    reading.problems.push(problem(calendarWords, 'bad-moment', { value: written }, { at: node.at, path }));
  return at;
};

const onDays = (calendars: Calendars): Shape<OnDays> =>
  byKind<OnDays>(
    {
      scalar: made(text(), (name, node, reading) => {
        const calendar = calendarNamed(name, node.at, calendars, reading);
        return calendar === null ? null : { calendar, shift: 'skip' };
      }),
      map: made(
        object({
          calendar: required(made(text(), (name, node, reading) => calendarNamed(name, node.at, calendars, reading))),
          shift: optional(oneOf(...SHIFTS), 'skip' as const),
        }),
        (read) => read,
      ),
    },
    { zh: '一个日历的名字,或 { calendar, shift }', en: 'the name of a calendar, or { calendar, shift }' },
  );

const KINDS = ['cron', 'every', 'at'] as const;

/** A cron, or `{ cron | every (+ anchor) | at, timezone, days, catchUp, overlap, jitter, from, until }`. */
export const schedule = (zone: string, calendars: Calendars): Shape<Schedule> =>
  byKind<Schedule>(
    {
      scalar: made(cron, (only, node) => ({
        ...USUAL,
        at: node.at,
        crons: [only],
        timezone: zone,
      })),
      list: made(crons, (all, node) => ({ ...USUAL, at: node.at, crons: all, timezone: zone })),
      map: made(
        object({
          cron: optional(crons, null),
          every: optional(duration, null),
          anchor: optional(moment, null),
          at: optional(oneOrMore(moment), null),
          timezone: optional(timezone, zone),
          days: optional(onDays(calendars), null),
          catchUp: optional(catchUp, LAST_WITHIN_2H),
          from: optional(day, null),
          until: optional(day, null),
          overlap: optional(oneOf('skip', 'queue'), 'skip' as const),
          jitter: optional(duration, null),
        }),
        ({ cron: all, every, anchor, at, ...rest }, node, reading, path) => {
          const before = reading.problems.length;
          const placeOf = (key: string) => (node.kind === 'map' ? (entryOf(node, key)?.at ?? node.at) : node.at);
          const refuse = (key: string, code: 'bad-interval' | 'anchor-without-every'): void => {
            reading.problems.push(
              problem(calendarWords, code, undefined, { at: placeOf(key), path: `${path}.${key}` }),
            );
          };
          const given = KINDS.filter((kind) => ({ cron: all, every, at })[kind] !== null);
          if (given.length !== 1)
            reading.problems.push(problem(calendarWords, 'one-kind-of-time', { keys: given }, { at: node.at, path }));
          if (every !== null && every < SECOND) refuse('every', 'bad-interval');
          if (anchor !== null && every === null) refuse('anchor', 'anchor-without-every');
          const { from, until, timezone: own } = rest;
          if (from !== null && until !== null && until < from)
            reading.problems.push(
              problem(calendarWords, 'ends-before-it-begins', { from, until }, { at: placeOf('until'), path }),
            );
          // local midnight, so that `every: 15m` is on the quarters of an hour
          const begin = anchor ?? { written: '2000-01-01', node };
          const anchored = every === null ? null : momentIn(begin, own, reading, `${path}.anchor`);
          const moments = (at ?? []).map((each) => momentIn(each, own, reading, `${path}.at`));
          if (reading.problems.length > before) return null;
          return {
            at: node.at,
            crons: all ?? [],
            interval: every === null || anchored === null ? null : { every, anchor: anchored },
            moments: moments.filter((each) => each !== null),
            ...rest,
          };
        },
      ),
    },
    {
      zh: '一个 cron,或 { cron | every | at, timezone, days, catchUp, overlap, jitter, from, until }',
      en: 'a cron, or { cron | every | at, timezone, days, catchUp, overlap, jitter, from, until }',
    },
  );
