import { conditionWords } from '../config/condition-words.ts';
import type { Project } from '../config/load.ts';
import { type Problem, problem } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import { withoutRepeats } from '../model/repeats.ts';
import type { Ms } from '../model/time.ts';
import { checkJob } from './check-job.ts';
import { checkOpenIds } from './check-open-ids.ts';
import { checkOwner, checkOwners } from './check-owners.ts';
import { checkSchedule } from './check-schedule.ts';

/** A job that takes over the state of another which is still there would take it away from it. */
const checkWas = ({ name, was, file }: Job, names: readonly string[]): Problem[] =>
  was !== null && names.includes(was)
    ? [problem(conditionWords, 'was-still-there', { name, was }, { at: { file, line: 1, column: 1 }, path: 'was' })]
    : [];

/** All findings about a project, or about these jobs of it, in the order of the files; `now`: what is to be said of their schedules today. */
export const checkProject = (project: Project, only: readonly string[], now: Ms): Problem[] => {
  const general = [...(project.problems.get('') ?? []), ...(only.length === 0 ? checkOwners(project) : [])];
  const names = only.length === 0 ? project.jobNames : only;
  const ofJobs = names.flatMap((name) => {
    const found = project.problems.get(name) ?? [];
    const job = project.jobs.find((each) => each.name === name);
    return job === undefined
      ? found
      : [
          ...found,
          ...checkJob(job),
          ...checkSchedule(job, now),
          ...checkWas(job, project.jobNames),
          ...checkOwner(job),
        ];
  });
  const checked = project.jobs.filter(({ name }) => names.includes(name));
  // what stands in larkcron.yaml and concerns several jobs is said once
  return [...general, ...withoutRepeats([...ofJobs, ...checkOpenIds(checked)])];
};
