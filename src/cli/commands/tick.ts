import { drainAll } from '../../drain.ts';
import { isError } from '../../model/errors.ts';
import type { LogEvent } from '../../model/log-event.ts';
import { hasEnded, type Run } from '../../model/run.ts';
import { MINUTE, type Ms, SECOND } from '../../model/time.ts';
import { runJson } from '../../report/run-json.ts';
import { type Act, type ExitStatus, flag, text } from '../command.ts';
import { dueTimesOf } from '../due-times.ts';
import { statusOf, statusWith, worst } from '../exit-status.ts';
import { linesOf } from '../picture-of-run.ts';
import { parseWait } from '../time.ts';

/** A tick started by cron works to second 50 of its minute, so that the next one finds the field clear. */
const deadlineOf = (now: Ms, given: string | null): Ms => {
  if (given !== null) return now + parseWait('--for', given, 0);
  const last = Math.floor(now / MINUTE) * MINUTE + 50 * SECOND;
  return last > now ? last : now;
};

/** `larkcron tick`: what is due, what was missed, what an earlier process left; then it exits. */
export const tick: Act = async ({ options }, context) => {
  const { out, clock } = context;
  const deadline = deadlineOf(clock.now(), text(options, 'for'));
  const project = context.project();
  const ended: Run[] = [];
  const tried = new Set<string>();
  const app = await context.app(project, (event: LogEvent) => {
    if (event.event === 'run.ended' && event.run.kind === 'job') ended.push(event.run);
    if (event.event === 'delivery.tried') tried.add(event.delivery.run);
  });
  if (flag(options, 'ifDaemonDead') && (await app.ledger().processes.hasDaemon())) {
    out.line(
      out.say({ zh: 'larkcron start 在工作,什么都没有做。', en: 'larkcron start is at work; nothing was done.' }),
    );
    out.data({ runs: [], daemon: true });
    return 0;
  }
  const { nodes } = app.ledger();
  if (await nodes.isDrained()) {
    out.line(
      out.say({
        zh: `这个节点已排空,什么都没有做(恢复:larkcron nodes resume ${nodes.name})。`,
        en: `This node is drained; nothing was done (larkcron nodes resume ${nodes.name}).`,
      }),
    );
    out.data({ runs: [], drained: true });
    return 0;
  }
  const broken = [...project.problems].filter(([name, problems]) => name !== '' && problems.some(isError));
  for (const [job, problems] of broken) app.report({ event: 'job.broken', job, problems: problems.length });

  await app.ledger().processes.tick();
  await drainAll(app.loops(), { jobs: project.jobNames, plan: dueTimesOf(app), deadline });

  const statuses: ExitStatus[] = [];
  for (const run of ended) {
    out.lines(await linesOf(app, run, out.lang), { failed: statusOf(run) !== 0 });
    statuses.push(statusWith(run, await app.ledger().history.deliveries(run.id)));
  }
  // it did what it could, and something of it is unsure or waits: the next tick goes on
  for (const id of tried) {
    const run = await app.ledger().history.run(id);
    if (run !== null && !hasEnded(run.state)) statuses.push(statusOf(run));
  }
  for (const [, problems] of broken) out.problems(problems);
  out.data({ runs: ended.map((run) => runJson(run, out.lang)) });
  return worst([...statuses, ...(broken.length > 0 ? [2 as const] : [])]);
};
