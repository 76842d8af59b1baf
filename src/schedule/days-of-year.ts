import { type Calendar, daysBetween } from '../model/calendar.ts';

/** A year as a calendar has it: each day, and why it is so. */
export const daysOfYear = (calendar: Calendar, year: number) =>
  daysBetween(`${year}-01-01`, `${year}-12-31`).map((date) => ({ date, on: calendar.on(date) }));
