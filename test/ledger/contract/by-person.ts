import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { NO_ANSWER, type Outcome } from '../../../src/model/outcome.ts';
import { dueKey } from '../../../src/model/run.ts';
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

export const byPersonContract = (name: string, openLedger: OpenLedger): void => {
  describe(`${name}: what a person asks`, () => {
    const ended = async (t: TestContext, outcomes: Readonly<Record<string, Outcome>>) => {
      const { ledger, time } = setUp(t, openLedger);
      const id = await planned(ledger, Object.keys(outcomes));
      const { begun } = await beginAll(ledger);
      await finish(
        ledger,
        begun.map((each) => ({
          begun: each,
          begunAtFeishu: START,
          outcome: outcomes[each.delivery.recipient] as Outcome,
        })),
      );
      await ledger.runs.sweep();
      time.now += SECOND;
      const resend = (more: object = {}) =>
        ledger.runs.resend({
          run: id,
          unknown: false,
          recipients: null,
          contents: {},
          deliverUntil: time.now + HOUR,
          feishuNow: time.now,
          ...more,
        });
      return { ledger, time, id, resend };
    };
    const unknown: Outcome = { ...NO_ANSWER, is: 'unknown' };

    it('resends only what did not arrive', async (t) => {
      const { ledger, id, resend } = await ended(t, { ou_a: delivered('om_1'), ou_b: refused('recipient', 230013) });
      assert.equal(await resend(), 1);
      assert.equal((await ledger.history.run(id))?.state, 'delivering');
      const { begun } = await beginAll(ledger);
      assert.deepEqual(
        begun.map(({ delivery }) => [delivery.recipient, delivery.generation]),
        [['ou_b', 2]],
      );
      await finish(ledger, [{ begun: begun[0]!, begunAtFeishu: START, outcome: delivered('om_2') }]);
      assert.equal((await ledger.runs.sweep())[0]?.state, 'delivered');
      assert.equal(await resend(), 0);
    });

    it('resends what is unknown only when asked to, inside the hour with the same uuid', async (t) => {
      const { ledger, id, resend } = await ended(t, { ou_a: unknown });
      const before = (await ledger.history.deliveries(id))[0];
      assert.equal(await resend(), 0);
      assert.equal(await resend({ unknown: true }), 1);
      const rows = await ledger.history.deliveries(id);
      assert.deepEqual(
        rows.map(({ uuid }) => uuid),
        [before?.uuid],
      );
    });

    it('resends what is unknown for good under a new uuid', async (t) => {
      const { ledger, time, id, resend } = await ended(t, { ou_a: unknown });
      time.now += HOUR;
      const [one] = await ledger.deliveries.unsure({ app: 'default', limit: 1, feishuNow: time.now });
      await ledger.deliveries.settle(one!.delivery.id, { is: 'cannot-tell' }, time.now);
      await ledger.runs.sweep();
      assert.equal(await resend({ unknown: true }), 1);
      const rows = await ledger.history.deliveries(id);
      assert.equal(new Set(rows.map(({ uuid }) => uuid)).size, 2);
      const { begun } = await beginAll(ledger, { feishuNow: time.now });
      assert.deepEqual(
        begun.map(({ delivery }) => delivery.generation),
        [2],
      );
    });

    it('resends other bytes when it is given some', async (t) => {
      const { ledger, resend } = await ended(t, { ou_b: refused('message', 230099) });
      const content = { msgType: 'interactive', body: '{"new":1}' };
      await resend({ contents: { 1: content } });
      assert.deepEqual((await beginAll(ledger)).begun[0]?.content, content);
    });

    it('begins a run anew that failed before it had a message', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const { run } = await ledger.runs.open(newRun());
      await ledger.runs.claim({ ids: [run.id] });
      await ledger.runs.end(run.id, 'failed', { code: 'source-failed', message: { zh: '', en: '' } });
      const again = { run: run.id, unknown: false, recipients: null, contents: {}, feishuNow: null };
      assert.equal(await ledger.runs.resend({ ...again, deliverUntil: time.now + HOUR }), 1);
      assert.equal((await ledger.runs.claim({ ids: [run.id] }))[0]?.id, run.id);
    });

    it('cancels what is unsent, and takes no word back that left', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const id = await planned(ledger, ['ou_a', 'ou_b']);
      const { begun } = await ledger.deliveries.begin({
        app: 'default',
        limit: 1,
        limits: DEFAULT_LIMITS,
        feishuNow: null,
        blind: true,
        runs: null,
      });
      const why = { code: 'cancelled', message: { zh: '', en: '' } };
      assert.equal(await ledger.runs.cancel(id, why), 1);
      await finish(ledger, [{ begun: begun[0]!, begunAtFeishu: START, outcome: delivered('om_1') }]);
      assert.equal((await ledger.runs.sweep())[0]?.state, 'partial');
    });

    it('ends a run that was cancelled before it had messages, whoever was at it', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const { run } = await ledger.runs.open(newRun());
      await ledger.runs.claim({ ids: [run.id] });
      await ledger.runs.cancel(run.id, { code: 'cancelled', message: { zh: '', en: '' } });
      assert.equal((await ledger.history.run(run.id))?.state, 'skipped');
      assert.equal(await ledger.runs.addDeliveries(run.id, [newDelivery('ou_a')]), false);
    });

    it('takes back what has arrived, and what is proven to later', async (t) => {
      const { ledger, time, id } = await ended(t, { ou_a: delivered('om_1'), ou_b: unknown });
      await ledger.runs.recall(id);
      const first = await ledger.deliveries.toRecall({ app: 'default', limit: 10 });
      assert.deepEqual(
        first.map(({ messageId }) => messageId),
        ['om_1'],
      );
      await ledger.deliveries.recalled(first[0]!.id, null);
      time.now += MINUTE;
      const { begun } = await beginAll(ledger, { feishuNow: time.now });
      await finish(ledger, [{ begun: begun[0]!, begunAtFeishu: START, outcome: delivered('om_2') }]);
      const later = await ledger.deliveries.toRecall({ app: 'default', limit: 10 });
      assert.deepEqual(
        later.map(({ messageId }) => messageId),
        ['om_2'],
      );
      await ledger.deliveries.recalled(later[0]!.id, { code: 'recall-refused', message: { zh: '', en: '' } });
      assert.equal((await ledger.deliveries.toRecall({ app: 'default', limit: 10 })).length, 0);
    });

    it('what one takes back is left to it for two minutes', async (t) => {
      const { ledger, time, id } = await ended(t, { ou_a: delivered('om_1'), ou_b: delivered('om_2') });
      await ledger.runs.recall(id);
      const ask = async (limit: number) =>
        (await ledger.deliveries.toRecall({ app: 'default', limit })).map(({ messageId }) => messageId);
      assert.deepEqual([...(await ask(1)), ...(await ask(9))].sort(), ['om_1', 'om_2']);
      assert.deepEqual([await ask(9), await ledger.apps.withWork()], [[], []]);
      time.now += 2 * MINUTE;
      assert.deepEqual((await ask(9)).sort(), ['om_1', 'om_2']);
    });

    it('what could not be taken back for now waits, and holds up no others; a limit of the app holds up all', async (t) => {
      const { ledger, time, id } = await ended(t, { ou_a: delivered('om_1'), ou_b: delivered('om_2') });
      await ledger.runs.recall(id);
      const ask = (limit: number) => ledger.deliveries.toRecall({ app: 'default', limit });
      const [first] = await ask(1);
      await ledger.deliveries.recallLater(first!.id, { at: time.now + MINUTE, wholeApp: false });
      assert.deepEqual(await ledger.apps.withWork(), ['default']);
      const [second] = await ask(1);
      assert.notEqual(second?.id, first?.id);
      await ledger.deliveries.recallLater(second!.id, { at: time.now + HOUR, wholeApp: true });
      time.now += MINUTE;
      assert.deepEqual([await ask(9), await ledger.apps.withWork()], [[], []]);
      time.now += HOUR;
      const due = await ask(9);
      assert.deepEqual(
        due.map(({ recallSince }) => recallSince),
        [time.now - HOUR - MINUTE, time.now - HOUR - MINUTE],
      );
    });

    it('a person who asks again has what was refused tried again', async (t) => {
      const { ledger, id } = await ended(t, { ou_a: delivered('om_1') });
      await ledger.runs.recall(id);
      const ask = () => ledger.deliveries.toRecall({ app: 'default', limit: 9 });
      const [first] = await ask();
      for (const [code, again] of [
        ['app-gone', 1],
        ['recall-refused', 1],
        ['cannot-recall', 0],
      ] as const) {
        await ledger.deliveries.recalled(first!.id, { code, message: { zh: '', en: '' } });
        await ledger.runs.recall(id);
        assert.equal((await ask()).length, again, code);
      }
    });

    it('a run that was recalled is not resent: what arrived of it would be taken back', async (t) => {
      const { ledger, time, id } = await ended(t, { ou_a: delivered('om_1'), ou_b: refused('recipient', 230013) });
      assert.equal((await ledger.history.run(id))?.recalled, false);
      await ledger.runs.recall(id);
      const what = { run: id, unknown: true, recipients: null, contents: {}, deliverUntil: time.now + HOUR };
      assert.equal(await ledger.runs.resend({ ...what, feishuNow: null }), 0);
      assert.equal((await ledger.history.run(id))?.recalled, true);
      assert.equal((await beginAll(ledger)).begun.length, 0);
    });

    it('skips pending runs of jobs that are gone, and leaves their frozen deliveries', async (t) => {
      const { ledger } = setUp(t, openLedger);
      await planned(ledger, ['ou_a'], newRun({ job: 'gone', onceKey: dueKey(START - 1), dueAt: START - 1 }));
      await ledger.runs.open(newRun({ job: 'gone' }));
      await ledger.runs.open(newRun({ job: 'kept' }));
      const dropped = await ledger.runs.dropRemoved(new Set(['kept']));
      assert.deepEqual(
        dropped.map(({ job, state }) => [job, state]),
        [['gone', 'skipped']],
      );
      assert.equal((await beginAll(ledger)).begun.length, 1);
    });

    it('cancels the unsent messages of older runs when told that a newer one takes their place', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const older = await planned(ledger, ['ou_a', 'ou_b']);
      const { run } = await ledger.runs.open(newRun({ onceKey: dueKey(START + 1), dueAt: START + 1 }));
      await ledger.runs.claim({ ids: [run.id] });
      await ledger.runs.addDeliveries(run.id, [newDelivery('ou_a', { uuid: 'newer' })]);
      await ledger.runs.toDelivering(run.id, { supersedes: true });
      const states = (await ledger.history.deliveries(older)).map(({ recipient, state }) => [recipient, state]);
      assert.deepEqual(states, [
        ['ou_a', 'cancelled'],
        ['ou_b', 'queued'],
      ]);
    });
  });
};
