import { clockText, parseTime, refuseForgotten } from '../../acts/time.ts';
import { actWords } from '../../acts/words.ts';
import { checkJob } from '../../check/check-job.ts';
import { badSettings, soundJobs } from '../../config/load.ts';
import { settleRuns } from '../../drain.ts';
import { failure, isError } from '../../model/errors.ts';
import type { Run } from '../../model/run.ts';
import { HOUR, SECOND } from '../../model/time.ts';
import { runJson, utc } from '../../report/run-json.ts';
import { dueBetween } from '../../schedule/dues.ts';
import { occurrence } from '../../schedule/scheduler.ts';
import { type Act, type ExitStatus, flag, text } from '../command.ts';
import { confirm } from '../confirm.ts';
import { statusOf, statusWith, worst } from '../exit-status.ts';
import { cancelIfInterrupted } from '../interrupted.ts';
import { linesOf } from '../picture-of-run.ts';
import { parseCount, parseWait } from '../time.ts';
import { cliWords } from '../words.ts';

const MOST = 31;

/**
 * `larkcron backfill JOB --since --until`: the due times of a stretch of the past that were missed, left out or failed
 * before anything was sent, each marked as late; what was sent already is left alone.
 */
export const backfill: Act = async ({ args, options }, context) => {
  const { out, clock } = context;
  const wait = parseWait('--wait', text(options, 'wait'), 30 * SECOND);
  const most = parseCount('--max', text(options, 'max'), MOST);
  const project = context.project([...args]);
  const [job] = soundJobs(project, args);
  if (job?.schedule == null) throw failure(actWords, 'no-schedule', { job: args[0] ?? '' }, { status: 2 });
  const faults = checkJob(job).filter(isError);
  if (faults.length > 0) throw badSettings(faults);
  const { schedule } = job;
  const now = clock.now();
  const zone = schedule.timezone;
  const time = (name: string, fallback: number | null): number => {
    const given = text(options, name);
    if (given !== null) return parseTime(`--${name}`, given, { zone, now });
    if (fallback === null) throw failure(cliWords, 'backfill-since', undefined, { status: 2 });
    return fallback;
  };
  const [since, until] = [time('since', null), Math.min(time('until', now), now)];
  const dues = dueBetween(schedule, since - 1, until, most + 10_000);
  if (dues.length > most) throw failure(cliWords, 'backfill-many', { count: dues.length, most }, { status: 2 });
  for (const due of dues.slice(0, 1)) refuseForgotten(due, { now, keep: project.settings.retention.runs, zone });
  if (flag(options, 'dryRun')) {
    for (const due of dues) out.line(clockText(due, zone));
    out.data({ job: job.name, dues: dues.map(utc) });
    return 0;
  }
  if (!flag(options, 'yes') && dues.length * job.to.length > 1)
    await confirm(
      {
        zh: `要补发 ${dues.length} 次,每次 ${job.to.length} 个收件人吗?`,
        en: `Send ${dues.length} runs to ${job.to.length} recipients each?`,
      },
      context,
    );
  const app = await context.app(project);
  const { runs } = app.ledger();
  const opened: Run[] = [];
  const sent: number[] = [];
  for (const due of dues) {
    const late = { ...occurrence(job, due, 'backfill'), notBefore: now, deliverUntil: now + HOUR };
    const run = await runs.backfill(late);
    if (run === null) sent.push(due);
    else opened.push(run);
  }
  const ids = opened.map(({ id }) => id);
  if (ids.length > 0) await settleRuns(app.loops(), ids, { wait });
  await cancelIfInterrupted(app, ids, context);
  const ended = await Promise.all(opened.map(async (each) => (await app.ledger().history.run(each.id)) ?? each));
  const statuses: ExitStatus[] = [];
  for (const run of ended) {
    out.lines(await linesOf(app, run, out.lang), { failed: statusOf(run) !== 0 });
    statuses.push(statusWith(run, await app.ledger().history.deliveries(run.id)));
  }
  for (const due of sent)
    out.line(
      out.say({
        zh: `– ${clockText(due, zone)} 已经有结果,不补发`,
        en: `– ${clockText(due, zone)} has its outcome already`,
      }),
    );
  if (dues.length === 0) out.line(out.say({ zh: '这段时间里没有应发的时间。', en: 'Nothing was due in that time.' }));
  out.data({ runs: ended.map((run) => runJson(run, out.lang)), already: sent.map(utc) });
  return worst(statuses);
};
