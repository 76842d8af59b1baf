import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger, NoticeStep } from '../../../src/ledger/ledger.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import { dueKey } from '../../../src/model/run.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/model/time.ts';
import {
  beginAll,
  delivered,
  finish,
  newRun,
  type OpenLedger,
  planned,
  refused,
  START,
  setUp,
  type TestTime,
} from './fixture.ts';

const BAD = { code: 'source-failed', message: { zh: '', en: '' } };
const FIRST: NoticeStep = { kind: 'failure', tried: ['first'], to: 'ou_owner' };
const notice = (key: string) => newRun({ kind: 'notice', job: null, onceKey: key, dueAt: null, ownAudience: false });

/** A run of a job whose data could not be had. */
const fail = async ({ ledger, time }: { ledger: Ledger; time: TestTime }, job = 'sales'): Promise<string> => {
  time.now += SECOND;
  const due = newRun({ job, onceKey: dueKey(time.now), dueAt: time.now, deliverUntil: time.now + HOUR });
  const { run } = await ledger.runs.open(due);
  await ledger.runs.claim({ ids: [run.id] });
  await ledger.runs.end(run.id, 'failed', BAD);
  return run.id;
};

let message = 0;
/** A run that is sent and ends as Feishu answered. */
const send = async (
  { ledger, time }: { ledger: Ledger; time: TestTime },
  outcome: Outcome = delivered(`om_${message++}`),
  run: Parameters<typeof newRun>[0] = {},
): Promise<string> => {
  time.now += 2 * MINUTE; // an app that was just refused is asked again a minute later
  const id = await planned(
    ledger,
    ['ou_a'],
    newRun({ onceKey: dueKey(time.now), dueAt: time.now, deliverUntil: time.now + HOUR, ...run }),
  );
  const { begun } = await beginAll(ledger);
  await finish(
    ledger,
    begun.map((each) => ({ begun: each, begunAtFeishu: time.now, outcome })),
  );
  time.now += SECOND;
  await ledger.runs.sweep();
  return id;
};

const APP_REFUSED = refused('app', 99991672);
const subjects = async (ledger: Ledger) => (await ledger.incidents.toTell()).map(({ subject }) => subject);

export const incidentsContract = (name: string, openLedger: OpenLedger): void => {
  describe(`${name}: incidents`, () => {
    it('are opened by the first failure, count the others, and close with the first success', async (t) => {
      const at = setUp(t, openLedger);
      const { ledger } = at;
      const first = await fail(at);
      const second = await fail(at);
      const [open] = await ledger.incidents.toTell();
      assert.deepEqual(
        [open?.state, open?.count, open?.run, open?.lastRun, open?.tell],
        ['open', 2, first, second, 'due'],
      );
      await send(at);
      assert.deepEqual(await ledger.history.openIncidents(), []);
      const [closed] = await ledger.history.closedIncidents(START);
      assert.deepEqual(await ledger.history.closedIncidents(START, 0), []);
      assert.deepEqual([closed?.state, closed?.run, closed?.lastRun, closed?.tell], ['closed', first, second, 'due']);
      assert.deepEqual(await ledger.history.closedIncidents(at.time.now + 1), []);
    });

    it('a notice and the mark that it is told are one: only one of two processes tells', async (t) => {
      const at = setUp(t, openLedger);
      const { ledger } = at;
      await fail(at);
      const [incident] = await ledger.incidents.toTell();
      const run = await ledger.incidents.queue(incident!, FIRST, notice('n:1'));
      assert.equal(run?.kind, 'notice');
      assert.equal(await ledger.incidents.queue(incident!, FIRST, notice('n:2')), null);
      const [queued] = await ledger.incidents.toTell();
      assert.deepEqual(
        [queued?.tell, queued?.to, queued?.notice, queued?.tried, queued?.noticedAt],
        ['queued', 'ou_owner', 'failure', ['first'], at.time.now],
      );
      assert.equal((await ledger.history.runs({ job: null, states: null, since: null, limit: 9 })).length, 2);
    });

    it('are told when the notice arrived, and due again when it did not', async (t) => {
      const at = setUp(t, openLedger);
      const { ledger } = at;
      await fail(at);
      const told = async (outcome: Outcome, key: string) => {
        const [incident] = await ledger.incidents.toTell();
        await ledger.incidents.queue(incident!, FIRST, notice(key));
        await send(at, outcome, { ...notice(key) });
        return (await ledger.incidents.toTell())[0]?.tell;
      };
      assert.equal(await told(refused('recipient', 230013), 'n:1'), 'due');
      assert.equal(await told(delivered('om_told'), 'n:2'), 'told');
    });

    it('a notice that some got is due by the next way, with who was missed and why; and told when none is left', async (t) => {
      const at = setUp(t, openLedger);
      const { ledger, time } = at;
      await fail(at);
      const [incident] = await ledger.incidents.toTell();
      const to = { ...FIRST, to: 'ou_a, ou_b' };
      await ledger.incidents.queue(incident!, to, notice('n:1'));
      await planned(ledger, ['ou_a', 'ou_b'], notice('n:1'));
      const { begun } = await beginAll(ledger);
      await finish(
        ledger,
        begun.map((each) => ({
          begun: each,
          begunAtFeishu: time.now,
          outcome: each.delivery.recipient === 'ou_a' ? delivered('om_some') : refused('recipient', 230013),
        })),
      );
      await ledger.runs.sweep();
      const [some] = await ledger.incidents.toTell();
      assert.deepEqual(
        [some?.tell, some?.heard, some?.misses.map((miss) => [miss.to, miss.by, miss.code, miss.app, miss.idType])],
        ['due', ['ou_a'], [['ou_b', 'first', 230013, 'default', 'open_id']]],
      );
      assert.equal(await ledger.incidents.giveUp(some!, to), true);
      const [told] = await ledger.incidents.toTell();
      assert.deepEqual([told?.tell, told?.heard, told?.misses.length, told?.heardBy], ['told', ['ou_a'], 1, ['first']]);
    });

    it('a run counts once however often it is resent, and ends its incident when it arrives at last', async (t) => {
      const at = setUp(t, openLedger);
      const { ledger, time } = at;
      const run = await send(at, refused('recipient', 230013));
      const again = async (outcome: Outcome): Promise<void> => {
        const more = { unknown: false, recipients: null, contents: {}, feishuNow: null };
        assert.equal(await ledger.runs.resend({ ...more, run, deliverUntil: time.now + HOUR }), 1);
        time.now += SECOND;
        const { begun } = await beginAll(ledger);
        await finish(
          ledger,
          begun.map((each) => ({ begun: each, begunAtFeishu: time.now, outcome })),
        );
        await ledger.runs.sweep();
      };
      await again(refused('recipient', 230013));
      await again(refused('recipient', 230013));
      assert.deepEqual(
        (await ledger.history.openIncidents()).map(({ subject, count }) => [subject, count]),
        [['job:sales', 1]],
      );
      await again(delivered('om_at_last'));
      assert.deepEqual(await ledger.history.openIncidents(), []);
    });

    it('a run that failed by its app counts once in the incident of the app, too', async (t) => {
      const at = setUp(t, openLedger);
      const { ledger, time } = at;
      const run = await send(at, APP_REFUSED);
      time.now += 2 * MINUTE;
      const more = { unknown: false, recipients: null, contents: {}, feishuNow: null };
      await ledger.runs.resend({ ...more, run, deliverUntil: time.now + HOUR });
      const { begun } = await beginAll(ledger);
      await finish(
        ledger,
        begun.map((each) => ({ begun: each, begunAtFeishu: time.now, outcome: APP_REFUSED })),
      );
      assert.equal((await ledger.runs.sweep()).length, 1);
      assert.deepEqual(
        (await ledger.history.openIncidents()).map(({ subject, count }) => [subject, count]).toSorted(),
        [
          ['app:default', 1],
          ['job:sales', 1],
        ],
      );
    });

    it('what a person cancelled, or a newer run replaced, opens none and ends none', async (t) => {
      const at = setUp(t, openLedger);
      const { ledger, time } = at;
      const end = async (code: string): Promise<void> => {
        time.now += SECOND;
        const due = newRun({ onceKey: dueKey(time.now), dueAt: time.now, deliverUntil: time.now + HOUR });
        const { run } = await ledger.runs.open(due);
        await ledger.runs.claim({ ids: [run.id] });
        await ledger.runs.end(run.id, 'failed', { ...BAD, code });
      };
      await end('cancelled');
      assert.deepEqual(await ledger.history.openIncidents(), []);
      await end('source-failed');
      await end('superseded');
      assert.deepEqual(
        (await ledger.history.openIncidents()).map(({ subject, count }) => [subject, count]),
        [['job:sales', 1]],
      );
    });

    it('a notice that ends after its incident was closed changes nothing', async (t) => {
      const at = setUp(t, openLedger);
      const { ledger } = at;
      await fail(at);
      const [incident] = await ledger.incidents.toTell();
      await ledger.incidents.queue(incident!, FIRST, notice('n:1'));
      await send(at);
      assert.deepEqual(await ledger.incidents.queue(incident!, FIRST, notice('n:2')), null);
      await send(at, refused('recipient', 230013), { ...notice('n:1') });
      const [closed] = await ledger.incidents.toTell();
      assert.deepEqual([closed?.state, closed?.tell, closed?.tried], ['closed', 'due', []]);
    });

    it('a program tells, and when its process died the way counts as tried', async (t) => {
      const at = setUp(t, openLedger);
      const { ledger, time } = at;
      await fail(at);
      const [incident] = await ledger.incidents.toTell();
      const step: NoticeStep = { kind: 'failure', tried: ['via'], to: 'tell.sh' };
      assert.equal(await ledger.incidents.call(incident!, step, time.now + MINUTE), true);
      assert.equal(await ledger.incidents.call(incident!, step, time.now + MINUTE), false);
      assert.equal((await ledger.incidents.toTell())[0]?.tell, 'calling');
      time.now += 2 * MINUTE;
      const [late] = await ledger.incidents.toTell();
      assert.deepEqual([late?.tell, late?.tried, late?.misses[0]?.reason?.code], ['due', ['via'], 'interrupted']);
      await ledger.incidents.called(late!.id, null); // whose time is over says nothing any more
      assert.equal((await ledger.incidents.toTell())[0]?.tell, 'due');
      assert.equal(await ledger.incidents.call(late!, step, time.now + MINUTE), true);
      await ledger.incidents.called(late!.id, BAD);
      const [failed] = await ledger.incidents.toTell();
      assert.deepEqual(
        [failed?.tell, failed?.heard, failed?.misses.map(({ to, by, reason }) => [to, by, reason?.code])],
        ['due', [], [['tell.sh', 'via', 'source-failed']]],
      );
      assert.equal(await ledger.incidents.call(failed!, step, time.now + MINUTE), true);
      await ledger.incidents.called(late!.id, null);
      const [told] = await ledger.incidents.toTell();
      assert.deepEqual([told?.tell, told?.heard, told?.misses, told?.heardBy], ['told', ['tell.sh'], [], ['via']]);
    });

    it('nobody who could be told stays on record; nobody who is to be told is forgotten', async (t) => {
      const at = setUp(t, openLedger);
      const { ledger } = at;
      await fail(at);
      const [incident] = await ledger.incidents.toTell();
      assert.equal(await ledger.incidents.giveUp(incident!, { ...FIRST, tried: ['first', 'via'] }), true);
      const [unheard] = await ledger.history.openIncidents();
      assert.deepEqual([unheard?.tell, unheard?.to, unheard?.noticedAt], ['unreachable', 'ou_owner', at.time.now]);
      await send(at);
      const [closed] = await ledger.incidents.toTell();
      assert.equal(await ledger.incidents.giveUp(closed!, null), true);
      assert.deepEqual(await ledger.incidents.toTell(), []);
    });

    it("an app's fault is one incident with its jobs, which are silent", async (t) => {
      const at = setUp(t, openLedger);
      const { ledger } = at;
      for (const job of ['a', 'b', 'a']) await send(at, APP_REFUSED, { job });
      const open = await ledger.history.openIncidents();
      const app = open.find(({ subject }) => subject === 'app:default');
      assert.deepEqual([app?.count, app?.jobs, app?.tell], [3, ['a', 'b'], 'due']);
      assert.deepEqual(
        open.filter(({ subject }) => subject !== 'app:default').map((each) => [each.subject, each.because, each.tell]),
        [
          ['job:a', app?.id, 'none'],
          ['job:b', app?.id, 'none'],
        ],
      );
      // any message that arrives closes the app's; the jobs' own wait for their next run, and end in silence
      await send(at, delivered('om_any'), {
        kind: 'send',
        job: null,
        ownAudience: false,
        onceKey: 'key:x',
        dueAt: null,
      });
      assert.deepEqual(
        (await ledger.history.openIncidents()).map(({ subject }) => subject),
        ['job:a', 'job:b'],
      );
      await send(at, delivered('om_a'), { job: 'a' });
      assert.deepEqual(await subjects(ledger), ['app:default', 'job:b']);
    });

    it('a gate that stays closed until it is too late is the fault of the app, too', async (t) => {
      const at = setUp(t, openLedger);
      const { ledger, time } = at;
      const waiting = await planned(ledger, ['ou_w'], newRun({ job: 'b', deliverUntil: START + 10 * MINUTE }));
      await planned(ledger, ['ou_a'], newRun({ job: 'a', priority: 0 }));
      const { begun } = await ledger.deliveries.begin({
        app: 'default',
        limit: 1,
        limits: { perSecond: 48, perMinute: 960, perTarget: 5 },
        feishuNow: null,
        blind: true,
        runs: null,
      });
      assert.equal(begun[0]?.delivery.recipient, 'ou_a');
      await finish(ledger, [{ begun: begun[0]!, begunAtFeishu: START, outcome: APP_REFUSED }]);
      time.now += 20 * MINUTE;
      await beginAll(ledger);
      await ledger.runs.sweep();
      assert.equal((await ledger.history.run(waiting))?.state, 'failed');
      const app = (await ledger.history.openIncidents()).find(({ subject }) => subject === 'app:default');
      assert.deepEqual(app?.jobs.toSorted(), ['a', 'b']);
    });

    it('a job that fails by its app although the app works for others is told by itself', async (t) => {
      const at = setUp(t, openLedger);
      const { ledger } = at;
      await send(at, APP_REFUSED, { job: 'a' });
      await send(at, delivered('om_b'), { job: 'b' });
      await send(at, APP_REFUSED, { job: 'a' });
      const open = await ledger.history.openIncidents();
      assert.deepEqual(
        open.map((each) => [each.subject, each.count, each.tell]),
        [['job:a', 2, 'due']],
      );
    });

    it('a job that fails for a reason of its own while its app fails is told by itself', async (t) => {
      const at = setUp(t, openLedger);
      await send(at, APP_REFUSED, { job: 'a' });
      await fail(at, 'a');
      const own = (await at.ledger.history.openIncidents()).find(({ subject }) => subject === 'job:a');
      assert.deepEqual([own?.count, own?.tell], [2, 'due']);
    });

    it('say which jobs wait for an app', async (t) => {
      const { ledger } = setUp(t, openLedger);
      await planned(ledger, ['ou_a', 'ou_b'], newRun({ job: 'b' }));
      await planned(ledger, ['ou_a'], newRun({ job: 'a' }));
      await planned(ledger, ['ou_a'], newRun({ job: 'test', ownAudience: false }));
      assert.deepEqual(await ledger.history.waitingJobs('default'), ['a', 'b']);
      assert.deepEqual(await ledger.history.waitingJobs('backup'), []);
    });

    it('what only some refused is no fault of the app', async (t) => {
      const at = setUp(t, openLedger);
      await send(at, refused('recipient', 230013), { job: 'a' });
      assert.deepEqual(await subjects(at.ledger), ['job:a']);
    });

    it('a run that the app refused half-way does not end the incident of its app', async (t) => {
      const at = setUp(t, openLedger);
      const { ledger, time } = at;
      await send(at, APP_REFUSED, { job: 'a' });
      time.now += 2 * MINUTE;
      await planned(ledger, ['ou_a', 'ou_b'], newRun({ job: 'b', deliverUntil: time.now + HOUR }));
      for (const outcome of [delivered('om_half'), APP_REFUSED]) {
        const { begun } = await beginAll(ledger);
        assert.equal(begun.length, 1);
        await finish(ledger, [{ begun: begun[0]!, begunAtFeishu: time.now, outcome }]);
        time.now += 2 * MINUTE;
      }
      assert.equal((await ledger.runs.sweep())[0]?.state, 'partial');
      assert.deepEqual(await ledger.history.closedIncidents(START), []);
      const app = (await ledger.history.openIncidents()).find(({ subject }) => subject === 'app:default');
      assert.deepEqual([app?.count, app?.jobs], [2, ['a', 'b']]);
    });

    it('of a job that is gone close in silence', async (t) => {
      const at = setUp(t, openLedger);
      const { ledger } = at;
      await fail(at, 'gone');
      await fail(at, 'stays');
      await ledger.runs.dropRemoved(new Set(['stays']));
      assert.deepEqual(await subjects(ledger), ['job:stays']);
      const [gone] = await ledger.history.closedIncidents(START);
      assert.deepEqual([gone?.subject, gone?.tell], ['job:gone', 'none']);
    });

    it('tests and sends open none', async (t) => {
      const at = setUp(t, openLedger);
      await send(at, APP_REFUSED, { job: 'a', ownAudience: false, trigger: 'test', onceKey: null });
      await send(at, APP_REFUSED, { kind: 'send', job: null, ownAudience: false, onceKey: 'key:x', dueAt: null });
      assert.deepEqual(await at.ledger.history.openIncidents(), []);
    });
  });
};
