import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drainAll, settleRuns } from '../src/drain.ts';
import type { ClaimedRun } from '../src/ledger/ledger.ts';
import { MINUTE, SECOND } from '../src/model/time.ts';
import { createVirtualPush, people } from './support/virtual-push.ts';

const forEver = { jobs: [], plan: async () => null, deadline: null };

describe('the loops, in virtual time', () => {
  it('run stays while the quota makes its messages wait, however long that is', async (t) => {
    const { clock, feishu, ledger, plan, loopsOf } = createVirtualPush(t);
    const run = await plan('all', people(1_200));
    let looks = 0;
    const claim = async () => {
      looks++;
      return [];
    };
    const loops = { ...loopsOf(ledger, new AbortController().signal), runner: { claim, take: async () => {} } };
    const [ended] = await clock.until(settleRuns(loops, [run], { wait: 30 * SECOND }));
    assert.ok(looks <= (clock.monotonic() / SECOND) * 20, `${looks} looks in ${clock.monotonic()} ms`);
    assert.equal(ended?.state, 'delivered');
    assert.equal(feishu.arrived().length, 1_200);
    assert.ok(clock.monotonic() > MINUTE, 'the 961st waits for the next minute');
  });

  it('run does not stay for a retry that is further off than it may wait', async (t) => {
    const mood = ({ target }: { target: string }) =>
      target === 'ou_1' ? ({ is: 'retry', after: 10 * MINUTE, pace: 'target' } as const) : null;
    const { clock, ledger, plan, loopsOf } = createVirtualPush(t, { mood });
    const run = await plan('all', people(3));
    const loops = loopsOf(ledger, new AbortController().signal);
    const [left] = await clock.until(settleRuns(loops, [run], { wait: 30 * SECOND }));
    assert.equal(left?.state, 'delivering');
    assert.ok(clock.monotonic() >= 29 * SECOND && clock.monotonic() <= 31 * SECOND, `${clock.monotonic()} ms`);
  });

  it('a request that hangs holds up no due time', async (t) => {
    const mood = ({ target }: { target: string }) =>
      target === 'ou_hangs' ? ({ is: 'unknown', late: 20 * SECOND } as const) : null;
    const { clock, feishu, ledger, plan, loopsOf } = createVirtualPush(t, { mood });
    await plan('first', ['ou_hangs']);
    const stop = new AbortController();
    const due = clock.now() + 5 * SECOND;
    let opened = false;
    const drained = drainAll(loopsOf(ledger, stop.signal), {
      ...forEver,
      plan: async () => {
        if (clock.now() < due) return due;
        if (!opened) await plan('second', ['ou_second']);
        opened = true;
        return null;
      },
    });
    const arrived = (async () => {
      while (feishu.arrived().length === 0) await clock.sleep(20);
      return clock.monotonic();
    })();
    const at = await clock.until(arrived);
    stop.abort();
    await clock.until(drained);
    assert.ok(at >= 5 * SECOND && at <= 5.5 * SECOND, `${at} ms`);
  });

  it('runs are prepared side by side, up to a number; one that may have killed its process alone', async (t) => {
    const { clock, ledger, loopsOf } = createVirtualPush(t);
    const pending = Array.from({ length: 20 }, (_, i) => ({ id: String(i), alone: i === 10 })) as ClaimedRun[];
    const now = new Set<ClaimedRun>();
    const seen: string[] = [];
    const claim = async (_which: unknown, { room, busy } = { room: 1, busy: false }) => {
      if (pending[0]?.alone === true) return busy ? [] : pending.splice(0, 1);
      const alone = pending.findIndex((run) => run.alone);
      return pending.splice(0, alone < 0 ? room : Math.min(room, alone));
    };
    const take = async (run: ClaimedRun) => {
      now.add(run);
      seen.push(run.id);
      assert.ok(now.size <= 8, 'no more than eight');
      assert.ok(now.size === 1 || ![...now].some(({ alone }) => alone), 'nothing beside it');
      // the first one hangs
      await clock.sleep(run.id === '0' ? MINUTE : SECOND);
      now.delete(run);
    };
    const stop = new AbortController();
    const drained = drainAll({ ...loopsOf(ledger, stop.signal), runner: { claim, take } }, forEver);
    const others = (async () => {
      while (seen.length < 10) await clock.sleep(20);
      return clock.monotonic();
    })();
    assert.ok((await clock.until(others)) < 3 * SECOND);
    const all = (async () => {
      while (seen.length < 20 || now.size > 0) await clock.sleep(20);
    })();
    await clock.until(all);
    stop.abort();
    await clock.until(drained);
  });

  it('for ever: what another process leaves is taken up within a second, and it stops when told to', async (t) => {
    const { clock, feishu, ledgers, plan, loopsOf } = createVirtualPush(t, { processes: 2 });
    const stop = new AbortController();
    let looks = 0;
    const claim = async () => {
      looks++;
      return [];
    };
    const drained = drainAll(
      { ...loopsOf(ledgers[1]!, stop.signal), runner: { claim, take: async () => {} } },
      forEver,
    );
    const took = (async () => {
      await clock.sleep(10 * MINUTE + 333);
      const from = clock.monotonic();
      await plan('later', ['ou_a']);
      while (feishu.arrived().length === 0) await clock.sleep(10);
      return clock.monotonic() - from;
    })();
    const ms = await clock.until(took);
    assert.ok(ms <= SECOND + 200, `${ms} ms`);
    assert.ok(looks <= 620, `${looks} looks in ten minutes`);
    stop.abort();
    await clock.until(drained);
  });
});
