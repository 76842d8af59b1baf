import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { lastRun } from '../support/ledger-of.ts';
import { createProject, SETTINGS, until } from '../support/project.ts';

const setUp = async (t: TestContext, files: Record<string, string>, faults: readonly string[] = []) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: faults.map(parseFault) });
  t.after(() => sandbox.close());
  const settings = SETTINGS.replace('owner: ou_owner\n', '');
  const project = createProject({ 'larkcron.yaml': settings, ...files }, sandbox.url);
  return { sandbox, project };
};

/** A process, what it has said so far, and how it ended. */
const watch = (t: TestContext, child: ChildProcess) => {
  const said = { out: '', err: '' };
  child.stdout?.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    said.err += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  t.after(() => child.kill('SIGKILL'));
  const atWork = () => until('start is at work', () => said.out.includes('is at work'));
  return { child, said, ended, atWork };
};

it('start sends what becomes due, in seconds, and ends on SIGTERM', async (t) => {
  const { sandbox, project } = await setUp(t, {
    'jobs/often.yaml': 'schedule: "* * * * * *"\nto: [ou_a]\ntext: hello\n',
  });
  const { child, said, ended } = watch(t, project.start(['start', '--no-console']));
  await until('two due times are sent', () => sandbox.messages().length >= 2);
  assert.match((await project.larkcron(['status'])).stdout, /A process of larkcron is at work/);
  const at = performance.now();
  child.kill('SIGTERM');
  assert.equal(await ended, 143);
  assert.ok(performance.now() - at < 5_000);
  assert.match(said.out, /1 jobs have a schedule/);
  assert.doesNotMatch(said.out, /console/);
  assert.equal((await lastRun(project)).run?.trigger, 'schedule');
});

it('start goes on with a retry that waits in the ledger', async (t) => {
  const { sandbox, project } = await setUp(t, { 'jobs/hello.yaml': 'to: [ou_a]\ntext: hello\n' }, [
    '429:seconds=2,times=1',
  ]);
  assert.equal((await project.larkcron(['run', 'hello', '--wait', '0s'])).code, 3);
  assert.equal((await lastRun(project)).deliveries[0]?.state, 'retrying');
  const { child, ended, atWork } = watch(t, project.start(['start']));
  await atWork();
  await until('the retry is sent', async () => (await lastRun(project)).run?.state === 'delivered');
  child.kill('SIGINT');
  assert.equal(await ended, 130);
  assert.equal(sandbox.messages().length, 1);
  const sends = sandbox.requests().filter(({ path }) => path.includes('/im/v1/messages'));
  const waited = (sends[1]?.at ?? 0) - (sends[0]?.at ?? 0);
  assert.ok(waited >= 2_000, `${waited} ms`);
});

it('start that is told to stop waits for the answer under way and leaves the rest to others', async (t) => {
  const slowly = `${SETTINGS.replace('owner: ou_owner\n', '')}limits: { perSecond: 1 }\n`;
  const { sandbox, project } = await setUp(t, {
    'larkcron.yaml': slowly,
    'jobs/hello.yaml': 'to: [ou_a, ou_b, ou_c, ou_d]\ntext: hello\n',
  });
  const run = watch(t, project.start(['run', 'hello']));
  await until('the first is sent', () => sandbox.messages().length > 0);
  run.child.kill('SIGTERM');
  assert.equal(await run.ended, 143);

  sandbox.addFault(parseFault('slow:seconds=1'));
  const { child, ended } = watch(t, project.start(['start']));
  const isUnderWay = () =>
    sandbox
      .requests()
      .some(({ http, fault, path }) => http === null && fault === null && path.includes('/im/v1/messages'));
  await until('a request is under way', isUnderWay);
  child.kill('SIGTERM');
  assert.equal(await ended, 143);
  const left = (await lastRun(project)).deliveries;
  assert.equal(left.filter(({ state }) => state === 'delivered').length, sandbox.messages().length);
  assert.deepEqual(new Set(left.map(({ state }) => state)), new Set(['delivered', 'queued']));

  sandbox.clearFaults();
  await project.larkcron(['tick', '--for', '30s']);
  assert.equal((await lastRun(project)).run?.state, 'delivered');
  assert.equal(sandbox.messages().length, 4);
});

it('the ledger deleted under an idle start: it says so and stops', async (t) => {
  const { project } = await setUp(t, { 'jobs/hello.yaml': 'schedule: "0 0 1 1 *"\nto: [ou_a]\ntext: hello\n' });
  const { said, ended, atWork } = watch(t, project.start(['start']));
  await atWork();
  const at = performance.now();
  rmSync(join(project.folder, '.larkcron', 'ledger.db'));
  assert.equal(await ended, 1);
  assert.ok(performance.now() - at < 3_000, `${performance.now() - at} ms`);
  assert.equal(said.err.match(/was deleted or replaced while in use/g)?.length, 1, said.err);
});

it('its health pages say that it goes round and can work; nobody else is listened to without a token', async (t) => {
  const { project } = await setUp(t, { 'jobs/hello.yaml': 'to: [ou_a]\ntext: hello\n' });
  const { child, said, ended, atWork } = watch(t, project.start(['start', '--port', '0']));
  await atWork();
  await until('it says where', () => /http:\S+/.test(said.out));
  const [url = ''] = /http:\S+/.exec(said.out) ?? [];
  const ask = async (path: string, more: RequestInit = {}) => {
    const answer = await fetch(`${url}${path}`, more);
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '') && text !== '';
    return [answer.status, isJson ? ((JSON.parse(text) as { ok?: boolean }).ok ?? null) : null];
  };
  assert.deepEqual(await ask('/healthz'), [200, true]);
  assert.deepEqual(await ask('/readyz'), [200, true]);
  assert.deepEqual(await ask('/'), [200, null]);
  assert.deepEqual(await ask('/api/jobs'), [401, null]);
  assert.deepEqual(await ask('/healthz', { method: 'POST' }), [405, null]);
  const rebound = await new Promise<number>((resolve) => {
    const { port } = new URL(url);
    request({ host: '127.0.0.1', port, path: '/healthz', headers: { host: 'evil.example.com' } }, (answer) =>
      resolve(answer.statusCode ?? 0),
    ).end();
  });
  assert.equal(rebound, 403);
  const taken = await project.larkcron(['start', '--port', new URL(url).port]);
  assert.equal(taken.code, 2);
  assert.match(taken.stderr, /port-in-use/);
  const tooHigh = await project.larkcron(['start', '--port', '65536']);
  assert.deepEqual([tooHigh.code, /bad-value/.test(tooHigh.stderr)], [2, true], tooHigh.stderr);
  const wide = await project.larkcron(['start', '--host', '0.0.0.0']);
  assert.equal(wide.code, 2);
  assert.match(wide.stderr, /no-token-yet/);
  rmSync(join(project.folder, '.larkcron', 'ledger.db'));
  assert.deepEqual(await ask('/readyz').catch(() => [503, false]), [503, false]);
  child.kill('SIGTERM');
  await ended;
});

it('tick --if-daemon-dead does nothing while start is at work, and takes over when it is gone', async (t) => {
  const { sandbox, project } = await setUp(t, {
    'jobs/often.yaml': 'schedule: "* * * * * *"\nto: [ou_a]\ntext: hello\n',
  });
  const { child, ended, atWork } = watch(t, project.start(['start']));
  await atWork();
  const idle = await project.larkcron(['tick', '--if-daemon-dead', '--for', '2s', '--json']);
  assert.deepEqual([idle.code, JSON.parse(idle.stdout)], [0, { runs: [], daemon: true }]);
  child.kill('SIGKILL');
  await ended;
  const before = sandbox.messages().length;
  const taken = await project.larkcron(['tick', '--if-daemon-dead', '--for', '2s']);
  assert.equal(taken.code, 0, taken.stderr);
  assert.ok(sandbox.messages().length > before);
});
