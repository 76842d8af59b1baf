import { pauseJob, pauseUntil, resumeJob } from '../../acts/pause.ts';
import { soundJobs } from '../../config/load.ts';
import { failure } from '../../model/errors.ts';
import type { Pause } from '../../model/pause.ts';
import { pauseJson } from '../../report/pause-json.ts';
import { type Act, flag, text } from '../command.ts';
import type { Context } from '../context.ts';
import { untilInWords } from '../picture-of-pause.ts';
import { cliWords } from '../words.ts';

type Options = Parameters<Act>[0]['options'];

/** The jobs that are meant: by name, or all with a schedule. */
const chosen = (args: readonly string[], options: Options, context: Context) => {
  const all = flag(options, 'all');
  if (all === args.length > 0) throw failure(cliWords, 'jobs-or-all', undefined, { status: 2 });
  const project = context.project(all ? null : [...args]);
  return { project, jobs: all ? project.jobs.filter(({ schedule }) => schedule !== null) : soundJobs(project, args) };
};

const shown = (job: string, pause: Pause | null) => ({ job, paused: pause === null ? null : pauseJson(pause) });

/** `larkcron pause JOB…|--all`: their due times do not happen, each noted as skipped; what is on its way goes on. */
export const pause: Act = async ({ args, options }, context) => {
  const { out, clock } = context;
  const { project, jobs } = chosen(args, options, context);
  const now = clock.now();
  const reason = text(options, 'reason');
  const given = text(options, 'until');
  const app = await context.app(project);
  const { ledger } = app;
  for (const job of jobs) {
    const { name, schedule } = job;
    const zone = schedule?.timezone ?? project.settings.timezone;
    const until = pauseUntil('--until', given, { zone, now });
    await pauseJob(app, job, { until, reason });
    const end = untilInWords(until, zone);
    out.line(out.say({ zh: `⏸ ${name} 已暂停,${end.zh}`, en: `⏸ ${name} is paused ${end.en}` }));
  }
  const pauses = await ledger().jobs.pauses();
  out.data({ jobs: jobs.map(({ name }) => shown(name, pauses.get(name) ?? null)) });
  return 0;
};

/** `larkcron resume JOB…|--all`: from now on they are due again; what was due meanwhile is not made up for. */
export const resume: Act = async ({ args, options }, context) => {
  const { out } = context;
  const { project, jobs } = chosen(args, options, context);
  const app = await context.app(project);
  for (const job of jobs) {
    const { name } = job;
    const was = await resumeJob(app, job);
    out.line(
      was
        ? out.say({ zh: `▶ ${name} 已恢复`, en: `▶ ${name} goes on` })
        : out.say({ zh: `${name} 没有暂停`, en: `${name} was not paused` }),
    );
  }
  out.data({ jobs: jobs.map(({ name }) => shown(name, null)) });
  return 0;
};
