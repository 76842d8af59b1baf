import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { HOUR, MINUTE } from '../../../src/model/time.ts';
import { newRun, type OpenLedger, START, setUp } from './fixture.ts';

export const accessContract = (name: string, openLedger: OpenLedger): void => {
  it(`${name}: tokens by their hash, and the first one once`, async (t) => {
    const { ledger, time } = setUp(t, openLedger);
    const { access } = ledger;
    const first = await access.make({ name: 'first', role: 'admin', hash: 'h1', onlyFirst: true });
    assert.deepEqual([first?.name, first?.role, first?.usedAt], ['first', 'admin', null]);
    assert.equal(await access.make({ name: 'again', role: 'admin', hash: 'h2', onlyFirst: true }), null);
    time.now += 1;
    await access.make({ name: 'look', role: 'viewer', hash: 'h3' });
    assert.equal(await access.tokenBy('h2'), null);
    time.now = START + MINUTE;
    assert.equal((await access.tokenBy('h3'))?.role, 'viewer');
    const listed = await access.tokens();
    assert.deepEqual(
      listed.map((token) => [token.name, token.usedAt]),
      [
        ['first', null],
        ['look', START + MINUTE],
      ],
    );
    assert.doesNotMatch(JSON.stringify(listed), /h[123]/);
    assert.equal(await access.revoke(first?.id ?? ''), true);
    assert.equal(await access.revoke(first?.id ?? ''), false);
    assert.equal(await access.tokenBy('h1'), null);
  });

  it(`${name}: a session ends by its time, by hand, and with its token`, async (t) => {
    const { ledger, time } = setUp(t, openLedger);
    const { access } = ledger;
    const token = await access.make({ name: 'first', role: 'admin', hash: 'h1' });
    const id = token?.id ?? '';
    for (const hash of ['s1', 's2', 's3']) await access.open({ hash, token: id, expiresAt: START + HOUR });
    assert.equal((await access.session('s1'))?.token.name, 'first');
    await access.end('s1');
    assert.equal(await access.session('s1'), null);
    time.now = START + HOUR;
    assert.equal(await access.session('s2'), null);
    time.now = START;
    assert.equal((await access.session('s2'))?.expiresAt, START + HOUR);
    await access.revoke(id);
    assert.equal(await access.session('s3'), null);
  });

  it(`${name}: the audit, newest first`, async (t) => {
    const { ledger, time } = setUp(t, openLedger);
    const entry = {
      who: 'first',
      role: 'admin',
      job: 'sales',
      run: null,
      details: { to: 'me' },
      outcome: 'ok',
    } as const;
    for (const what of ['run.start', 'job.pause', 'job.resume']) {
      time.now += MINUTE;
      await ledger.audit.note({ ...entry, what });
    }
    const [last, before] = await ledger.audit.page({ before: null, limit: 2 });
    assert.deepEqual(last, { ...entry, what: 'job.resume', at: START + 3 * MINUTE, id: last?.id });
    const rest = await ledger.audit.page({ before: before?.id ?? null, limit: 2 });
    assert.deepEqual(
      rest.map(({ what }) => what),
      ['run.start'],
    );
  });

  it(`${name}: whoever watches sees each commit, of this process too, and looks change nothing`, async (t) => {
    const { ledger } = setUp(t, openLedger);
    const watch = ledger.watch();
    t.after(() => watch.close());
    // on a server it is looked for four times a second
    const settled = async (): Promise<number> => {
      for (let last = watch.version(); ; last = watch.version()) {
        await pause(600);
        if (watch.version() === last) return last;
      }
    };
    await ledger.processes.beat();
    const before = await settled();
    await ledger.history.runPage({ job: null, states: null, since: null, until: null }, { after: null, limit: 1 });
    assert.equal(await settled(), before);
    await ledger.runs.open(newRun());
    assert.notEqual(await settled(), before);
  });
};
