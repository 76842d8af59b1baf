import { NO_WATCH, type Watch } from './conditions.ts';
import type { Value } from './dataset.ts';
import type { Ms } from './time.ts';

/** Key figures by their names. */
export type Figures = Readonly<Record<string, Value>>;

/** The last run of a job whose message arrived. */
export interface Last {
  readonly dueAt: Ms;
  readonly deliveredAt: Ms;
  /** what its condition's watch began with (conditions: Watch.since) */
  readonly since: Ms | null;
  /** as run/ wrote it: the card's figures, by recipient where each has a card of their own */
  readonly figures: string | null;
}

/** What a job knows of its earlier runs. It moves by arrival only, and forward only (core rule 8). */
export interface Memory {
  readonly last: Last | null;
  /** the datasets that later runs compare with, as run/ wrote them */
  readonly kept: string | null;
  readonly watch: Watch;
}

export const NO_MEMORY: Memory = { last: null, kept: null, watch: NO_WATCH };

/** Whether a job knows nothing of earlier runs. */
export const isBlank = ({ last, kept, watch }: Memory): boolean =>
  last === null && kept === null && watch.since === null && watch.streak === 0 && watch.heldBack === 0;

/** What becomes the job's memory if a message of the run arrives. */
export interface Candidate {
  readonly kept: string | null;
  readonly figures: string | null;
  readonly since: Ms | null;
}

/** What a run moves by its decision alone, whether or not it sends. */
export interface Moves {
  /** null: it is left as it is */
  readonly watch: Watch | null;
  /** remembered without a message: `first: remember` */
  readonly kept?: string;
}
