import type { App } from '../../app.ts';
import type { Clock } from '../../base/clock.ts';
import { readCodeAnew } from '../../config/code-job.ts';
import type { Project } from '../../config/load.ts';
import { drainAll } from '../../drain.ts';
import { isError, LarkcronError } from '../../model/errors.ts';
import type { LogEvent } from '../../model/log-event.ts';
import { type Ms, SECOND } from '../../model/time.ts';
import { createNotifier } from '../../wake/notify.ts';
import type { Act } from '../command.ts';
import type { Context } from '../context.ts';
import { dueTimesOf } from '../due-times.ts';
import { statusOf } from '../exit-status.ts';
import { openConsole, type RunningConsole } from '../open-console.ts';
import type { Output } from '../output.ts';
import { linesOf } from '../picture-of-run.ts';
import { signatureOf, untilChanged } from '../watch-project.ts';

/** What it does until it is told to stop, or until the settings' files change: then it hands over to itself. */
const generation = async (
  project: Project,
  changed: AbortSignal,
  round: () => void,
  context: Context,
  hello: (app: App) => Promise<() => void>,
  watch: (event: LogEvent) => void,
) => {
  const { out } = context;
  let printed = Promise.resolve();
  const app = await context.app(
    project,
    (event: LogEvent) => {
      watch(event);
      // who waits for the ledger's server goes round as well: it would do nothing else after a new start
      if (event.event === 'ledger.away') round();
      if (event.event === 'node.drained' || event.event === 'node.resumed') out.line(nodeLine(event, out));
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
  const goodbye = await hello(app);
  // the watchdog hears of the loops themselves
  await drainAll(app.loops(), { jobs: project.jobNames, plan: dueTimesOf(app), round, deadline: null });
  await printed;
  goodbye();
  await app.close();
};

const nodeLine = ({ event, node }: Extract<LogEvent, { event: 'node.drained' | 'node.resumed' }>, { say }: Output) =>
  event === 'node.drained'
    ? say({
        zh: `⏸ 这个节点已排空:不再接新的活,手上的做完(恢复:larkcron nodes resume ${node})`,
        en: `⏸ this node is drained: it takes no new work and finishes what it has (larkcron nodes resume ${node})`,
      })
    : say({ zh: '▶ 这个节点恢复工作', en: '▶ this node is at work again' });

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

/** An answer to a probe is wanted soon; a ledger that cannot be reached is waited for much longer. */
const SOON: Ms = SECOND;
const asking = new WeakMap<App, Promise<string | null>>();

/** Why it could do no work now; null: it could. However often it is asked, the ledger is asked once at a time. */
const readiness = async (app: App, clock: Clock): Promise<string | null> => {
  const asked = asking.get(app) ?? readinessOf(app).finally(() => asking.delete(app));
  asking.set(app, asked);
  const late = new AbortController();
  const soon = clock.sleep(SOON, late.signal).then(() => 'the ledger does not answer');
  return Promise.race([asked, soon]).finally(() => late.abort('over'));
};

const readinessOf = async (app: App): Promise<string | null> => {
  await app.ledger().processes.here();
  const faults = (app.project.problems.get('') ?? []).filter(isError);
  const { nodes } = app.ledger();
  if (await nodes.isDrained()) return `drained: it takes no new work until larkcron nodes resume ${nodes.name}`;
  return faults.length === 0 ? null : `larkcron.yaml: ${faults.length} faults`;
};

/**
 * `larkcron start`: stays up, plans due times, sends, and goes on with what others left, until it is interrupted. Then
 * it waits for the answers under way and leaves the rest to the next process. Changed settings are read within seconds.
 */
export const start: Act = async ({ options }, context) => {
  const { out, clock, signal } = context;
  let lastRound = clock.monotonic();
  let current: App | null = null;
  const notify = createNotifier(context.environment);
  signal.addEventListener('abort', () => notify('STOPPING=1'), { once: true });
  const file = context.settingsFile();
  // looked at before they are read: what is written meanwhile is a change
  let seen = signatureOf(file);
  let project = context.project();
  let last: App | null = null;
  let server = null as RunningConsole | null;
  const health = {
    lastRound: () => lastRound,
    monotonic: clock.monotonic,
    ready: async () => (current === null ? 'not at work yet' : readiness(current, clock)),
  };
  for (let first = true; !signal.aborted; first = false) {
    const changed = new AbortController();
    const ends = AbortSignal.any([signal, changed.signal]);
    // a stand-in of our own would forget what it was sent
    const watching = (
      context.sandbox ? Promise.resolve(false) : untilChanged(file, seen, { clock, signal: ends })
    ).then((is) => {
      if (is) changed.abort('changed');
    });
    const round = (): void => {
      lastRound = clock.monotonic();
      notify('WATCHDOG=1');
    };
    const hello = async (app: App): Promise<() => void> => {
      current = app;
      last = app;
      const goodbye = (): void => {
        current = null;
      };
      if (first) server = await openConsole(options, context, { app: () => current, project, health });
      else server?.settingsChanged();
      notify('READY=1');
      if (!first) return goodbye;
      const jobs = scheduledIn(project);
      out.line(
        out.say({
          zh: `larkcron 在工作:${jobs} 个任务有时间表(Ctrl-C 结束)`,
          en: `larkcron is at work: ${jobs} jobs have a schedule (Ctrl-C ends it)`,
        }),
      );
      if (server !== null) out.line(`  ${server.url}`);
      out.data({ jobs, pid: process.pid, url: server?.url ?? null });
      return goodbye;
    };
    await generation(project, changed.signal, round, context, hello, (event) => server?.watch(event));
    changed.abort('over');
    await watching;
    if (signal.aborted) break;
    seen = signatureOf(file);
    project = await reloaded(project, last, context);
  }
  await server?.close();
  return 0;
};
