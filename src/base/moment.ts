import type { Ms } from '../model/time.ts';
import { instantOf, wallClock } from './zone.ts';

const WALL = /^(?:(\d{4})-(\d{2})-(\d{2})(?:[T ](?=\d))?)?(?:(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/**
 * ISO 8601 as a moment; without an offset it is the wall clock of `zone`, `18:00` alone is today's there. Null for
 * anything else.
 */
export const readMoment = (text: string, { zone, now }: { zone: string; now: Ms }): Ms | null => {
  const value = text.trim();
  const wall = value === '' ? null : WALL.exec(value);
  if (wall !== null) {
    const today = wallClock(now, zone);
    const [year, month, day] =
      wall[1] === undefined
        ? [today.year, today.month, today.day]
        : [Number(wall[1]), Number(wall[2]), Number(wall[3])];
    return instantOf(
      { year, month, day, hour: Number(wall[4] ?? 0), minute: Number(wall[5] ?? 0), second: Number(wall[6] ?? 0) },
      zone,
    );
  }
  const instant = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(instant) ? null : instant;
};
