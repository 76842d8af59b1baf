import type { App } from '../../app.ts';
import { configWords } from '../../config/words.ts';
import { failure, isError } from '../../model/errors.ts';
import type { Incident } from '../../model/incident.ts';
import type { Job } from '../../model/job.ts';
import { nearest } from '../../model/nearest.ts';
import { isPausedAt, type Pause } from '../../model/pause.ts';
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
  readonly now: Ms;
  readonly lang: Lang;
}

export const knownOf = async (app: App, now: Ms, lang: Lang): Promise<Known> => ({
  pauses: await app.ledger().jobs.pauses(),
  incidents: await app.ledger().history.openIncidents(),
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

export const rowOf = async (
  app: App,
  name: string,
  { pauses, incidents, now, lang }: Known,
): Promise<z.input<typeof jobRow>> => {
  const { settings, problems } = app.project;
  const job = jobOf(app, name);
  const schedule = job?.schedule ?? null;
  const pause = pauses.get(name) ?? null;
  const recent = await app.ledger().history.latestRuns(name, STRIP);
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
  const known = await knownOf(app, clock.now(), lang);
  const rows = [];
  for (const name of app.project.jobNames) rows.push(await rowOf(app, name, known));
  return { jobs: rows };
};
