import { failure } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import type { Reason } from '../model/run.ts';
import { isUnchanged, watchedIn } from './changed.ts';
import { holds } from './condition.ts';
import type { Gathered } from './gather.ts';
import { keptText } from './memory.ts';
import { seenBy } from './seen.ts';
import { runWords } from './words.ts';

export interface Silence {
  readonly reason: Reason;
  /** what the next run is to know in any case; null: nothing new */
  readonly remember: string | null;
}

const silence = (code: 'empty' | 'unchanged' | 'condition-false', { message }: Pick<Reason, 'message'>): Silence => ({
  reason: { code, message },
  remember: null,
});

const isEmpty = ({ data }: Job, { facts }: Gathered): boolean => {
  const names = Object.keys(data);
  return names.length > 0 && names.every((name) => facts.data[name]?.rows.length === 0);
};

/**
 * Why a job has nothing to say, by `empty`, `changed` and `when`; null: it has. Throws for `empty: fail` (status 1) and
 * for a condition that cannot be worked out (status 2).
 */
export const nothingToSay = async (job: Job, gathered: Gathered): Promise<Silence | null> => {
  const { facts, changes } = gathered;
  if (job.empty !== 'send' && isEmpty(job, gathered)) {
    if (job.empty === 'fail') throw failure(runWords, 'empty-data', undefined, { status: 1 });
    return silence('empty', runWords.empty());
  }
  if (job.changed !== null && changes !== null) {
    if (changes.isFirst && job.changed.first === 'remember') {
      const { message } = runWords.remembered({ rows: changes.next.rows.length });
      return { reason: { code: 'remembered', message }, remember: keptText({ figures: {}, rows: changes.next }) };
    }
    const dataset = watchedIn(job.changed, Object.keys(job.data));
    if (isUnchanged(changes)) return silence('unchanged', runWords.unchanged({ dataset }));
  }
  if (job.asks !== null && !(await job.asks(seenBy(facts))))
    return silence('condition-false', runWords['condition-false']({ when: 'when()' }));
  if (job.when !== null && !(await holds(job.when, facts)))
    return silence('condition-false', runWords['condition-false']({ when: job.when.source }));
  return null;
};
