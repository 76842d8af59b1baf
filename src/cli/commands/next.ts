import { soundJobs } from '../../config/load.ts';
import { isError } from '../../model/errors.ts';
import type { Job } from '../../model/job.ts';
import type { Schedule } from '../../model/schedule.ts';
import type { Ms } from '../../model/time.ts';
import { type Due, decidedBetween } from '../../schedule/dues.ts';
import { scheduleInWords } from '../../schedule/in-words.ts';
import { notOnThisDay } from '../../schedule/words.ts';
import { type Act, text } from '../command.ts';
import { utc } from '../shapes.ts';
import { clockText, parseCount, parseTime } from '../time.ts';

/** More skipped times than this between those that come are not looked at. */
const MOST_LOOKED_AT = 10_000;

/** So many times that come, with those between them that the calendar leaves out. */
const coming = (schedule: Schedule, from: Ms, count: number): Due[] => {
  const all = decidedBetween(schedule, from, Number.POSITIVE_INFINITY, schedule.days === null ? count : MOST_LOOKED_AT);
  let left = count;
  const end = all.findIndex(({ skipped }) => skipped === null && left-- === 0);
  return end < 0 ? all : all.slice(0, end);
};

/** Skipped times of one day as one. */
const byDay = (dues: readonly Due[], zone: string): { due: Due; count: number }[] => {
  const lines: { due: Due; count: number }[] = [];
  for (const due of dues) {
    const last = lines.at(-1);
    const same =
      last?.due.skipped != null && due.skipped !== null && dayText(last.due.at, zone) === dayText(due.at, zone);
    if (last !== undefined && same) last.count++;
    else lines.push({ due, count: 1 });
  }
  return lines;
};

const dayText = (at: Ms, zone: string): string => clockText(at, zone).slice(0, 10);

/** `larkcron next`: when each job is due, from now or --since on, and what its calendar leaves out. */
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
    return [{ job, zone, schedule: job.schedule, dues: coming(job.schedule, from, count) }];
  });
  for (const { job, zone, schedule, dues } of listed) {
    out.line(`${job.name}  ${out.say(scheduleInWords(schedule))}`);
    for (const { due, count: times } of byDay(dues, zone)) {
      const when = `${clockText(due.at, zone)}  ${weekday(due.at, zone, out.lang)}`;
      const more = times > 1 ? out.say({ zh: `(${times} 次)`, en: ` (${times} times)` }) : '';
      if (due.skipped !== null)
        out.line(
          out.say({
            zh: `  – ${when}  不发${more}:${due.skipped.zh}`,
            en: `  – ${when}  left out${more}: ${due.skipped.en}`,
          }),
        );
      else if (due.unknownYear !== null)
        out.line(
          out.say({
            zh: `  ? ${when}  还没有 ${due.unknownYear} 年的放假安排`,
            en: `  ? ${when}  no notice for ${due.unknownYear} yet`,
          }),
        );
      else out.line(`  ${when}`);
    }
    if (dues.length === 0) out.line(out.say({ zh: '  以后不会再到时间', en: '  no due time any more' }));
  }
  const silent = jobs.filter(({ schedule }) => schedule === null).map(({ name }) => name);
  if (silent.length > 0)
    out.line(out.say({ zh: `没有 schedule: ${silent.join('、')}`, en: `without a schedule: ${silent.join(', ')}` }));
  for (const problems of project.problems.values()) out.problems(problems.filter(isError));
  out.data({
    jobs: listed.map(({ job, zone, schedule, dues }) => ({
      job: job.name,
      timezone: zone,
      next: dues.map(({ at, skipped, unknownYear }) => ({
        dueAt: utc(at),
        skipped:
          skipped === null || schedule.days === null
            ? null
            : { code: 'calendar', message: out.say(notOnThisDay(schedule.days.calendar.name, skipped)) },
        // the calendar has no notice for its year: it would end as failed
        calendarUnknown: unknownYear,
      })),
    })),
  });
  return [...project.problems.values()].some((problems) => problems.some(isError)) ? 2 : 0;
};

const weekday = (at: Ms, zone: string, lang: 'zh' | 'en'): string =>
  new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'short', timeZone: zone }).format(at);
