import type { Project } from '../config/load.ts';
import { configWords } from '../config/words.ts';
import { type Problem, problem } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import type { OnFailure } from '../model/on-failure.ts';

const firstLine = (file: string) => ({ at: { file, line: 1, column: 1 }, severity: 'warning' as const });

/** Whether somebody would hear of failures that belong to no job, and by a second way. */
export const checkOwners = ({ settings, jobs }: Project): Problem[] => {
  const at = firstLine(settings.file);
  const nobody = settings.onFailure.notify.length === 0;
  const noWay = [settings.onFailure, ...jobs.map(({ onFailure }) => onFailure)].every(({ via }) => via === null);
  return [
    ...(nobody ? [problem(configWords, 'no-owner', undefined, at)] : []),
    ...(noWay ? [problem(configWords, 'no-second-way', undefined, at)] : []),
  ];
};

/** An open_id is known to one app alone (Feishu: user identities), so another app cannot write to it. */
const crossing = ({ notify, via }: OnFailure, job: Job): Problem[] => {
  if (via?.is !== 'app' || via.app === job.app) return [];
  const stranger = notify.find(({ idType }) => idType === 'open_id');
  if (stranger === undefined) return [];
  const of = { app: via.app, recipient: stranger.shown };
  return [problem(configWords, 'via-open-id', of, { at: via.at, severity: 'warning' })];
};

/** Whether somebody would hear when this job fails. */
export const checkOwner = (job: Job): Problem[] => {
  const { notify, via } = job.onFailure;
  const nobody = notify.length === 0 && (via === null || via.is === 'app');
  return [
    ...(nobody ? [problem(configWords, 'job-no-owner', { job: job.name }, firstLine(job.file))] : []),
    ...(via?.is === 'app' && via.app === job.app
      ? [problem(configWords, 'via-same-app', { app: via.app }, { at: via.at, severity: 'warning' })]
      : []),
    ...crossing(job.onFailure, job),
  ];
};
