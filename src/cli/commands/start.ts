import { configWords } from '../../config/words.ts';
import { drainAll } from '../../drain.ts';
import { failure, isError } from '../../model/errors.ts';
import type { LogEvent } from '../../model/log-event.ts';
import { type Act, text } from '../command.ts';
import { dueTimesOf } from '../due-times.ts';
import { linesOf } from '../picture-of-run.ts';
import { statusOf } from '../shapes.ts';

/**
 * `larkcron start`: stays up, plans due times, sends, and goes on with what others left, until it is interrupted. Then
 * it waits for the answers under way and leaves the rest to the next process. The settings are those of its start.
 */
export const start: Act = async ({ options }, context) => {
  const { out, clock } = context;
  for (const name of ['host', 'port'])
    if (text(options, name) !== null) throw failure(configWords, 'not-yet', { key: `--${name}` }, { status: 2 });
  const project = context.project();
  let printed = Promise.resolve();
  const app = await context.app(project, (event: LogEvent) => {
    if (event.event !== 'run.ended' || context.verbose) return;
    const { run } = event;
    const print = async (): Promise<void> => {
      const [line = ''] = await linesOf(app, run, out.lang);
      out.lines([line], { failed: statusOf(run) !== 0 });
    };
    printed = printed.then(print).catch(() => {}); // what ended stands in the ledger, whether or not it could be shown
  });
  const plan = dueTimesOf(app, clock);
  await app.ledger().processes.beat();
  for (const [name, problems] of project.problems) {
    if (name !== '' && problems.some(isError))
      app.report({ event: 'job.broken', job: name, problems: problems.length });
    out.problems(problems);
  }
  const jobs = project.jobs.filter(({ schedule }) => schedule !== null).length;
  out.line(
    out.say({
      zh: `larkcron 在工作:${jobs} 个任务有时间表(Ctrl-C 结束)`,
      en: `larkcron is at work: ${jobs} jobs have a schedule (Ctrl-C ends it)`,
    }),
  );
  if (options['console'] !== false)
    out.line(
      out.say({
        zh: '控制台不在这个版本里;改了设置要重新启动。',
        en: 'The console is not part of this version; changed settings take effect with a new start.',
      }),
    );
  out.data({ jobs, pid: process.pid });
  await drainAll(app.loops(), { jobs: project.jobNames, plan, deadline: null });
  await printed;
  return 0;
};
