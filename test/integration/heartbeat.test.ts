import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { beatUrl } from '../../src/heartbeat.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, SETTINGS } from '../support/project.ts';

const watcher = async (t: TestContext, status = 200) => {
  const beats: string[] = [];
  const server = createServer((asked, answer) => {
    beats.push(asked.url ?? '');
    asked.resume();
    answer.writeHead(status).end('OK');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return { beats, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};
const setUp = async (t: TestContext, files: Record<string, string>) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  return createProject(files, sandbox.url);
};

it('a watcher elsewhere hears of starts, successes and failures of a job, and that larkcron is at work', async (t) => {
  const { beats, url } = await watcher(t);
  const project = await setUp(t, {
    'larkcron.yaml': `${SETTINGS}heartbeat: ${url}/own-0123456789\n`,
    'jobs/good.yaml': `to: [ou_a]\nheartbeat: ${url}/good-0123456789?a=1\ntext: hi\n`,
    'jobs/bad.yaml': `to: [ou_a]\nheartbeat: ${url}/bad-0123456789\ndata: { d: { command: { argv: ["false"] } } }\ntext: hi\n`,
    'jobs/skips.yaml': `to: [ou_a]\nheartbeat: ${url}/skips-0123456789\nwhen: 1 > 2\ntext: hi\n`,
  });
  await project.larkcron(['run', 'good']);
  assert.deepEqual(beats.splice(0), ['/good-0123456789/start?a=1', '/good-0123456789?a=1']);
  await project.larkcron(['run', 'bad']);
  assert.deepEqual(beats.splice(0), ['/bad-0123456789/start', '/bad-0123456789/fail']);
  await project.larkcron(['run', 'skips']);
  assert.deepEqual(beats.splice(0), ['/skips-0123456789/start', '/skips-0123456789']);
  await project.larkcron(['run', 'good', '--to', 'me']);
  assert.deepEqual(beats.splice(0), [], 'a test run says nothing of the job');
  assert.equal((await project.larkcron(['tick', '--for', '1s'])).code, 0);
  assert.deepEqual(beats, ['/own-0123456789']);
});

it('a watcher that does not answer holds up nothing: it is noted, without its address', async (t) => {
  const { url } = await watcher(t, 500);
  const project = await setUp(t, { 'jobs/good.yaml': `to: [ou_a]\nheartbeat: ${url}/good-0123456789\ntext: hi\n` });
  assert.equal((await project.larkcron(['run', 'good'])).code, 0);
  const log = readFileSync(join(project.folder, '.larkcron', 'logs', 'push.log'), 'utf8');
  assert.match(log, /good 的 heartbeat 没有送到:HTTP 500/);
  assert.doesNotMatch(log, /good-0123456789/);
});

it('an address that is none is refused', async (t) => {
  const project = await setUp(t, { 'jobs/good.yaml': 'to: [ou_a]\nheartbeat: hc-ping.com/x\ntext: hi\n' });
  const ended = await project.larkcron(['check', '--json']);
  assert.equal(ended.code, 2);
  assert.match(ended.stdout, /bad-heartbeat/);
});

it('its addresses follow the convention of healthchecks', () => {
  for (const [url, beat, expected] of [
    ['https://hc-ping.com/abc', 'success', 'https://hc-ping.com/abc'],
    ['https://hc-ping.com/abc/', 'start', 'https://hc-ping.com/abc/start'],
    ['https://kuma.example.com/api/push/x?status=up', 'fail', 'https://kuma.example.com/api/push/x/fail?status=up'],
  ] as const)
    assert.equal(beatUrl(url, beat), expected);
});
