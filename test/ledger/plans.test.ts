import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { openSqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.ts';
import { dueKey } from '../../src/model/run.ts';
import { DEFAULT_LIMITS } from '../../src/model/settings.ts';
import { HOUR } from '../../src/model/time.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { newRun, planned, START } from './contract/fixture.ts';

/** Notes every statement that is prepared while something is done. */
const statementsOf = async (work: () => Promise<void>): Promise<readonly string[]> => {
  const { prepare } = DatabaseSync.prototype;
  const found = new Set<string>();
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string) {
    found.add(sql);
    return prepare.call(this, sql);
  };
  try {
    await work();
  } finally {
    DatabaseSync.prototype.prepare = prepare;
  }
  return [...found];
};

it('nothing that happens again and again reads all runs or all deliveries: a year of history costs it nothing', async () => {
  const file = join(temporaryFolder(), 'ledger.db');
  const statements = await statementsOf(async () => {
    const ledger = openSqliteLedger(file, { now: () => START, monotonic: () => START, version: '0', role: 'daemon' });
    const which = { app: 'default', limit: 50, feishuNow: START };
    await ledger.processes.beat();
    const run = await planned(ledger, ['ou_a', 'ou_b'], newRun());
    const newer = await ledger.runs.open(newRun({ onceKey: dueKey(START + HOUR), dueAt: START + HOUR }));
    await ledger.runs.claim({ ids: [newer.run.id] });
    assert.equal(await ledger.runs.toDelivering(newer.run.id, { supersedes: true }), true);
    const byHand = newRun({ kind: 'send', job: null, onceKey: 'key:a', dueAt: null, request: '{"to":[]}' });
    await ledger.runs.open(byHand, { people: 1, most: 5 });
    await ledger.runs.leaveOut(new Set(['sales']));
    await ledger.runs.dropRemoved(new Set(['stock']));
    await ledger.runs.claim({ jobs: new Set(['', 'sales']) });
    await ledger.runs.sweep();
    await ledger.apps.withWork();
    await ledger.deliveries.begin({ ...which, limits: DEFAULT_LIMITS, runs: null });
    await ledger.deliveries.unsure(which);
    await ledger.runs.recall(run);
    await ledger.deliveries.toRecall(which);
    await ledger.deliveries.toUrge(which);
    await ledger.deliveries.toFollow(which);
    await ledger.incidents.toTell();
    const { history } = ledger;
    await history.nextRun();
    await history.nextWork();
    await history.waitingJobs('default');
    await history.run(run.slice(0, 8));
    await history.runs({ job: 'sales', states: null, since: null, limit: 10 });
    await history.processes();
    await history.queue(100);
    await ledger.close();
  });
  assert.ok(statements.length > 40);
  const db = new DatabaseSync(file);
  const reads = statements.filter(
    (sql) => /^\s*(select|update|delete)/i.test(sql) && /\b(runs|deliveries)\b/.test(sql),
  );
  const whole = reads.filter((sql) =>
    db
      .prepare(`explain query plan ${sql}`)
      .all()
      .some(({ detail }) =>
        /^SCAN (runs|deliveries|r|d|o)\b(?! USING (COVERING )?INDEX (runs|deliveries)_(open|pending|running|delivering|sending|recalled|to_))/.test(
          String(detail),
        ),
      ),
  );
  db.close();
  assert.ok(reads.length > 20);
  assert.deepEqual(whole, []);
});
