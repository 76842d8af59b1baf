import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dueKey } from '../../../src/model/run.ts';
import { MINUTE, SECOND } from '../../../src/model/time.ts';
import { cursorOf, newRun, type OpenLedger, START, setUp } from './fixture.ts';

export const pausesContract = (name: string, openLedger: OpenLedger): void => {
  describe(`${name}: what is not to happen`, () => {
    it('keeps a pause with its end and its reason, until it is resumed', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      assert.equal(await ledger.jobs.resume('sales'), false);
      await ledger.jobs.pause('sales', { until: null, reason: null });
      time.now += MINUTE;
      await ledger.jobs.pause('sales', { until: START + 5 * MINUTE, reason: 'moving' });
      await ledger.jobs.pause('prices', { until: null, reason: null });
      assert.deepEqual(
        await ledger.jobs.pauses(),
        new Map([
          ['sales', { since: START + MINUTE, until: START + 5 * MINUTE, reason: 'moving' }],
          ['prices', { since: START + MINUTE, until: null, reason: null }],
        ]),
      );
      assert.equal(await ledger.jobs.resume('sales'), true);
      assert.deepEqual([...(await ledger.jobs.pauses()).keys()], ['prices']);
    });

    it('ends pending runs of a paused job, but not those that people start', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      await ledger.runs.open(newRun());
      await ledger.runs.open(newRun({ onceKey: dueKey(START - 1), dueAt: START - 1, trigger: 'catch-up' }));
      const byHand = await ledger.runs.open(
        newRun({ onceKey: dueKey(START - 2), dueAt: START - 2, trigger: 'manual' }),
      );
      await ledger.runs.open(newRun({ job: 'prices' }));
      assert.deepEqual(await ledger.runs.leaveOut(new Set()), []);
      await ledger.jobs.pause('sales', { until: START + MINUTE, reason: null });
      const ended = await ledger.runs.leaveOut(new Set());
      assert.deepEqual(
        ended.map(({ job, state, reason }) => [job, state, reason?.code]),
        Array(2).fill(['sales', 'skipped', 'paused']),
      );
      assert.equal((await ledger.history.run(byHand.run.id))?.state, 'pending');
      time.now += MINUTE;
      await ledger.runs.open(newRun({ onceKey: dueKey(time.now), dueAt: time.now }));
      assert.deepEqual(await ledger.runs.leaveOut(new Set()), []);
    });

    it('records what is left out at once as skipped, once', async (t) => {
      const { ledger } = setUp(t, openLedger);
      const skipped = { code: 'calendar', message: { zh: '周末', en: 'weekend' } };
      const seen = await cursorOf(ledger, 'f');
      const spans = [{ since: START, until: START + MINUTE, count: 200, why: 'calendar' as const }];
      await ledger.runs.plan([
        {
          job: 'sales',
          fingerprint: 'f',
          seen,
          through: START,
          runs: [newRun({ ended: { state: 'skipped', reason: skipped } })],
          spans,
        },
      ]);
      const [run, ...more] = await ledger.history.runs({ job: 'sales', states: null, since: null, limit: 9 });
      assert.equal(more.length, 0);
      assert.deepEqual([run?.state, run?.reason, run?.finishedAt], ['skipped', skipped, START]);
      assert.deepEqual(await ledger.runs.claim({ jobs: new Set(['sales']) }), []);
      assert.deepEqual(
        (await ledger.history.spans('sales')).map(({ why, count }) => [why, count]),
        [['calendar', 200]],
      );
    });

    it('leaves out what became due while the run before was in living hands; what is caught up waits', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      await ledger.runs.open(newRun());
      const [first] = await ledger.runs.claim({ jobs: new Set(['sales']) });
      time.now += 20 * SECOND;
      const due = time.now;
      await ledger.runs.open(newRun({ onceKey: dueKey(due), dueAt: due, notBefore: due }));
      await ledger.runs.open(newRun({ onceKey: dueKey(due - 1), dueAt: due - 1, notBefore: due, trigger: 'catch-up' }));
      assert.deepEqual(await ledger.runs.leaveOut(new Set(['sales'])), [], 'nobody has shown to be alive since');
      time.now += 6 * SECOND;
      await ledger.processes.beat();
      assert.deepEqual(await ledger.runs.leaveOut(new Set(['prices'])), [], 'another job’s rule');
      const ended = await ledger.runs.leaveOut(new Set(['sales']));
      assert.deepEqual(
        ended.map(({ dueAt, reason }) => [dueAt, reason?.code]),
        [[due, 'overlap']],
      );
      await ledger.runs.end(first?.id ?? '', 'skipped', { code: 'condition-false', message: { zh: '', en: '' } });
      assert.equal((await ledger.runs.claim({ jobs: new Set(['sales']) }))[0]?.dueAt, due - 1);
    });
  });
};
