import { type Day, dayOf } from '../model/calendar.ts';
import type { Ms } from '../model/time.ts';
import { momentOf, wallClock as readClock, type WallClock } from './wall-clock.ts';

/** What the wall clock of a zone shows; `process` is the process's own zone, where Date answers without Intl. */
export const wallClock = (ms: Ms, zone: string): WallClock => readClock(ms, { name: zone });

/** The moment at which the wall clock of a zone shows this. */
export const instantOf = (
  wall: Pick<WallClock, 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'>,
  zone: string,
): Ms => momentOf(Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second), { name: zone });

/** The day that the calendar on the wall of a zone shows. */
export const dayIn = (ms: Ms, zone: string): Day => dayOf(wallClock(ms, zone));

/** A time of a day on the wall clock of a zone, midnight unless told; inside a gap of summer time at its end. */
export const onDay = (
  day: Day,
  zone: string,
  { hour, minute, second }: Pick<WallClock, 'hour' | 'minute' | 'second'> = { hour: 0, minute: 0, second: 0 },
): Ms => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return instantOf({ year, month, day: date, hour, minute, second }, zone);
};

const two = (n: number): string => String(n).padStart(2, '0');

/** `2026-11-22 18:00:03` on the wall clock of a zone. */
export const wallClockText = (ms: Ms, zone: string): string => {
  const { year, month, day, hour, minute, second } = wallClock(ms, zone);
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
};

/** A name of the IANA database that this machine knows. */
export const isZone = (name: string): boolean => {
  if (name === 'Asia/Shanghai' || name === 'UTC') return true; // without the 20 ms that the first use of Intl costs
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
};
