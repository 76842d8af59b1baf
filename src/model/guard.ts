import type { Recipient } from './recipient.ts';

/**
 * What binds the messages that somebody addresses by hand: `send`, `run --to`, and the API where it names recipients.
 * null: not bound. A job's own recipients stand in its file, and are bound by `maxRecipients` there.
 */
export interface Guard {
  readonly recipients: readonly Recipient[] | null;
  /** recipients of one such message */
  readonly maxPerRun: number | null;
  /** recipients within an hour, of all such messages together */
  readonly maxPerHour: number | null;
}

export const NO_GUARD = { recipients: null, maxPerRun: null, maxPerHour: null } satisfies Guard;

/** How many within the last hour, this message included, may be written to. */
export interface HourlyQuota {
  readonly people: number;
  readonly most: number;
}

const same = (a: Recipient, b: Recipient): boolean => a.idType === b.idType && a.id === b.id;

/** Who is not on the list. The owner always is: whoever may not be written to cannot be told of it either. */
export const outsiders = (
  to: readonly Recipient[],
  { recipients }: Guard,
  owner: Recipient | null,
): readonly Recipient[] => {
  if (recipients === null) return [];
  const allowed = owner === null ? recipients : [...recipients, owner];
  return to.filter((each) => !allowed.some((one) => same(one, each)));
};
