import { instantOf, wallClock } from '../base/zone.ts';
import { type Day, dayOf } from '../model/calendar.ts';
import type { Ms } from '../model/time.ts';

/** The first moment of a day on the wall clock of a zone. */
export const startOfDay = (day: Day, zone: string): Ms => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return instantOf({ year, month, day: date, hour: 0, minute: 0, second: 0 }, zone);
};

export const dayAt = (at: Ms, zone: string): Day => dayOf(wallClock(at, zone));
