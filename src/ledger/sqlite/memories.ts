import type { Memory } from '../../model/change.ts';
import type { Run } from '../../model/run.ts';
import type { Ms } from '../../model/time.ts';
import type { Database } from './database.ts';

/** What each job remembers of its last message that arrived: the `baseline` of its row. Inside somebody's write. */
export const createMemories = (db: Database, now: () => Ms) => ({
  read: (job: string): Memory | null => {
    const row = db.get('select baseline, baseline_due, baseline_at from jobs where name = :job', { job });
    if (row === undefined || row['baseline'] === null) return null;
    return {
      dueAt: Number(row['baseline_due']),
      deliveredAt: row['baseline_at'] === null ? null : Number(row['baseline_at']),
      kept: String(row['baseline']),
    };
  },

  /** kept with the run until it is known whether its message arrives */
  propose: (run: string, kept: string): void => {
    db.run('update runs set candidate_baseline = :kept where id = :run', { run, kept });
  },

  /** An older run never takes the place of a newer one; a test run of none (core rule: own audience). */
  accept: (run: Run, deliveredAt: Ms | null): void => {
    const { id, job } = run;
    if (job === null || run.kind !== 'job' || !run.ownAudience) return;
    const kept = db.get('select candidate_baseline as kept from runs where id = :id', { id })?.['kept'];
    if (kept == null) return;
    db.run(
      `insert into jobs (name, baseline, baseline_due, baseline_at, seen_at) values (:job, :kept, :due, :deliveredAt, :now)
       on conflict (name) do update set baseline = excluded.baseline, baseline_due = excluded.baseline_due, baseline_at = excluded.baseline_at
       where jobs.baseline_due is null or jobs.baseline_due <= excluded.baseline_due`,
      { job, kept: String(kept), due: run.dueAt ?? run.createdAt, deliveredAt, now: now() },
    );
    db.run('update runs set candidate_baseline = null where id = :id', { id });
  },
});
