import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { NO_ANSWER } from '../../../src/model/outcome.ts';
import { dueKey } from '../../../src/model/run.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/model/time.ts';
import { beginAll, delivered, finish, newDelivery, newRun, type OpenLedger, planned, START, setUp } from './fixture.ts';

export const settlingContract = (name: string, openLedger: OpenLedger): void => {
  describe(`${name}: settling`, () => {
    /** One delivery whose only try got no answer, an hour ago. */
    const unsure = async (t: TestContext, until = START + 3 * HOUR) => {
      const { ledger, time } = setUp(t, openLedger);
      const id = await planned(ledger, ['ou_a'], newRun({ deliverUntil: until }));
      const [first] = (await beginAll(ledger)).begun;
      await finish(ledger, [{ begun: first!, begunAtFeishu: START, outcome: { ...NO_ANSWER, is: 'unknown' } }]);
      time.now += HOUR;
      const look = () => ledger.deliveries.unsure({ app: 'default', limit: 10, feishuNow: time.now });
      return { ledger, time, id, first: first!, look };
    };

    it('hands an unsure delivery to one who looks, not to two', async (t) => {
      const { look } = await unsure(t);
      assert.equal((await look()).length, 1);
      assert.equal((await look()).length, 0);
    });

    it('does not look while the uuid may be repeated', async (t) => {
      const { ledger, time } = await unsure(t);
      assert.equal(
        (await ledger.deliveries.unsure({ app: 'default', limit: 10, feishuNow: START + MINUTE })).length,
        0,
      );
      assert.equal((await beginAll(ledger, { feishuNow: time.now })).begun.length, 0);
    });

    it('a person resends it while it is looked for: the look changes nothing any more, but proof is proof', async (t) => {
      for (const look of [
        { is: 'absent' },
        { is: 'later' },
        { is: 'found', messageId: 'om_7', chatId: null },
      ] as const) {
        const { ledger, time, id, look: begin } = await unsure(t);
        const [one] = await begin();
        const what = { run: id, unknown: true, recipients: null, contents: {}, deliverUntil: time.now + HOUR };
        assert.equal(await ledger.runs.resend({ ...what, feishuNow: time.now }), 1);
        await ledger.deliveries.settle(one!.delivery.id, look, time.now);
        const [first, second] = await ledger.history.deliveries(id);
        assert.deepEqual([first?.state, first?.generation], [look.is === 'found' ? 'delivered' : 'unknown', 1]);
        assert.deepEqual([second?.state, second?.generation], ['queued', 2]);
      }
    });

    it('Feishu cannot be asked for the time: ten minutes after its latest time it is a person’s to decide', async (t) => {
      const { ledger, time, id } = await unsure(t, START + HOUR);
      await beginAll(ledger);
      assert.equal((await ledger.history.deliveries(id))[0]?.settled, false);
      time.now += 10 * MINUTE;
      await beginAll(ledger);
      const [delivery] = await ledger.history.deliveries(id);
      assert.deepEqual([delivery?.state, delivery?.settled, delivery?.reason?.code], ['unknown', true, 'unsure']);
      assert.equal((await ledger.runs.sweep())[0]?.state, 'unknown');
    });

    it('takes what was found for delivered', async (t) => {
      const { ledger, time, id, look } = await unsure(t);
      const [one] = await look();
      await ledger.deliveries.settle(one!.delivery.id, { is: 'found', messageId: 'om_7', chatId: 'oc_7' }, time.now);
      const [delivery] = await ledger.history.deliveries(id);
      assert.deepEqual([delivery?.state, delivery?.messageId], ['delivered', 'om_7']);
      assert.equal((await ledger.runs.sweep())[0]?.state, 'delivered');
    });

    it('sends anew what is surely absent, under a new uuid', async (t) => {
      const { ledger, time, first, look } = await unsure(t);
      const [one] = await look();
      await ledger.deliveries.settle(one!.delivery.id, { is: 'absent' }, time.now);
      const [again] = (await beginAll(ledger, { feishuNow: time.now })).begun;
      assert.notEqual(again?.delivery.uuid, first.delivery.uuid);
      assert.equal(again?.delivery.generation, 2);
      assert.equal(again?.delivery.firstUnsureAt, null);
    });

    it('ends what is surely absent and too late as refused by time', async (t) => {
      const { ledger, time, id, look } = await unsure(t, START + 30 * MINUTE);
      const [one] = await look();
      await ledger.deliveries.settle(one!.delivery.id, { is: 'absent' }, time.now);
      const [delivery] = await ledger.history.deliveries(id);
      assert.deepEqual([delivery?.state, delivery?.reason?.code], ['rejected', 'expired']);
    });

    it('knows the chat of a person from an earlier answer', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      await planned(ledger, ['ou_a'], newRun({ job: 'earlier' }));
      const [first] = (await beginAll(ledger)).begun;
      await finish(ledger, [
        {
          begun: first!,
          begunAtFeishu: START,
          outcome: { ...delivered('om_1'), is: 'delivered', messageId: 'om_1', chatId: 'oc_p2p' },
        },
      ]);
      time.now += SECOND;
      await planned(
        ledger,
        ['ou_a'],
        newRun({ onceKey: dueKey(START + 1), dueAt: START + 1, deliverUntil: START + 3 * HOUR }),
      );
      const [second] = (await beginAll(ledger)).begun;
      await finish(ledger, [{ begun: second!, begunAtFeishu: START, outcome: { ...NO_ANSWER, is: 'unknown' } }]);
      time.now += HOUR;
      const [one] = await ledger.deliveries.unsure({ app: 'default', limit: 10, feishuNow: time.now });
      assert.equal(one?.chatId, 'oc_p2p');
      assert.equal(await one?.known('om_1'), true);
      assert.equal(await one?.known('om_2'), false);
    });

    it('leaves a lost answer alone where the other side does not know our uuid', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const { run } = await ledger.runs.open(newRun());
      await ledger.runs.claim({ ids: [run.id] });
      await ledger.runs.addDeliveries(run.id, [newDelivery('webhook:x', { remembers: false })]);
      await ledger.runs.toDelivering(run.id);
      const [first] = (await beginAll(ledger)).begun;
      await finish(ledger, [{ begun: first!, begunAtFeishu: START, outcome: { ...NO_ANSWER, is: 'unknown' } }]);
      time.now += MINUTE;
      assert.equal((await beginAll(ledger, { feishuNow: time.now })).begun.length, 0);
      assert.equal((await ledger.runs.sweep())[0]?.state, 'unknown');
    });
  });
};
