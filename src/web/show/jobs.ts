import type { App } from '../../app.ts';
import { checkJob } from '../../check/check-job.ts';
import { badSettings, soundJobs } from '../../config/load.ts';
import { configWords } from '../../config/words.ts';
import { failure, isError, type Problem } from '../../model/errors.ts';
import type { Incident } from '../../model/incident.ts';
import type { Job } from '../../model/job.ts';
import { nearest } from '../../model/nearest.ts';
import { isPausedAt, type Pause } from '../../model/pause.ts';
import type { Run } from '../../model/run.ts';
import { type Lang, say } from '../../model/text.ts';
import type { Ms } from '../../model/time.ts';
import { pauseJson } from '../../report/pause-json.ts';
import { utcOrNull } from '../../report/run-json.ts';
import { nextDue } from '../../schedule/dues.ts';
import { scheduleInWords } from '../../schedule/in-words.ts';
import type { Handler } from '../bind.ts';
import type { reads } from '../routes/reads.ts';
import { runRow, stripeOf } from '../rows.ts';
import type { jobRow } from '../schemas/job.ts';
import type { z } from '../schemas/zod.ts';

/** As many runs as a strip shows. */
const STRIP = 30;

/** What the rows of all jobs share. */
interface Known {
  readonly pauses: ReadonlyMap<string, Pause>;
  readonly incidents: readonly Incident[];
  /** newest first */
  readonly recent: ReadonlyMap<string, readonly Run[]>;
  readonly now: Ms;
  readonly lang: Lang;
}

/** What the rows of these jobs need of the ledger, all of them together. */
export const knownOf = async (app: App, names: readonly string[], now: Ms, lang: Lang): Promise<Known> => ({
  pauses: await app.ledger().jobs.pauses(),
  incidents: await app.ledger().history.openIncidents(),
  recent: await app.ledger().history.latestRuns(names, STRIP),
  now,
  lang,
});

export const jobOf = (app: App, name: string): Job | null => app.project.jobs.find((job) => job.name === name) ?? null;

/** Throws `unknown-job` for a name without a file. */
export const mustBeJob = ({ project }: App, name: string): void => {
  const { jobNames } = project;
  if (!jobNames.includes(name))
    throw failure(
      configWords,
      'unknown-job',
      { name, known: jobNames, suggestion: nearest(name, jobNames) },
      { status: 2 },
    );
};

/** A job whose file is sound. Throws `unknown-job`, `bad-settings`. */
export const soundJob = (app: App, name: string): Job => {
  mustBeJob(app, name);
  const [job] = soundJobs(app.project, [name]);
  if (job === undefined) throw badSettings(app.project.problems.get(name) ?? []);
  return job;
};

/** A job that can be run now, with what else is to be said of it. Throws `unknown-job`, `bad-settings`. */
export const runnableJob = (app: App, name: string): { readonly job: Job; readonly problems: readonly Problem[] } => {
  const job = soundJob(app, name);
  const problems = checkJob(job);
  const faults = problems.filter(isError);
  if (faults.length > 0) throw badSettings(faults);
  return { job, problems };
};

export const rowOf = (
  app: App,
  name: string,
  { pauses, incidents, recent: all, now, lang }: Known,
): z.input<typeof jobRow> => {
  const { settings, problems } = app.project;
  const job = jobOf(app, name);
  const schedule = job?.schedule ?? null;
  const pause = pauses.get(name) ?? null;
  const recent = all.get(name) ?? [];
  const [last = null] = recent;
  const [next = null] = schedule === null ? [] : nextDue(schedule, now, 1);
  return {
    job: name,
    description: job?.description ?? null,
    schedule: schedule === null ? null : say(scheduleInWords(schedule), lang),
    timezone: schedule?.timezone ?? settings.timezone,
    next: utcOrNull(next),
    last: last === null ? null : runRow(last, lang),
    recent: recent.map((run) => stripeOf(run, lang)).reverse(),
    owner: (job?.owner ?? settings.owner)?.shown ?? null,
    recipients: job?.to.length ?? 0,
    paused: pause !== null && isPausedAt(pause, now) ? pauseJson(pause) : null,
    incident: incidents.find(({ subject }) => subject === `job:${name}`)?.id ?? null,
    problems: (problems.get(name) ?? []).filter(isError).length,
    app: job?.app ?? 'default',
    priority: job?.priority ?? 'normal',
    sound: job !== null,
  };
};

export const jobs: Handler<typeof reads.jobs> = async (_asked, { app, clock, lang }) => {
  const { jobNames } = app.project;
  const known = await knownOf(app, jobNames, clock.now(), lang);
  return { jobs: jobNames.map((name) => rowOf(app, name, known)) };
};
