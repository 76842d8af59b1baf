import { setImmediate } from 'node:timers/promises';
import type { Clock } from './base/clock.ts';
import type { ClaimedRun, Keep, Ledger } from './ledger/ledger.ts';
import { fallbackKey } from './model/fallback.ts';
import type { Report } from './model/log-event.ts';
import { hasEnded, type Run } from './model/run.ts';
import { MINUTE, type Ms, SECOND } from './model/time.ts';

/** The loops, as drain needs them: each does what it can now and returns. */
export interface Loops {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly report: Report;
  readonly runner: { claim: Ledger['runs']['claim']; take(run: ClaimedRun): Promise<void> };
  readonly dispatcher: {
    drainApp(
      app: string,
      which: { runs: readonly string[] | null; signal?: AbortSignal; onFinished?: () => Promise<void> },
    ): Promise<Ms | null>;
  };
  /** tells a watcher elsewhere that all this goes on, about once a minute */
  alive(): void;
  /** jobs that leave out what becomes due while the run before is being prepared */
  readonly skipOverlap: ReadonlySet<string>;
  readonly notices: { step(): Promise<readonly string[]>; rest(): Promise<void> };
  /** for how long what has ended is kept */
  readonly keep: Keep;
  readonly signal: AbortSignal;
}

const BEAT: Ms = 5 * SECOND;
/** Ends of runs are looked for this often while their messages are sent, and rows that another process holds. */
const GLANCE: Ms = 100;
/** So many runs are prepared side by side: a source that takes long holds up no other job. */
const RUNS_AT_ONCE = 8;
/** A loop that finds nothing to do ends within it. */
const MOMENT: Ms = 10;
/** After its time a tick goes on for so long with what is due already; then it ends what it has begun. */
const LINGER: Ms = 10 * SECOND;
/** Work that other processes leave is seen within it. */
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
 * The loops side by side: runs, the deliveries of each app, what has ended and who hears of it. A source that takes
 * long or a request that hangs holds up nothing else. With `runs` only these and the notices that come of them.
 */
const createRounds = (
  loops: Loops,
  {
    runs,
    jobs,
    isClosed = () => false,
  }: { runs: string[] | null; jobs: readonly string[] /** no further run is begun */; isClosed?: () => boolean },
) => {
  const { ledger, runner, dispatcher, report, signal, clock } = loops;
  const beat = createBeat(loops);
  /** notices and `send` have no job */
  const ofJobs: ReadonlySet<string> = new Set(['', ...jobs]);
  const underWay = new Map<string, Promise<void>>();
  const lookAgain = new Map<string, Ms | null>();
  const notices: string[] = [];
  let fault: { readonly error: unknown } | null = null;
  /** something was done since the last look, which may make more possible */
  let news = false;

  const keepGoing = (name: string, work: () => Promise<void>): void => {
    if (underWay.has(name)) return;
    const done = work()
      .catch((error: unknown) => {
        fault ??= { error };
      })
      .finally(() => underWay.delete(name));
    underWay.set(name, done);
  };
  const throwFault = (): void => {
    if (fault !== null) throw fault.error;
  };

  let taken = 0;
  const takeRuns = (): void =>
    keepGoing('claims', async () => {
      // runs that end in one commit make room together
      await setImmediate();
      while (!signal.aborted && !isClosed() && taken < RUNS_AT_ONCE) {
        const how = { room: RUNS_AT_ONCE - taken, busy: taken > 0 };
        const claimed = await runner.claim(runs === null ? { jobs: ofJobs } : { ids: runs }, how);
        if (claimed.length === 0) return;
        for (const run of claimed) prepare(run);
      }
    });
  const prepare = (run: ClaimedRun): void => {
    const places = run.alone ? RUNS_AT_ONCE : 1;
    taken += places;
    news = true;
    const ended = (): void => {
      taken -= places;
      news = true;
      takeRuns();
    };
    keepGoing(`run ${run.id}`, () => runner.take(run).finally(ended));
  };

  let wrapping: Promise<void> = Promise.resolve();
  let wrapped = clock.monotonic();
  /** One at a time, so that nobody hears of one end twice. */
  const wrapUp = (): Promise<void> => {
    wrapping = wrapping.then(async () => {
      for (const run of await ledger.runs.sweep()) {
        report({ event: 'run.ended', run });
        if (run.kind !== 'job' || run.state === 'delivered' || run.state === 'skipped') continue;
        const plain = await ledger.history.runByKey(run.job, fallbackKey(run));
        if (plain === null || hasEnded(plain.state)) continue;
        notices.push(plain.id);
        runs?.push(plain.id);
      }
      const queued = await loops.notices.step();
      notices.push(...queued);
      runs?.push(...queued);
      wrapped = clock.monotonic();
    });
    return wrapping;
  };
  const drain = async (app: string): Promise<void> => {
    let finished = false;
    const onFinished = async (): Promise<void> => {
      finished = true;
      await beat();
      if (clock.monotonic() - wrapped >= GLANCE) await wrapUp();
    };
    lookAgain.set(app, await dispatcher.drainApp(app, { runs, signal, onFinished }));
    if (finished) news = true;
  };

  /** when a delivery may be sent next, as far as known; null: none waits for a time */
  const next = (): Ms | null => soonest([...lookAgain].map(([app, at]) => (underWay.has(`app ${app}`) ? null : at)));

  /** until a loop comes to its end, at most so long */
  const oneEnds = async (nap: Ms): Promise<void> => {
    const awake = new AbortController();
    await Promise.race([...underWay.values(), clock.sleep(nap, AbortSignal.any([signal, awake.signal]))]);
    awake.abort('over');
  };

  return {
    notices,
    next,
    /** Sets going what can be done now; true when there is new to do at once. Loops with nothing to do have ended. */
    look: async (): Promise<boolean> => {
      const known = notices.length;
      news = false;
      await beat();
      if (runs === null)
        for (const run of await ledger.runs.leaveOut(loops.skipOverlap)) report({ event: 'run.ended', run });
      takeRuns();
      const apps = await ledger.apps.withWork();
      for (const app of lookAgain.keys()) if (!apps.includes(app)) lookAgain.delete(app);
      for (const app of apps) keepGoing(`app ${app}`, () => drain(app));
      await wrapUp();
      const until = clock.monotonic() + MOMENT;
      while (underWay.size > 0 && !signal.aborted && clock.monotonic() < until)
        await oneEnds(until - clock.monotonic());
      throwFault();
      return news || notices.length > known;
    },
    /** a moment in which nothing new is begun; what is under way goes on, and others hear that we live */
    idle: async (): Promise<void> => {
      await beat();
      if (underWay.size > 0) await wrapUp();
      await clock.sleep(LONGEST_NAP, signal);
      throwFault();
    },
    /** nothing is being done now */
    isIdle: (): boolean => underWay.size === 0,
    /** until there is news, or a delivery may be sent, at most so long */
    rest: async (longest: Ms): Promise<void> => {
      const until = clock.monotonic() + longest;
      while (!news && !signal.aborted && clock.monotonic() < until) {
        const at = next();
        const least = at === null ? longest : Math.max(at - clock.now(), 1);
        await oneEnds(Math.min(least, until - clock.monotonic()));
        throwFault();
        if (at !== null && clock.now() >= at) return;
      }
    },
    /** waits for what is under way: answers above all */
    end: async (): Promise<void> => {
      do await Promise.all(underWay.values());
      while (isClosed() && underWay.size > 0);
      await wrapUp();
      throwFault();
    },
  };
};

/**
 * Works on these runs until they have ended and their people are told at once, or waiting for a retry would take longer than `wait`. Waiting for pace is
 * not counted. Notices that come of it are sent too, but never waited for longer than a moment.
 */
export const settleRuns = async (
  loops: Loops,
  ids: readonly string[],
  { wait }: { wait: Ms },
): Promise<readonly Run[]> => {
  const { ledger, clock, signal } = loops;
  const rounds = createRounds(loops, { runs: [...ids], jobs: [] });
  const until = clock.monotonic() + wait;
  const read = async (which: readonly string[]): Promise<Run[]> =>
    (await Promise.all(which.map((id) => ledger.history.run(id)))).filter((run) => run !== null);
  // what the first look has planned is sent from the second on
  for (let looks = 1; ; looks++) {
    const more = await rounds.look();
    if (signal.aborted) break;
    // what has just ended may be somebody's to hear of
    if (more) continue;
    const runs = await read(ids);
    const open =
      [...runs, ...(await read(rounds.notices))].some(({ state }) => !hasEnded(state)) ||
      (await ledger.history.waitsToUrge(ids));
    if (!open) break;
    const next = rounds.next();
    const nap = next === null ? GLANCE : Math.max(next - clock.now(), 1);
    const settled = runs.every(({ state }) => hasEnded(state));
    const isOver = clock.monotonic() + Math.min(nap, LONGEST_NAP) > until;
    if (looks > 1 && rounds.isIdle() && isOver && (settled || !(await ledger.history.waitsForPace(ids)))) break;
    await rounds.rest(Math.min(nap, LONGEST_NAP));
  }
  await rounds.end();
  return read(ids);
};

/**
 * Works on everything that is open until it is quiet: nothing can be done now, and nothing becomes due before
 * `deadline`; without one for ever, until it is told to stop. `plan` decides the schedules' due times, and says when
 * the next one comes; `round` hears once a minute at least that the loops go round. While its node is drained nothing
 * new is begun: what is in hand is finished, and with a deadline that is the end.
 */
export const drainAll = async (
  loops: Loops,
  {
    jobs,
    plan,
    round,
    deadline,
  }: { jobs: readonly string[]; plan: () => Promise<Ms | null>; round?: () => void; deadline: Ms | null },
): Promise<void> => {
  const { ledger, clock, report, signal } = loops;
  // by both clocks: the one may be set back, the other stands still while the machine is asleep
  const ends = deadline === null ? null : clock.monotonic() + deadline - clock.now();
  const isOver = (more: Ms): boolean =>
    deadline !== null && ends !== null && (clock.now() >= deadline + more || clock.monotonic() >= ends + more);
  const rounds = createRounds(loops, { runs: null, jobs, isClosed: () => isOver(LINGER) });
  const ofJobs = new Set(jobs);
  let due: Ms | null = null;
  let planned: Ms | null = null;
  let rounded = Number.NEGATIVE_INFINITY;
  let drained = false;
  while (!signal.aborted) {
    await ledger.processes.here();
    const now = clock.now();
    if (clock.monotonic() - rounded >= MINUTE / 2) {
      round?.();
      rounded = clock.monotonic();
    }
    const wasDrained: boolean = drained;
    drained = await ledger.nodes.isDrained();
    if (drained !== wasDrained) report({ event: drained ? 'node.drained' : 'node.resumed', node: ledger.nodes.name });
    if (drained) {
      if (deadline !== null) break;
      planned = null;
      await rounds.idle();
      continue;
    }
    // due times are decided when they come; and once a minute, and when the clock was set, in any case; those that
    // come after its time are the next tick's
    const isTime = now < (planned ?? 0) || now - (planned ?? 0) >= MINUTE || (due !== null && now >= due);
    if (planned === null || (isTime && !isOver(0))) {
      for (const run of await ledger.runs.dropRemoved(ofJobs)) report({ event: 'run.ended', run });
      due = await plan();
      planned = now;
      loops.alive();
    }
    const more = await rounds.look();
    if (isOver(0)) {
      const told = rounds.notices.length;
      await rounds.end();
      if (isOver(LINGER) || (!more && rounds.notices.length === told)) break;
      continue;
    }
    const run = await ledger.history.nextRun();
    // one that could begin already and does not waits for another of its job, in some process's hands
    const at = soonest([due, rounds.next(), run === null ? null : Math.max(run, clock.now() + GLANCE)]);
    const nothingToDo = !more && rounds.isIdle() && (at === null || at > clock.now() + GLANCE);
    if (nothingToDo && (await ledger.upkeep.prune(loops.keep))) continue;
    if (deadline !== null && (at === null || at > deadline) && rounds.isIdle() && !more) break;
    const nap = at === null ? LONGEST_NAP : Math.max(at - clock.now(), GLANCE / 4);
    if (!more) await rounds.rest(Math.min(nap, LONGEST_NAP));
  }
  await rounds.end();
};
