import { dayOf, isDay } from '../model/calendar.ts';
import type { Ms } from '../model/time.ts';
import { instantOf, wallClock } from './zone.ts';

const WALL =
  /^(?:(\d{4}-\d{2}-\d{2})(?:[T ](?=\d)|$))?(?:(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/** Minutes east of Greenwich: `Z`, `+08:00`, `+0800`; null when no place on Earth is so far away. */
const offsetOf = (written: string): number | null => {
  if (/^z$/i.test(written)) return 0;
  const [hours, minutes] = [Number(written.slice(1, 3)), Number(written.slice(-2))];
  if (hours > 14 || minutes > 59) return null;
  return (written.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
};

/**
 * ISO 8601 as a moment; without an offset it is the wall clock of `zone`, `18:00` alone is today's there. Null for
 * anything else, days and times of day that there are not (2026-02-30, 25:00) among it; 24:00 is the next midnight.
 */
export const readMoment = (text: string, { zone, now }: { zone: string; now: Ms }): Ms | null => {
  const value = text.trim();
  const read = value === '' ? null : WALL.exec(value);
  if (read === null) return null;
  const [, date, h = '0', m = '0', s = '0', written] = read;
  if (date === undefined && read[2] === undefined) return null;
  const [hour, minute, second] = [Number(h), Number(m), Number(s)];
  if (minute > 59 || second > 59 || hour * 3600 + minute * 60 + second > 24 * 3600) return null;
  const on = date ?? dayOf(wallClock(now, zone));
  if (!isDay(on)) return null;
  const [year = 0, month = 0, day = 0] = on.split('-').map(Number);
  if (written === undefined) return instantOf({ year, month, day, hour, minute, second }, zone) + fraction(value);
  // with an offset it is exact, and so has its day
  const offset = date === undefined || read[2] === undefined ? null : offsetOf(written);
  return offset === null ? null : Date.UTC(year, month - 1, day, hour, minute - offset, second) + fraction(value);
};

/** Milliseconds behind the second: results say times with them. */
const fraction = (value: string): Ms => Math.floor(Number(/\.\d+/.exec(value)?.[0] ?? 0) * 1_000);
