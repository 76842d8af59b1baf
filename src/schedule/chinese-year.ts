import { type Calendar, type Day, daysBetween, type OnDay, readSpan, weekdayOf, yearOf } from '../model/calendar.ts';
import type { Text } from '../model/text.ts';
import cn2024 from './calendars/cn-2024.json' with { type: 'json' };
import cn2025 from './calendars/cn-2025.json' with { type: 'json' };
import cn2026 from './calendars/cn-2026.json' with { type: 'json' };

/** One year's notice of the State Council: the days off, and the days on which they are worked for (make-up days). */
export interface ChineseYear {
  readonly year: number;
  readonly source: { readonly title: string; readonly number?: string; readonly date?: string; readonly url?: string };
  readonly holidays: readonly {
    readonly name: string;
    readonly en: string;
    /** `2026-05-01..2026-05-05`, or one day */
    readonly off: string;
    readonly work: readonly Day[];
  }[];
}

/** The notices that came with the program. */
export const SHIPPED_YEARS: readonly ChineseYear[] = [cn2024, cn2025, cn2026];

interface Special {
  readonly off: boolean;
  readonly name: Text;
}

const WEEKEND: Text = { zh: '周末', en: 'weekend' };
const ORDINARY: Text = { zh: '不放假', en: 'no day off' };

/** Whether a day is as every week has it, and no notice has a word about it. */
export const isAsEveryWeek = (on: OnDay, day: Day): boolean => {
  if (on.is === 'unknown') return false;
  if (on.why === null) return ![0, 6].includes(weekdayOf(day));
  return on.why === WEEKEND || on.why === ORDINARY;
};

/** Every day that a notice names. A later notice has the last word. */
const specialsOf = (years: readonly ChineseYear[]): ReadonlyMap<Day, Special> =>
  new Map<Day, Special>(
    years.flatMap(({ holidays }) =>
      holidays.flatMap(({ name, en, off, work }) => {
        const span = readSpan(off);
        const days = span === null ? [] : daysBetween(span.from, span.to);
        return [
          ...days.map((day) => [day, { off: true, name: { zh: name, en } }] as const),
          ...work.map(
            (day) => [day, { off: false, name: { zh: `${name}调休上班`, en: `make-up day for ${en}` } }] as const,
          ),
        ];
      }),
    ),
  );

/**
 * `cn-workdays`: Monday to Friday without the holidays, and the make-up days. `cn-holidays`: the days off that the
 * notices name, weekends inside them included. A year without a notice is unknown, whatever its weekday.
 */
export const chineseCalendars = (years: readonly ChineseYear[]): readonly [workdays: Calendar, holidays: Calendar] => {
  const known = new Set(years.map(({ year }) => year));
  const specials = specialsOf(years);
  const workday = (day: Day): OnDay => {
    const special = specials.get(day);
    if (special !== undefined) return { is: special.off ? 'off' : 'on', why: special.name };
    if (!known.has(yearOf(day))) return { is: 'unknown', year: yearOf(day) };
    return [0, 6].includes(weekdayOf(day)) ? { is: 'off', why: WEEKEND } : { is: 'on', why: null };
  };
  const holiday = (day: Day): OnDay => {
    const special = specials.get(day);
    if (special?.off === true) return { is: 'on', why: special.name };
    return known.has(yearOf(day)) ? { is: 'off', why: ORDINARY } : { is: 'unknown', year: yearOf(day) };
  };
  return [
    { name: 'cn-workdays', on: workday },
    { name: 'cn-holidays', on: holiday },
  ];
};
