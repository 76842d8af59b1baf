import type { Pause } from '../../model/pause.ts';
import type { Ms } from '../../model/time.ts';
import type { Ledger } from '../ledger.ts';
import type { Database } from './database.ts';

/** What people say of a job, beside its file. */
export const createJobs = (db: Database, now: () => Ms): Ledger['jobs'] => ({
  pause: async (job, { until, reason }) =>
    db.write(() => {
      db.run(
        `insert into jobs (name, paused_at, paused_until, paused_reason, seen_at) values (:job, :now, :until, :reason, :now)
         on conflict (name) do update set paused_at = :now, paused_until = :until, paused_reason = :reason`,
        { job, until, reason, now: now() },
      );
    }),

  resume: async (job) =>
    db.write(
      () =>
        db.run(
          'update jobs set paused_at = null, paused_until = null, paused_reason = null where name = :job and paused_at is not null',
          { job },
        ) === 1,
    ),

  pauses: async () =>
    new Map(
      db
        .all('select name, paused_at, paused_until, paused_reason from jobs where paused_at is not null')
        .map((row): [string, Pause] => [
          String(row['name']),
          {
            since: Number(row['paused_at']),
            until: row['paused_until'] === null ? null : Number(row['paused_until']),
            reason: row['paused_reason'] === null ? null : String(row['paused_reason']),
          },
        ]),
    ),
});
