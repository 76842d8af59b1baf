import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HOUR, SECOND } from '../../../src/model/time.ts';
import { type OpenLedger, START, setUp, type TestTime } from './fixture.ts';

/** Nobody has a token yet, as far as the one that asks has seen. */
const ASK = { seen: null, leaseMs: 20 * SECOND };

export const appsContract = (name: string, openLedger: OpenLedger): void => {
  describe(`${name}: tokens`, () => {
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
  });
};
