import type { Place } from './errors.ts';
import type { Ms } from './time.ts';

/** What to do with due times that passed while nothing was awake: the last `runs` of them that are at most `within` late. */
export interface CatchUp {
  /** Infinity for `all`, 0 for `none` */
  readonly runs: number;
  readonly within: Ms;
}

/** When a job is due: at any of the crons, read on the wall clock of `timezone`. */
export interface Schedule {
  readonly at: Place | null;
  readonly crons: readonly string[];
  readonly timezone: string;
  readonly catchUp: CatchUp;
}
