import { failure } from '../model/errors.ts';
import { type HourlyQuota, outsiders } from '../model/guard.ts';
import type { Recipient } from '../model/recipient.ts';
import type { Settings } from '../model/settings.ts';
import { actWords } from './words.ts';

/** Refuses what `guard` does not let somebody address by hand. Throws `guard-recipient`, `guard-run` (status 2). */
export const refuseUnguarded = (to: readonly Recipient[], { guard, owner }: Settings): void => {
  const others = outsiders(to, guard, owner).map(({ shown }) => shown);
  if (others.length > 0) throw failure(actWords, 'guard-recipient', { recipients: others }, { status: 2 });
  if (guard.maxPerRun !== null && to.length > guard.maxPerRun)
    throw failure(actWords, 'guard-run', { count: to.length, most: guard.maxPerRun }, { status: 2 });
};

/** What the ledger counts when such a message is opened; null: nothing is counted. */
export const quotaOf = (to: readonly Recipient[], { guard }: Settings): HourlyQuota | null =>
  guard.maxPerHour === null || to.length === 0 ? null : { people: to.length, most: guard.maxPerHour };
