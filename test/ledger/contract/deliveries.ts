import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NO_ANSWER } from '../../../src/model/outcome.ts';
import { DEFAULT_LIMITS } from '../../../src/model/settings.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/model/time.ts';
import { beginAll, finish, newDelivery, newRun, type OpenLedger, planned, refused, START, setUp } from './fixture.ts';

export const deliveriesContract = (name: string, openLedger: OpenLedger): void => {
  describe(`${name}: deliveries`, () => {
    it('writes the attempt before anything is sent', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const id = await planned(ledger, ['ou_a']);
      await beginAll(ledger);
      const [attempt] = await ledger.history.attempts(id);
      assert.equal(attempt?.begunAt, START);
      assert.equal(attempt?.outcome, null);
    });

    it('hides deliveries until their plan is whole', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const { run } = await ledger.runs.open(newRun());
      await ledger.runs.claim({ ids: [run.id] });
      await ledger.runs.addDeliveries(run.id, [newDelivery('ou_a')]);
      assert.equal((await beginAll(ledger)).begun.length, 0);
      await ledger.runs.toDelivering(run.id);
      assert.equal((await beginAll(ledger)).begun.length, 1);
    });

    it('gives one recipient one message at a time, spaced by their pace', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      await planned(ledger, ['ou_a']);
      await planned(ledger, ['ou_a'], newRun({ job: 'other' }));
      assert.equal((await beginAll(ledger)).begun.length, 1);
      const second = await beginAll(ledger);
      assert.equal(second.begun.length <= 1, true);
      time.now += SECOND;
      assert.equal(second.begun.length + (await beginAll(ledger)).begun.length, 1);
    });

    it('stays inside the second of an app', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      await planned(
        ledger,
        Array.from({ length: 120 }, (_, i) => `ou_${i}`),
      );
      let inFirstSecond = 0;
      for (let i = 0; i < 4; i++) inFirstSecond += (await beginAll(ledger)).begun.length;
      assert.equal(inFirstSecond, DEFAULT_LIMITS.perSecond);
      time.now += 1_100;
      assert.equal((await beginAll(ledger)).begun.length > 0, true);
    });

    it('keeps a lost answer unknown and tries it again with the same uuid and bytes', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      await planned(ledger, ['ou_a']);
      const [first] = (await beginAll(ledger)).begun;
      await finish(ledger, [{ begun: first!, begunAtFeishu: START, outcome: { ...NO_ANSWER, is: 'unknown' } }]);
      time.now += MINUTE;
      assert.equal((await beginAll(ledger)).needsFeishuTime, true);
      const [again] = (await beginAll(ledger, { feishuNow: time.now })).begun;
      assert.equal(again?.delivery.uuid, first?.delivery.uuid);
      assert.deepEqual(again?.content, first?.content);
    });

    it("does not repeat an unsure try after Feishu's memory is over", async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const id = await planned(ledger, ['ou_a']);
      const [first] = (await beginAll(ledger)).begun;
      await finish(ledger, [{ begun: first!, begunAtFeishu: START, outcome: { ...NO_ANSWER, is: 'unknown' } }]);
      time.now += 55 * MINUTE;
      assert.equal((await beginAll(ledger, { feishuNow: time.now })).begun.length, 0);
      const [unsure] = await ledger.deliveries.unsure({ app: 'default', limit: 10, feishuNow: time.now });
      await ledger.deliveries.settle(unsure!.delivery.id, { is: 'cannot-tell' }, time.now);
      const [delivery] = await ledger.history.deliveries(id);
      assert.equal(delivery?.state, 'unknown');
      assert.equal(delivery?.settled, true);
      assert.equal((await ledger.runs.sweep())[0]?.state, 'unknown');
    });

    it('takes a refusal after an unsure try for no proof', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const id = await planned(ledger, ['ou_a']);
      const [first] = (await beginAll(ledger)).begun;
      await finish(ledger, [{ begun: first!, begunAtFeishu: START, outcome: { ...NO_ANSWER, is: 'unknown' } }]);
      time.now += MINUTE;
      const [again] = (await beginAll(ledger, { feishuNow: time.now })).begun;
      await finish(ledger, [{ begun: again!, begunAtFeishu: time.now, outcome: refused('recipient', 230002) }]);
      assert.equal((await ledger.history.deliveries(id))[0]?.state, 'unknown');
    });

    it('never tries the rest when the refusal is the fault of the app', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const id = await planned(
        ledger,
        Array.from({ length: 60 }, (_, i) => `ou_${i}`),
      );
      const { begun } = await ledger.deliveries.begin({
        app: 'default',
        limit: 1,
        limits: DEFAULT_LIMITS,
        feishuNow: null,
        blind: true,
        runs: null,
      });
      await finish(ledger, [{ begun: begun[0]!, begunAtFeishu: START, outcome: refused('app', 230006) }]);
      assert.equal((await beginAll(ledger)).begun.length, 0);
      const states = (await ledger.history.deliveries(id)).map(({ state }) => state);
      assert.deepEqual(new Set(states), new Set(['rejected']));
      assert.equal((await ledger.runs.sweep())[0]?.state, 'failed');
    });

    it('gives up after as many tries as a delivery may have', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const id = await planned(ledger, ['ou_a']);
      for (let i = 0; i < 3; i++) {
        const [begun] = (await beginAll(ledger)).begun;
        await finish(ledger, [
          { begun: begun!, begunAtFeishu: START, outcome: { ...NO_ANSWER, is: 'retry', after: null, pace: null } },
        ]);
        time.now += 5 * MINUTE;
      }
      const [delivery] = await ledger.history.deliveries(id);
      assert.equal(delivery?.state, 'rejected');
      assert.equal(delivery?.reason?.code, 'gave-up');
    });

    it('never tries a permanent refusal again', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const id = await planned(ledger, ['ou_a', 'ou_b'], newRun({ deliverUntil: START + DAY }));
      const { begun } = await beginAll(ledger);
      await finish(ledger, [
        { begun: begun[0]!, begunAtFeishu: START, outcome: refused('recipient', 230013) },
        { begun: begun[1]!, begunAtFeishu: START, outcome: refused('message', 230099) },
      ]);
      for (let hour = 0; hour < 23; hour++) {
        assert.deepEqual(await beginAll(ledger), { begun: [], nextAt: null, needsFeishuTime: false });
        time.now += HOUR;
      }
      assert.deepEqual(
        (await ledger.history.deliveries(id)).map(({ state, fault, tries }) => [state, fault, tries]),
        [
          ['rejected', 'recipient', 1],
          ['rejected', 'message', 1],
        ],
      );
    });

    it('gives up when the time to arrive is over, with tries left', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const id = await planned(ledger, ['ou_a']);
      const [begun] = (await beginAll(ledger)).begun;
      const wait = { ...NO_ANSWER, code: 11232, is: 'retry', after: 40 * MINUTE, pace: null } as const;
      await finish(ledger, [{ begun: begun!, begunAtFeishu: START, outcome: wait }]);
      time.now += 30 * MINUTE;
      assert.equal((await beginAll(ledger)).begun.length, 0);
      const [delivery] = await ledger.history.deliveries(id);
      assert.equal(delivery?.state, 'rejected');
      assert.equal(delivery?.reason?.code, 'expired');
      assert.equal(delivery?.code, 11232);
      assert.equal((await ledger.runs.sweep())[0]?.state, 'failed');
    });

    it('cancels what was never tried when its time is over', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const id = await planned(ledger, ['ou_a']);
      time.now += 31 * MINUTE;
      await beginAll(ledger);
      const [delivery] = await ledger.history.deliveries(id);
      assert.equal(delivery?.state, 'cancelled');
      assert.equal(delivery?.reason?.code, 'late');
    });

    it('waits as long as Feishu asks', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      await planned(ledger, ['ou_a']);
      const [begun] = (await beginAll(ledger)).begun;
      await finish(ledger, [
        { begun: begun!, begunAtFeishu: START, outcome: { ...NO_ANSWER, is: 'retry', after: 7 * SECOND, pace: 'app' } },
      ]);
      time.now += 6_900;
      assert.equal((await beginAll(ledger)).begun.length, 0);
      time.now += 1_200;
      assert.equal((await beginAll(ledger)).begun.length, 1);
    });
  });
};
