import type { Dataset } from '../model/dataset.ts';
import type { Job } from '../model/job.ts';
import type { Preparation } from './gather.ts';

/** The job as it is, with its sources answered by these. */
export const withData = (preparation: Preparation, job: Job, data: Readonly<Record<string, Dataset>>): Preparation => {
  const nameOf = (spec: Job['data'][string]) => Object.entries(job.data).find(([, each]) => each === spec)?.[0] ?? '';
  return {
    ...preparation,
    fetchSource: async (spec, context) => data[nameOf(spec)] ?? preparation.fetchSource(spec, context),
  };
};
