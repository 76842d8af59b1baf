import { clockStep } from '../../model/pace.ts';
import { type Ms, SECOND } from '../../model/time.ts';
import type { Database, Steps } from './database.ts';

/**
 * Inside a write: notes the time, and when the clock was set back moves what waits by as much, so that an hour set
 * back does not silence anything for an hour. Nothing is sent earlier than it would have been without the step.
 */
export const watchClock = function* (db: Database, at: Ms): Steps<void> {
  const seen = Number((yield* db.get('select clock from meta'))?.['clock'] ?? 0);
  const step = clockStep(seen, at);
  if (step > 0) {
    yield* db.run(
      `update deliveries set not_before = max(:at, not_before - :step)
       where state in ('queued', 'retrying', 'unknown') and settled = 0 and not_before > :at`,
      { at, step },
    );
    yield* db.run(
      "update runs set not_before = max(:at, not_before - :step) where state = 'pending' and not_before > :at",
      {
        at,
        step,
      },
    );
    yield* db.run('update pace set blocked_until = max(0, blocked_until - :step), next_at = max(0, next_at - :step)', {
      step,
    });
    yield* db.run('update app_gates set probe_at = probe_at - :step, closed_at = closed_at - :step', { step });
  }
  // many ask in each second, and each time that is noted is a row written
  if (step > 0 || at >= seen + SECOND) yield* db.run('update meta set clock = :at', { at });
};
