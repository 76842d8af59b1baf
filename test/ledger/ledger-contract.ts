import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Ledger, NewDelivery, NewRun } from '../../src/ledger/ledger.ts';
import { NO_ANSWER, type Outcome } from '../../src/model/outcome.ts';
import { dueKey } from '../../src/model/run.ts';
import { DEFAULT_LIMITS } from '../../src/model/settings.ts';
import { HOUR, MINUTE, SECOND } from '../../src/model/time.ts';

/** A hand-turned clock: time is an argument. */
export interface TestTime {
  now: number;
}

export const START = Date.UTC(2026, 10, 22, 10, 0, 0);

export type OpenLedger = (time: TestTime) => { open(): Ledger };

export const newRun = (more: Partial<NewRun> = {}): NewRun => ({
  kind: 'job',
  job: 'sales',
  onceKey: dueKey(START),
  dueAt: START,
  notBefore: START,
  trigger: 'schedule',
  ownAudience: true,
  deliverUntil: START + 30 * MINUTE,
  priority: 2,
  ...more,
});

export const newDelivery = (recipient: string, more: Partial<NewDelivery> = {}): NewDelivery => ({
  recipient,
  target: { idType: 'open_id', id: recipient },
  app: 'default',
  part: 1,
  kind: 'card',
  uuid: `uuid-${recipient}`,
  deliverUntil: START + 30 * MINUTE,
  maxTries: 3,
  content: { msgType: 'interactive', body: '{}' },
  ...more,
});

const delivered = (messageId: string): Outcome => ({
  ...NO_ANSWER,
  http: 200,
  code: 0,
  is: 'delivered',
  messageId,
  chatId: null,
});
const refused = (fault: 'app' | 'recipient' | 'message', code: number): Outcome => ({
  ...NO_ANSWER,
  http: 400,
  code,
  is: 'rejected',
  fault,
});

const beginAll = (ledger: Ledger, { feishuNow = null }: { feishuNow?: number | null } = {}) =>
  ledger.deliveries.begin({ app: 'default', limit: 50, limits: DEFAULT_LIMITS, feishuNow, runs: null });

const planned = async (ledger: Ledger, recipients: readonly string[], run = newRun()): Promise<string> => {
  const { run: opened } = await ledger.runs.open(run);
  await ledger.runs.claim({ ids: [opened.id] });
  await ledger.runs.addDeliveries(
    opened.id,
    recipients.map((recipient) =>
      newDelivery(recipient, { uuid: `${opened.id} ${recipient}`, deliverUntil: run.deliverUntil }),
    ),
  );
  await ledger.runs.toDelivering(opened.id);
  return opened.id;
};

/** What every ledger must do, whatever it is made of. */
export const ledgerContract = (name: string, openLedger: OpenLedger): void => {
  const setUp = (t: TestContext) => {
    const time: TestTime = { now: START };
    const ledger = openLedger(time).open();
    t.after(() => ledger.close());
    return { time, ledger };
  };

  describe(`${name}: runs`, () => {
    it('opens one run for one due time, and joins the second caller to it', async (t) => {
      const { ledger } = setUp(t);
      const first = await ledger.runs.open(newRun());
      const second = await ledger.runs.open(newRun({ trigger: 'manual' }));
      assert.equal(first.mine, true);
      assert.equal(second.mine, false);
      assert.equal(second.run.id, first.run.id);
    });

    it('opens plain manual runs as often as they are asked for', async (t) => {
      const { ledger } = setUp(t);
      const one = await ledger.runs.open(newRun({ onceKey: null, trigger: 'manual' }));
      const two = await ledger.runs.open(newRun({ onceKey: null, trigger: 'manual' }));
      assert.notEqual(one.run.id, two.run.id);
    });

    it('remembers the key of a send for seven days', async (t) => {
      const { ledger, time } = setUp(t);
      const keyed = newRun({ kind: 'send', job: null, onceKey: 'key:a', dueAt: null });
      const first = await ledger.runs.open(keyed);
      time.now += 6 * 24 * HOUR;
      assert.equal((await ledger.runs.open(keyed)).run.id, first.run.id);
      time.now += 2 * 24 * HOUR;
      const later = await ledger.runs.open(keyed);
      assert.equal(later.mine, true);
      assert.notEqual(later.run.id, first.run.id);
    });

    it('begins a cursor with the minute in which the schedule was first seen', async (t) => {
      const { ledger, time } = setUp(t);
      time.now = START + 25 * SECOND;
      assert.equal(await ledger.runs.cursor('sales', 'f1'), START - 1);
      time.now += 5 * MINUTE;
      assert.equal(await ledger.runs.cursor('sales', 'f1'), START - 1);
    });

    it('lets one of two planners decide the same due times', async (t) => {
      const { ledger } = setUp(t);
      const seen = await ledger.runs.cursor('sales', 'f1');
      const plan = { job: 'sales', fingerprint: 'f1', seen, through: START, runs: [newRun()], missed: null };
      assert.equal(await ledger.runs.plan(plan), true);
      assert.equal(await ledger.runs.plan(plan), false);
      assert.equal((await ledger.history.runs({ job: 'sales', states: null, since: null, limit: 10 })).length, 1);
    });

    it('claims a run once', async (t) => {
      const { ledger } = setUp(t);
      await ledger.runs.open(newRun());
      assert.notEqual(await ledger.runs.claim({ jobs: ['sales'] }), null);
      assert.equal(await ledger.runs.claim({ jobs: ['sales'] }), null);
    });

    it('keeps a second due time of a job waiting while the first is running', async (t) => {
      const { ledger } = setUp(t);
      await ledger.runs.open(newRun());
      await ledger.runs.open(newRun({ onceKey: dueKey(START + 1), dueAt: START + 1 }));
      const first = await ledger.runs.claim({ jobs: ['sales'] });
      assert.equal(await ledger.runs.claim({ jobs: ['sales'] }), null);
      await ledger.runs.end(first?.id ?? '', 'skipped', { code: 'condition-false', message: { zh: '', en: '' } });
      assert.notEqual(await ledger.runs.claim({ jobs: ['sales'] }), null);
    });

    it('ends a run as its deliveries ended', async (t) => {
      const { ledger } = setUp(t);
      const id = await planned(ledger, ['ou_a', 'ou_b']);
      const { begun } = await beginAll(ledger);
      assert.deepEqual((await ledger.runs.sweep()).length, 0);
      await ledger.deliveries.finish(
        begun.map((each) => ({
          begun: each,
          begunAtFeishu: START,
          outcome: each.delivery.recipient === 'ou_a' ? delivered('om_1') : refused('recipient', 230013),
        })),
      );
      const [run] = await ledger.runs.sweep();
      assert.equal(run?.id, id);
      assert.equal(run?.state, 'partial');
    });
  });

  describe(`${name}: deliveries`, () => {
    it('writes the attempt before anything is sent', async (t) => {
      const { ledger } = setUp(t);
      const id = await planned(ledger, ['ou_a']);
      await beginAll(ledger);
      const [attempt] = await ledger.history.attempts(id);
      assert.equal(attempt?.begunAt, START);
      assert.equal(attempt?.outcome, null);
    });

    it('hides deliveries until their plan is whole', async (t) => {
      const { ledger } = setUp(t);
      const { run } = await ledger.runs.open(newRun());
      await ledger.runs.claim({ ids: [run.id] });
      await ledger.runs.addDeliveries(run.id, [newDelivery('ou_a')]);
      assert.equal((await beginAll(ledger)).begun.length, 0);
      await ledger.runs.toDelivering(run.id);
      assert.equal((await beginAll(ledger)).begun.length, 1);
    });

    it('gives one recipient one message at a time, spaced by their pace', async (t) => {
      const { ledger, time } = setUp(t);
      await planned(ledger, ['ou_a']);
      await planned(ledger, ['ou_a'], newRun({ job: 'other' }));
      assert.equal((await beginAll(ledger)).begun.length, 1);
      const second = await beginAll(ledger);
      assert.equal(second.begun.length <= 1, true);
      time.now += SECOND;
      assert.equal(second.begun.length + (await beginAll(ledger)).begun.length, 1);
    });

    it('stays inside the second of an app', async (t) => {
      const { ledger, time } = setUp(t);
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
      const { ledger, time } = setUp(t);
      await planned(ledger, ['ou_a']);
      const [first] = (await beginAll(ledger)).begun;
      await ledger.deliveries.finish([
        { begun: first!, begunAtFeishu: START, outcome: { ...NO_ANSWER, is: 'unknown' } },
      ]);
      time.now += MINUTE;
      assert.equal((await beginAll(ledger)).needsFeishuTime, true);
      const [again] = (await beginAll(ledger, { feishuNow: time.now })).begun;
      assert.equal(again?.delivery.uuid, first?.delivery.uuid);
      assert.deepEqual(again?.content, first?.content);
    });

    it("does not repeat an unsure try after Feishu's memory is over", async (t) => {
      const { ledger, time } = setUp(t);
      const id = await planned(ledger, ['ou_a']);
      const [first] = (await beginAll(ledger)).begun;
      await ledger.deliveries.finish([
        { begun: first!, begunAtFeishu: START, outcome: { ...NO_ANSWER, is: 'unknown' } },
      ]);
      time.now += 55 * MINUTE;
      assert.equal((await beginAll(ledger, { feishuNow: time.now })).begun.length, 0);
      const [delivery] = await ledger.history.deliveries(id);
      assert.equal(delivery?.state, 'unknown');
      assert.equal(delivery?.settled, true);
      assert.equal((await ledger.runs.sweep())[0]?.state, 'unknown');
    });

    it('takes a refusal after an unsure try for no proof', async (t) => {
      const { ledger, time } = setUp(t);
      const id = await planned(ledger, ['ou_a']);
      const [first] = (await beginAll(ledger)).begun;
      await ledger.deliveries.finish([
        { begun: first!, begunAtFeishu: START, outcome: { ...NO_ANSWER, is: 'unknown' } },
      ]);
      time.now += MINUTE;
      const [again] = (await beginAll(ledger, { feishuNow: time.now })).begun;
      await ledger.deliveries.finish([
        { begun: again!, begunAtFeishu: time.now, outcome: refused('recipient', 230002) },
      ]);
      assert.equal((await ledger.history.deliveries(id))[0]?.state, 'unknown');
    });

    it('never tries the rest when the refusal is the fault of the app', async (t) => {
      const { ledger } = setUp(t);
      const id = await planned(
        ledger,
        Array.from({ length: 60 }, (_, i) => `ou_${i}`),
      );
      const { begun } = await ledger.deliveries.begin({
        app: 'default',
        limit: 1,
        limits: DEFAULT_LIMITS,
        feishuNow: null,
        runs: null,
      });
      await ledger.deliveries.finish([{ begun: begun[0]!, begunAtFeishu: START, outcome: refused('app', 230006) }]);
      assert.equal((await beginAll(ledger)).begun.length, 0);
      const states = (await ledger.history.deliveries(id)).map(({ state }) => state);
      assert.deepEqual(new Set(states), new Set(['rejected']));
      assert.equal((await ledger.runs.sweep())[0]?.state, 'failed');
    });

    it('gives up after as many tries as a delivery may have', async (t) => {
      const { ledger, time } = setUp(t);
      const id = await planned(ledger, ['ou_a']);
      for (let i = 0; i < 3; i++) {
        const [begun] = (await beginAll(ledger)).begun;
        await ledger.deliveries.finish([
          { begun: begun!, begunAtFeishu: START, outcome: { ...NO_ANSWER, is: 'retry', after: null, pace: null } },
        ]);
        time.now += 5 * MINUTE;
      }
      const [delivery] = await ledger.history.deliveries(id);
      assert.equal(delivery?.state, 'rejected');
      assert.equal(delivery?.reason?.code, 'gave-up');
    });

    it('cancels what was never tried when its time is over', async (t) => {
      const { ledger, time } = setUp(t);
      const id = await planned(ledger, ['ou_a']);
      time.now += 31 * MINUTE;
      await beginAll(ledger);
      const [delivery] = await ledger.history.deliveries(id);
      assert.equal(delivery?.state, 'cancelled');
      assert.equal(delivery?.reason?.code, 'late');
    });

    it('waits as long as Feishu asks', async (t) => {
      const { ledger, time } = setUp(t);
      await planned(ledger, ['ou_a']);
      const [begun] = (await beginAll(ledger)).begun;
      await ledger.deliveries.finish([
        { begun: begun!, begunAtFeishu: START, outcome: { ...NO_ANSWER, is: 'retry', after: 7 * SECOND, pace: 'app' } },
      ]);
      time.now += 6_900;
      assert.equal((await beginAll(ledger)).begun.length, 0);
      time.now += 1_200;
      assert.equal((await beginAll(ledger)).begun.length, 1);
    });
  });

  describe(`${name}: tokens and incidents`, () => {
    it('lets one at a time ask for a token', async (t) => {
      const time: TestTime = { now: START };
      const { open } = openLedger(time);
      const [one, two] = [open(), open()];
      t.after(() => Promise.all([one.close(), two.close()]));
      assert.equal(await one.apps.claimRefresh('default', 20 * SECOND), true);
      assert.equal(await two.apps.claimRefresh('default', 20 * SECOND), false);
      await one.apps.keepToken('default', { token: 't-1', expiresAt: START + HOUR });
      assert.deepEqual(await two.apps.token('default'), { token: 't-1', expiresAt: START + HOUR });
      assert.equal(await two.apps.claimRefresh('default', 20 * SECOND), true);
    });

    it('lets the next one ask when the one that asked is gone', async (t) => {
      const { ledger, time } = setUp(t);
      const { open } = openLedger(time);
      await ledger.apps.claimRefresh('default', 20 * SECOND);
      time.now += 21 * SECOND;
      const other = open();
      t.after(() => other.close());
      assert.equal(await other.apps.claimRefresh('default', 20 * SECOND), true);
    });

    it('forgets only the token that was refused', async (t) => {
      const { ledger } = setUp(t);
      await ledger.apps.keepToken('default', { token: 't-2', expiresAt: START + HOUR });
      await ledger.apps.dropToken('default', 't-1');
      assert.equal((await ledger.apps.token('default'))?.token, 't-2');
      await ledger.apps.dropToken('default', 't-2');
      assert.equal(await ledger.apps.token('default'), null);
    });

    it('opens one incident for a series of failures, and closes it with the first success', async (t) => {
      const { ledger, time } = setUp(t);
      const fail = async (due: number) => {
        const { run } = await ledger.runs.open(newRun({ onceKey: dueKey(due), dueAt: due }));
        await ledger.runs.claim({ ids: [run.id] });
        await ledger.runs.end(run.id, 'failed', { code: 'source-failed', message: { zh: '', en: '' } });
      };
      await fail(START);
      time.now += HOUR;
      await fail(START + 1);
      const due = await ledger.incidents.due();
      assert.equal(due.length, 1);
      assert.equal(due[0]?.count, 2);
      await ledger.incidents.told(due[0]!, newRun({ kind: 'notice', job: null, onceKey: 'notice:1' }));
      assert.equal((await ledger.incidents.due()).length, 0);

      await planned(
        ledger,
        ['ou_a'],
        newRun({ onceKey: dueKey(START + 2), dueAt: START + 2, deliverUntil: time.now + HOUR }),
      );
      time.now += SECOND;
      const begun = (await beginAll(ledger)).begun;
      await ledger.deliveries.finish(
        begun.map((each) => ({ begun: each, begunAtFeishu: time.now, outcome: delivered('om_9') })),
      );
      await ledger.runs.sweep();
      const [closed] = await ledger.incidents.due();
      assert.equal(closed?.state, 'closed');
    });
  });
};
