import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { createDispatcher } from '../../src/delivery/dispatcher.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.ts';
import { hasEnded } from '../../src/model/run.ts';
import { DEFAULT_LIMITS } from '../../src/model/settings.ts';
import { HOUR, MINUTE, type Ms, SECOND } from '../../src/model/time.ts';
import { newDelivery, newRun } from '../ledger/contract/fixture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { createVirtualFeishu } from '../support/virtual-feishu.ts';

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

const setUp = (t: TestContext, processes = 1) => {
  const clock = createVirtualClock();
  const file = join(temporaryFolder(), 'ledger.db');
  const feishu = createVirtualFeishu(clock, { delay: network() });
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
        maxTries: 50,
      }),
    );
    for (let from = 0; from < deliveries.length; from += 500)
      await ledger.runs.addDeliveries(run.id, deliveries.slice(from, from + 500));
    await ledger.runs.toDelivering(run.id);
    return run.id;
  };

  /** One process's dispatcher, until this run has ended. */
  const drain = async (of: Ledger, run: string, onTry: (tried: number) => void = () => {}): Promise<void> => {
    let tried = 0;
    let swept = 0;
    const hasEndedNow = async (): Promise<boolean> => {
      await of.runs.sweep();
      return hasEnded((await of.history.run(run))?.state ?? 'failed');
    };
    const dispatcher = createDispatcher({
      ledger: of,
      channelOf: feishu.channel,
      limits: DEFAULT_LIMITS,
      clock,
      report: () => onTry(++tried),
    });
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
  return { clock, feishu, ledger, ledgers, plan, drain };
};

const people = (count: number): string[] => Array.from({ length: count }, (_, i) => `ou_${i}`);

describe('pace, in virtual time, behind a network that varies', () => {
  it('2,000 messages to one group do not hold up 300 people', async (t) => {
    const { clock, feishu, ledger, plan, drain } = setUp(t);
    await plan(
      'crowd',
      Array.from({ length: 2_000 }, () => 'oc_busy'),
    );
    const run = await plan('people', people(300));
    const started = clock.monotonic();
    await clock.until(drain(ledger, run));
    const took = clock.monotonic() - started;
    assert.ok(took <= 10 * SECOND, `${took} ms`);
    assert.equal(feishu.arrived().filter(({ target }) => target.startsWith('ou_')).length, 300);
  });

  it('keeps three minutes at 93 % of the quota or more, and is refused at most once in a thousand', async (t) => {
    const { clock, feishu, ledger, plan, drain } = setUp(t);
    const run = await plan('all', people(3_000));
    const started = clock.monotonic();
    await clock.until(drain(ledger, run));
    const inThree = feishu.arrived().filter(({ at }) => at - started <= 3 * MINUTE).length;
    const refused = feishu.refused();
    assert.ok(inThree >= 0.93 * 3_000, `${inThree} of 3,000 in three minutes`);
    assert.ok(refused.app + refused.target <= 3, `${refused.app} + ${refused.target} refused`);
  });

  it('ten processes that push at once stay inside every limit together', async (t) => {
    const { clock, feishu, ledgers, plan, drain } = setUp(t, 10);
    const runs: string[] = [];
    for (let i = 0; i < 10; i++) runs.push(await plan(`job ${i}`, [...people(40).map((id) => `${id}_${i}`), 'oc_one']));
    await clock.until(Promise.all(ledgers.map((ledger, i) => drain(ledger, runs[i] as string))));
    assert.equal(feishu.arrived().length, 410);
    assert.deepEqual(feishu.refused(), { app: 0, target: 0 });
  });

  it('goes on without a double when the clock is set back an hour in the middle', async (t) => {
    const { clock, feishu, ledger, plan, drain } = setUp(t);
    const run = await plan('all', people(300));
    const started = clock.monotonic();
    await clock.until(drain(ledger, run, (tried) => tried === 100 && clock.set(-HOUR)));
    assert.ok(clock.monotonic() - started < 20 * SECOND, `${clock.monotonic() - started} ms`);
    assert.equal(feishu.arrived().length, 300);
    assert.equal((await ledger.history.run(run))?.state, 'delivered');
  });

  it('lets what is urgent pass a long push', async (t) => {
    const { clock, ledger, plan, drain } = setUp(t);
    const all = await plan('all', people(2_000));
    const end = drain(ledger, all);
    let tookUrgent = Number.POSITIVE_INFINITY;
    const urgent = (async () => {
      await clock.sleep(40 * SECOND); // the minute's quota of routine work is used up by now
      const from = clock.monotonic();
      const run = await plan('urgent', ['ou_boss'], 0);
      while (!hasEnded((await ledger.history.run(run))?.state ?? 'pending')) await clock.sleep(20);
      tookUrgent = clock.monotonic() - from;
    })();
    await clock.until(Promise.all([urgent, end]));
    assert.ok(tookUrgent <= 2 * SECOND, `${tookUrgent} ms`);
  });
});
