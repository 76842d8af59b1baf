import { showsRowsOf } from '../../acts/dry-run.ts';
import { quotaOf } from '../../acts/guard.ts';
import { runFor } from '../../acts/open-run.ts';
import { recipientsFrom } from '../../acts/recipients.ts';
import type { App } from '../../app.ts';
import { checkJob } from '../../check/check-job.ts';
import { badSettings, soundJobs } from '../../config/load.ts';
import { settleRuns } from '../../drain.ts';
import { isError } from '../../model/errors.ts';
import type { Job } from '../../model/job.ts';
import type { LogEvent } from '../../model/log-event.ts';
import type { Recipient } from '../../model/recipient.ts';
import { hasEnded, type Run } from '../../model/run.ts';
import { SECOND } from '../../model/time.ts';
import { reportJson } from '../../report/run-json.ts';
import { type Act, type ExitStatus, flag, text, texts } from '../command.ts';
import { confirm } from '../confirm.ts';
import type { Context } from '../context.ts';
import { dryRun } from '../dry-run.ts';
import { statusOf, statusWith, worst } from '../exit-status.ts';
import { cancelIfInterrupted } from '../interrupted.ts';
import { linesOf } from '../picture-of-run.ts';
import { parseWait } from '../time.ts';
import { cliWords } from '../words.ts';

type Withheld = Extract<LogEvent, { event: 'urgent.withheld' }>;

const print = async (
  app: App,
  runs: readonly Run[],
  withheld: readonly Withheld[],
  { out }: Context,
): Promise<void> => {
  const reports = [];
  for (const run of runs) {
    out.lines(await linesOf(app, run, out.lang), { failed: statusOf(run) !== 0 });
    const kept = withheld.find((event) => event.run.id === run.id);
    if (kept !== undefined) out.line(`  ! ${out.say(cliWords['urgent-withheld'](kept).message)}`);
    if (!out.json) continue;
    const report = await reportJson(app, run, out.lang, { tries: false });
    reports.push(kept === undefined ? report : { ...report, urgentWithheld: { people: kept.people, most: kept.most } });
  }
  out.data(reports.length === 1 ? reports[0] : { runs: reports });
};

/** How many it goes to; whom data name is known only when they are there. */
const confirmMany = async (jobs: readonly Job[], to: readonly Recipient[], context: Context): Promise<void> => {
  const people = jobs.reduce((sum, job) => sum + (to.length > 0 ? to.length : job.to.length), 0);
  const columns =
    to.length > 0 ? [] : jobs.flatMap(({ each }) => (each === null ? [] : [`${each.from}.${each.column}`]));
  const named = columns.join(', ');
  if (columns.length > 0)
    await confirm({ zh: `要发给 ${named} 里的每个人吗?`, en: `Send to everybody who stands in ${named}?` }, context);
  else if (people > 1)
    await confirm({ zh: `要发给 ${people} 个收件人吗?`, en: `Send to ${people} recipients?` }, context);
};

/** `larkcron run`: opens (or joins) a run for each job, and stays until they are settled. */
export const run: Act = async ({ args, options }, context) => {
  const { clock } = context;
  const wait = parseWait('--wait', text(options, 'wait'), 30 * SECOND);
  const project = context.project([...args]);
  const jobs = soundJobs(project, args);
  const faults = jobs.flatMap((job) => checkJob(job)).filter(isError);
  if (faults.length > 0) throw badSettings(faults);
  const to = recipientsFrom(texts(options, 'to'), project);
  const call = { due: text(options, 'due'), to, force: flag(options, 'force') };
  const withheld: Withheld[] = [];
  const app = await context.app(project, (event) => {
    if (event.event === 'urgent.withheld') withheld.push(event);
    if (event.event === 'run.example') context.out.note(context.out.say(showsRowsOf(event)));
  });
  const now = clock.now();
  const wanted = jobs.map((job) => runFor(job, call, app, now));
  if (flag(options, 'dryRun')) return dryRun(app, jobs, wanted, { to, force: call.force }, context);

  if (!flag(options, 'yes')) await confirmMany(jobs, to, context);
  const opened = [];
  for (const each of wanted) opened.push((await app.ledger().runs.open(each, quotaOf(to, project.settings))).run);
  const open = opened.filter(({ state }) => !hasEnded(state)).map(({ id }) => id);
  if (open.length > 0) await settleRuns(app.loops(), open, { wait });
  await cancelIfInterrupted(app, open, context);
  const runs = await Promise.all(opened.map(async (each) => (await app.ledger().history.run(each.id)) ?? each));
  await print(app, runs, withheld, context);
  const statuses: ExitStatus[] = [];
  for (const each of runs) statuses.push(statusWith(each, await app.ledger().history.deliveries(each.id)));
  return worst(statuses);
};
