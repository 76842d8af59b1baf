import type { Place } from './errors.ts';
import type { Recipient } from './recipient.ts';
import type { Ms } from './time.ts';

/** How much a number may move before it counts as changed: an amount, or a share of the old value. Exact digits. */
export interface Tolerance {
  readonly digits: string;
  readonly of: 'amount' | 'percent';
}

/** `changed`: sends only when these columns of a dataset differ from what was last sent. */
export interface Changed {
  readonly at: Place | null;
  readonly of: string;
  /** what makes a row the same row as before */
  readonly key: readonly string[];
  /** null: all but the key */
  readonly columns: readonly string[] | null;
  readonly tolerance: Tolerance | null;
  readonly first: 'send' | 'remember';
}

/** `to: { from, column, type }`: one message to each address in a column, about the rows it stands in. */
export interface Each {
  readonly at: Place | null;
  readonly from: string;
  readonly column: string;
  /** null: told by how an address looks */
  readonly type: Recipient['idType'] | null;
}

export const WHEN_EMPTY = ['skip', 'send', 'fail'] as const;
export type WhenEmpty = (typeof WHEN_EMPTY)[number];

/** How a job's condition stands after the latest run that worked it out. */
export interface Watch {
  /** due time of the first run since when the condition has held without a break: what one alarm is told by */
  readonly since: Ms | null;
  /** runs in a row for which it held */
  readonly streak: number;
  /** runs held back by `repeatAfter` since a message last arrived */
  readonly heldBack: number;
}

export const NO_WATCH: Watch = { since: null, streak: 0, heldBack: 0 };

export const afterHolding = (before: Watch, due: Ms): Watch => ({
  ...before,
  since: before.since ?? due,
  streak: before.streak + 1,
});

export const afterNotHolding = (before: Watch): Watch => ({ ...before, since: null, streak: 0 });

export const afterHeldBack = (before: Watch): Watch => ({ ...before, heldBack: before.heldBack + 1 });

/**
 * Whether a message would only say again what the last one that arrived has said: the condition has held ever since,
 * and it is too early. By due times, as the moments at which messages arrive vary.
 */
export const isTooEarly = (
  { since }: Watch,
  last: { readonly dueAt: Ms; readonly since: Ms | null } | null,
  { due, repeatAfter }: { readonly due: Ms; readonly repeatAfter: Ms },
): boolean => last !== null && last.since === since && due - last.dueAt < repeatAfter;
