import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { NewRun } from '../../../src/ledger/ledger.ts';
import type { Cut } from '../../../src/model/cut.ts';
import { fallbackKey } from '../../../src/model/fallback.ts';
import { dueKey } from '../../../src/model/run.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/model/time.ts';
import {
  beginAll,
  cursorOf,
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

export const runsContract = (name: string, openLedger: OpenLedger): void => {
  describe(`${name}: runs`, () => {
    it('opens one run for one due time, and joins the second caller to it', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const first = await ledger.runs.open(newRun());
      const second = await ledger.runs.open(newRun({ trigger: 'manual' }));
      assert.equal(first.mine, true);
      assert.equal(second.mine, false);
      assert.equal(second.run.id, first.run.id);
    });

    it('opens plain manual runs as often as they are asked for', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const one = await ledger.runs.open(newRun({ onceKey: null, trigger: 'manual' }));
      const two = await ledger.runs.open(newRun({ onceKey: null, trigger: 'manual' }));
      assert.notEqual(one.run.id, two.run.id);
    });

    it('what is addressed by hand is counted for an hour, whoever opens it; one too many leaves nothing', async (t) => {
      const time = { now: START };
      const one = openLedger(time);
      const [ledger, other] = [one.open(), one.open()];
      t.after(() => Promise.all([ledger.close(), other.close()]));
      const named = (key: string, people: number): NewRun =>
        newRun({
          kind: 'send',
          job: null,
          onceKey: `key:${key}`,
          request: JSON.stringify({
            to: Array.from({ length: people }, (_, i) => ({ idType: 'open_id', id: `ou_${i}` })),
          }),
        });
      const open = (of: typeof ledger, key: string, people: number) =>
        of.runs.open(named(key, people), { people, most: 5 });
      await open(ledger, 'a', 3);
      await assert.rejects(open(other, 'b', 3), { code: 'guard-hour' });
      assert.equal((await ledger.history.runs({ job: null, states: null, since: null, limit: 10 })).length, 1);
      assert.equal((await open(other, 'a', 3)).mine, false);
      await open(other, 'c', 2);
      time.now += HOUR + 1;
      assert.equal((await open(ledger, 'b', 3)).mine, true);
    });

    it('ends a run whose preparation hangs, however alive its process is', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const { run } = await ledger.runs.open(newRun());
      await ledger.runs.claim({ ids: [run.id] });
      await ledger.runs.addDeliveries(run.id, [newDelivery('ou_a')]);
      time.now += 29 * MINUTE;
      await ledger.processes.beat();
      assert.deepEqual(await ledger.runs.sweep(), []);
      time.now += 2 * MINUTE;
      await ledger.processes.beat();
      const [ended] = await ledger.runs.sweep();
      assert.deepEqual([ended?.state, ended?.reason?.code], ['failed', 'deadline']);
      assert.equal(await ledger.runs.toDelivering(run.id), false);
      assert.equal((await ledger.history.deliveries(run.id)).length, 0);
      assert.equal((await ledger.incidents.toTell()).length, 1);
    });

    it('a run that is put back on purpose is no crash, however often; one that crashes after it is', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const { run } = await ledger.runs.open(newRun());
      const because = { code: 'source-failed', message: { zh: '', en: '' } };
      for (let i = 0; i < 4; i++) {
        assert.equal((await ledger.runs.claim({ ids: [run.id] }))[0]?.tries, i + 1);
        await ledger.runs.again(run.id, time.now + MINUTE, because);
        assert.equal((await ledger.history.run(run.id))?.reason?.code, 'source-failed');
        time.now += MINUTE;
      }
      assert.equal((await ledger.runs.claim({ ids: [run.id] }))[0]?.reason, null);
    });

    it('remembers the key of a send for seven days', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
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
      const { ledger, time } = setUp(t, openLedger);
      time.now = START + 25 * SECOND;
      assert.equal(await cursorOf(ledger, 'f1'), START - 1);
      time.now += 5 * MINUTE;
      assert.equal(await cursorOf(ledger, 'f1'), START - 1);
    });

    it('lets one of two planners decide the same due times', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const seen = await cursorOf(ledger, 'f1');
      const plan = { job: 'sales', fingerprint: 'f1', seen, through: START, runs: [newRun()], spans: [] };
      assert.deepEqual(await ledger.runs.plan([plan]), [true]);
      assert.deepEqual(await ledger.runs.plan([plan]), [false]);
      assert.equal((await ledger.history.runs({ job: 'sales', states: null, since: null, limit: 10 })).length, 1);
    });

    it('claims a run once', async (t) => {
      const { ledger } = setUp(t, openLedger);
      await ledger.runs.open(newRun());
      assert.equal((await ledger.runs.claim({ jobs: new Set(['sales']) })).length, 1);
      assert.deepEqual(await ledger.runs.claim({ jobs: new Set(['sales']) }), []);
    });

    it('keeps a second due time of a job waiting while the first is running', async (t) => {
      const { ledger } = setUp(t, openLedger);
      await ledger.runs.open(newRun());
      await ledger.runs.open(newRun({ onceKey: dueKey(START + 1), dueAt: START + 1 }));
      const [first] = await ledger.runs.claim({ jobs: new Set(['sales']) });
      assert.deepEqual(await ledger.runs.claim({ jobs: new Set(['sales']) }), []);
      await ledger.runs.end(first?.id ?? '', 'skipped', { code: 'condition-false', message: { zh: '', en: '' } });
      assert.equal((await ledger.runs.claim({ jobs: new Set(['sales']) })).length, 1);
    });

    it('claims the most urgent ones first, as many as there is room for, and of one job one', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const due = (job: string, at: number, priority: number) =>
        ledger.runs.open(newRun({ job, onceKey: dueKey(at), dueAt: at, notBefore: at, priority }));
      await due('slow', START - 3, 2);
      await due('slow', START - 2, 2);
      await due('other', START - 1, 2);
      await due('stranger', START - 4, 0);
      await due('urgent', START, 0);
      await due('later', START + MINUTE, 0);
      const jobs = new Set(['slow', 'other', 'urgent', 'later']);
      const claimed = await ledger.runs.claim({ jobs }, { room: 2, busy: false });
      assert.deepEqual(
        claimed.map(({ job, dueAt }) => [job, dueAt]),
        [
          ['urgent', START],
          ['slow', START - 3],
        ],
      );
      const rest = await ledger.runs.claim({ jobs }, { room: 10, busy: true });
      assert.deepEqual(
        rest.map(({ job, alone }) => [job, alone]),
        [['other', false]],
      );
      time.now += 2 * MINUTE;
      assert.deepEqual(
        (await ledger.runs.claim({ jobs }, { room: 10, busy: true })).map(({ job }) => job),
        ['later'],
      );
    });

    it('takes nothing beside a run whose process died while it had it, three times at most', async (t) => {
      const time = { now: START };
      const { open } = openLedger(time);
      const jobs = new Set(['a', 'b']);
      const due = (job: string, at: number) => newRun({ job, onceKey: dueKey(at), dueAt: at, notBefore: at });
      const dies = async (how?: { room: number; busy: boolean }) => {
        const ledger = open();
        const claimed = await ledger.runs.claim({ jobs }, how ?? { room: 10, busy: false });
        await ledger.processes.leave();
        await ledger.close();
        return claimed.map(({ job, tries, alone }) => [job, tries, alone]);
      };
      const watching = open();
      t.after(() => watching.close());
      await watching.runs.open(due('a', START));
      await watching.runs.open(due('b', START + 1));
      time.now = START + 1;
      assert.deepEqual(await dies(), [
        ['a', 1, false],
        ['b', 1, false],
      ]);
      assert.deepEqual(await dies({ room: 7, busy: true }), [], 'not beside others');
      assert.deepEqual(await dies(), [['a', 2, true]], 'nothing beside it');
      assert.deepEqual(await dies(), [['a', 3, true]]);
      assert.deepEqual(await dies(), [['b', 2, true]], 'the other may go on');
      assert.deepEqual(
        (await watching.history.runs({ job: 'a', states: null, since: null, limit: 1 }))[0]?.reason?.code,
        'crashed',
      );
    });

    it('a run that waits until too late is missed, and counts as a failure', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const { run } = await ledger.runs.open(newRun());
      time.now = START + 30 * MINUTE;
      assert.deepEqual(await ledger.runs.sweep(), []);
      time.now++;
      assert.deepEqual(await ledger.runs.claim({ ids: [run.id] }), []);
      const [ended] = await ledger.runs.sweep();
      assert.deepEqual([ended?.id, ended?.state, ended?.reason?.code], [run.id, 'missed', 'too-late']);
      assert.equal((await ledger.incidents.toTell()).length, 1);
      const again = { run: run.id, unknown: false, recipients: null, contents: {}, feishuNow: null };
      assert.equal(await ledger.runs.resend({ ...again, deliverUntil: time.now + MINUTE }), 1);
      assert.equal((await ledger.runs.claim({ ids: [run.id] }))[0]?.id, run.id);
    });

    it('a run that may begin late has as long to arrive as if it were due then', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const { run } = await ledger.runs.open(newRun({ startUntil: START + 2 * HOUR }));
      time.now = START + 90 * MINUTE;
      assert.deepEqual(await ledger.runs.sweep(), []);
      assert.equal((await ledger.runs.claim({ ids: [run.id] }))[0]?.deliverUntil, time.now + 30 * MINUTE);
    });

    it('a due time that is missed at once is on record, once, and tells', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const reason = { code: 'missed', message: { zh: '错过', en: 'missed' } };
      const seen = await cursorOf(ledger, 'f1');
      const runs = [newRun({ ended: { state: 'missed', reason } })];
      await ledger.runs.plan([{ job: 'sales', fingerprint: 'f1', seen, through: START, runs, spans: [] }]);
      const [run] = await ledger.history.runs({ job: 'sales', states: ['missed'], since: null, limit: 10 });
      assert.deepEqual([run?.reason, run?.finishedAt], [reason, START]);
      assert.deepEqual(
        (await ledger.incidents.toTell()).map(({ subject, lastRun }) => [subject, lastRun]),
        [['job:sales', run?.id]],
      );
      assert.deepEqual(await ledger.runs.claim({ ids: [run?.id ?? ''] }), []);
    });

    it('writes the last of its deliveries as they become visible, or none where the run is not ours any more', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const { run } = await ledger.runs.open(newRun());
      await ledger.runs.claim({ ids: [run.id] });
      assert.equal(await ledger.runs.addDeliveries(run.id, [newDelivery('ou_a')]), true);
      assert.equal(await ledger.runs.toDelivering(run.id, { rest: [newDelivery('ou_b')] }), true);
      assert.equal((await beginAll(ledger)).begun.length, 2);
      assert.equal(await ledger.runs.toDelivering(run.id, { rest: [newDelivery('ou_c')] }), false);
      assert.equal((await ledger.history.deliveries(run.id)).length, 2);
    });

    it('ends a run as its deliveries ended', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const id = await planned(ledger, ['ou_a', 'ou_b']);
      const { begun } = await beginAll(ledger);
      assert.deepEqual((await ledger.runs.sweep()).length, 0);
      await finish(
        ledger,
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

    it('keeps what was cut off its cards', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const { run } = await ledger.runs.open(newRun());
      assert.deepEqual(run.cuts, []);
      await ledger.runs.claim({ ids: [run.id] });
      await ledger.runs.addDeliveries(run.id, [newDelivery('ou_a')]);
      const cut: Cut = { what: 'rows', dataset: 'd', shown: 50, of: 87, reason: 'size', part: 1, file: 'd.csv' };
      assert.equal(await ledger.runs.toDelivering(run.id, { cuts: [cut] }), true);
      assert.deepEqual((await ledger.history.run(run.id))?.cuts, [cut]);
    });

    const refusedRun = async (t: TestContext, how: { fallback?: boolean }) => {
      const { ledger, time } = setUp(t, openLedger);
      const { run } = await ledger.runs.open(newRun());
      await ledger.runs.claim({ ids: [run.id] });
      await ledger.runs.addDeliveries(run.id, [newDelivery('ou_a'), newDelivery('ou_b')]);
      await ledger.runs.toDelivering(run.id, how);
      const refuse = async (): Promise<void> => {
        time.now += SECOND;
        const { begun } = await beginAll(ledger);
        const outcome = refused('message', 230099);
        await finish(
          ledger,
          begun.map((each) => ({ begun: each, begunAtFeishu: START, outcome })),
        );
        await ledger.runs.sweep();
      };
      await refuse();
      return { ledger, run, refuse };
    };

    it('opens a run of the plain card in the commit that ends the one that was refused, once', async (t) => {
      const { ledger, run, refuse } = await refusedRun(t, { fallback: true });
      const plain = await ledger.history.runByKey('sales', fallbackKey(run));
      assert.deepEqual([plain?.kind, plain?.state, plain?.ownAudience], ['fallback', 'pending', false]);
      const [claimed] = await ledger.runs.claim({ jobs: new Set(['sales']) });
      assert.equal(claimed?.id, plain?.id);
      const { to, code } = JSON.parse(claimed?.request ?? '{}') as { to: { id: string }[]; code: number };
      assert.deepEqual([to.map(({ id }) => id), code], [['ou_a', 'ou_b'], 230099]);
      const what = { run: run.id, unknown: false, recipients: null, contents: {}, feishuNow: null };
      assert.equal(await ledger.runs.resend({ ...what, deliverUntil: START + HOUR }), 2);
      await refuse();
      const all = await ledger.history.runs({ job: 'sales', states: null, since: null, limit: 9 });
      assert.equal(all.filter(({ kind }) => kind === 'fallback').length, 1);
    });

    it('opens none where none is wanted', async (t) => {
      const { ledger, run } = await refusedRun(t, {});
      assert.equal(await ledger.history.runByKey('sales', fallbackKey(run)), null);
    });
  });
};
