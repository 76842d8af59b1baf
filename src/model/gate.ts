import { MINUTE, type Ms } from './time.ts';

/**
 * An app that Feishu refused for its own fault (a wrong secret, a missing scope, a used-up quota): its gate is closed,
 * and what waits for it is not refused a thousand times over.
 */
export interface Gate {
  readonly code: number | null;
  readonly closedAt: Ms;
  readonly probeAt: Ms;
}

/** Between two tries of an app whose gate is closed. */
export const PROBE_EVERY: Ms = MINUTE;

/** One row may find out whether the app works again: once a minute, or for a run that began after the refusal. */
export const mayProbe = (gate: Pick<Gate, 'closedAt' | 'probeAt'>, now: Ms, runCreatedAt: Ms): boolean =>
  now >= gate.probeAt || runCreatedAt > gate.closedAt;
