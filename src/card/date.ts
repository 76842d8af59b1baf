import { momentOf, offsetText, type WallClock, wallClock, type Zone } from '../base/wall-clock.ts';
import type { Lang } from '../model/text.ts';
import type { Ms } from '../model/time.ts';

/** A moment among the values a template sees: prints as ISO 8601 in the job's zone, and `date` takes it. */
export interface TimeValue {
  readonly ms: Ms;
  readonly toString: () => string;
  readonly toJSON: () => string;
}

export const isTimeValue = (value: unknown): value is TimeValue =>
  typeof value === 'object' && value !== null && 'ms' in value && 'toJSON' in value && typeof value.ms === 'number';

const SPELLING =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[-+]\d{2}(?::?\d{2})?)?$/;
/** Numbers below this are seconds since 1970, others milliseconds: as milliseconds it would be March 1973. */
const SECONDS_BELOW = 100_000_000_000;

const offsetMinutes = (text: string): number => {
  const [, sign, hours, minutes] = /^([-+])(\d{2}):?(\d{2})?$/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
};

/**
 * Reads a moment: a time value, seconds or milliseconds since 1970, or `2026-01-05[ 18:00[:00]][Z|+08:00]`; without an
 * offset it is what the wall clock of `zone` showed. Null for all else.
 */
export const timeOf = (value: unknown, zone: Zone): Ms | null => {
  if (isTimeValue(value)) return value.ms;
  if (typeof value === 'number' || typeof value === 'bigint') {
    const number = Number(value);
    const ms = Math.abs(number) < SECONDS_BELOW ? number * 1000 : number;
    return Math.abs(ms) <= 8.64e15 ? Math.floor(ms) : null;
  }
  const match = typeof value === 'string' ? SPELLING.exec(value.trim()) : null;
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as number[];
  const fraction = Number(`0.${match[7] ?? '0'}`) * 1000;
  const wall = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!, fraction);
  const read = new Date(wall);
  // 2026-02-30 is no day: Date would make it the 2nd of March
  if (read.getUTCDate() !== day || read.getUTCMonth() !== month! - 1 || read.getUTCHours() !== hour) return null;
  const offset = match[8];
  if (offset === undefined) return momentOf(wall, zone);
  return offset === 'Z' ? wall : wall - offsetMinutes(offset) * 60_000;
};

/** A day without a time of day: such a value is printed without one. */
export const isBareDay = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}[-/]\d{1,2}[-/]\d{1,2}$/.test(value.trim());

const DAYS = {
  zh: ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const dayName = (weekday: number, lang: Lang): string => DAYS[lang][weekday] ?? '';
const shortDay = (weekday: number, lang: Lang): string =>
  lang === 'zh' ? dayName(weekday, lang).replace('星期', '周') : dayName(weekday, lang).slice(0, 3);
const monthName = (month: number, lang: Lang): string => (lang === 'zh' ? `${month}月` : (MONTHS[month - 1] ?? ''));

const dayOfYear = (at: WallClock): number =>
  Math.floor((Date.UTC(at.year, at.month - 1, at.day) - Date.UTC(at.year, 0, 1)) / 86_400_000) + 1;

/** Year and number of the week by ISO 8601: weeks begin on Monday, the first one has the year's first Thursday. */
const isoWeek = (at: WallClock): { year: number; week: number } => {
  const thursday = new Date(Date.UTC(at.year, at.month - 1, at.day + 4 - (at.weekday || 7)));
  const year = thursday.getUTCFullYear();
  return { year, week: Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / 604_800_000) + 1 };
};

type Part = (at: WallClock, ms: Ms, lang: Lang, zone: Zone) => string | number;
const PARTS: Readonly<Record<string, readonly [part: Part, width: number, pad: string]>> = {
  Y: [(at) => at.year, 4, '0'],
  y: [(at) => at.year % 100, 2, '0'],
  m: [(at) => at.month, 2, '0'],
  d: [(at) => at.day, 2, '0'],
  e: [(at) => at.day, 2, ' '],
  H: [(at) => at.hour, 2, '0'],
  k: [(at) => at.hour, 2, ' '],
  I: [(at) => at.hour % 12 || 12, 2, '0'],
  l: [(at) => at.hour % 12 || 12, 2, ' '],
  M: [(at) => at.minute, 2, '0'],
  S: [(at) => at.second, 2, '0'],
  L: [(_at, ms) => ((ms % 1000) + 1000) % 1000, 3, '0'],
  j: [dayOfYear, 3, '0'],
  V: [(at) => isoWeek(at).week, 2, '0'],
  G: [(at) => isoWeek(at).year, 4, '0'],
  u: [(at) => at.weekday || 7, 0, ''],
  w: [(at) => at.weekday, 0, ''],
  p: [(at, _ms, lang) => (at.hour < 12 ? { zh: '上午', en: 'AM' } : { zh: '下午', en: 'PM' })[lang], 0, ''],
  A: [(at, _ms, lang) => dayName(at.weekday, lang), 0, ''],
  a: [(at, _ms, lang) => shortDay(at.weekday, lang), 0, ''],
  B: [(at, _ms, lang) => monthName(at.month, lang), 0, ''],
  b: [(at, _ms, lang) => (lang === 'zh' ? monthName(at.month, lang) : monthName(at.month, lang).slice(0, 3)), 0, ''],
  s: [(_at, ms) => Math.floor(ms / 1000), 0, ''],
  z: [(at) => offsetText(at.offset, ''), 0, ''],
  Z: [(_at, _ms, _lang, zone) => zone.name, 0, ''],
};
const WHOLE: Readonly<Record<string, string>> = { F: '%Y-%m-%d', T: '%H:%M:%S', R: '%H:%M', D: '%m/%d/%y' };

/** The letters of a pattern that mean nothing; empty when all is well. */
export const unknownParts = (pattern: string): readonly string[] =>
  [...pattern.matchAll(/%-?(.)/gs)]
    .map((match) => match[1] as string)
    .filter((letter) => letter !== '%' && !(letter in PARTS) && !(letter in WHOLE));

/** `%Y-%m-%d %H:%M` and its like, on the wall clock of `zone`; `%-d` leaves the padding out. Unknown letters stay. */
export const formatDate = (ms: Ms, pattern: string, { zone, lang }: { zone: Zone; lang: Lang }): string => {
  const at = wallClock(ms, zone);
  return pattern
    .replace(/%([FTRD])/g, (_, letter: string) => WHOLE[letter] as string)
    .replace(/%(-?)(.)/gs, (whole, bare: string, letter: string) => {
      if (letter === '%') return '%';
      const known = PARTS[letter];
      if (known === undefined) return whole;
      const [part, width, pad] = known;
      const text = String(part(at, ms, lang, zone));
      return bare === '' ? text.padStart(width, pad) : text;
    });
};
