import type { Project } from '../config/load.ts';
import { configWords } from '../config/words.ts';
import { type Problem, problem } from '../model/errors.ts';
import { checkJob } from './check-job.ts';

/** All findings about a project, or about these jobs of it, in the order of the files. */
export const checkProject = (project: Project, only: readonly string[]): Problem[] => {
  const { settings } = project;
  const general = [...(project.problems.get('') ?? [])];
  if (settings.owner === null && only.length === 0) {
    const at = { file: settings.file, line: 1, column: 1 };
    general.push(problem(configWords, 'no-owner', undefined, { at, severity: 'warning' }));
  }
  const names = only.length === 0 ? project.jobNames : only;
  const ofJobs = names.flatMap((name) => {
    const found = project.problems.get(name) ?? [];
    const job = project.jobs.find((each) => each.name === name);
    return job === undefined ? found : [...found, ...checkJob(job)];
  });
  return [...general, ...ofJobs];
};
