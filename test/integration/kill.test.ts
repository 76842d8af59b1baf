import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, until } from '../support/project.ts';

const JOB = `to: [ou_a]
data:
  prices: { file: { path: prices.json } }
card:
  title: Prices
  body:
    - text: "{{ prices.first.price }}"
`;

it('killed between the request and its answer: one message, the first card, and its id in the ledger', async (t) => {
  const sandbox = await startSandbox({
    port: 0,
    clock: systemClock,
    keep: null,
    faults: [{ kind: 'hang', times: 1, match: { path: '/im/v1/messages' } }],
  });
  t.after(() => sandbox.close());
  const project = createProject({ 'jobs/prices.yaml': JOB, 'prices.json': '[{"price": "first"}]' }, sandbox.url);

  const run = project.start(['run', 'prices']);
  await until('the message is with Feishu, its answer is not back', () => sandbox.messages().length === 1);
  run.kill('SIGKILL');
  await new Promise((resolve) => run.on('close', resolve));
  project.write('prices.json', '[{"price": "second"}]');

  const tick = await project.larkcron(['tick', '--for', '20s', '--json']);
  assert.equal(tick.code, 0, tick.stderr);

  assert.equal(sandbox.messages().length, 1);
  const [message] = sandbox.messages();
  assert.match(JSON.stringify(message), /first/);
  const history = JSON.parse((await project.larkcron(['history', '--json'])).stdout) as {
    runs: { id: string; state: string }[];
  };
  assert.deepEqual(
    history.runs.map(({ state }) => state),
    ['delivered'],
  );
  const shown = JSON.parse((await project.larkcron(['show', history.runs[0]?.id ?? '', '--json'])).stdout) as {
    deliveries: { state: string; messageId: string; uuid: string; tries: unknown[] }[];
  };
  assert.equal(shown.deliveries[0]?.state, 'delivered');
  assert.equal(shown.deliveries[0]?.messageId, message?.messageId);
  assert.equal(shown.deliveries[0]?.tries.length, 2);
});

it('two ticks at once send each due time once', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null });
  t.after(() => sandbox.close());
  const project = createProject(
    { 'jobs/often.yaml': 'schedule: "* * * * *"\nto: [everyone]\ntext: hello\n' },
    sandbox.url,
  );
  const ticks = await Promise.all([1, 2, 3].map(() => project.larkcron(['tick', '--for', '1s'])));
  assert.deepEqual(
    ticks.map(({ code }) => code),
    [0, 0, 0],
    ticks.map(({ stderr }) => stderr).join(''),
  );
  const history = JSON.parse((await project.larkcron(['history', '--json'])).stdout) as { runs: { dueAt: string }[] };
  assert.equal(new Set(history.runs.map(({ dueAt }) => dueAt)).size, history.runs.length);
  assert.equal(sandbox.messages().length, history.runs.length * 2);
});

it('five pushes in five processes ask for one token', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null });
  t.after(() => sandbox.close());
  const project = createProject({ 'jobs/hello.yaml': 'to: [ou_a]\ntext: hello\n' }, sandbox.url);
  const pushes = await Promise.all([1, 2, 3, 4, 5].map(() => project.larkcron(['run', 'hello'])));
  assert.deepEqual(
    pushes.map(({ code }) => code),
    [0, 0, 0, 0, 0],
    pushes.map(({ stderr }) => stderr).join(''),
  );
  assert.equal(sandbox.messages().length, 5);
  assert.equal(sandbox.requests().filter(({ path }) => path.includes('tenant_access_token')).length, 1);
});
