import { Cron } from 'croner';
import { type Problem, problem } from '../model/errors.ts';
import { type Text, verbatim } from '../model/text.ts';
import type { Ms } from '../model/time.ts';
import { cronFaults, scheduleWords } from './words.ts';

/** Parsed crons, kept: parsing costs twice as much as asking for the next time. */
const parsed = new Map<string, Cron>();

/** Zones without summer time: told as an offset, croner needs no Intl (12 ms at first use) and is five times faster. */
const STEADY: Readonly<Record<string, number>> = { 'Asia/Shanghai': 8 * 60, UTC: 0 };

const cronOf = (cron: string, timezone: string): Cron => {
  const key = `${timezone} ${cron}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const utcOffset = STEADY[timezone];
  const where = utcOffset === undefined ? { timezone } : { utcOffset };
  const made = new Cron(cron.trim(), { ...where, fixedTimeRule: 'no-wildcard', paused: true });
  parsed.set(key, made);
  return made;
};

const FIELDS = ['second', 'minute', 'hour', 'day', 'month', 'weekday'] as const;
/** A cron in which only the named field says something. */
const alone = (field: (typeof FIELDS)[number], written: string): string =>
  FIELDS.map((each) => (each === field ? written : each === 'second' ? '0' : '*')).join(' ');

/** Croner's words for why a pattern cannot be, or null. */
const fault = (pattern: string): string | null => {
  try {
    new Cron(pattern, { paused: true });
    return null;
  } catch (error) {
    return (error as Error).message.replace(/^CronPattern: /, '');
  }
};

/** Why a cron cannot be, or null: five fields, six with seconds, or `@daily` and its kind. */
const whyNot = (pattern: string): Text | null => {
  if (pattern.startsWith('@')) return fault(pattern) === null ? null : cronFaults.nickname();
  const fields = pattern === '' ? [] : pattern.split(/\s+/);
  if (fields.length !== 5 && fields.length !== 6) return cronFaults.fieldCount(fields.length);
  const why = fault(pattern);
  if (why === null) return cronOf(pattern, 'UTC').nextRun() === null ? cronFaults.never() : null;
  const names = FIELDS.slice(-fields.length);
  const wrong = names.findIndex((name, i) => fault(alone(name, fields[i] as string)) !== null);
  return wrong < 0 ? verbatim(why) : cronFaults.field(names[wrong] as string, fields[wrong] as string);
};

/** What is wrong with a cron, and in which field; null for a sound one. */
export const checkCron = (cron: string): Problem | null => {
  const why = whyNot(cron.trim());
  return why === null ? null : problem(scheduleWords, 'bad-cron', { cron, why });
};

/**
 * The first due time of a cron after a moment; null when there is none any more. When summer time begins, a time inside
 * the gap comes at its end; when it ends, a time that happens twice comes once; patterns with `*` or a step in the time
 * of day follow the clock instead.
 */
export const nextOfCron = (cron: string, timezone: string, after: Ms): Ms | null =>
  cronOf(cron, timezone).nextRun(new Date(after))?.getTime() ?? null;
