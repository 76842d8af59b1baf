import type { Calendar, Day, Shift } from './calendar.ts';
import type { Place } from './errors.ts';
import type { Ms } from './time.ts';

/** What to do with due times that passed while nothing was awake: the last `runs` of them that are at most `within` late. */
export interface CatchUp {
  /** Infinity for `all`, 0 for `none` */
  readonly runs: number;
  readonly within: Ms;
}

/** Due at `anchor`, and every so long before and after it, by elapsed time. */
export interface Interval {
  readonly every: Ms;
  readonly anchor: Ms;
}

/** Only on a calendar's days; a due time on another is skipped, or moves to the day after or before, at the same hour. */
export interface OnDays {
  readonly calendar: Calendar;
  readonly shift: Shift;
}

/**
 * Hours in which nothing goes out: minutes since midnight in the job's zone, over midnight where they end before they
 * begin; null: the whole day. `days`, `dates`: only where they begin on such a day.
 */
export interface QuietHours {
  readonly hours: { readonly from: number; readonly to: number } | null;
  readonly days: Calendar | null;
  readonly dates: ReadonlySet<string> | null;
  /** `defer`: the last time that is due in it goes out at its end; `drop`: none does */
  readonly mode: 'defer' | 'drop';
}

/**
 * When a job is due, on the wall clock of `timezone`: at any of the crons, at an interval, or at certain moments: one of
 * the three.
 */
export interface Times {
  readonly crons: readonly string[];
  readonly interval: Interval | null;
  readonly moments: readonly Ms[];
  readonly timezone: string;
  readonly days: OnDays | null;
  /** both included, in the job's zone */
  readonly from: Day | null;
  readonly until: Day | null;
}

/** Times without any limit to their days. */
export const ANY_DAY = { interval: null, moments: [], days: null, from: null, until: null } as const;

export interface Schedule extends Times {
  /** what becomes of a due time while the one before is still being prepared */
  readonly overlap: 'skip' | 'queue';
  /** sent up to so long after the due time, always as long for one job; null: only where Feishu asks for it */
  readonly jitter: Ms | null;
  readonly at: Place | null;
  readonly catchUp: CatchUp;
}
