import type { App } from '../app.ts';
import { failure } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import type { Ms } from '../model/time.ts';
import { parseTime } from './time.ts';
import { actWords } from './words.ts';

/** Until when a pause lasts; null: until it is resumed. Throws `bad-value`, `until-past` (status 2). */
export const pauseUntil = (
  option: string,
  written: string | null,
  { zone, now }: { zone: string; now: Ms },
): Ms | null => {
  if (written === null) return null;
  const until = parseTime(option, written, { zone, now });
  if (until <= now) throw failure(actWords, 'until-past', { value: written }, { status: 2 });
  return until;
};

/** Its due times do not happen from now on; what passed until now is decided as it was until now. */
export const pauseJob = async (
  app: App,
  job: Job,
  how: { readonly until: Ms | null; readonly reason: string | null },
): Promise<void> => {
  await app.plan([job]);
  await app.ledger().jobs.pause(job.name, how);
};

/** What passed while it was paused is decided before nobody knows it any more. False: it was not paused. */
export const resumeJob = async (app: App, job: Job): Promise<boolean> => {
  await app.plan([job]);
  return app.ledger().jobs.resume(job.name);
};
