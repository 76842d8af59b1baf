import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dueKey } from '../../../src/model/run.ts';
import { HOUR, SECOND } from '../../../src/model/time.ts';
import {
  beginAll,
  delivered,
  finish,
  newRun,
  type OpenLedger,
  planned,
  START,
  setUp,
  type TestTime,
} from './fixture.ts';

/** Nobody has a token yet, as far as the one that asks has seen. */
const ASK = { seen: null, leaseMs: 20 * SECOND };

export const appsContract = (name: string, openLedger: OpenLedger): void => {
  describe(`${name}: tokens and incidents`, () => {
    it('lets one at a time ask for a token', async (t) => {
      const time: TestTime = { now: START };
      const { open } = openLedger(time);
      const [one, two] = [open(), open()];
      t.after(() => Promise.all([one.close(), two.close()]));
      assert.equal(await one.apps.claimRefresh('default', ASK), true);
      assert.equal(await two.apps.claimRefresh('default', ASK), false);
      await one.apps.keepToken('default', { token: 't-1', expiresAt: START + HOUR });
      assert.deepEqual(await two.apps.token('default'), { token: 't-1', expiresAt: START + HOUR });
      assert.equal(await two.apps.claimRefresh('default', { ...ASK, seen: 't-1' }), true);
    });

    it('does not let one ask that saw no token before another kept one', async (t) => {
      const { open } = openLedger({ now: START });
      const [one, two] = [open(), open()];
      t.after(() => Promise.all([one.close(), two.close()]));
      assert.equal(await two.apps.token('default'), null);
      await one.apps.claimRefresh('default', ASK);
      await one.apps.keepToken('default', { token: 't-1', expiresAt: START + HOUR });
      assert.equal(await two.apps.claimRefresh('default', ASK), false);
    });

    it('lets the next one ask when the one that asked is gone', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const { open } = openLedger(time);
      await ledger.apps.claimRefresh('default', ASK);
      time.now += 21 * SECOND;
      const other = open();
      t.after(() => other.close());
      assert.equal(await other.apps.claimRefresh('default', ASK), true);
    });

    it('forgets only the token that was refused', async (t) => {
      const { ledger } = setUp(t, openLedger);
      await ledger.apps.keepToken('default', { token: 't-2', expiresAt: START + HOUR });
      await ledger.apps.dropToken('default', 't-1');
      assert.equal((await ledger.apps.token('default'))?.token, 't-2');
      await ledger.apps.dropToken('default', 't-2');
      assert.equal(await ledger.apps.token('default'), null);
    });

    it('opens one incident for a series of failures, and closes it with the first success', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
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
      await finish(
        ledger,
        begun.map((each) => ({ begun: each, begunAtFeishu: time.now, outcome: delivered('om_9') })),
      );
      await ledger.runs.sweep();
      const [closed] = await ledger.incidents.due();
      assert.equal(closed?.state, 'closed');
    });
  });
};
