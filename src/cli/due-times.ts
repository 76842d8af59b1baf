import type { App } from '../app.ts';
import type { Job } from '../model/job.ts';
import type { Ms } from '../model/time.ts';

/** Decides the due times of the project's jobs, and says when the next one comes. */
export const dueTimesOf = (app: App): (() => Promise<Ms | null>) => {
  let known: readonly Job[] | null = null;
  return async () => {
    known ??= await app.scheduled();
    return app.plan(known);
  };
};
