import type { CatchUp } from '../model/schedule.ts';
import { type Ms, SECOND } from '../model/time.ts';

/** A due time is on time while it is at most this long ago (core rule 21): cron wakes us within a minute. */
export const ON_TIME: Ms = 90 * SECOND;

export interface Decision {
  readonly onTime: readonly Ms[];
  readonly catchUp: readonly Ms[];
  /** as one row: what passed and is not caught up */
  readonly missed: { readonly from: Ms; readonly to: Ms; readonly count: number } | null;
}

/** Sorts due times (ascending, all ≤ now) into those still on time, those to catch up and those that are missed. */
export const decide = ({
  dues,
  now,
  catchUp,
  startOf = (due) => due,
}: {
  dues: readonly Ms[];
  now: Ms;
  catchUp: CatchUp;
  /** when one is to begin, if that is later: being late counts from there (core rule 21) */
  startOf?: (due: Ms) => Ms;
}): Decision => {
  const onTime = dues.filter((due) => startOf(due) >= now - ON_TIME);
  const late = dues.filter((due) => startOf(due) < now - ON_TIME);
  const eligible = late.filter((due) => startOf(due) >= now - catchUp.within);
  const chosen = catchUp.runs === 0 ? [] : eligible.slice(-Math.min(catchUp.runs, eligible.length));
  const missed = late.slice(0, late.length - chosen.length);
  const [first] = missed;
  return {
    onTime,
    catchUp: chosen,
    missed: first === undefined ? null : { from: first, to: missed.at(-1) ?? first, count: missed.length },
  };
};
