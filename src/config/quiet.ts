import { problem } from '../model/errors.ts';
import type { QuietHours } from '../model/schedule.ts';
import { calendarWords } from './calendar-words.ts';
import { type Calendars, calendarNamed, days as someDays } from './calendars.ts';
import type { Node } from './node.ts';
import { object, optional } from './object.ts';
import { byKind, list, made, oneOf, oneOrMore, type Reading, type Shape, text } from './shape.ts';

const minutesOf = (clock: string): number | null => {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(clock.trim()) ?? [];
  const at = Number(hour) * 60 + Number(minute);
  return hour !== undefined && Number(minute) < 60 && at <= 24 * 60 ? at : null;
};

/** `22:00-08:00`. */
const hoursOf = (written: string): QuietHours['hours'] => {
  const [from = null, to = null, ...more] = written.split('-').map(minutesOf);
  return from === null || to === null || more.length > 0 || from === to || from === 24 * 60 ? null : { from, to };
};

const refuse = (written: string, node: Node, reading: Reading, path: string): null => {
  reading.problems.push(problem(calendarWords, 'bad-hours', { value: written }, { at: node.at, path }));
  return null;
};

const hours: Shape<NonNullable<QuietHours['hours']>> = made(
  text(),
  (written, node, reading, path) => hoursOf(written) ?? refuse(written, node, reading, path),
);

const one = (calendars: Calendars): Shape<QuietHours> =>
  byKind<QuietHours>(
    {
      scalar: made(hours, (read) => ({ hours: read, days: null, dates: null, mode: 'defer' })),
      map: made(
        object({
          hours: optional(hours, null),
          days: optional(
            made(text(), (name, node, reading) => calendarNamed(name, node.at, calendars, reading)),
            null,
          ),
          dates: optional(oneOrMore(someDays), null),
          mode: optional(oneOf('defer', 'drop'), 'defer' as const),
        }),
        ({ dates, ...rest }, node, reading, path) => {
          if (rest.hours === null && rest.days === null && dates === null) return refuse('{}', node, reading, path);
          return { ...rest, dates: dates === null ? null : new Set(dates.flat()) };
        },
      ),
    },
    { zh: '22:00-08:00,或 { hours, days, dates, mode }', en: '22:00-08:00, or { hours, days, dates, mode }' },
  );

/** `none`, `22:00-08:00`, `{ hours, days, dates, mode }`, or a list of them. */
export const quietHours = (calendars: Calendars): Shape<readonly QuietHours[]> => {
  const each = one(calendars);
  return {
    read: (node, reading, path) => {
      if (node.kind === 'list') return list(each).read(node, reading, path);
      if (node.kind === 'scalar' && node.text === 'none') return [];
      const read = each.read(node, reading, path);
      return read === null ? null : [read];
    },
    schema: { anyOf: [{ const: 'none' }, each.schema, { type: 'array', items: each.schema }] },
  };
};
