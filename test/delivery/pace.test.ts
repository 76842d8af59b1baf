import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hasEnded } from '../../src/model/run.ts';
import { HOUR, MINUTE, SECOND } from '../../src/model/time.ts';
import { createVirtualPush, people } from '../support/virtual-push.ts';

describe('pace, in virtual time, behind a network that varies', () => {
  it('2,000 messages to one group do not hold up 300 people', async (t) => {
    const { clock, feishu, ledger, plan, drain } = createVirtualPush(t);
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
    const { clock, feishu, ledger, plan, drain } = createVirtualPush(t);
    const run = await plan('all', people(3_000));
    const started = clock.monotonic();
    await clock.until(drain(ledger, run));
    const inThree = feishu.arrived().filter(({ at }) => at - started <= 3 * MINUTE).length;
    const refused = feishu.refused();
    assert.ok(inThree >= 0.93 * 3_000, `${inThree} of 3,000 in three minutes`);
    assert.ok(refused.app + refused.target <= 3, `${refused.app} + ${refused.target} refused`);
  });

  it('ten processes that push at once stay inside every limit together', async (t) => {
    const { clock, feishu, ledgers, plan, drain } = createVirtualPush(t, { processes: 10 });
    const runs: string[] = [];
    for (let i = 0; i < 10; i++) runs.push(await plan(`job ${i}`, [...people(40).map((id) => `${id}_${i}`), 'oc_one']));
    await clock.until(Promise.all(ledgers.map((ledger, i) => drain(ledger, runs[i] as string))));
    assert.equal(feishu.arrived().length, 410);
    assert.deepEqual(feishu.refused(), { app: 0, target: 0 });
  });

  it('goes on without a double when the clock is set back an hour in the middle', async (t) => {
    const { clock, feishu, ledger, plan, drain } = createVirtualPush(t);
    const run = await plan('all', people(300));
    const started = clock.monotonic();
    await clock.until(drain(ledger, run, (tried) => tried === 100 && clock.set(-HOUR)));
    assert.ok(clock.monotonic() - started < 20 * SECOND, `${clock.monotonic() - started} ms`);
    assert.equal(feishu.arrived().length, 300);
    assert.equal((await ledger.history.run(run))?.state, 'delivered');
  });

  it('lets what is urgent pass a long push', async (t) => {
    const { clock, ledger, plan, drain } = createVirtualPush(t);
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
