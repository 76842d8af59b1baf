import type { Clock } from './base/clock.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Report } from './model/log-event.ts';
import { hasEnded, type Run } from './model/run.ts';
import { type Ms, SECOND } from './model/time.ts';

/** The loops, as drain needs them: each does what it can now and returns. */
export interface Loops {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly report: Report;
  readonly runner: { step(which: Parameters<Ledger['runs']['claim']>[0]): Promise<boolean> };
  readonly dispatcher: {
    drainApp(
      app: string,
      which: { runs: readonly string[] | null; signal?: AbortSignal; onFinished?: () => Promise<void> },
    ): Promise<Ms | null>;
  };
  readonly notices: { step(): Promise<readonly string[]>; rest(): Promise<void> };
  readonly signal: AbortSignal;
}

const BEAT: Ms = 5 * SECOND;
/** Rows held by another process are looked at this often. */
const GLANCE: Ms = 100;
const LONGEST_NAP: Ms = SECOND;

const soonest = (times: readonly (Ms | null)[]): Ms | null =>
  times.reduce<Ms | null>((least, at) => (at === null ? least : least === null ? at : Math.min(least, at)), null);

const createBeat = ({ ledger, clock }: Loops): (() => Promise<void>) => {
  let last = Number.NEGATIVE_INFINITY;
  return async () => {
    if (clock.monotonic() - last < BEAT) return;
    last = clock.monotonic();
    await ledger.processes.beat();
  };
};

/**
 * Runs, then deliveries, then what has ended and who hears of it. Answers when something waits next, and the notices
 * that were queued: at once when a run ends, not when all the others have.
 */
const round = async (
  loops: Loops,
  beat: () => Promise<void>,
  runs: string[] | null,
  jobs: readonly string[],
): Promise<{ next: Ms | null; notices: readonly string[] }> => {
  const { ledger, runner, dispatcher, report, signal, clock } = loops;
  const notices: string[] = [];
  const wrapUp = async (): Promise<void> => {
    for (const run of await ledger.runs.sweep()) report({ event: 'run.ended', run });
    const queued = await loops.notices.step();
    notices.push(...queued);
    runs?.push(...queued);
  };
  let wrapped = clock.monotonic();
  const onFinished = async (): Promise<void> => {
    await beat();
    if (clock.monotonic() - wrapped < GLANCE) return;
    await wrapUp();
    wrapped = clock.monotonic();
  };
  while (!signal.aborted && (await runner.step(runs === null ? { jobs: ['', ...jobs] } : { ids: runs })));
  const apps = await ledger.apps.withWork();
  const next = soonest(await Promise.all(apps.map((app) => dispatcher.drainApp(app, { runs, signal, onFinished }))));
  await wrapUp();
  return { next, notices };
};

/**
 * Works on these runs until they have ended, or waiting for a retry would take longer than `wait`. Waiting for pace is
 * not counted. Notices that come of it are sent too, but never waited for longer than a moment.
 */
export const settleRuns = async (
  loops: Loops,
  ids: readonly string[],
  { wait }: { wait: Ms },
): Promise<readonly Run[]> => {
  const beat = createBeat(loops);
  const until = loops.clock.monotonic() + wait;
  let notices: readonly string[] = [];
  for (;;) {
    await beat();
    const { next, notices: more } = await round(loops, beat, [...ids, ...notices], []);
    notices = [...notices, ...more];
    const all = await Promise.all([...ids, ...notices].map((id) => loops.ledger.history.run(id)));
    const runs = all.slice(0, ids.length).filter((run) => run !== null);
    const open = all.filter((run) => run !== null && !hasEnded(run.state));
    if (open.length === 0 || loops.signal.aborted) return runs;
    if (more.length > 0) continue;
    const nap = Math.min(next === null ? GLANCE : Math.max(next - loops.clock.now(), 1), LONGEST_NAP);
    const settled = runs.every(({ state }) => hasEnded(state));
    const waitingForRetry = next !== null && next - loops.clock.now() > SECOND;
    if (loops.clock.monotonic() + nap > until && (waitingForRetry || next === null || settled)) return runs;
    await loops.clock.sleep(nap, loops.signal);
  }
};

/**
 * Works on everything that is open until it is quiet: nothing can be done now, and nothing becomes due before
 * `deadline`. `plan` decides the schedules' due times, and says when the next one comes.
 */
export const drainAll = async (
  loops: Loops,
  { jobs, plan, deadline }: { jobs: readonly string[]; plan: () => Promise<Ms | null>; deadline: Ms },
): Promise<void> => {
  const beat = createBeat(loops);
  while (!loops.signal.aborted) {
    await beat();
    for (const run of await loops.ledger.runs.dropRemoved(jobs)) loops.report({ event: 'run.ended', run });
    const due = await plan();
    const { next, notices } = await round(loops, beat, null, jobs);
    if (notices.length > 0) continue;
    const at = soonest([due, next, await loops.ledger.history.nextWork()]);
    const now = loops.clock.now();
    if (at === null || at > deadline || now >= deadline) return;
    await loops.clock.sleep(Math.min(Math.max(at - now, GLANCE / 4), LONGEST_NAP), loops.signal);
  }
};
