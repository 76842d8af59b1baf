import { dayIn, onDay } from '../base/zone.ts';
import { addDays, type Day } from '../model/calendar.ts';
import type { QuietHours } from '../model/schedule.ts';
import { DAY, type Ms } from '../model/time.ts';

/** The quiet time that a moment is in: when it ends, and what becomes of what is due in it. */
export interface InQuiet {
  readonly until: Ms;
  readonly mode: QuietHours['mode'];
}

const at = (day: Day, minutes: number, zone: string): Ms =>
  onDay(day, zone, { hour: Math.floor(minutes / 60), minute: minutes % 60, second: 0 });

const startsOn = ({ days, dates }: QuietHours, day: Day): boolean =>
  (days === null || days.on(day).is === 'on') && (dates === null || dates.has(day) || dates.has(day.slice(5)));

/** The end of this window's quiet time that began on this day and holds the moment. */
const endOf = (quiet: QuietHours, day: Day, moment: Ms, zone: string): Ms | null => {
  if (!startsOn(quiet, day)) return null;
  const { from, to } = quiet.hours ?? { from: 0, to: 0 };
  const begin = at(day, from, zone);
  // hours that end at or before their beginning end on the next day
  const end = at(to <= from ? addDays(day, 1) : day, to, zone);
  return moment >= begin && moment < end ? end : null;
};

/** Quiet hours without an end would be a job that never sends: after so long it does. */
const LONGEST: Ms = 31 * DAY;

/** Whether a quiet time has no end in sight: a time that is due daily would give way to the next one for ever. */
export const isEndless = (quiet: InQuiet, moment: Ms): boolean => quiet.until - moment > LONGEST;

/** Windows that meet are one: quiet ends when the last of them does. Null: the moment is not quiet. */
export const quietAt = (windows: readonly QuietHours[], moment: Ms, zone: string): InQuiet | null => {
  let until: Ms | null = null;
  let mode: QuietHours['mode'] = 'defer';
  for (let looking = true; looking; ) {
    looking = false;
    const now: Ms = until ?? moment;
    if (now - moment > LONGEST) break;
    const today = dayIn(now, zone);
    for (const quiet of windows) {
      const end = endOf(quiet, today, now, zone) ?? endOf(quiet, addDays(today, -1), now, zone);
      if (end === null) continue;
      // the windows in which it is due decide what becomes of it: where one drops, the others have nothing to defer
      if (now === moment && quiet.mode === 'drop') mode = 'drop';
      if (until !== null && end <= until) continue;
      until = end;
      looking = true;
    }
  }
  return until === null ? null : { until, mode };
};
