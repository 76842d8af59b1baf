import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { lastRun } from '../support/ledger-of.ts';
import { createProject, SETTINGS } from '../support/project.ts';

const setUp = async (t: TestContext, { to, fault }: { to: readonly string[]; fault: string }) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [parseFault(fault)] });
  t.after(() => sandbox.close());
  const project = createProject(
    {
      'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', ''),
      'jobs/hello.yaml': `to: [${to.join(', ')}]\ntext: hello\n`,
    },
    sandbox.url,
  );
  const sends = () => sandbox.requests().filter(({ path }) => path.includes('/im/v1/messages'));
  return { sandbox, project, sends };
};

it('x-ogw-ratelimit-reset is kept to the second', async (t) => {
  const { project, sends } = await setUp(t, { to: ['ou_a'], fault: '429:seconds=2,times=2' });
  const run = await project.larkcron(['run', 'hello']);
  assert.equal(run.code, 0, run.stdout + run.stderr);
  const times = sends().map(({ at }) => at);
  assert.equal(times.length, 3);
  for (const [i, at] of times.slice(1).entries()) {
    const waited = at - (times[i] ?? 0);
    // up to a second more so that not all come back at once, and what a busy machine takes
    assert.ok(waited >= 2_000 && waited <= 3_500, `${waited} ms`);
  }
});

it('a retry that waits outlives its process: tick goes on with it', async (t) => {
  const { sandbox, project, sends } = await setUp(t, { to: ['ou_a', 'ou_b'], fault: '230020:recipient=ou_b,times=1' });
  const run = await project.larkcron(['run', 'hello', '--wait', '0s']);
  assert.equal(run.code, 3, run.stdout + run.stderr);
  const tick = await project.larkcron(['tick', '--for', '20s']);
  assert.equal(tick.code, 0, tick.stderr);
  const { run: ended, deliveries } = await lastRun(project);
  assert.equal(ended?.state, 'delivered');
  assert.deepEqual(
    deliveries.map(({ tries }) => tries),
    [1, 2],
  );
  assert.equal(sandbox.messages().length, 2);
  assert.equal(sends().length, 3);
});

it("an app's own fault is not repeated a thousand times", async (t) => {
  const to = Array.from({ length: 1_000 }, (_, i) => `ou_${i}`);
  const { project, sends } = await setUp(t, { to, fault: '99991672' });
  const run = await project.larkcron(['run', 'hello']);
  assert.equal(run.code, 1);
  assert.ok(sends().length <= 100, `${sends().length} requests`);
  const { run: ended, deliveries } = await lastRun(project);
  assert.equal(ended?.reason?.code, 'app-fault');
  assert.equal(deliveries.filter(({ state, fault }) => state === 'rejected' && fault === 'app').length, 1_000);
});
