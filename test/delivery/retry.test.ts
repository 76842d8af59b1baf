import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Verdict } from '../../src/model/outcome.ts';
import { MINUTE, type Ms, SECOND } from '../../src/model/time.ts';
import { createVirtualPush, people } from '../support/virtual-push.ts';

const told = (after: Ms | null, pace: 'app' | 'target' | null): Verdict => ({ is: 'retry', after, pace });

/** The longest that a program needs to see that a wait is over. */
const AWAKE: Ms = 300;

describe('trying again, in virtual time', () => {
  for (const seconds of [1, 7, 30]) {
    it(`an app told to wait ${seconds} s sends nothing before, and goes on within a second after`, async (t) => {
      const mood = ({ all }: { all: number }) => (all === 0 ? told(seconds * SECOND, 'app') : null);
      const { clock, feishu, ledger, plan, drain } = createVirtualPush(t, { mood });
      const run = await plan('all', people(100));
      await clock.until(drain(ledger, run));
      const answered = feishu.requests()[0]?.answeredAt ?? Number.NaN;
      const later = feishu.requests().filter(({ leftAt }) => leftAt > answered);
      assert.ok(later.length >= 50, `${later.length} of 100 left after the answer`);
      const first = Math.min(...later.map(({ leftAt }) => leftAt)) - answered;
      assert.ok(first >= seconds * SECOND, `${first} ms after the answer`);
      assert.ok(first <= seconds * SECOND + AWAKE, `${first} ms after the answer`);
      const again = later.find(({ target }) => target === 'ou_0');
      // it may have to queue behind a second's worth of others
      assert.ok((again?.leftAt ?? Number.NaN) - answered <= (seconds + 2.1) * SECOND + AWAKE);
      assert.equal(feishu.arrived().length, 100);
    });
  }

  it('a group told to wait is written to when its time has come, and the others at once', async (t) => {
    const mood = ({ target, n }: { target: string; n: number }) =>
      target === 'oc_busy' && n < 3 ? told(9 * SECOND, 'target') : null;
    const { clock, feishu, ledger, plan, drain } = createVirtualPush(t, { mood });
    const run = await plan('all', ['oc_busy', ...people(90)]);
    await clock.until(drain(ledger, run));
    const busy = feishu.requests().filter(({ target }) => target === 'oc_busy');
    assert.equal(busy.length, 4);
    for (const [i, { leftAt }] of busy.slice(1).entries()) {
      const waited = leftAt - (busy[i]?.answeredAt ?? Number.NaN);
      assert.ok(waited >= 9 * SECOND && waited <= 10 * SECOND + AWAKE, `${waited} ms`);
    }
    const others = feishu.arrived().filter(({ target }) => target !== 'oc_busy');
    assert.equal(others.length, 90);
    assert.ok(Math.max(...others.map(({ at }) => at)) <= 3 * SECOND);
  });

  it('bad recipients hold up nobody: one hangs, one is refused, one is busy for ever', async (t) => {
    const mood = ({ target }: { target: string }): (Verdict & { late?: Ms }) | null => {
      if (target === 'ou_hangs') return { is: 'unknown', late: 20 * SECOND };
      if (target === 'ou_left') return { is: 'rejected', fault: 'recipient' };
      return target === 'ou_busy' ? told(null, null) : null;
    };
    const { clock, feishu, ledger, plan, drain } = createVirtualPush(t, { mood, maxTries: 5 });
    const run = await plan('all', ['ou_hangs', 'ou_left', 'ou_busy', ...people(140)]);
    const end = drain(ledger, run);
    await clock.until(
      (async () => {
        while (feishu.arrived().length < 140) await clock.sleep(50);
      })(),
    );
    assert.ok(clock.monotonic() <= 4 * SECOND, `${clock.monotonic()} ms for 140 people`);
    await clock.until(
      (async () => {
        while (feishu.requests().filter(({ target }) => target === 'ou_busy').length < 5) await clock.sleep(SECOND);
      })(),
    );
    assert.equal(feishu.requests().filter(({ target }) => target === 'ou_left').length, 1);
    // the unsure one is nobody's to give up before Feishu's hour is over
    void end.catch(() => {});
  });

  it('the distance grows without a known wait, never beyond its bound, and ends with the tries', async (t) => {
    const { clock, feishu, ledger, plan, drain } = createVirtualPush(t, { mood: () => told(null, null), maxTries: 9 });
    const run = await plan('all', people(40));
    await clock.until(drain(ledger, run));
    const gaps = people(40).map((person) => {
      const mine = feishu.requests().filter(({ target }) => target === person);
      assert.equal(mine.length, 9, 'as many tries as it may have');
      return mine.slice(1).map(({ leftAt }, i) => leftAt - (mine[i]?.answeredAt ?? Number.NaN));
    });
    for (let n = 0; n < 8; n++) {
      const nth = gaps.map((each) => each[n] ?? Number.NaN);
      const bound = Math.min(5 * MINUTE, SECOND * 2 ** n);
      // the quota lets 40 pass at once, and a program looks once a second at the latest
      assert.ok(Math.max(...nth) <= bound + 2 * SECOND, `${Math.max(...nth)} ms after try ${n + 1}`);
      // full jitter: some soon, some late (39 of 40 within half has odds of 1 to 10^10)
      assert.ok(Math.min(...nth) <= bound / 2 + SECOND, `the soonest ${Math.min(...nth)} ms after try ${n + 1}`);
      if (n > 2) assert.ok(Math.max(...nth) >= bound / 2, `the latest ${Math.max(...nth)} ms after try ${n + 1}`);
    }
    assert.equal((await ledger.history.run(run))?.state, 'failed');
  });

  for (const [when, before] of [
    ['from the first request on', 0],
    ['in the middle', 400],
  ] as const) {
    it(`an app refused for its own fault ${when} tries nobody who was not under way`, async (t) => {
      const mood = ({ all }: { all: number }): Verdict | null =>
        all >= before ? { is: 'rejected', fault: 'app' } : null;
      const { clock, feishu, ledger, plan, drain } = createVirtualPush(t, { mood });
      const run = await plan('all', people(1_000));
      await clock.until(drain(ledger, run));
      const refused = feishu.requests().length - before;
      // a second's worth may leave at once, and what leaves within the next 200 ms is begun
      assert.ok(refused <= 60, `${refused} were refused`);
      const deliveries = await ledger.history.deliveries(run);
      assert.equal(deliveries.filter(({ state }) => state === 'delivered').length, before);
      assert.equal(
        deliveries.filter(({ state, fault }) => state === 'rejected' && fault === 'app').length,
        1_000 - before,
      );
      assert.equal(deliveries.filter(({ tries }) => tries > 0).length, before + refused);
    });
  }
});
