import { configWords } from '../config/words.ts';
import { type Problem, problem } from '../model/errors.ts';
import type { Job } from '../model/job.ts';

const openIdsOf = ({ to, owner, onFailure }: Job): readonly string[] => [
  ...new Set(
    [...to, ...(owner === null ? [] : [owner]), ...onFailure.notify]
      .filter(({ idType }) => idType === 'open_id')
      .map(({ id }) => id),
  ),
];

/**
 * An open_id belongs to one app (99992361, open_id cross app): where two apps write to the same one, one of them cannot.
 * Which one nobody can know offline, so it is a warning, at the jobs of all apps but the first.
 */
export const checkOpenIds = (jobs: readonly Job[]): Problem[] => {
  const appOf = new Map<string, string>();
  return jobs.flatMap((job) =>
    openIdsOf(job).flatMap((id) => {
      const first = appOf.get(id) ?? job.app;
      appOf.set(id, first);
      if (first === job.app) return [];
      const at = { file: job.file, line: 1, column: 1 };
      return [problem(configWords, 'open-id-two-apps', { id, first, app: job.app }, { at, severity: 'warning' })];
    }),
  );
};
