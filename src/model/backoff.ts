import type { Ms } from './time.ts';
import { MINUTE, SECOND } from './time.ts';

/** Exponential with full jitter: between nothing and 1 s, 2 s, 4 s … 5 min. `random` is in [0, 1). */
export const backoff = (tries: number, random: number): Ms =>
  Math.round(random * Math.min(5 * MINUTE, SECOND * 2 ** Math.max(0, tries - 1)));

/** So often in a row what Feishu said is taken as the whole truth. */
const TRUSTED = 3;

/**
 * Told how long to wait: that, and up to a second more, so that not all come back at once. Who is told so again and
 * again shares the quota with others, and lets more and more time pass.
 */
export const toldWait = (after: Ms, tries: number, random: number): Ms =>
  after + (tries <= TRUSTED ? Math.round(random * SECOND) : backoff(tries - TRUSTED + 1, random));

/** Waits between tries of a run whose source failed for now. */
const SOURCE_WAITS: readonly Ms[] = [30 * SECOND, 2 * MINUTE, 5 * MINUTE];

/** After how long a run whose source failed for now is tried again; null when it has been tried often enough. */
export const sourceWait = (tries: number): Ms | null => SOURCE_WAITS[tries - 1] ?? null;
