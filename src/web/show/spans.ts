import type { MissedSpan } from '../../ledger/browse.ts';
import type { Job } from '../../model/job.ts';
import type { Ms } from '../../model/time.ts';
import { dueBetween } from '../../schedule/dues.ts';

/** A longer one is not taken apart. */
const LONGEST = 5_000;

/**
 * How many of a span's due times lie in [since, until), for a span that may reach over several days. By the schedule as
 * it is now; where that does not give the span's own number (it was another then), all of them stand at its beginning.
 */
export const countWithin = (span: MissedSpan, [since, until]: readonly [Ms, Ms], schedule: Job['schedule']): number => {
  if (span.since >= since && span.until < until) return span.count;
  if (span.since >= until || span.until < since) return 0;
  const dues =
    schedule === null || span.count > LONGEST ? [] : dueBetween(schedule, span.since - 1, span.until, span.count + 1);
  if (dues.length !== span.count) return span.since >= since ? span.count : 0;
  return dues.filter((at) => at >= since && at < until).length;
};
