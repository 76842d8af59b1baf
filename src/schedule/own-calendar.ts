import { type Calendar, type Day, type OnDay, weekdayOf } from '../model/calendar.ts';
import type { Text } from '../model/text.ts';

/** A calendar of the user's own: another one, or certain weekdays, with days put in and taken out. */
export interface OwnCalendar {
  readonly name: string;
  /** null: none but its own days and weekdays */
  readonly include: Calendar | null;
  /** 0 is Sunday */
  readonly weekdays: readonly number[];
  /** of every year (`05-04`), or of one (`2026-05-04`); taken out wins */
  readonly add: ReadonlySet<string>;
  readonly remove: ReadonlySet<string>;
}

const has = (days: ReadonlySet<string>, day: Day): boolean => days.has(day) || days.has(day.slice(5));

export const ownCalendar = ({ name, include, weekdays, add, remove }: OwnCalendar): Calendar => {
  const added: Text = { zh: `${name} 加上的日子`, en: `added in ${name}` };
  const removed: Text = { zh: `${name} 去掉的日子`, en: `taken out in ${name}` };
  const none: Text = { zh: `不在 ${name} 里`, en: `not in ${name}` };
  return {
    name,
    on: (day): OnDay => {
      if (has(remove, day)) return { is: 'off', why: removed };
      if (has(add, day)) return { is: 'on', why: added };
      if (weekdays.includes(weekdayOf(day))) return { is: 'on', why: null };
      return include === null ? { is: 'off', why: none } : include.on(day);
    },
  };
};
