import type { App } from '../../app.ts';
import { readCodeAnew } from '../../config/code-job.ts';
import type { Project } from '../../config/load.ts';
import { configWords } from '../../config/words.ts';
import { drainAll } from '../../drain.ts';
import { failure, isError, LarkcronError } from '../../model/errors.ts';
import type { LogEvent } from '../../model/log-event.ts';
import { createNotifier } from '../../wake/notify.ts';
import { type Act, text } from '../command.ts';
import type { Context } from '../context.ts';
import { dueTimesOf } from '../due-times.ts';
import { linesOf } from '../picture-of-run.ts';
import { statusOf } from '../shapes.ts';
import { signatureOf, untilChanged } from '../watch-project.ts';

type Notify = ReturnType<typeof createNotifier>;

/** What it does until it is told to stop, or until the settings' files change: then it hands over to itself. */
const generation = async (
  project: Project,
  changed: AbortSignal,
  notify: Notify,
  context: Context,
  hello: (app: App) => void,
) => {
  const { out } = context;
  let printed = Promise.resolve();
  const app = await context.app(
    project,
    (event: LogEvent) => {
      if (event.event !== 'run.ended' || context.verbose) return;
      const { run } = event;
      const print = async (): Promise<void> => {
        const [line = ''] = await linesOf(app, run, out.lang);
        out.lines([line], { failed: statusOf(run) !== 0 });
      };
      printed = printed.then(print).catch(() => {}); // what ended stands in the ledger, whether or not it could be shown
    },
    changed,
  );
  await app.ledger().processes.beat();
  for (const [name, problems] of project.problems) {
    if (name !== '' && problems.some(isError))
      app.report({ event: 'job.broken', job: name, problems: problems.length });
    out.problems(problems);
  }
  hello(app);
  const decide = dueTimesOf(app);
  // the watchdog hears of the loops themselves: they come by here once a minute at least
  const plan = async () => {
    notify('WATCHDOG=1');
    return decide();
  };
  await drainAll(app.loops(), { jobs: project.jobNames, plan, deadline: null });
  await printed;
  await app.close();
};

const scheduledIn = ({ jobs }: Project): number => jobs.filter(({ schedule }) => schedule !== null).length;

/** The settings as they are now; while larkcron.yaml itself is broken those before stay, and the owner hears, once an hour. */
const reloaded = async (before: Project, app: App | null, { out, project }: Context): Promise<Project> => {
  try {
    readCodeAnew();
    const now = project();
    out.line(
      out.say({
        zh: `↻ 设置已重新读取:${scheduledIn(now)} 个任务有时间表`,
        en: `↻ the settings were read again: ${scheduledIn(now)} jobs have a schedule`,
      }),
    );
    return now;
  } catch (error) {
    if (!(error instanceof LarkcronError)) throw error;
    out.problems(error.problems);
    out.note(
      out.say({
        zh: '新设置有错,继续用原来的。',
        en: 'The new settings have faults: those before stay in force.',
      }),
    );
    await app?.lastResort(error, 'settings-kept');
    return before;
  }
};

/**
 * `larkcron start`: stays up, plans due times, sends, and goes on with what others left, until it is interrupted. Then
 * it waits for the answers under way and leaves the rest to the next process. Changed settings are read within seconds.
 */
export const start: Act = async ({ options }, context) => {
  const { out, clock, signal } = context;
  for (const name of ['host', 'port'])
    if (text(options, name) !== null) throw failure(configWords, 'not-yet', { key: `--${name}` }, { status: 2 });
  const notify = createNotifier(context.environment);
  signal.addEventListener('abort', () => notify('STOPPING=1'), { once: true });
  const file = context.settingsFile();
  let project = context.project();
  let current: App | null = null;
  for (let first = true; !signal.aborted; first = false) {
    const changed = new AbortController();
    const seen = signatureOf(file);
    const ends = AbortSignal.any([signal, changed.signal]);
    // a stand-in of our own would forget what it was sent
    const watching = (
      context.sandbox ? Promise.resolve(false) : untilChanged(file, seen, { clock, signal: ends })
    ).then((is) => {
      if (is) changed.abort('changed');
    });
    await generation(project, changed.signal, notify, context, (app) => {
      current = app;
      notify('READY=1');
      if (!first) return;
      const jobs = scheduledIn(project);
      out.line(
        out.say({
          zh: `larkcron 在工作:${jobs} 个任务有时间表(Ctrl-C 结束)`,
          en: `larkcron is at work: ${jobs} jobs have a schedule (Ctrl-C ends it)`,
        }),
      );
      if (options['console'] !== false)
        out.line(out.say({ zh: '控制台不在这个版本里。', en: 'The console is not part of this version.' }));
      out.data({ jobs, pid: process.pid });
    });
    changed.abort('over');
    await watching;
    if (!signal.aborted) project = await reloaded(project, current, context);
  }
  return 0;
};
