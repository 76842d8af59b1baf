import type { Ms } from '../model/time.ts';

/** What a wall clock shows. `weekday` 0 is Sunday; `offset` is minutes east of Greenwich. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
  readonly offset: number;
}

/** A time zone to read a clock in. `process` is the process's own zone, where Date answers without Intl (20 ms). */
export interface Zone {
  readonly name: string;
  readonly process?: string | null;
}

const MINUTE = 60_000;
// All of China has kept UTC+8 without summer time since September 1991.
const CHINA = new Set(['Asia/Shanghai', 'Asia/Chongqing', 'PRC', 'Asia/Hong_Kong', 'Asia/Macau', 'Asia/Taipei']);
const CHINA_SETTLED = Date.UTC(1992, 0, 1);

const formats = new Map<string, Intl.DateTimeFormat>();
const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
};

const offsetByIntl = (ms: Ms, zone: string): number => {
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  const year = part['era'] === 'BC' ? 1 - Number(part['year']) : Number(part['year']);
  const wall = new Date(0);
  wall.setUTCFullYear(year, Number(part['month']) - 1, Number(part['day']));
  wall.setUTCHours(Number(part['hour']), Number(part['minute']), Number(part['second']));
  return Math.round((wall.getTime() - Math.floor(ms / 1000) * 1000) / MINUTE);
};

const offsetOf = (ms: Ms, { name, process }: Zone): number => {
  if (name === 'UTC' || name === 'Etc/UTC') return 0;
  if (CHINA.has(name) && ms >= CHINA_SETTLED) return 8 * 60;
  return name === process ? -new Date(ms).getTimezoneOffset() : offsetByIntl(ms, name);
};

/** What the wall clock of a zone shows at a moment. Throws RangeError for a zone that does not exist. */
export const wallClock = (ms: Ms, zone: Zone): WallClock => {
  const offset = offsetOf(ms, zone);
  const at = new Date(ms + offset * MINUTE);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    weekday: at.getUTCDay(),
    offset,
  };
};

/** The moment a wall clock shows this; of an hour that happens twice the first, of a skipped one the time after the gap. */
export const momentOf = (utcLike: Ms, zone: Zone): Ms => {
  const early = utcLike - offsetOf(utcLike - 24 * 60 * MINUTE, zone) * MINUTE;
  if (early + offsetOf(early, zone) * MINUTE === utcLike) return early;
  const late = utcLike - offsetOf(early, zone) * MINUTE;
  return late + offsetOf(late, zone) * MINUTE === utcLike ? late : early;
};

const two = (n: number): string => String(n).padStart(2, '0');

/** `+08:00`, or with an empty separator `+0800`. */
export const offsetText = (offset: number, separator: string): string => {
  const size = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${separator}${two(size % 60)}`;
};

/** `2026-01-05T18:00:00+08:00` */
export const isoInZone = (ms: Ms, zone: Zone): string => {
  const at = wallClock(ms, zone);
  const day = `${String(at.year).padStart(4, '0')}-${two(at.month)}-${two(at.day)}`;
  return `${day}T${two(at.hour)}:${two(at.minute)}:${two(at.second)}${offsetText(at.offset, ':')}`;
};
