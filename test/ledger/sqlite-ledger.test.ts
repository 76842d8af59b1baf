import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openSqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { newRun } from './contract/fixture.ts';
import { ledgerContract } from './ledger-contract.ts';

ledgerContract('SQLite', (time) => {
  const file = join(temporaryFolder(), 'ledger.db');
  const opener = { now: () => time.now, monotonic: () => time.now, version: '0' };
  return { open: (as) => openSqliteLedger(file, { ...opener, ...as }) };
});

const OPENER = fileURLToPath(new URL('../support/open-ledger.ts', import.meta.url));

it('eight programs that open a fresh ledger at once all succeed', async (t) => {
  const file = join(temporaryFolder(), 'ledger.db');
  const codes = await Promise.all(
    Array.from(
      { length: 8 },
      (_, i) =>
        new Promise<number | null>((resolve) => {
          spawn(process.execPath, [OPENER, file, String(i)], { stdio: 'inherit' }).on('exit', resolve);
        }),
    ),
  );
  assert.deepEqual(codes, Array(8).fill(0));
  const ledger = openSqliteLedger(file, { now: Date.now, monotonic: () => performance.now(), version: '0' });
  t.after(() => ledger.close());
  assert.equal((await ledger.history.runs({ job: null, states: null, since: null, limit: 100 })).length, 8);
});

it('the ledger and its companions are readable by their owner only', async () => {
  const file = join(temporaryFolder(), 'deep', 'ledger.db');
  const ledger = openSqliteLedger(file, { now: Date.now, monotonic: () => performance.now(), version: '0' });
  await ledger.runs.open(newRun());
  for (const each of [file, `${file}-wal`, `${file}-shm`]) assert.equal(statSync(each).mode & 0o777, 0o600, each);
  await ledger.close();
});

it('a ledger written by a newer larkcron is refused in one sentence and not touched', () => {
  const file = join(temporaryFolder(), 'ledger.db');
  const db = new DatabaseSync(file);
  db.exec('pragma user_version = 999');
  db.close();
  assert.throws(() => openSqliteLedger(file, { now: Date.now, monotonic: () => performance.now(), version: '0' }), {
    code: 'ledger-newer',
  });
});

it('a ledger where no file can be is a sentence, not a stack', () => {
  const file = join(temporaryFolder(), 'a-file');
  writeFileSync(file, '');
  assert.throws(
    () =>
      openSqliteLedger(join(file, 'ledger.db'), { now: Date.now, monotonic: () => performance.now(), version: '0' }),
    {
      code: 'ledger-unusable',
    },
  );
});

it('incidents of an earlier version stay what they were: told ones are told, others due', async (t) => {
  const file = join(temporaryFolder(), 'ledger.db');
  const db = new DatabaseSync(file);
  for (const each of ['001.sql', '002.sql'])
    db.exec(readFileSync(new URL(`../../src/ledger/sqlite/migrations/${each}`, import.meta.url), 'utf8'));
  db.exec(`insert into meta (project, seed) values ('p', 's');
    insert into incidents (subject, state, opened_at, opened_due, last_due, count, run, tell) values
      ('job:told', 'open', 5, 5, 9, 3, 'r1', 'queued'), ('job:new', 'open', 6, 6, 6, 1, 'r2', 'due');
    pragma user_version = 2;`);
  db.close();
  const ledger = openSqliteLedger(file, { now: Date.now, monotonic: () => performance.now(), version: '0' });
  t.after(() => ledger.close());
  assert.deepEqual(
    (await ledger.history.openIncidents()).map((each) => [each.subject, each.tell, each.noticedAt, each.lastRun]),
    [
      ['job:told', 'told', 5, 'r1'],
      ['job:new', 'due', null, 'r2'],
    ],
  );
});

it('the ids of an occurrence survive the loss of the file', async (t) => {
  const folder = temporaryFolder();
  const file = join(folder, 'ledger.db');
  const first = openSqliteLedger(file, { now: Date.now, monotonic: () => performance.now(), version: '0' });
  const before = (await first.runs.open(newRun())).run.id;
  await first.close();
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
  const second = openSqliteLedger(file, { now: Date.now, monotonic: () => performance.now(), version: '0' });
  t.after(() => second.close());
  assert.equal((await second.runs.open(newRun())).run.id, before);
});
