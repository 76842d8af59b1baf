import { clockText, parseTime } from '../../acts/time.ts';
import { hasLedger } from '../../app.ts';
import { soundJobs } from '../../config/load.ts';
import { isError } from '../../model/errors.ts';
import type { Job } from '../../model/job.ts';
import type { Pause } from '../../model/pause.ts';
import type { Ms } from '../../model/time.ts';
import { comingJson } from '../../report/coming-json.ts';
import { type Coming, coming } from '../../schedule/coming.ts';
import { scheduleInWords } from '../../schedule/in-words.ts';
import { type Act, text } from '../command.ts';
import { parseCount } from '../time.ts';

/** What is left out of one day for one reason, as one. */
const byDay = (dues: readonly Coming[], zone: string): { due: Coming; count: number }[] => {
  const lines: { due: Coming; count: number }[] = [];
  for (const due of dues) {
    const last = lines.at(-1);
    const same =
      last !== undefined &&
      last.due.left !== null &&
      last.due.left.why === due.left?.why &&
      dayText(last.due.at, zone) === dayText(due.at, zone);
    if (last !== undefined && same) last.count++;
    else lines.push({ due, count: 1 });
  }
  return lines;
};

const dayText = (at: Ms, zone: string): string => clockText(at, zone).slice(0, 10);

/** `larkcron next`: when each job is due, from now or --since on, and what its calendar leaves out. */
export const next: Act = async ({ args, options }, context) => {
  const { out, clock, project: load } = context;
  const project = load(args.length === 0 ? null : [...args]);
  const jobs = args.length === 0 ? project.jobs : soundJobs(project, args);
  const count = parseCount('-n', text(options, 'count'), 10);
  const now = clock.now();
  const since = text(options, 'since');
  const pauses = hasLedger(project.settings)
    ? await (await context.app(project)).ledger().jobs.pauses()
    : new Map<string, Pause>();
  const listed = jobs.flatMap((job: Job) => {
    if (job.schedule === null) return [];
    const zone = job.schedule.timezone;
    const from = since === null ? now : parseTime('--since', since, { zone, now }) - 1;
    return [
      { job, zone, schedule: job.schedule, dues: coming(job, job.schedule, pauses.get(job.name) ?? null, from, count) },
    ];
  });
  for (const { job, zone, schedule, dues } of listed) {
    out.line(`${job.name}  ${out.say(scheduleInWords(schedule))}`);
    for (const { due, count: times } of byDay(dues, zone)) {
      const when = `${clockText(due.at, zone)}  ${weekday(due.at, zone, out.lang)}`;
      const more = times > 1 ? out.say({ zh: `(${times} 次)`, en: ` (${times} times)` }) : '';
      if (due.left !== null) {
        const { zh, en } = due.left.message;
        out.line(out.say({ zh: `  – ${when}  不发${more}:${zh}`, en: `  – ${when}  left out${more}: ${en}` }));
      } else if (due.unknownYear !== null) {
        const year = due.unknownYear;
        out.line(
          out.say({ zh: `  ? ${when}  还没有 ${year} 年的放假安排`, en: `  ? ${when}  no notice for ${year} yet` }),
        );
      } else {
        const later = clockText(due.notBefore, zone);
        const sent = due.notBefore === due.at ? '' : out.say({ zh: `  ${later} 发`, en: `  sent at ${later}` });
        out.line(`  ${when}${sent}`);
      }
    }
    if (dues.length === 0) out.line(out.say({ zh: '  以后不会再到时间', en: '  no due time any more' }));
  }
  const silent = jobs.filter(({ schedule }) => schedule === null).map(({ name }) => name);
  if (silent.length > 0)
    out.line(out.say({ zh: `没有 schedule: ${silent.join('、')}`, en: `without a schedule: ${silent.join(', ')}` }));
  for (const problems of project.problems.values()) out.problems(problems.filter(isError));
  out.data({
    jobs: listed.map(({ job, zone, dues }) => ({
      job: job.name,
      timezone: zone,
      next: dues.map((due) => comingJson(due, out.lang)),
    })),
  });
  return [...project.problems.values()].some((problems) => problems.some(isError)) ? 2 : 0;
};

const weekday = (at: Ms, zone: string, lang: 'zh' | 'en'): string =>
  new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'short', timeZone: zone }).format(at);
