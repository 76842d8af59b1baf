import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { postgresDatabase, type StoppableDatabase } from '../source/databases.ts';
import { pausingProxy } from '../support/pausing-proxy.ts';
import { PROGRAM } from '../support/project.ts';
import { randomOf } from '../support/random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** `CHAOS_SECONDS=120 CHAOS_JOBS=500 CHAOS_RECIPIENTS=20 CHAOS_EVERY=30`: as long and as wide as one likes. */
const SECONDS = Number(process.env['CHAOS_SECONDS'] ?? 24);
const JOBS = Number(process.env['CHAOS_JOBS'] ?? 30);
const RECIPIENTS = Number(process.env['CHAOS_RECIPIENTS'] ?? 4);
/** each job's period in seconds, which divides a minute */
const EVERY = Number(process.env['CHAOS_EVERY'] ?? 10);
const APPS = Math.max(2, Math.ceil((JOBS * RECIPIENTS) / 400));
const NODES = 3;

let database: StoppableDatabase;
before(async () => {
  database = await postgresDatabase();
});
after(() => database.close());

const makeProject = (url: string, endpoint: string): string => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'jobs'));
  const apps = Array.from(
    { length: APPS },
    (_, i) => `  app${i}: { id: cli_${i}, secret: s${i}, endpoint: "${endpoint}" }`,
  );
  writeFileSync(join(folder, 'larkcron.yaml'), `ledger: "${url}"\napps:\n${apps.join('\n')}\n`);
  for (let i = 0; i < JOBS; i++) {
    const to = Array.from({ length: RECIPIENTS }, (_, n) => `ou_${i}_${n}`).join(', ');
    const text = `job${i} {{ due | date: '%H:%M:%S' }}`;
    // from another second on for each
    const seconds = Array.from({ length: 60 / EVERY }, (_, n) => n * EVERY + (i % EVERY));
    const cron = `${seconds.join(',')} * * * * *`;
    const schedule = `schedule: { cron: "${cron}", catchUp: { runs: 1000, within: 10m } }`;
    writeFileSync(
      join(folder, 'jobs', `job${i}.yaml`),
      `app: app${i % APPS}\n${schedule}\nto: [${to}]\ntext: "${text}"\n`,
    );
  }
  return folder;
};

it('nodes that are killed or drained, a database that stops, packets that are swallowed: one outcome, one message', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null });
  t.after(() => sandbox.close());
  const { port } = new URL(database.url);
  const ways = await Promise.all(Array.from({ length: NODES }, () => pausingProxy(Number(port))));
  t.after(() => {
    for (const way of ways) way.close();
  });
  const folders = ways.map((way) => makeProject(database.url.replace(`:${port}/`, `:${way.port}/`), sandbox.url));
  const said: string[] = [];
  const start = (i: number): ChildProcess => {
    const node = spawn(process.execPath, [PROGRAM, '-C', folders[i] ?? '', 'start', '--no-console'], {
      env: {
        PATH: process.env['PATH'] ?? '',
        LARKCRON_NODE: `node${i}`,
        LARKCRON_LANG: 'en',
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    node.stderr?.on('data', (data) => said.push(`${i}: ${data}`));
    return node;
  };
  const nodes = folders.map((_, i) => start(i));
  t.after(() => {
    for (const node of nodes) node.kill('SIGKILL');
  });

  // one by which each of the four happens within the first four
  const random = randomOf(43);
  const until = Date.now() + SECONDS * 1_000;
  await pause(5_000);
  const did = { killed: 0, drained: 0, stopped: 0, swallowed: 0 };
  const larkcron = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [PROGRAM, '-C', folders[0] ?? '', ...args]);
  while (Date.now() < until) {
    const i = Math.floor(random() * NODES);
    const what = random();
    if (what < 0.15) {
      did.drained++;
      const { stdout } = await larkcron('nodes', 'drain', `node${i}`, '--wait', '30s', '--json');
      assert.equal(JSON.parse(stdout).drain, 'drained');
      await pause(1_000);
      await larkcron('nodes', 'resume', `node${i}`);
    } else if (what < 0.5) {
      did.killed++;
      nodes[i]?.kill('SIGKILL');
      await pause(500);
      nodes[i] = start(i);
      await pause(2_000);
    } else if (what < 0.75) {
      did.stopped++;
      await database.stop();
      await pause(2_000 + random() * 3_000);
      await database.start();
      await pause(3_000);
    } else {
      did.swallowed++;
      ways[i]?.swallow();
      await pause(2_000 + random() * 4_000);
      ways[i]?.mend();
      await pause(2_000);
    }
  }
  // no more due times; what is open comes to its end
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  t.after(() => client.end());
  const count = async (sql: string): Promise<number> => Number((await client.query(sql)).rows[0]?.n);
  const end = new Date(Date.now() - 2_000);
  const open = `select count(*) as n from larkcron.runs where state in ('pending', 'running', 'delivering') and due_at < ${end.getTime()}`;
  const patience = Date.now() + 120_000;
  while ((await count(open)) > 0 && Date.now() < patience) await pause(500);
  assert.equal(await count(open), 0, said.join(''));
  for (const node of nodes) node.kill('SIGTERM');
  await Promise.all(
    nodes.map(
      (node) => new Promise((resolve) => (node.exitCode === null ? node.once('exit', resolve) : resolve(null))),
    ),
  );

  const { rows: runs } = await client.query('select job, due_at, state from larkcron.runs where due_at is not null');
  const dues = new Map<string, number>();
  for (const { job, due_at } of runs) dues.set(`${job} ${due_at}`, (dues.get(`${job} ${due_at}`) ?? 0) + 1);
  assert.ok(
    [...dues.values()].every((n) => n === 1),
    'one run for a due time',
  );
  const { rows: spans } = await client.query('select job, since, until, count from larkcron.missed_spans');
  assert.deepEqual(spans, [], 'none is missed');
  for (let i = 0; i < JOBS; i++) {
    const own = runs
      .filter(({ job }) => job === `job${i}`)
      .map(({ due_at }) => Number(due_at))
      .sort((a, b) => a - b);
    const first = own[0] ?? 0;
    const expected = Math.floor((end.getTime() - first) / (EVERY * 1_000));
    assert.ok(own.length >= expected, `job${i}: ${own.length} runs of ${expected}`);
    assert.ok(
      own.every((due, n) => due === first + n * EVERY * 1_000),
      `job${i}: none is left out`,
    );
  }
  const seen = new Map<string, number>();
  for (const { recipient, content } of sandbox.messages()) {
    const key = `${recipient.id} ${content}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  assert.deepEqual(
    [...seen].filter(([, n]) => n > 1),
    [],
    'nobody has a message twice',
  );
  const { rows: deliveries } = await client.query('select uuid, state from larkcron.deliveries');
  const arrived = new Set(sandbox.messages().map(({ uuid }) => uuid));
  for (const { uuid, state } of deliveries) {
    if (state === 'delivered') assert.ok(arrived.has(uuid), uuid);
    if (state === 'cancelled' || state === 'rejected') assert.ok(!arrived.has(uuid), `${uuid} is ${state}`);
  }
  t.diagnostic(`${runs.length} runs, ${deliveries.length} deliveries, ${JSON.stringify(did)}`);
});
