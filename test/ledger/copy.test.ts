import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, it } from 'node:test';
import pg from 'pg';
import { copyLedgerRows } from '../../src/copy-ledger.ts';
import { openPostgresLedger } from '../../src/ledger/postgres/postgres-ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.ts';
import { postgresDatabase, type TestDatabase } from '../source/databases.ts';
import { createProject } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { beginAll, delivered, finish, newRun, planned, refused, START } from './contract/fixture.ts';

let database: TestDatabase;
before(async () => {
  database = await postgresDatabase();
});
after(() => database.close());

const opener = { now: () => START, monotonic: () => START, version: '0' };
const how = { onTable: () => {} };

/** Runs that arrived and one that failed, with its incident; more than one page of them. */
const filled = async (): Promise<string> => {
  const file = join(temporaryFolder(), 'ledger.db');
  const ledger = openSqliteLedger(file, opener);
  for (let i = 0; i < 250; i++) await ledger.runs.open(newRun({ onceKey: `due:${i}`, job: '测试' }));
  await planned(ledger, ['ou_a', 'ou_b'], newRun({ job: 'sales' }));
  const { begun } = await beginAll(ledger);
  await finish(
    ledger,
    begun.map((each, i) => ({
      begun: each,
      outcome: i === 0 ? delivered('om_1') : refused('recipient', 230002),
      begunAtFeishu: START,
    })),
  );
  await ledger.runs.sweep();
  await ledger.jobs.pause('sales', { until: null, reason: 'moving' });
  await ledger.close();
  return file;
};

it('history, state and incidents move to another kind of ledger and go on there; again it changes nothing', async () => {
  const from = { is: 'sqlite', file: await filled() } as const;
  const to = { is: 'postgres', url: database.url, schema: 'moved', pool: 3 } as const;
  const copied = await copyLedgerRows(from, to, how);
  assert.deepEqual(
    copied.filter(({ rows }) => rows > 0).map(({ table, rows }) => [table, rows]),
    [
      ['jobs', 1],
      ['runs', 251],
      ['contents', 1],
      ['deliveries', 2],
      ['attempts', 2],
      ['pace', 3],
      ['incidents', 1],
    ],
  );
  assert.deepEqual(await copyLedgerRows(from, to, how), copied);
  const [old, moved] = [openSqliteLedger(from.file, opener), openPostgresLedger({ ...to, patience: 5_000 }, opener)];
  for (const job of ['sales', '测试']) {
    const runs = { job, states: null, since: null, limit: 1_000 };
    assert.deepEqual(await moved.history.runs(runs), await old.history.runs(runs));
  }
  assert.deepEqual(await moved.history.openIncidents(), await old.history.openIncidents());
  assert.deepEqual(await moved.jobs.pauses(), await old.jobs.pauses());
  // the same occurrence has the same id, and is known
  const occurrence = newRun({ onceKey: 'due:7', job: '测试' });
  const [here, there] = [await old.runs.open(occurrence), await moved.runs.open(occurrence)];
  assert.deepEqual([there.run.id, there.mine], [here.run.id, false]);
  // the next incident has a number of its own
  await planned(moved, ['ou_c'], newRun({ job: 'stock', onceKey: 'due:9' }));
  const { begun } = await beginAll(moved);
  await finish(
    moved,
    begun.map((each) => ({ begun: each, outcome: refused('recipient', 230002), begunAtFeishu: START })),
  );
  await moved.runs.sweep();
  assert.equal((await moved.history.openIncidents()).length, 2);
  await old.close();
  await moved.close();
});

it('goes on where it was interrupted, and finds what differs', async () => {
  const from = { is: 'sqlite', file: await filled() } as const;
  const to = { is: 'sqlite', file: join(temporaryFolder(), 'to.db') } as const;
  await copyLedgerRows(from, to, how);
  const db = new DatabaseSync(to.file);
  db.exec("delete from runs where once_key > 'due:5'");
  await copyLedgerRows(from, to, how);
  assert.equal(db.prepare('select count(*) as n from runs').get()?.['n'], 251);
  db.exec("update runs set state = 'delivered' where once_key = 'due:3'");
  db.close();
  await assert.rejects(copyLedgerRows(from, to, how), { code: 'copy-differs' });
  const other = { is: 'sqlite', file: await filled() } as const;
  const db2 = new DatabaseSync(other.file);
  db2.exec("update meta set project = 'another'");
  db2.close();
  await assert.rejects(copyLedgerRows(from, other, how), { code: 'copy-not-empty' });
  await assert.rejects(copyLedgerRows(from, from, how), { code: 'copy-same' });
});

it('as people type it, with no password on the command line', async () => {
  const project = createProject({ 'jobs/j.yaml': 'to: [ou_a]\ntext: hi\n' });
  await project.larkcron(['tick', '--for', '0s']);
  const url = database.url;
  const moved = await project.larkcron(['ledger', 'copy', 'larkcron.yaml', 'env:LEDGER'], { LEDGER: url });
  assert.equal(moved.code, 0, moved.stdout + moved.stderr + moved.code);
  assert.match(moved.stdout, /each table was counted and compared/);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  assert.equal((await client.query('select project from larkcron.meta')).rows.length, 1);
  await client.end();
  for (const [args, code] of [
    [['ledger', 'copy', 'larkcron.yaml', 'env:NOTHING'], /no-ledger-in/],
    [['ledger', 'copy', 'nowhere.yaml', 'env:LEDGER'], /file-missing/],
  ] as const) {
    const refusedCopy = await project.larkcron([...args], { LEDGER: url });
    assert.equal(refusedCopy.code, 2);
    assert.match(refusedCopy.stderr, code);
  }
  const daemon = project.start(['start', '--no-console']);
  await new Promise((resolve) => daemon.stdout?.once('data', resolve));
  await new Promise((resolve) => setTimeout(resolve, 500));
  const busy = await project.larkcron(['ledger', 'copy', 'larkcron.yaml', 'env:LEDGER'], { LEDGER: url });
  daemon.kill('SIGKILL');
  assert.match(busy.stderr, /copy-in-use/);
});
