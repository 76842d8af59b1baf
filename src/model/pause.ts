import type { Ms } from './time.ts';

/** A job that a person has stopped for a while: its due times in between do not happen. */
export interface Pause {
  readonly since: Ms;
  /** null: until somebody resumes it */
  readonly until: Ms | null;
  readonly reason: string | null;
}

/** Whether a moment is within the pause; its end is not. One that is over still says what became of the times in it. */
export const isPausedAt = (pause: Pause | null, at: Ms): boolean =>
  pause !== null && at >= pause.since && (pause.until === null || at < pause.until);
