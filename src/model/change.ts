import type { Json } from './dataset.ts';
import type { Place } from './errors.ts';
import type { Ms } from './time.ts';

/** How far a number may move before it counts as changed. */
export interface Tolerance {
  /** a decimal, not negative; of `share` 0.005 is 0.5% of the old value */
  readonly size: string;
  readonly by: 'amount' | 'share';
}

/** `changed`: a job has something to say only when these columns changed since its last message that arrived. */
export interface ChangeSpec {
  readonly at: Place | null;
  /** null: the job's only dataset */
  readonly of: string | null;
  readonly key: readonly string[];
  /** watched columns; empty: all but the key */
  readonly columns: readonly string[];
  readonly tolerance: Tolerance | null;
  /** with nothing to compare with: send all as added, or only remember it */
  readonly first: 'send' | 'remember';
}

/** The datasets that `changed` adds beside the job's own. */
export const CHANGE_DATASETS = ['added', 'removed', 'changed'] as const;

/** What a job knows of its last message that arrived. */
export interface Memory {
  readonly dueAt: Ms;
  /** null: nothing was sent, it was only remembered (`first: remember`) */
  readonly deliveredAt: Ms | null;
  /** JSON that run/ understands */
  readonly kept: string;
}

/** The figures of a card's `metrics` by their labels, as `last.figures` shows them. */
export type Figures = Readonly<Record<string, Json>>;
