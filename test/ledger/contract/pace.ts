import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NO_ANSWER } from '../../../src/model/outcome.ts';
import { DEFAULT_LIMITS } from '../../../src/model/settings.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/model/time.ts';
import {
  beginAll,
  delivered,
  finish,
  newDelivery,
  newRun,
  type OpenLedger,
  planned,
  refused,
  START,
  setUp,
} from './fixture.ts';

export const paceContract = (name: string, openLedger: OpenLedger): void => {
  describe(`${name}: gates and pace`, () => {
    it('tries an app that was refused for its own fault once a minute, and opens when it works again', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      await planned(ledger, ['ou_a', 'ou_b'], newRun({ job: 'one' }));
      await planned(ledger, ['ou_c', 'ou_d'], newRun({ job: 'two' }));
      const [first] = (
        await ledger.deliveries.begin({
          app: 'default',
          limit: 1,
          limits: DEFAULT_LIMITS,
          feishuNow: null,
          blind: true,
          runs: null,
        })
      ).begun;
      await finish(ledger, [{ begun: first!, begunAtFeishu: START, outcome: refused('app', 99991672) }]);
      assert.equal((await ledger.apps.gate('default'))?.code, 99991672);
      assert.equal((await beginAll(ledger)).begun.length, 0);
      time.now += MINUTE;
      const { begun } = await beginAll(ledger);
      assert.equal(begun.length, 1, 'one row asks for all');
      assert.equal((await beginAll(ledger)).begun.length, 0);
      await finish(ledger, [{ begun: begun[0]!, begunAtFeishu: START, outcome: delivered('om_1') }]);
      assert.equal(await ledger.apps.gate('default'), null);
      assert.equal((await beginAll(ledger)).begun.length, 1);
    });

    it('lets a run that begins after the refusal ask at once', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      await planned(ledger, ['ou_a'], newRun({ job: 'one' }));
      const [first] = (await beginAll(ledger)).begun;
      await finish(ledger, [{ begun: first!, begunAtFeishu: START, outcome: refused('app', 99991672) }]);
      time.now += SECOND;
      await planned(ledger, ['ou_c', 'ou_d'], newRun({ job: 'two' }));
      assert.equal((await beginAll(ledger)).begun.length, 1);
    });

    it('a wait of minutes is waited for, by the app and by the recipient', async (t) => {
      for (const pace of ['app', 'target'] as const) {
        const { ledger, time } = setUp(t, openLedger);
        const until = START + HOUR;
        await planned(ledger, ['ou_a', ...(pace === 'app' ? ['ou_b'] : [])], newRun({ deliverUntil: until }));
        const { begun } = await beginAll(ledger);
        const outcome = { ...NO_ANSWER, http: 429, code: 99991400, is: 'retry', after: 600 * SECOND, pace } as const;
        await finish(ledger, [{ begun: begun[0]!, begunAtFeishu: START, outcome }]);
        await planned(ledger, ['ou_a'], newRun({ job: 'other', onceKey: 'other', deliverUntil: until }));
        time.now += 599 * SECOND;
        assert.equal((await beginAll(ledger)).begun.length, 0, pace);
        time.now += 2 * SECOND;
        assert.ok((await beginAll(ledger)).begun.length > 0, pace);
      }
    });

    it('a recipient with many requests under way is passed by, the others are not', async (t) => {
      const { ledger } = setUp(t, openLedger);
      await planned(ledger, ['oc_hangs', 'ou_b']);
      const busy = new Set(['open_id:oc_hangs']);
      const which = { app: 'default', limit: 50, limits: DEFAULT_LIMITS, feishuNow: null, blind: true, runs: null };
      const { begun } = await ledger.deliveries.begin({ ...which, busy });
      assert.deepEqual(
        begun.map(({ delivery }) => delivery.recipient),
        ['ou_b'],
      );
    });

    it('is not held up by a crowd before one group', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const { run } = await ledger.runs.open(newRun({ job: 'group' }));
      await ledger.runs.claim({ ids: [run.id] });
      const target = { idType: 'chat_id' as const, id: 'oc_crowd' };
      await ledger.runs.addDeliveries(
        run.id,
        Array.from({ length: 300 }, (_, i) => newDelivery(`oc_crowd ${i}`, { target, uuid: `g${i}` })),
      );
      await ledger.runs.toDelivering(run.id);
      time.now += 1;
      await planned(ledger, ['ou_a', 'ou_b'], newRun({ job: 'people' }));
      const seen: string[] = [];
      for (let i = 0; i < 5; i++) {
        seen.push(...(await beginAll(ledger)).begun.map(({ delivery }) => delivery.target.id));
        time.now += 50;
      }
      assert.deepEqual(new Set(seen), new Set(['oc_crowd', 'ou_a', 'ou_b']));
      time.now += 300 * SECOND;
      let sent = 0;
      for (let i = 0; i < 10; i++) {
        sent += (await beginAll(ledger)).begun.length;
        time.now += 216;
      }
      assert.ok(sent >= 9 && sent <= 11, `${sent} in 2.1 s`);
    });

    it('keeps a longer distance in a group after 230020', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      await planned(ledger, ['oc_busy'], newRun());
      await planned(ledger, ['oc_busy'], newRun({ job: 'two' }));
      await planned(ledger, ['oc_busy'], newRun({ job: 'three' }));
      const [first] = (await beginAll(ledger)).begun;
      await finish(ledger, [
        { begun: first!, begunAtFeishu: START, outcome: { ...NO_ANSWER, is: 'retry', after: SECOND, pace: 'target' } },
      ]);
      time.now += 2 * SECOND;
      assert.equal((await beginAll(ledger)).begun.length, 1);
      time.now += 150;
      assert.equal((await beginAll(ledger)).begun.length, 0, 'twice the usual distance');
      time.now += 200;
      assert.equal((await beginAll(ledger)).begun.length, 1);
    });

    it('goes on at once after the clock was set back an hour', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      await planned(ledger, ['ou_a', 'ou_b']);
      const { begun } = await beginAll(ledger);
      await finish(
        ledger,
        begun.map((each) => ({
          begun: each,
          begunAtFeishu: START,
          outcome: { ...NO_ANSWER, is: 'retry', after: 5 * SECOND, pace: null } as const,
        })),
      );
      time.now -= HOUR;
      assert.equal((await beginAll(ledger)).begun.length, 0, 'not earlier than asked');
      time.now += 10 * SECOND;
      assert.equal((await beginAll(ledger)).begun.length, 2);
    });

    it('counts a slot from when its request left, not from when it should have', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const everybody = Array.from({ length: 100 }, (_, i) => `ou_${i}`);
      await planned(ledger, everybody);
      const { begun } = await beginAll(ledger);
      assert.equal(begun.length, DEFAULT_LIMITS.perSecond);
      time.now += 400;
      await finish(
        ledger,
        begun.map((each, i) => ({ begun: each, begunAtFeishu: START, outcome: delivered(`om_${i}`), lateBy: 300 })),
      );
      time.now = START + 1_100;
      assert.deepEqual(await beginAll(ledger), { begun: [], nextAt: START + 1_150, needsFeishuTime: false });
      time.now = START + 1_150;
      const next = (await beginAll(ledger)).begun;
      assert.deepEqual(new Set(next.map(({ waitMs }) => waitMs)), new Set([200]));
    });

    it('counts the distance to one recipient from when the last message left', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      await planned(ledger, ['ou_a']);
      await planned(ledger, ['ou_a'], newRun({ job: 'two' }));
      const [first] = (await beginAll(ledger)).begun;
      time.now += 2 * SECOND;
      await finish(ledger, [{ begun: first!, begunAtFeishu: START, outcome: delivered('om'), lateBy: 2 * SECOND }]);
      const [second] = (await beginAll(ledger)).begun;
      assert.equal(second, undefined);
      time.now += 50;
      assert.equal((await beginAll(ledger)).begun[0]?.waitMs, 166);
    });

    it('reserves slots of an api by themselves', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const limits = { ...DEFAULT_LIMITS, perSecond: 2 };
      const waits = [];
      for (let i = 0; i < 4; i++) waits.push(await ledger.apps.reserve('default', 'history', limits));
      assert.deepEqual(waits, [0, 0, 1_050, 1_050]);
      assert.equal(await ledger.apps.reserve('default', 'recall', limits), 0);
    });
  });
};
