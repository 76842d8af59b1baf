import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createDispatcher } from '../../src/delivery/dispatcher.ts';
import type { Loops } from '../../src/drain.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.ts';
import { hasEnded } from '../../src/model/run.ts';
import { DEFAULT_LIMITS, DEFAULT_RETENTION } from '../../src/model/settings.ts';
import { HOUR, type Ms, SECOND } from '../../src/model/time.ts';
import { newDelivery, newRun } from '../ledger/contract/fixture.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { createVirtualClock } from './virtual-clock.ts';
import { createVirtualFeishu, type Mood } from './virtual-feishu.ts';

/** A small generator, so that the network's moods are the same each time. */
const random = (seed: number) => (): number => {
  seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

/** Delays with a median of 15 ms and one in a hundred above 80. */
const network = (): (() => Ms) => {
  const next = random(42);
  return () => 5 + 10 * Math.exp(0.9 * (next() + next() + next() + next() - 2) * 1.73);
};

/** Dispatchers over one real ledger, Feishu and the clock played in virtual time. */
export const createVirtualPush = (
  t: TestContext,
  { processes = 1, mood = () => null, maxTries = 50 }: { processes?: number; mood?: Mood; maxTries?: number } = {},
) => {
  const clock = createVirtualClock();
  const file = join(temporaryFolder(), 'ledger.db');
  const feishu = createVirtualFeishu(clock, { delay: network(), mood });
  const ledgers = Array.from({ length: processes }, () =>
    openSqliteLedger(file, { now: clock.now, monotonic: clock.monotonic, version: '0' }),
  );
  t.after(async () => {
    for (const ledger of ledgers) await ledger.close();
  });
  const [ledger] = ledgers as [Ledger];

  const plan = async (job: string, targets: readonly string[], priority = 2): Promise<string> => {
    const until = clock.now() + HOUR;
    const { run } = await ledger.runs.open(
      newRun({ job, onceKey: job, notBefore: clock.now(), deliverUntil: until, priority }),
    );
    await ledger.runs.claim({ ids: [run.id] });
    const deliveries = targets.map((id, i) =>
      newDelivery(`${id} ${i}`, {
        target: { idType: id.startsWith('oc_') ? 'chat_id' : 'open_id', id },
        uuid: `lc-${job} ${i}`,
        deliverUntil: until,
        maxTries,
      }),
    );
    for (let from = 0; from < deliveries.length; from += 500)
      await ledger.runs.addDeliveries(run.id, deliveries.slice(from, from + 500));
    await ledger.runs.toDelivering(run.id);
    return run.id;
  };

  const dispatcherOf = (of: Ledger, report: () => void) =>
    createDispatcher({ ledger: of, channelOf: feishu.channel, limits: DEFAULT_LIMITS, clock, report });

  /** The loops of one process; runs are planned already. */
  const loopsOf = (of: Ledger, signal: AbortSignal): Loops => ({
    ledger: of,
    clock,
    report: () => {},
    skipOverlap: new Set(),
    alive: () => {},
    keep: DEFAULT_RETENTION,
    runner: { claim: async () => [], take: async () => {} },
    dispatcher: dispatcherOf(of, () => {}),
    notices: { step: async () => [], rest: async () => {} },
    signal,
  });

  /** One process's dispatcher, until this run has ended. */
  const drain = async (of: Ledger, run: string, onTry: (tried: number) => void = () => {}): Promise<void> => {
    let tried = 0;
    let swept = 0;
    const hasEndedNow = async (): Promise<boolean> => {
      await of.runs.sweep();
      return hasEnded((await of.history.run(run))?.state ?? 'failed');
    };
    const dispatcher = dispatcherOf(of, () => onTry(++tried));
    for (;;) {
      await of.processes.beat();
      const stop = new AbortController();
      const next = await dispatcher.drainApp('default', {
        runs: null,
        signal: stop.signal,
        onFinished: async () => {
          if (clock.monotonic() - swept < 100) return;
          swept = clock.monotonic();
          if (await hasEndedNow()) stop.abort();
        },
      });
      if (await hasEndedNow()) return;
      await clock.sleep(Math.min(Math.max((next ?? clock.now() + 50) - clock.now(), 1), SECOND));
    }
  };
  return { clock, feishu, ledger, ledgers, plan, drain, loopsOf };
};

export const people = (count: number): string[] => Array.from({ length: count }, (_, i) => `ou_${i}`);
