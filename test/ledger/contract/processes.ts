import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NO_ANSWER } from '../../../src/model/outcome.ts';
import { MINUTE, SECOND } from '../../../src/model/time.ts';
import {
  beginAll,
  finish,
  newDelivery,
  newRun,
  type OpenLedger,
  planned,
  refused,
  START,
  setUp,
  type TestTime,
} from './fixture.ts';

export const processesContract = (name: string, openLedger: OpenLedger): void => {
  describe(`${name}: processes`, () => {
    it('one that leaves with work in its hands gives it back', async (t) => {
      const time: TestTime = { now: START };
      const { open } = openLedger(time);
      const [one, two] = [open(), open()];
      t.after(() => two.close());
      const sent = await planned(one, ['ou_a'], newRun({ job: 'sent' }));
      const { run } = await one.runs.open(newRun({ job: 'prepared' }));
      await one.runs.claim({ ids: [run.id] });
      await one.runs.addDeliveries(run.id, [newDelivery('ou_b')]);
      assert.equal((await beginAll(one)).begun.length, 1);
      await one.close();

      assert.equal((await two.history.deliveries(sent))[0]?.state, 'unknown');
      assert.equal((await two.runs.claim({ ids: [run.id] }))[0]?.id, run.id);
      assert.equal((await two.history.deliveries(run.id)).length, 0, 'a plan is atomic');
    });

    it('one that dies while it asks for a token leaves the asking to the next, at once', async (t) => {
      const time: TestTime = { now: START };
      const { open } = openLedger(time);
      const [one, two] = [open(), open()];
      t.after(() => two.close());
      await one.processes.beat();
      const which = { seen: null, leaseMs: 30 * SECOND };
      assert.equal(await one.apps.claimRefresh('default', which), true);
      assert.equal(await two.apps.claimRefresh('default', which), false);
      await one.close();
      assert.equal(await two.apps.claimRefresh('default', which), true);
    });

    it('an app that is not there any more: its messages end in their time, and nothing of it is begun', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const id = await planned(ledger, ['ou_a', 'ou_b']);
      const look = () =>
        ledger.deliveries.begin({
          app: 'default',
          limit: 0,
          limits: { perSecond: 48, perMinute: 960, perTarget: 5 },
          feishuNow: time.now,
          runs: null,
        });
      assert.deepEqual(await look(), { begun: [], nextAt: START + 30 * MINUTE, needsFeishuTime: false });
      time.now += 30 * MINUTE + SECOND;
      assert.deepEqual(await look(), { begun: [], nextAt: null, needsFeishuTime: false });
      assert.deepEqual(
        (await ledger.history.deliveries(id)).map(({ state, tries }) => [state, tries]),
        [
          ['cancelled', 0],
          ['cancelled', 0],
        ],
      );
      assert.equal((await ledger.runs.sweep())[0]?.state, 'failed');
    });

    it('messages that were never tried wait for pace, those told to come back do not', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const id = await planned(ledger, ['ou_a', 'ou_b']);
      assert.equal(await ledger.history.waitsForPace([id]), true);
      assert.equal(await ledger.history.waitsForPace(['another']), false);
      const { begun } = await beginAll(ledger);
      const later = { ...NO_ANSWER, is: 'retry', after: SECOND, pace: null } as const;
      await finish(
        ledger,
        begun.map((each) => ({ begun: each, begunAtFeishu: START, outcome: later })),
      );
      assert.equal(await ledger.history.waitsForPace([id]), false);
    });

    it('nothing waits for pace where the app was refused', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const id = await planned(ledger, ['ou_a'], newRun({ job: 'waits' }));
      await planned(ledger, ['ou_b'], newRun({ job: 'refused' }));
      const { begun } = await beginAll(ledger);
      const [mine, other] = begun[0]?.delivery.run === id ? begun : [...begun].reverse();
      await finish(ledger, [
        { begun: mine!, begunAtFeishu: START, outcome: { ...NO_ANSWER, is: 'unsent' } },
        { begun: other!, begunAtFeishu: START, outcome: refused('app', 99991672) },
      ]);
      assert.equal(await ledger.history.waitsForPace([id]), false);
    });
  });
};
