import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { hostname } from 'node:os';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { postgresDatabase } from '../source/databases.ts';
import { createProject, SETTINGS, type TestProject, until } from '../support/project.ts';

const NAME = hostname();

interface Seen {
  readonly nodes: readonly {
    readonly node: string;
    readonly alive: boolean;
    readonly drain: string | null;
    readonly sending: number;
    readonly runs: readonly unknown[];
  }[];
  readonly machines: readonly { readonly name: string; readonly drain: string | null; readonly atWork: boolean }[];
  readonly differences: readonly unknown[];
}

const seen = async (project: TestProject): Promise<Seen> =>
  JSON.parse((await project.larkcron(['nodes', '--json'])).stdout) as Seen;

/** A daemon, and what it has said. */
const start = (t: TestContext, project: TestProject, args: readonly string[] = ['--no-console'], env = {}) => {
  const child = project.start(['start', ...args], env);
  const said = { out: '' };
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data) => {
      said.out += data;
    });
  t.after(() => child.kill('SIGKILL'));
  const address = async (): Promise<string> => {
    await until('it listens', () => /http:\/\/\S+/.test(said.out));
    return /http:\/\/[^\s/]+/.exec(said.out)?.[0] ?? '';
  };
  return { child, said, address };
};
const ended = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve));

it('a drained machine finishes what it has, takes nothing new, and goes on where it stopped', async (t) => {
  // an answer takes eight seconds, so that there is something in hand
  const faults = [parseFault('slow:seconds=8,times=1')];
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults });
  t.after(() => sandbox.close());
  const project = createProject(
    { 'jobs/often.yaml': 'schedule: "* * * * * *"\nto: [ou_a]\ntext: hello\n' },
    sandbox.url,
  );
  const missing = await project.larkcron(['nodes', 'drain', NAME]);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /There is no node .*\[unknown-node\]\n {2}→ No node has worked/);

  const { child, said, address } = start(t, project, ['--port', '0']);
  const url = await address();
  await until('it sends', async () => ((await seen(project)).nodes[0]?.sending ?? 0) > 0);
  const drained = await project.larkcron(['nodes', 'drain', NAME]);
  assert.equal(drained.code, 3, drained.stdout);
  assert.match(drained.stdout, /takes no new work; it is sending \d+ messages? yet\n {2}no other node is at work/);
  assert.equal((await fetch(`${url}/readyz`)).status, 503);
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
  assert.match(await (await fetch(`${url}/readyz`)).text(), /drained/);
  const waited = await project.larkcron(['nodes', 'drain', NAME, '--wait', '30s', '--json']);
  assert.equal(waited.code, 0);
  const { drain, changed, others } = JSON.parse(waited.stdout) as Record<string, unknown>;
  assert.deepEqual([drain, changed, others], ['drained', false, []]);
  assert.match(said.out, /this node is drained/);
  const { stdout } = await project.larkcron(['console', 'token', '--role', 'viewer', '--json']);
  const headers = { authorization: `Bearer ${JSON.parse(stdout).token}` };
  const today = (await (await fetch(`${url}/api/today`, { headers })).json()) as { processes: { drain: string }[] };
  assert.equal(today.processes.find((each) => 'drain' in each)?.drain, 'drained', 'the console says so, too');
  assert.match(
    (await project.larkcron(['nodes'])).stdout,
    /^⏸ \S+ \d+ \(start\) {2}drained since .*, nothing in hand$/m,
  );

  const count = sandbox.messages().length;
  assert.ok(count > 0, 'what it had in hand has arrived');
  assert.ok((await project.larkcron(['status'])).stdout.includes(`⏸ drained: ${NAME}`));
  const tick = await project.larkcron(['tick', '--for', '2s']);
  assert.deepEqual([tick.code, tick.stdout.includes('This node is drained; nothing was done')], [0, true]);
  assert.deepEqual(JSON.parse((await project.larkcron(['tick', '--json'])).stdout), { runs: [], drained: true });
  assert.equal((await project.larkcron(['run', 'often'])).code, 0, 'what a person asks for is done');
  assert.equal(sandbox.messages().length, count + 1);

  const typo = await project.larkcron(['nodes', 'drain', `${NAME}x`]);
  assert.equal(typo.code, 2);
  assert.ok(typo.stderr.includes(`Did you mean ${NAME}? There are: ${NAME}.`), typo.stderr);
  child.kill('SIGTERM');
  await ended(child);
  assert.match((await project.larkcron(['nodes'])).stdout, /drained since .*; no process of it is up/);
  const again = start(t, project);
  await until('it says so again', () => again.said.out.includes('this node is drained'));
  assert.equal(sandbox.messages().length, count + 1, 'drained also after it started anew');

  assert.match((await project.larkcron(['nodes', 'resume', NAME])).stdout, /takes work again/);
  await until('it sends again', () => sandbox.messages().length > count + 2);
  assert.match(again.said.out, /this node is at work again/);
  assert.match((await project.larkcron(['nodes', 'resume', NAME])).stdout, /was not drained/);
  const wrong = await project.larkcron(['nodes', 'drian', NAME]);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /Did you mean drain\?/);
});

it('two machines on one database: the other goes on, and both are told where their files differ', async (t) => {
  const database = await postgresDatabase();
  t.after(() => database.close());
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const settings = `ledger: "${database.url}"\n${SETTINGS}`;
  const job = 'schedule: "* * * * * *"\nto: [ou_a]\ntext: hello\n';
  const [a, b] = ['one', 'two'].map((word) =>
    createProject(
      {
        'larkcron.yaml': settings,
        'jobs/often.yaml': job,
        'jobs/other.yaml': `to: [ou_a]\ntext: ${word}\n`,
        ...(word === 'two' ? { 'jobs/alone.yaml': 'to: [ou_a]\ntext: hi\n' } : {}),
      },
      sandbox.url,
    ),
  ) as [TestProject, TestProject];
  // on this machine both would have its name
  const names = { a: { LARKCRON_NODE: 'shop-a' }, b: { LARKCRON_NODE: 'shop-b' } };
  start(t, a, ['--no-console'], names.a);
  const two = start(t, b, ['--no-console'], names.b);
  const differing = [
    { job: 'alone', versions: [['shop-b']], missing: ['shop-a'] },
    { job: 'other', versions: [['shop-a'], ['shop-b']], missing: [] },
  ];
  await until('both have told', async () => (await seen(a)).differences.length === 2, 30_000);
  assert.deepEqual((await seen(a)).differences, differing);
  const shown = (await a.larkcron(['nodes'])).stdout;
  assert.match(
    shown,
    /! job files are not the same on all nodes \(2\):\n {2}alone: shop-b; not on shop-a\n {2}other: shop-a ≠ shop-b/,
  );
  const check = await a.larkcron(['check']);
  assert.equal(check.code, 0);
  assert.match(check.stdout, /other: here, shop-a ≠ shop-b/);
  assert.deepEqual((JSON.parse((await a.larkcron(['check', 'often', '--json'])).stdout) as { nodes: unknown }).nodes, {
    asked: true,
    differences: [],
  });

  assert.equal((await a.larkcron(['nodes', 'drain', 'shop-a', '--wait', '20s'])).code, 0);
  const before = sandbox.messages().length;
  await until('the other sends', () => sandbox.messages().length > before + 1);
  const { machines } = await seen(a);
  assert.deepEqual(
    machines.map(({ name, drain, atWork }) => [name, drain, atWork]),
    [
      ['shop-a', 'drained', true],
      ['shop-b', null, true],
    ],
  );
  two.child.kill('SIGTERM');
  await ended(two.child);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const after = sandbox.messages().length;
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  assert.equal(sandbox.messages().length, after, 'nobody is left who takes new work');

  await database.stop();
  const offline = await a.larkcron(['check']);
  assert.equal(offline.code, 0);
  assert.match(offline.stdout, /job files were not compared/);
  await database.start();
});
