import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Ledger, NewDelivery } from '../../../src/ledger/ledger.ts';
import { NO_ANSWER, type Outcome } from '../../../src/model/outcome.ts';
import { dueKey } from '../../../src/model/run.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/model/time.ts';
import { beginAll, delivered, finish, newDelivery, newRun, type OpenLedger, START, setUp } from './fixture.ts';

const gone: Outcome = { ...NO_ANSWER, http: 400, code: 230011, is: 'rejected', fault: 'message', gone: true };

export const afterArrivalContract = (name: string, openLedger: OpenLedger): void => {
  const plan = async (ledger: Ledger, due: number, deliveries: readonly NewDelivery[]): Promise<string> => {
    const { run } = await ledger.runs.open(newRun({ onceKey: dueKey(due), dueAt: due, deliverUntil: due + HOUR }));
    await ledger.runs.claim({ ids: [run.id] });
    await ledger.runs.addDeliveries(run.id, deliveries);
    await ledger.runs.toDelivering(run.id);
    return run.id;
  };
  const send = async (ledger: Ledger, outcome: (i: number) => Outcome) => {
    const { begun } = await beginAll(ledger);
    await finish(
      ledger,
      begun.map((each, i) => ({ begun: each, begunAtFeishu: START, outcome: outcome(i) })),
    );
    return begun.map(({ delivery }) => delivery);
  };

  describe(`${name}: messages of one day`, () => {
    const ofDay = (due: number, anchor: string, more: Partial<NewDelivery> = {}) =>
      newDelivery('ou_a', {
        anchor,
        uuid: `lc-${due} ${more.part ?? 1}`,
        deliverUntil: due + HOUR,
        content: { msgType: 'interactive', body: `{"due":${due}}` },
        ...more,
      });
    const day = async (t: TestContext, anchor: string) => {
      const { ledger, time } = setUp(t, openLedger);
      await plan(ledger, START, [ofDay(START, anchor)]);
      await send(ledger, () => delivered('om_1'));
      await ledger.runs.sweep();
      time.now += MINUTE;
      return { ledger, time };
    };

    it('a later one renews the card of the first, under the same message_id', async (t) => {
      const { ledger, time } = await day(t, 'update:2026-11-22');
      const run = await plan(ledger, time.now, [ofDay(time.now, 'update:2026-11-22')]);
      const [delivery] = await send(ledger, () => delivered('om_1'));
      assert.deepEqual([delivery?.renews, delivery?.repliesTo], ['om_1', null]);
      assert.equal((await ledger.history.deliveries(run))[0]?.messageId, 'om_1');
    });

    it('a later one answers in the thread of the first', async (t) => {
      const { ledger, time } = await day(t, 'thread:2026-11-22');
      await plan(ledger, time.now, [ofDay(time.now, 'thread:2026-11-22')]);
      const [delivery] = await send(ledger, () => delivered('om_2'));
      assert.deepEqual([delivery?.renews, delivery?.repliesTo], [null, 'om_1']);
    });

    it('another day, and another recipient, has a message of its own', async (t) => {
      const { ledger, time } = await day(t, 'update:2026-11-22');
      const other = newDelivery('ou_b', { anchor: 'update:2026-11-22', deliverUntil: time.now + HOUR });
      await plan(ledger, time.now, [ofDay(time.now, 'update:2026-11-23'), other]);
      const both = await send(ledger, (i) => delivered(`om_${i + 2}`));
      assert.deepEqual(
        both.map(({ renews }) => renews),
        [null, null],
      );
    });

    it('waits while the first is on its way', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      await plan(ledger, START, [ofDay(START, 'update:d')]);
      const { begun } = await beginAll(ledger);
      time.now += MINUTE / 2;
      await plan(ledger, time.now, [ofDay(time.now, 'update:d')]);
      assert.equal((await beginAll(ledger)).begun.length, 0);
      await finish(ledger, [{ begun: begun[0]!, begunAtFeishu: START, outcome: delivered('om_1') }]);
      time.now += SECOND;
      assert.equal((await beginAll(ledger)).begun[0]?.delivery.renews, 'om_1');
    });

    it('where the card is gone it becomes a new message, which the next run renews', async (t) => {
      const { ledger, time } = await day(t, 'update:d');
      await plan(ledger, time.now, [ofDay(time.now, 'update:d')]);
      await send(ledger, () => gone);
      time.now += SECOND;
      const [anew] = await send(ledger, () => delivered('om_2'));
      assert.deepEqual([anew?.renews, anew?.state], [null, 'sending']);
      await ledger.runs.sweep();
      time.now += MINUTE;
      await plan(ledger, time.now, [ofDay(time.now, 'update:d')]);
      assert.equal((await beginAll(ledger)).begun[0]?.delivery.renews, 'om_2');
    });

    it('an older run does not write over a newer one: its row is cancelled', async (t) => {
      const { ledger, time } = await day(t, 'update:d');
      await plan(ledger, time.now, [ofDay(time.now, 'update:d')]);
      const older = await plan(ledger, START + 1, [ofDay(START + 1, 'update:d')]);
      const begun = await send(ledger, () => delivered('om_1'));
      assert.equal(begun.length, 1);
      time.now += SECOND;
      assert.equal((await beginAll(ledger)).begun.length, 0);
      const [row] = await ledger.history.deliveries(older);
      assert.deepEqual([row?.state, row?.reason?.code], ['cancelled', 'superseded']);
    });

    it('a plan that was thrown away leaves no anchor that others wait for', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const { run } = await ledger.runs.open(newRun());
      await ledger.runs.claim({ ids: [run.id] });
      await ledger.runs.addDeliveries(run.id, [ofDay(START, 'update:d')]);
      await ledger.runs.again(run.id, START + DAY, { code: 'source-failed', message: { zh: '', en: '' } });
      time.now += MINUTE;
      await plan(ledger, time.now, [ofDay(time.now, 'update:d')]);
      assert.equal((await beginAll(ledger)).begun.length, 1);
    });
  });

  describe(`${name}: what follows an arrival`, () => {
    it('people are told at once after the message has arrived, one time only', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const run = await plan(ledger, START, [
        newDelivery('ou_a', { urgent: 'phone' }),
        newDelivery('ou_b', { urgent: 'phone' }),
        newDelivery('ou_c'),
      ]);
      assert.deepEqual(await ledger.deliveries.toUrge({ app: 'default', limit: 10 }), []);
      await send(ledger, (i) => (i === 1 ? gone : delivered(`om_${i}`)));
      assert.deepEqual(await ledger.apps.withWork(), ['default']);
      const [first, ...others] = await ledger.deliveries.toUrge({ app: 'default', limit: 10 });
      assert.equal(first?.recipient, 'ou_a');
      assert.deepEqual(others, []);
      assert.deepEqual((await ledger.history.deliveries(run))[0]?.urged, { state: 'unknown', code: null });
      assert.deepEqual(await ledger.deliveries.toUrge({ app: 'default', limit: 10 }), []);
      await ledger.deliveries.urged(first?.id ?? '', { state: 'done', code: 0 });
      assert.deepEqual((await ledger.history.deliveries(run))[0]?.urged, { state: 'done', code: 0 });
    });

    it('who was surely not told is handed out again from the time on that is given, in its time to be delivered', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const run = await plan(ledger, START, [newDelivery('ou_a', { urgent: 'phone' })]);
      await send(ledger, () => delivered('om_1'));
      const ask = () => ledger.deliveries.toUrge({ app: 'default', limit: 10 });
      const putBack = async () => {
        const [row] = await ask();
        await ledger.deliveries.urgeLater(row?.id ?? '', { at: time.now + MINUTE, code: 99991400 });
      };
      await putBack();
      assert.equal((await ledger.history.deliveries(run))[0]?.urged, null);
      assert.equal(await ledger.history.waitsToUrge([run]), true);
      assert.deepEqual([await ask(), await ledger.apps.withWork()], [[], []]);
      time.now += MINUTE;
      assert.deepEqual(await ledger.apps.withWork(), ['default']);
      await putBack();
      time.now += HOUR;
      assert.deepEqual(await ask(), []);
      assert.deepEqual((await ledger.history.deliveries(run))[0]?.urged, { state: 'refused', code: 99991400 });
      assert.equal(await ledger.history.waitsToUrge([run]), false);
    });

    const batch = (t: TestContext) => {
      const { ledger, time } = setUp(t, openLedger);
      const target = { idType: 'batch', id: 'ou_a,ou_b' } as const;
      const one = newDelivery('batch 1/1 (2)', { target, remembers: false });
      return { ledger, time, run: plan(ledger, START, [one]) };
    };

    it('a batch is asked about once a minute until it is through', async (t) => {
      const { ledger, time, run } = batch(t);
      const id = await run;
      await send(ledger, () => delivered('bm-1'));
      const ask = () => ledger.deliveries.toFollow({ app: 'default', limit: 10 });
      assert.deepEqual(await ask(), []);
      time.now += 3 * SECOND;
      const [row] = await ask();
      assert.deepEqual(await ask(), []);
      await ledger.deliveries.followed(row?.id ?? '', { valid: 2, success: 1, read: 0 });
      time.now += MINUTE + SECOND;
      assert.equal((await ask()).length, 1);
      await ledger.deliveries.followed(row?.id ?? '', { valid: 2, success: 2, read: 1 });
      time.now += HOUR;
      assert.deepEqual(await ask(), []);
      assert.deepEqual((await ledger.history.deliveries(id))[0]?.progress, { valid: 2, success: 2, read: 1 });
    });

    it('a batch that never gets through is followed for a day', async (t) => {
      const { ledger, time, run } = batch(t);
      await run;
      await send(ledger, () => delivered('bm-1'));
      time.now += DAY + MINUTE;
      await ledger.deliveries.toFollow({ app: 'default', limit: 10 });
      time.now += HOUR;
      assert.deepEqual(await ledger.deliveries.toFollow({ app: 'default', limit: 10 }), []);
    });

    it('whom a batch does not reach is a refused row of the run, which is resent to each of them', async (t) => {
      const { ledger, time, run } = batch(t);
      const id = await run;
      const bm = { ...delivered('bm-1'), is: 'delivered', messageId: 'bm-1', chatId: null } as const;
      await send(ledger, () => ({ ...bm, invalid: ['ou_a', 'ou_b'] }));
      const [ended] = await ledger.runs.sweep();
      assert.equal(ended?.state, 'partial');
      const rows = (await ledger.history.deliveries(id)).slice(1);
      assert.deepEqual(
        rows.map(({ recipient, state, reason }) => [recipient, state, reason?.code]),
        [
          ['ou_a', 'rejected', 'not-reached'],
          ['ou_b', 'rejected', 'not-reached'],
        ],
      );
      time.now += SECOND;
      const what = { run: id, unknown: false, recipients: null, contents: {}, deliverUntil: time.now + HOUR };
      assert.equal(await ledger.runs.resend({ ...what, feishuNow: null }), 2);
      const again = await send(ledger, (i) => delivered(`om_${i}`));
      assert.equal(new Set([...rows, ...again].map(({ uuid }) => uuid)).size, 4);
    });

    it('an id that is given twice is recorded twice, and fails nobody', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const run = await plan(ledger, START, [newDelivery('ou_a'), newDelivery('ou_b')]);
      await send(ledger, () => delivered('om_same'));
      const states = (await ledger.history.deliveries(run)).map(({ state, messageId }) => `${state} ${messageId}`);
      assert.deepEqual(states, ['delivered om_same', 'delivered om_same']);
    });

    it('the key of an uploaded file is remembered by app and content', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      await ledger.apps.keepUpload('default:cli_a', 'hash', 'img_1');
      assert.deepEqual(await ledger.apps.uploaded('default:cli_a', 'hash'), { key: 'img_1', at: START });
      assert.equal(await ledger.apps.uploaded('default:cli_b', 'hash'), null);
      time.now += HOUR;
      await ledger.apps.keepUpload('default:cli_a', 'hash', 'img_2');
      assert.deepEqual(await ledger.apps.uploaded('default:cli_a', 'hash'), { key: 'img_2', at: START + HOUR });
    });
  });
};
