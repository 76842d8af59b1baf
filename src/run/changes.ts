import type { Changed } from '../model/conditions.ts';
import type { Dataset } from '../model/dataset.ts';
import { LarkcronError, type Problem, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import type { Difference } from '../shaping/changed.ts';
import { conditionWords } from './condition-words.ts';

/** The datasets that `changed` offers beside the job's own. */
export const CHANGES = ['added', 'removed', 'changed'] as const;

/** What changed since the last message that arrived; `first`: there is nothing to compare with. */
export interface Changes extends Difference {
  readonly first: boolean;
}

/** The name under which the rows are kept: those of another dataset are another matter. */
export const slotOf = ({ of }: Changed): string => `changed ${of}`;

const refusal = (found: Problem, status: 1 | 2): LarkcronError =>
  new LarkcronError(found.code, found, { status, problems: [found] });

/** Throws status 2 for a column that is not there, 1 for rows that cannot be told apart. */
export const changesOf = async (
  changed: Changed,
  data: Readonly<Record<string, Dataset>>,
  before: Dataset | null,
): Promise<Changes> => {
  const { at, of, key, columns } = changed;
  const now = data[of] ?? { columns: [], rows: [] };
  const { canBeFound, differenceOf, keyFault } = await import('../shaping/changed.ts');
  // a dataset without rows may not know its columns
  const unknown =
    now.columns.length === 0 ? undefined : [...key, ...(columns ?? [])].find((each) => !now.columns.includes(each));
  if (unknown !== undefined) {
    const fault = { column: unknown, of, known: now.columns, suggestion: nearest(unknown, now.columns) };
    throw refusal(problem(conditionWords, 'changed-column', fault, { at }), 2);
  }
  const fault = keyFault(now, key);
  if (fault?.is === 'missing') throw refusal(problem(conditionWords, 'key-missing', { of, ...fault }, { at }), 1);
  if (fault?.is === 'twice')
    throw refusal(problem(conditionWords, 'key-twice', { of, ...fault, columns: key }, { at }), 1);
  return { ...differenceOf(now, before, changed), first: before === null || !canBeFound(before, key) };
};

export const anyChange = ({ added, removed, changed }: Difference): boolean =>
  added.rows.length + removed.rows.length + changed.rows.length > 0;
