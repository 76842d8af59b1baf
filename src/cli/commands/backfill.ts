import { duesToBackfill, MOST_BACKFILLED, openBackfill } from '../../acts/backfill.ts';
import { clockText, parseTime } from '../../acts/time.ts';
import { actWords } from '../../acts/words.ts';
import { checkJob } from '../../check/check-job.ts';
import { badSettings, soundJobs } from '../../config/load.ts';
import { settleRuns } from '../../drain.ts';
import { failure, isError } from '../../model/errors.ts';
import { type Ms, SECOND } from '../../model/time.ts';
import { runJson, utc } from '../../report/run-json.ts';
import { type Act, type ExitStatus, flag, type Options, text } from '../command.ts';
import { confirm } from '../confirm.ts';
import { statusOf, statusWith, worst } from '../exit-status.ts';
import { cancelIfInterrupted } from '../interrupted.ts';
import { alreadyLines, backfillQuestion } from '../picture-of-backfill.ts';
import { linesOf } from '../picture-of-run.ts';
import { parseCount, parseWait } from '../time.ts';
import { cliWords } from '../words.ts';

/** The stretch of --since and --until, which ends now at the latest. Throws `backfill-since`, `bad-value` (status 2). */
const stretchOf = (options: Options, of: { zone: string; now: Ms }): { readonly since: Ms; readonly until: Ms } => {
  const [since, until] = [text(options, 'since'), text(options, 'until')];
  if (since === null) throw failure(cliWords, 'backfill-since', undefined, { status: 2 });
  return {
    since: parseTime('--since', since, of),
    until: until === null ? of.now : parseTime('--until', until, of),
  };
};

/**
 * `larkcron backfill JOB --since --until`: the due times of a stretch of the past that were missed, left out or failed
 * before anything was sent, each marked as late; what was sent already is left alone.
 */
export const backfill: Act = async ({ args, options }, context) => {
  const { out, clock } = context;
  const wait = parseWait('--wait', text(options, 'wait'), 30 * SECOND);
  const most = parseCount('--max', text(options, 'max'), MOST_BACKFILLED);
  const project = context.project([...args]);
  const [job] = soundJobs(project, args);
  if (job?.schedule == null) throw failure(actWords, 'no-schedule', { job: args[0] ?? '' }, { status: 2 });
  const faults = checkJob(job).filter(isError);
  if (faults.length > 0) throw badSettings(faults);
  const now = clock.now();
  const zone = job.schedule.timezone;
  const { since, until } = stretchOf(options, { zone, now });
  const dues = duesToBackfill(job, { since, until, most, now, keep: project.settings.retention.runs });
  if (flag(options, 'dryRun')) {
    for (const due of dues) out.line(clockText(due, zone));
    out.data({ job: job.name, dues: dues.map(utc) });
    return 0;
  }
  if (!flag(options, 'yes') && dues.length * job.to.length > 1)
    await confirm(backfillQuestion(dues.length, job.to.length), context);
  const app = await context.app(project);
  const { opened, already } = await openBackfill(app, job, dues, now);
  const ids = opened.map(({ id }) => id);
  if (ids.length > 0) await settleRuns(app.loops(), ids, { wait });
  await cancelIfInterrupted(app, ids, context);
  const ended = await Promise.all(opened.map(async (each) => (await app.ledger().history.run(each.id)) ?? each));
  const statuses: ExitStatus[] = [];
  for (const run of ended) {
    out.lines(await linesOf(app, run, out.lang), { failed: statusOf(run) !== 0 });
    statuses.push(statusWith(run, await app.ledger().history.deliveries(run.id)));
  }
  for (const line of alreadyLines(already, dues.length, zone)) out.line(out.say(line));
  out.data({ runs: ended.map((run) => runJson(run, out.lang)), already: already.map(utc) });
  return worst(statuses);
};
