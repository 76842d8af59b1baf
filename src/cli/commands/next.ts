import { soundJobs } from '../../config/load.ts';
import { isError } from '../../model/errors.ts';
import type { Job } from '../../model/job.ts';
import type { Ms } from '../../model/time.ts';
import { nextDue } from '../../schedule/cron.ts';
import { scheduleInWords } from '../../schedule/in-words.ts';
import { type Act, text } from '../command.ts';
import { utc } from '../shapes.ts';
import { clockText, parseCount, parseTime } from '../time.ts';

/** `larkcron next`: when each job is due, from now or --since on. */
export const next: Act = async ({ args, options }, { out, clock, project: load }) => {
  const project = load(args.length === 0 ? null : [...args]);
  const jobs = args.length === 0 ? project.jobs : soundJobs(project, args);
  const count = parseCount('-n', text(options, 'count'), 10);
  const now = clock.now();
  const since = text(options, 'since');
  const listed = jobs.flatMap((job: Job) => {
    if (job.schedule === null) return [];
    const zone = job.schedule.timezone;
    const from = since === null ? now : parseTime('--since', since, { zone, now }) - 1;
    return [{ job, zone, schedule: job.schedule, dues: nextDue(job.schedule, from, count) }];
  });
  for (const { job, zone, schedule, dues } of listed) {
    out.line(`${job.name}  ${out.say(scheduleInWords(schedule))}`);
    for (const due of dues) out.line(`  ${clockText(due, zone)}  ${weekday(due, zone, out.lang)}`);
  }
  const silent = jobs.filter(({ schedule }) => schedule === null).map(({ name }) => name);
  if (silent.length > 0)
    out.line(out.say({ zh: `没有 schedule: ${silent.join('、')}`, en: `without a schedule: ${silent.join(', ')}` }));
  for (const problems of project.problems.values()) out.problems(problems.filter(isError));
  out.data({
    jobs: listed.map(({ job, zone, dues }) => ({
      job: job.name,
      timezone: zone,
      next: dues.map((due) => ({ dueAt: utc(due), skipped: null })),
    })),
  });
  return [...project.problems.values()].some((problems) => problems.some(isError)) ? 2 : 0;
};

const weekday = (at: Ms, zone: string, lang: 'zh' | 'en'): string =>
  new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'short', timeZone: zone }).format(at);
