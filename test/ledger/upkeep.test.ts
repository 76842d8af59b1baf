import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { openSqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.ts';
import { backupLedger, checkLedger } from '../../src/ledger/sqlite/upkeep.ts';
import { createProject } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { newRun, START } from './contract/fixture.ts';

const OPEN_AT = join(import.meta.dirname, 'open-at.ts');

const open = (file: string) => openSqliteLedger(file, { now: () => START, monotonic: () => START, version: '0' });

it('a backup made while another writes is whole, private, and never takes the place of a file', async () => {
  const folder = temporaryFolder();
  const [file, copy] = [join(folder, 'ledger.db'), join(folder, 'copy.db')];
  const ledger = open(file);
  for (let i = 0; i < 300; i++) await ledger.runs.open(newRun({ onceKey: `k${i}` }));
  const writer = new DatabaseSync(file);
  writer.exec("begin immediate; delete from runs where once_key = 'k7'");
  const { bytes } = backupLedger(file, copy);
  writer.exec('commit');
  writer.close();
  await ledger.close();
  const { faults, runs } = checkLedger(copy);
  assert.deepEqual([faults, runs], [[], 300]);
  assert.equal(checkLedger(file).runs, 299);
  assert.equal(statSync(copy).size, bytes);
  assert.equal(statSync(copy).mode & 0o777, 0o600);
  const before = readFileSync(copy);
  assert.throws(() => backupLedger(file, copy), { code: 'backup-exists' });
  assert.deepEqual(readFileSync(copy), before);
  assert.throws(() => backupLedger(file, join(folder, 'nowhere', 'x.db')), { code: 'backup-failed' });
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('.part')),
    [],
  );
});

it('a check finds a damaged file and rows that belong to nothing', async () => {
  const file = join(temporaryFolder(), 'ledger.db');
  const ledger = open(file);
  for (let i = 0; i < 200; i++) await ledger.runs.open(newRun({ onceKey: `k${i}` }));
  await ledger.close();
  assert.deepEqual(checkLedger(file).faults, []);
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  db.exec("insert into attempts (delivery, n, begun_at, begun_feishu) values ('gone', 1, 0, 0)");
  db.close();
  assert.ok(checkLedger(file).faults.every(({ code }) => code === 'orphans'));
  assert.ok(checkLedger(file).faults.length > 0);
  const bytes = readFileSync(file);
  bytes.fill(0xff, 4096 * 3, 4096 * 6);
  writeFileSync(file, bytes);
  try {
    assert.ok(checkLedger(file).faults.some(({ code }) => code === 'damaged'));
  } catch (error) {
    assert.equal((error as { code: string }).code, 'ledger-damaged');
  }
});

it('a file that is cut off, or no database at all, is called damaged, with what to do', async () => {
  const file = join(temporaryFolder(), 'ledger.db');
  await open(file).close();
  const whole = readFileSync(file);
  for (const bytes of [whole.subarray(0, 4096 * 2 + 100), Buffer.from('no database at all. '.repeat(100))]) {
    for (const beside of ['-wal', '-shm']) rmSync(`${file}${beside}`, { force: true });
    writeFileSync(file, bytes);
    assert.throws(() => checkLedger(file), { code: 'ledger-damaged' });
    assert.throws(() => open(file), { code: 'ledger-damaged' });
  }
});

/** As the program of migration 008 made it. */
const asMadeByVersion8 = (file: string): void => {
  const db = new DatabaseSync(file);
  db.exec('pragma journal_mode = wal');
  for (let n = 1; n <= 8; n++)
    db.exec(readFileSync(join(import.meta.dirname, `../../src/ledger/sqlite/migrations/00${n}.sql`), 'utf8'));
  db.exec("insert into meta (project, seed) values ('p', 's'); pragma user_version = 8");
  db.close();
};
const versionOf = (file: string): number => {
  const db = new DatabaseSync(file, { readOnly: true });
  const { user_version } = db.prepare('pragma user_version').get() as { user_version: number };
  db.close();
  return user_version;
};

it('the file as it was stands beside it when a newer program changes its tables', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'ledger.db');
  await open(file).close();
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes('.before-')),
    [],
  );
  const knows = versionOf(file);
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  asMadeByVersion8(file);
  writeFileSync(`${file}.before-3`, 'an older one');
  await open(file).close();
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes('.before-')),
    ['ledger.db.before-9'],
  );
  assert.equal(versionOf(`${file}.before-9`), 8);
  assert.equal(checkLedger(file).version, knows);
});

it('of many programs that open an older file at once one changes it, and all go on', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'ledger.db');
  asMadeByVersion8(file);
  const at = Date.now() + 1500;
  const ends = await Promise.all(
    Array.from({ length: 6 }, () => {
      const opening = spawn(process.execPath, [OPEN_AT, file, String(at)], { stdio: ['ignore', 'ignore', 'inherit'] });
      return once(opening, 'exit').then(([code]) => code as number);
    }),
  );
  assert.deepEqual(ends, [0, 0, 0, 0, 0, 0]);
  assert.deepEqual(checkLedger(file).faults, []);
  assert.ok(checkLedger(file).version > 8);
  assert.equal(checkLedger(`${file}.before-9`).version, 8);
});

it('ledger backup and check, as people type them', async () => {
  const project = createProject({ 'jobs/j.yaml': 'to: [ou_a]\ntext: hi\n' });
  assert.equal((await project.larkcron(['ledger', 'check'])).code, 2, 'there is none yet');
  await project.larkcron(['tick', '--for', '0s']);
  const made = await project.larkcron(['ledger', 'backup', 'copy.db', '--json']);
  assert.equal(made.code, 0, made.stderr);
  assert.equal((JSON.parse(made.stdout) as { file: string }).file, join(project.folder, 'copy.db'));
  assert.equal((await project.larkcron(['ledger', 'backup', 'copy.db'])).code, 2);
  const checked = await project.larkcron(['ledger', 'check']);
  assert.equal(checked.code, 0, checked.stderr);
  assert.match(checked.stdout, /nothing wrong in it/);
});

it('an empty file is a ledger without anything in it', () => {
  const file = join(temporaryFolder(), 'ledger.db');
  writeFileSync(file, '');
  const { version, runs, faults } = checkLedger(file);
  assert.deepEqual([version, runs, faults], [0, 0, []]);
});
