import type { CatchUp } from '../model/schedule.ts';
import { type Ms, ON_TIME } from '../model/time.ts';

export interface Decision {
  readonly onTime: readonly Ms[];
  readonly catchUp: readonly Ms[];
  /** as one row: what passed and is not caught up, but for the newest */
  readonly missed: { readonly from: Ms; readonly to: Ms; readonly count: number } | null;
  /** the last due time of all, where that is missed although the job wants it made up for: its owner is to hear */
  readonly newest: Ms | null;
}

/** Sorts due times (ascending, all ≤ now) into those still on time, those to catch up and those that are missed. */
export const decide = ({
  dues,
  now,
  catchUp,
  startOf = (due) => due,
  more = false,
}: {
  dues: readonly Ms[];
  now: Ms;
  catchUp: CatchUp;
  /** when one is to begin, if that is later: being late counts from there (core rule 21) */
  startOf?: (due: Ms) => Ms;
  /** due times after these are looked at in the next step: none of these is the newest */
  more?: boolean;
}): Decision => {
  const onTime = dues.filter((due) => startOf(due) >= now - ON_TIME);
  const late = dues.filter((due) => startOf(due) < now - ON_TIME);
  const eligible = late.filter((due) => startOf(due) >= now - catchUp.within);
  const chosen = catchUp.runs === 0 ? [] : eligible.slice(-Math.min(catchUp.runs, eligible.length));
  const passed = late.slice(0, late.length - chosen.length);
  const newest = more || onTime.length + chosen.length > 0 || catchUp.runs === 0 ? null : (passed.at(-1) ?? null);
  const missed = newest === null ? passed : passed.slice(0, -1);
  const [first] = missed;
  return {
    onTime,
    catchUp: chosen,
    missed: first === undefined ? null : { from: first, to: missed.at(-1) ?? first, count: missed.length },
    newest,
  };
};
