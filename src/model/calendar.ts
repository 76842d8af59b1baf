import type { Text } from './text.ts';

/** A day of the Gregorian calendar: `2026-01-04`. */
export type Day = string;

/** What a calendar says of a day. `why`: the holiday, or the make-up day, that makes it so; null for an ordinary one. */
export type OnDay =
  | { readonly is: 'on'; readonly why: Text | null }
  | { readonly is: 'off'; readonly why: Text }
  /** the notice of its year is not in */
  | { readonly is: 'unknown'; readonly year: number };

/** The days on which a job runs. */
export interface Calendar {
  readonly name: string;
  on(day: Day): OnDay;
}

/** What becomes of a due time on a day that is none of the calendar's. */
export const SHIFTS = ['skip', 'next', 'previous'] as const;
export type Shift = (typeof SHIFTS)[number];

const DAY_MS = 86_400_000;
const two = (n: number): string => String(n).padStart(2, '0');

export const dayOf = ({ year, month, day }: { year: number; month: number; day: number }): Day =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;

const utc = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

/** Whether such a day exists: `2026-02-30` does not. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(utc(text)) && new Date(utc(text)).toISOString().slice(0, 10) === text;

export const addDays = (day: Day, n: number): Day => new Date(utc(day) + n * DAY_MS).toISOString().slice(0, 10);

/** 0 is Sunday. */
export const weekdayOf = (day: Day): number => new Date(utc(day)).getUTCDay();

export const yearOf = (day: Day): number => Number(day.slice(0, 4));

/** The days from the first to the last, both included. */
export const daysBetween = (from: Day, to: Day): Day[] =>
  Array.from({ length: Math.max(0, Math.round((utc(to) - utc(from)) / DAY_MS) + 1) }, (_, i) => addDays(from, i));

/** `2026-05-01..2026-05-05`, or one day alone; null when it is neither, or ends before it begins. */
export const readSpan = (text: string): { readonly from: Day; readonly to: Day } | null => {
  const [from = '', to = from, ...more] = text.split('..').map((each) => each.trim());
  return more.length === 0 && isDay(from) && isDay(to) && from <= to ? { from, to } : null;
};
