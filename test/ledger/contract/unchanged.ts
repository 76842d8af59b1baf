import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { NO_ANSWER, type Outcome } from '../../../src/model/outcome.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/model/time.ts';
import { beginAll, delivered, finish, newDelivery, newRun, type OpenLedger, refused, setUp } from './fixture.ts';

const LOST: Outcome = { ...NO_ANSWER, is: 'unknown' };
const LATER: Outcome = { ...NO_ANSWER, http: 429, code: 230020, is: 'retry', after: null, pace: null };

export const unchangedContract = (name: string, openLedger: OpenLedger): void => {
  describe(`${name}: a card that shows the same already`, () => {
    const day = (t: TestContext) => {
      const { ledger, time } = setUp(t, openLedger);
      let n = 0;
      /** a run whose card says this; answers its id */
      const plan = async (says: string, how: { evenIfSame?: boolean } = {}): Promise<string> => {
        time.now += MINUTE;
        const due = time.now;
        const { run } = await ledger.runs.open(newRun({ onceKey: `due:${due}`, dueAt: due, notBefore: due }));
        await ledger.runs.claim({ ids: [run.id] });
        await ledger.runs.addDeliveries(run.id, [
          newDelivery('ou_a', {
            anchor: 'update:d',
            uuid: `lc-${n++}`,
            deliverUntil: due + 6 * HOUR,
            content: { msgType: 'interactive', body: says },
          }),
        ]);
        await ledger.runs.toDelivering(run.id, how);
        return run.id;
      };
      /** how many requests leave now, and their end */
      const go = async (outcome: Outcome): Promise<number> => {
        time.now += 5 * SECOND;
        const { begun } = await beginAll(ledger, { feishuNow: time.now });
        await finish(
          ledger,
          begun.map((each) => ({ begun: each, begunAtFeishu: time.now, outcome })),
        );
        await ledger.runs.sweep();
        return begun.length;
      };
      return { ledger, time, plan, go };
    };
    const stateOf = async (ledger: Ledger, run: string) => {
      const found = await ledger.history.run(run);
      return [found?.state, found?.reason?.code];
    };

    it('is not sent, and its run is skipped', async (t) => {
      const { ledger, plan, go } = day(t);
      await plan('a');
      assert.equal(await go(delivered('om_1')), 1);
      const run = await plan('a');
      assert.equal(await go(delivered('om_1')), 0);
      assert.deepEqual(await stateOf(ledger, run), ['skipped', 'unchanged']);
      assert.deepEqual(await ledger.history.attempts(run), []);
      await plan('b');
      assert.equal(await go(delivered('om_1')), 1);
      await plan('a');
      assert.equal(await go(delivered('om_1')), 1, 'it shows b now');
    });

    it('is sent all the same when that was asked for', async (t) => {
      const { plan, go } = day(t);
      await plan('a');
      await go(delivered('om_1'));
      await plan('a', { evenIfSame: true });
      assert.equal(await go(delivered('om_1')), 1);
      await plan('a');
      assert.equal(await go(delivered('om_1')), 0);
    });

    it('a refusal leaves the card as it was', async (t) => {
      const { plan, go } = day(t);
      await plan('a');
      await go(delivered('om_1'));
      await plan('b');
      await go(refused('message', 230099));
      await plan('a');
      assert.equal(await go(delivered('om_1')), 0);
    });

    it('a refusal for now, too; and what waits for its retry is not sent once it is the same', async (t) => {
      const { ledger, time, plan, go } = day(t);
      await plan('a');
      await go(delivered('om_1'));
      const waiting = await plan('b');
      await go(LATER);
      time.now += MINUTE;
      assert.equal(await go(delivered('om_1')), 1);
      assert.deepEqual(await stateOf(ledger, waiting), ['delivered', undefined]);
    });

    it('after a lost answer nobody knows what it shows, not even once a newer run has arrived', async (t) => {
      const { plan, go } = day(t);
      await plan('a');
      await go(delivered('om_1'));
      await plan('b');
      await go(LOST);
      await plan('a');
      assert.equal(await go(delivered('om_1')), 1);
      await plan('a');
      assert.equal(await go(delivered('om_1')), 1, 'the lost request could still come through');
    });

    it('a lost answer that is repeated with success makes it known again', async (t) => {
      const { plan, go, time } = day(t);
      await plan('a');
      await go(delivered('om_1'));
      await plan('b');
      await go(LOST);
      time.now += MINUTE;
      assert.equal(await go(delivered('om_1')), 1);
      await plan('b');
      assert.equal(await go(delivered('om_1')), 0);
    });

    it('a process that died while sending it leaves it unknown', async (t) => {
      const { ledger, time, plan, go } = day(t);
      await plan('a');
      await go(delivered('om_1'));
      await plan('b');
      time.now += 5 * SECOND;
      assert.equal((await beginAll(ledger)).begun.length, 1);
      await plan('a');
      assert.equal(await go(delivered('om_1')), 1);
    });

    it('a card that is gone is sent anew, and that one counts', async (t) => {
      const { plan, go } = day(t);
      await plan('a');
      await go(delivered('om_1'));
      await plan('b');
      await go({ ...NO_ANSWER, http: 400, code: 230011, is: 'rejected', fault: 'message', gone: true });
      assert.equal(await go(delivered('om_2')), 1);
      await plan('b');
      assert.equal(await go(delivered('om_2')), 0);
    });

    it('a card that was taken back is sent anew, whichever run of the day took it back', async (t) => {
      const { ledger, plan, go } = day(t);
      const first = await plan('a');
      await go(delivered('om_1'));
      const second = await plan('b');
      await go(delivered('om_1'));
      await ledger.runs.recall(second);
      const [row] = await ledger.deliveries.toRecall({ app: 'default', limit: 10 });
      await ledger.deliveries.recalled(row?.id ?? '', null);
      assert.notEqual((await ledger.history.deliveries(first))[0]?.recalledAt, null);
      await plan('b');
      assert.equal(await go(delivered('om_2')), 1);
    });
  });
};
