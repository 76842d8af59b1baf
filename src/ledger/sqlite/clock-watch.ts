import { clockStep } from '../../model/pace.ts';
import type { Ms } from '../../model/time.ts';
import type { Database } from './database.ts';
import { openRun } from './open-rows.ts';

/**
 * Inside a write: notes the time, and when the clock was set back moves what waits by as much, so that an hour set
 * back does not silence anything for an hour. Nothing is sent earlier than it would have been without the step.
 */
export const watchClock = (db: Database, at: Ms): void => {
  const seen = Number(db.get('select clock from meta')?.['clock'] ?? 0);
  const step = clockStep(seen, at);
  if (step > 0) {
    db.run(
      `update deliveries set not_before = max(:at, not_before - :step)
       where state in ('queued', 'retrying', 'unknown') and settled = 0 and not_before > :at`,
      { at, step },
    );
    db.run(
      `update runs set not_before = max(:at, not_before - :step) where ${openRun()} and state = 'pending' and not_before > :at`,
      {
        at,
        step,
      },
    );
    db.run('update pace set blocked_until = max(0, blocked_until - :step), next_at = max(0, next_at - :step)', {
      step,
    });
    db.run('update app_gates set probe_at = probe_at - :step, closed_at = closed_at - :step', { step });
  }
  if (step > 0 || at > seen) db.run('update meta set clock = :at', { at });
};
