import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import type { NewRun } from '../../../src/ledger/ledger.ts';
import { NO_WATCH } from '../../../src/model/conditions.ts';
import { type Candidate, NO_MEMORY } from '../../../src/model/memory.ts';
import { NO_ANSWER, type Outcome } from '../../../src/model/outcome.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/model/time.ts';
import {
  beginAll,
  delivered,
  finish,
  newDelivery,
  newRun,
  type OpenLedger,
  refused,
  START,
  setUp,
  type TestTime,
} from './fixture.ts';

const LOST: Outcome = { ...NO_ANSWER, is: 'unknown' };
const NO: Outcome = refused('recipient', 230013);
const WHY = { code: 'unchanged', message: { zh: '', en: '' } };

const knows = (kept: string, more: Partial<Candidate> = {}): Candidate => ({
  kept,
  figures: null,
  since: null,
  ...more,
});

/** A ledger in which runs are made, and end as a test says. */
const jobIn = (t: TestContext, openLedger: OpenLedger) => {
  const { ledger, time } = setUp(t, openLedger);
  return { ledger, time, ...pushing(ledger, time) };
};

const pushing = (ledger: ReturnType<typeof setUp>['ledger'], time: TestTime) => {
  let n = 0;
  const claimed = async (due: number, more: Partial<NewRun> = {}): Promise<string> => {
    time.now += MINUTE;
    const { run } = await ledger.runs.open(
      newRun({ onceKey: `due:${due}`, dueAt: due, notBefore: START, deliverUntil: time.now + 6 * HOUR, ...more }),
    );
    await ledger.runs.claim({ ids: [run.id] });
    return run.id;
  };
  const planned = async (
    due: number,
    candidate: Candidate,
    more: Partial<NewRun> = {},
    { remembers = true } = {},
  ): Promise<string> => {
    const run = await claimed(due, more);
    await ledger.runs.addDeliveries(run, [
      newDelivery('ou_a', { uuid: `lc-${n++}`, deliverUntil: time.now + 6 * HOUR, remembers }),
    ]);
    await ledger.runs.toDelivering(run, { candidate });
    return run;
  };
  const go = async (outcome: Outcome): Promise<void> => {
    time.now += 5 * SECOND;
    const { begun } = await beginAll(ledger, { feishuNow: time.now });
    await finish(
      ledger,
      begun.map((each) => ({ begun: each, begunAtFeishu: time.now, outcome })),
    );
    await ledger.runs.sweep();
  };
  const memory = () => ledger.history.memory('sales');
  return { claimed, planned, go, memory };
};

export const memoryContract = (name: string, openLedger: OpenLedger): void => {
  describe(`${name}: what a job knows of its earlier runs`, () => {
    it('nothing at first; then what arrived, and when', async (t) => {
      const { planned, go, memory, time } = jobIn(t, openLedger);
      assert.deepEqual(await memory(), NO_MEMORY);
      await planned(START, knows('a', { figures: '{"":{"x":1}}', since: START }));
      assert.deepEqual(await memory(), NO_MEMORY, 'it is on its way only');
      await go(delivered('om_1'));
      assert.deepEqual(await memory(), {
        last: { dueAt: START, deliveredAt: time.now, since: START, figures: '{"":{"x":1}}' },
        kept: 'a',
        watch: NO_WATCH,
      });
    });

    it('what was refused, or whose answer is lost, moves nothing until it is proven', async (t) => {
      const { ledger, planned, go, memory, time } = jobIn(t, openLedger);
      await planned(START, knows('a'));
      await go(NO);
      assert.deepEqual(await memory(), NO_MEMORY);
      await planned(START + MINUTE, knows('b'));
      await go(LOST);
      assert.deepEqual(await memory(), NO_MEMORY);
      time.now += MINUTE;
      await go(delivered('om_1'));
      assert.equal((await memory()).kept, 'b');
      await ledger.runs.sweep();
      assert.equal((await memory()).last?.dueAt, START + MINUTE);
    });

    it('a file that arrives where its message is lost moves nothing', async (t) => {
      const { ledger, claimed, go, memory, time } = jobIn(t, openLedger);
      const run = await claimed(START);
      const until = { deliverUntil: time.now + 6 * HOUR };
      await ledger.runs.addDeliveries(run, [
        newDelivery('ou_a', { ...until, uuid: 'message', remembers: false }),
        newDelivery('ou_a', { ...until, uuid: 'file', part: 2 }),
      ]);
      await ledger.runs.toDelivering(run, { candidate: knows('a') });
      await go(LOST);
      await go(delivered('om_file'));
      const all = await ledger.history.deliveries(run);
      assert.deepEqual(
        all.map(({ part, state }) => [part, state]),
        [
          [1, 'unknown'],
          [2, 'delivered'],
        ],
      );
      assert.equal((await ledger.history.run(run))?.state, 'partial');
      assert.deepEqual(await memory(), NO_MEMORY);
    });

    it('a failed run that is resent moves it when it arrives, unless a newer one took its place', async (t) => {
      const { ledger, planned, go, memory, time } = jobIn(t, openLedger);
      const resend = (run: string) =>
        ledger.runs.resend({
          run,
          unknown: false,
          recipients: null,
          contents: {},
          deliverUntil: time.now + HOUR,
          feishuNow: time.now,
        });
      const first = await planned(START, knows('a'));
      await go(NO);
      await resend(first);
      await go(delivered('om_1'));
      assert.equal((await memory()).kept, 'a');
      const second = await planned(START + MINUTE, knows('b'));
      await go(NO);
      await planned(START + 2 * MINUTE, knows('c'));
      await go(NO);
      await resend(second);
      await go(delivered('om_2'));
      assert.equal((await memory()).kept, 'a', 'of those that failed only the newest is kept');
    });

    it('runs to other people, older runs and what was taken back move nothing', async (t) => {
      const { ledger, planned, go, memory } = jobIn(t, openLedger);
      await planned(START + HOUR, knows('a'));
      await go(delivered('om_1'));
      const before = await memory();
      await planned(START + 2 * HOUR, knows('test'), { ownAudience: false });
      await go(delivered('om_2'));
      await planned(START, knows('old'));
      await go(delivered('om_3'));
      const taken = await planned(START + 3 * HOUR, knows('taken back'));
      const { begun } = await beginAll(ledger);
      await ledger.runs.recall(taken);
      await finish(ledger, [{ begun: begun[0]!, begunAtFeishu: START, outcome: delivered('om_4') }]);
      await ledger.runs.sweep();
      assert.deepEqual(await memory(), before);
    });

    it('remembering without a message is one with the end of the run, which only its owner makes', async (t) => {
      const { ledger, claimed, memory } = jobIn(t, openLedger);
      const run = await claimed(START);
      assert.equal(await ledger.runs.end(run, 'skipped', WHY, { watch: null, kept: 'a' }), true);
      assert.deepEqual(await memory(), { ...NO_MEMORY, kept: 'a' });
      assert.equal(await ledger.runs.end(run, 'skipped', WHY, { watch: null, kept: 'b' }), false);
      const test = await claimed(START + HOUR, { ownAudience: false });
      await ledger.runs.end(test, 'skipped', WHY, { watch: { ...NO_WATCH, streak: 1 }, kept: 'test' });
      assert.deepEqual(await memory(), { ...NO_MEMORY, kept: 'a' });
    });

    it('the watch moves with each decision, forward only; what was held back is forgotten by an arrival', async (t) => {
      const { ledger, claimed, planned, go, memory } = jobIn(t, openLedger);
      const watch = { since: START, streak: 2, heldBack: 3 };
      await ledger.runs.end(await claimed(START), 'skipped', WHY, { watch });
      assert.deepEqual((await memory()).watch, watch);
      await ledger.runs.end(await claimed(START - HOUR), 'skipped', WHY, { watch: NO_WATCH });
      assert.deepEqual((await memory()).watch, watch);
      await planned(START + MINUTE, knows('a'));
      await go(NO);
      assert.equal((await memory()).watch.heldBack, 3);
      await planned(START + 2 * MINUTE, knows('a'));
      await go(delivered('om_1'));
      assert.deepEqual((await memory()).watch, { ...watch, heldBack: 0 });
    });

    it('who is found later is sent their own message, never another’s', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const { run } = await ledger.runs.open(newRun());
      await ledger.runs.claim({ ids: [run.id] });
      const lost = {
        target: { idType: 'nowhere' as const, id: 'email:b@x.cn' },
        refused: { reason: { code: 'recipient-not-found', message: { zh: '', en: '' } }, code: null },
      };
      const says = (body: string) => ({ content: { msgType: 'text', body } });
      await ledger.runs.addDeliveries(run.id, [
        newDelivery('ou_a', { ...says('a1'), uuid: 'a1' }),
        newDelivery('ou_a', { ...says('a2'), uuid: 'a2', part: 2 }),
        newDelivery('ou_a', { ...says('a3'), uuid: 'a3', part: 3 }),
        newDelivery('b@x.cn', { ...says('b1'), ...lost, uuid: 'b1' }),
        newDelivery('b@x.cn', { ...says('b2'), ...lost, uuid: 'b2', part: 2 }),
      ]);
      await ledger.runs.toDelivering(run.id, { own: true });
      const all = await ledger.history.deliveries(run.id);
      const target = { idType: 'open_id' as const, id: 'ou_b' };
      const found = Object.fromEntries(
        all.filter((each) => each.target.idType === 'nowhere').map(({ id }) => [id, [{ recipient: 'b@x.cn', target }]]),
      );
      const resend = { run: run.id, unknown: false, recipients: null, found, contents: {}, feishuNow: time.now };
      assert.equal(await ledger.runs.resend({ ...resend, deliverUntil: time.now + HOUR }), 2);
      const theirs = (await ledger.history.deliveries(run.id)).filter((each) => each.target.id === 'ou_b');
      const bodies = await Promise.all(
        theirs.map(async ({ content }) => (await ledger.history.content(content))?.body),
      );
      assert.deepEqual(bodies.sort(), ['b1', 'b2']);
    });

    it('whatever happens, it is what the newest run that arrived had to say', async (t) => {
      const ended = fc.record({
        minute: fc.integer({ min: 0, max: 9 }),
        how: fc.constantFrom('delivered', 'refused', 'lost', 'skipped', 'test', 'cancelled'),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(ended, { minLength: 1, maxLength: 8 }), async (runs) => {
          const { ledger, claimed, planned, go, memory } = jobIn(t, openLedger);
          const expected: { due: number; kept: string | null } = { due: -1, kept: null };
          for (const [i, { minute, how }] of runs.entries()) {
            // each due time has one run
            const due = START + minute * MINUTE + i;
            const says = `${i}`;
            if (how === 'skipped') await ledger.runs.end(await claimed(due), 'skipped', WHY, { watch: null });
            else {
              const own = { ownAudience: how !== 'test' };
              const run = await planned(due, knows(says), own, { remembers: how !== 'lost' });
              if (how === 'cancelled') await ledger.runs.cancel(run, WHY);
              await go({ refused: NO, lost: LOST }[how as string] ?? delivered(`om_${i}`));
            }
            if (how === 'delivered' && due > expected.due) Object.assign(expected, { due, kept: says });
            assert.deepEqual((await memory()).kept, expected.kept);
            assert.equal((await memory()).last?.dueAt ?? -1, expected.due);
          }
        }),
        { numRuns: 30 },
      );
    });
  });
};
