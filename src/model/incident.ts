import type { RunState } from './run.ts';
import type { Ms } from './time.ts';

/** A job (or an app) that fails: opened by its first failure, closed by its next success. One notice at each end. */
export interface Incident {
  readonly id: number;
  readonly subject: string;
  readonly state: 'open' | 'closed';
  readonly openedAt: Ms;
  readonly lastDue: Ms;
  readonly closedAt: Ms | null;
  /** runs that failed since it opened */
  readonly count: number;
  /** the run that opened it, then the one that closed it */
  readonly run: string;
}

export type IncidentStep = 'open' | 'count' | 'close' | 'none';

/** What a run's end does to the incident of its job. Older runs that end late change nothing (core rule 8). */
export const incidentStep = (
  open: Pick<Incident, 'lastDue'> | null,
  run: { state: RunState; dueAt: Ms },
): IncidentStep => {
  const failed = run.state === 'failed' || run.state === 'partial' || run.state === 'unknown';
  if (!failed && run.state !== 'delivered') return 'none';
  if (open === null) return failed ? 'open' : 'none';
  if (run.dueAt < open.lastDue) return 'none';
  return failed ? 'count' : 'close';
};
