import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { systemClock } from '../../src/base/clock.ts';
import { KNOWS } from '../../src/ledger/postgres/migrate.ts';
import { openPostgresLedger } from '../../src/ledger/postgres/postgres-ledger.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { postgresDatabase, type TestDatabase } from '../source/databases.ts';
import { createProject, SETTINGS, until } from '../support/project.ts';

let database: TestDatabase;
before(async () => {
  database = await postgresDatabase();
});
after(() => database.close());

const OLD = 13;
const textOf = (n: number): string =>
  readFileSync(new URL(`../../src/ledger/postgres/migrations/0${n}.postgres.sql`, import.meta.url), 'utf8');

/** The tables as a program of yesterday made them. */
const makeOld = async (schema: string): Promise<void> => {
  await database.run(
    `create schema ${schema}; set search_path to ${schema}, pg_catalog; ${textOf(12)}; ${textOf(OLD)};
     create table schema_version (version bigint not null); insert into schema_version values (${OLD});
     insert into meta (project, seed) values ('p', 's')`,
  );
};
const open = (schema: string) =>
  openPostgresLedger(
    { url: database.url, schema, pool: 3, patience: 60_000 },
    { now: Date.now, monotonic: () => performance.now(), version: '1' },
  );
const session = async (t: { after(work: () => Promise<void>): void }): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  t.after(() => client.end());
  return client;
};
const versionOf = async (client: pg.Client, schema: string): Promise<number> =>
  Number((await client.query(`select version from ${schema}.schema_version`)).rows[0].version);

describe('a newer program on the ledger of an older one', () => {
  it('brings the tables up to its own, with what is in them', async (t) => {
    await makeOld('brought');
    const client = await session(t);
    await client.query("insert into brought.jobs (name, seen_at, paused_at) values ('sales', 1, 2)");
    const ledger = open('brought');
    t.after(() => ledger.close());
    assert.deepEqual([...(await ledger.jobs.pauses()).keys()], ['sales']);
    assert.equal(await versionOf(client, 'brought'), KNOWS);
    await ledger.processes.beat();
  });

  it('waits until the older has written down what became of its requests', async (t) => {
    await makeOld('waits');
    const client = await session(t);
    const now = Date.now();
    await client.query(`set search_path to waits, pg_catalog;
      insert into processes (id, host, boot, pidns, pid, pid_start, version, entered_at, beat_at)
        values ('old', 'far', 'b', 'n', 1, '1', '0', ${now}, ${now});
      insert into runs (id, kind, not_before, trigger, own_audience, state, created_at, deliver_until, priority)
        values ('r', 'send', 0, 'manual', 0, 'delivering', 0, 0, 2);
      insert into deliveries (id, run, recipient, target_type, target, app, part, generation, kind, content, uuid, state, not_before, deliver_until, max_tries, owner)
        values ('d', 'r', 'ou_a', 'open_id', 'ou_a', 'default', 1, 1, 'text', 'c', 'u', 'sending', 0, 0, 1, 'old')`);
    const ledger = open('waits');
    t.after(() => ledger.close());
    const asked = ledger.history.lastBeat();
    await pause(1_500);
    assert.equal(await versionOf(client, 'waits'), OLD, 'an answer is waited for');
    await client.query("update waits.deliveries set state = 'delivered', owner = null");
    await asked;
    assert.equal(await versionOf(client, 'waits'), KNOWS);
  });

  it('what a dead one held is not waited for', async (t) => {
    await makeOld('dead');
    const client = await session(t);
    await client.query(`set search_path to dead, pg_catalog;
      insert into processes (id, host, boot, pidns, pid, pid_start, version, entered_at, beat_at) values ('old', 'far', 'b', 'n', 1, '1', '0', 1, ${Date.now() - 60_000});
      insert into runs (id, kind, not_before, trigger, own_audience, state, created_at, deliver_until, priority)
        values ('r', 'send', 0, 'manual', 0, 'delivering', 0, 0, 2);
      insert into deliveries (id, run, recipient, target_type, target, app, part, generation, kind, content, uuid, state, not_before, deliver_until, max_tries, owner)
        values ('d', 'r', 'ou_a', 'open_id', 'ou_a', 'default', 1, 1, 'text', 'c', 'u', 'sending', 0, 0, 1, 'old')`);
    const ledger = open('dead');
    t.after(() => ledger.close());
    const from = performance.now();
    await ledger.history.lastBeat();
    assert.ok(performance.now() - from < 3_000, `${performance.now() - from} ms`);
  });

  it('one that reads the tables for long holds up the change, and nobody else for more than a moment', async (t) => {
    await makeOld('read');
    const [dump, other] = [await session(t), await session(t)];
    await dump.query('begin; select * from read.processes');
    const ledger = open('read');
    t.after(() => ledger.close());
    const asked = ledger.history.lastBeat();
    let longest = 0;
    const end = performance.now() + 8_000;
    while (performance.now() < end) {
      const from = performance.now();
      await other.query('select count(*) from read.processes');
      longest = Math.max(longest, performance.now() - from);
      await pause(50);
    }
    assert.equal(await versionOf(other, 'read'), OLD);
    assert.ok(longest > 500 && longest < 4_500, `${longest} ms`);
    await dump.query('commit');
    await asked;
    assert.equal(await versionOf(other, 'read'), KNOWS);
  });
});

it('an older program stops with one sentence when the tables become newer under it', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const project = createProject(
    {
      'larkcron.yaml': `ledger: { url: "${database.url}", schema: under }\n${SETTINGS}`,
      'jobs/often.yaml': 'schedule: "* * * * * *"\nto: [ou_a]\ntext: hello\n',
    },
    sandbox.url,
  );
  const child = project.start(['start', '--no-console']);
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  child.stderr?.on('data', (data) => {
    said += data;
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await until('it sends', () => sandbox.messages().length > 0);
  await database.run('update under.schema_version set version = 999');
  assert.equal(await ended, 1);
  assert.equal(said.match(/written by a newer larkcron/g)?.length, 1, said);
  assert.doesNotMatch(said, /\n\s+at /, 'no stack');
  const tick = await project.larkcron(['tick', '--for', '1s']);
  assert.equal(tick.code, 1);
  assert.match(
    tick.stderr,
    /written by a newer larkcron \(schema 999; this program knows \d+\)\. \[ledger-newer\]\n {2}→ Upgrade larkcron/,
  );
});
