import { afterHeldBack, afterHolding, afterNotHolding, isTooEarly, type Watch } from '../model/conditions.ts';
import type { Dataset } from '../model/dataset.ts';
import { failure } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import type { Memory, Moves } from '../model/memory.ts';
import type { Reason } from '../model/run.ts';
import { durationText, type Ms } from '../model/time.ts';
import { anyChange, type Changes } from './changes.ts';
import { conditionWords } from './condition-words.ts';
import { runWords } from './words.ts';

/** What decides besides the job itself. */
export interface Grounds {
  readonly data: Readonly<Record<string, Dataset>>;
  readonly changes: Changes | null;
  readonly memory: Memory;
  readonly due: Ms;
  /** send in spite of all conditions */
  readonly force: boolean;
  /** whether `when` holds; asked for only if it matters */
  readonly holds: () => Promise<boolean>;
}

/** Why a run sends nothing; null: it sends. What it moves by that alone, whether or not it sends. */
export interface Decision {
  readonly skip: Reason | null;
  readonly watch: Watch | null;
  /** there is nothing to compare with yet, and nothing is to be sent for that: it is only remembered */
  readonly remember: boolean;
}

type Code = keyof typeof conditionWords;

const reason = <C extends Code>(code: C, p: Parameters<(typeof conditionWords)[C]>[0]): Reason => ({
  code,
  message: (conditionWords[code] as (p: unknown) => { message: Reason['message'] })(p).message,
});

const isEmpty = ({ data }: Job, given: Grounds['data']): boolean => {
  const names = Object.keys(data);
  return names.length > 0 && names.every((name) => (given[name]?.rows.length ?? 0) === 0);
};

/**
 * Whether a run has anything to say: is there data, does `when` hold, for the how-manieth time in a row, did anything
 * change, was it said already. Throws `empty` (status 1) for `empty: fail`.
 */
export const decide = async (job: Job, grounds: Grounds): Promise<Decision> => {
  const { changes, memory, due, force } = grounds;
  const { whenRuns, changed, repeatAfter } = job;
  // only these count runs: for all others the ledger is left alone
  const counts = whenRuns !== null || repeatAfter !== null;
  const skipped = (skip: Reason, watch: Watch, remember = false): Decision => ({
    skip,
    watch: counts ? watch : null,
    remember,
  });
  // who sends by force says nothing about the condition
  if (force) return { skip: null, watch: null, remember: false };

  const datasets = Object.keys(job.data).join(', ');
  if (job.empty !== 'send' && isEmpty(job, grounds.data)) {
    if (job.empty === 'fail') throw failure(conditionWords, 'empty', { datasets }, { status: 1 });
    return skipped(reason('empty', { datasets }), afterNotHolding(memory.watch));
  }
  if ((job.when !== null || job.asks !== null) && !(await grounds.holds())) {
    const { message } = runWords['condition-false']({ when: job.when?.source ?? 'when()' });
    return skipped({ code: 'condition-false', message }, afterNotHolding(memory.watch));
  }
  const watch = afterHolding(memory.watch, due);
  if (whenRuns !== null && !whenRuns.includes(watch.streak))
    return skipped(reason('when-runs', { streak: watch.streak, whenRuns: whenRuns.join(', ') }), watch);

  if (changes?.first === true && changed?.first === 'remember')
    return skipped(reason('remembered', { of: changed.of, rows: changes.added.rows.length }), watch, true);
  const same = changes === null || !anyChange(changes);
  if (changed !== null && same && (repeatAfter === null || changes?.first === true))
    return skipped(reason('unchanged', { of: changed.of }), watch);
  if (same && repeatAfter !== null && isTooEarly(watch, memory.last, { due, repeatAfter })) {
    const held = afterHeldBack(watch);
    return skipped(reason('held-back', { heldBack: held.heldBack, after: durationText(repeatAfter) }), held);
  }
  return { skip: null, watch: counts ? watch : null, remember: false };
};

export const movesOf = ({ watch, remember }: Decision, kept: string | null): Moves => ({
  watch,
  ...(remember && kept !== null ? { kept } : {}),
});
