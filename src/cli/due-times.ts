import type { App } from '../app.ts';
import type { Clock } from '../base/clock.ts';
import type { Job } from '../model/job.ts';
import type { Ms } from '../model/time.ts';
import { nextDue } from '../schedule/dues.ts';

/** Decides the due times of the project's jobs, and says when the next one comes. */
export const dueTimesOf = (app: App, clock: Clock): (() => Promise<Ms | null>) => {
  let known: readonly Job[] | null = null;
  return async () => {
    known ??= await app.scheduled();
    const scheduled = known;
    await app.plan(scheduled);
    const coming = scheduled.flatMap((job) => (job.schedule === null ? [] : nextDue(job.schedule, clock.now(), 1)));
    return coming.length === 0 ? null : Math.min(...coming);
  };
};
