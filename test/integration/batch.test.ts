import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { lastRun } from '../support/ledger-of.ts';
import { createProject, SETTINGS, until } from '../support/project.ts';

const setUp = async (t: TestContext, job: string, faults: readonly string[] = []) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: faults.map(parseFault) });
  t.after(() => sandbox.close());
  const files = { 'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', ''), 'jobs/all.yaml': job };
  return { sandbox, project: createProject(files, sandbox.url) };
};
const people = (count: number): string => Array.from({ length: count }, (_, i) => `ou_${i}`).join(', ');
const CARD = 'card:\n  title: All hands\n  body:\n    - text: hello\n';

it('450 people are three calls, each has one message, and the progress is read back', async (t) => {
  const { sandbox, project } = await setUp(t, `to: [${people(450)}, staff@example.com]\nbatch: true\n${CARD}`);
  const { code, stderr } = await project.larkcron(['run', 'all', '--yes']);
  assert.equal(code, 0, stderr);
  assert.equal(sandbox.messages().length, 451);
  assert.equal(sandbox.requests().filter(({ path }) => path.includes('batch_send')).length, 3);
  const { run, deliveries } = await lastRun(project);
  assert.deepEqual(
    deliveries.map(({ recipient, messageId }) => [recipient, messageId?.slice(0, 3)]),
    [
      ['batch 1/3 (200)', 'bm-'],
      ['batch 2/3 (200)', 'bm-'],
      ['batch 3/3 (51)', 'bm-'],
    ],
  );
  // progress is asked for two seconds after the batch was taken
  const isKnown = async (): Promise<boolean> => {
    await project.larkcron(['tick', '--for', '1s']);
    return (await lastRun(project)).deliveries.every(({ progress }) => progress !== null);
  };
  await until('the progress is known', isKnown);
  const shown = JSON.parse((await project.larkcron(['show', run?.id ?? '', '--json'])).stdout) as {
    deliveries: { progress: unknown }[];
  };
  assert.deepEqual(shown.deliveries[2]?.progress, { valid: 51, success: 51, read: 0 });
});

it('whom the batch does not reach is a delivery that was refused, and resend sends to them alone', async (t) => {
  const { sandbox, project } = await setUp(t, `to: [ou_a, "on_b", { userId: oc_bad }]\nbatch: true\n${CARD}`);
  assert.equal((await project.larkcron(['run', 'all', '--yes'])).code, 1);
  const { run, deliveries } = await lastRun(project);
  assert.equal(run?.state, 'partial');
  assert.deepEqual(
    deliveries.map(({ recipient, state, reason }) => [recipient, state, reason?.code]),
    [
      ['batch 1/1 (3)', 'delivered', undefined],
      ['oc_bad', 'rejected', 'not-reached'],
    ],
  );
  assert.equal(sandbox.messages().length, 2);
  assert.equal((await project.larkcron(['resend', run?.id ?? '', '--yes'])).code, 1);
  assert.equal(sandbox.messages().length, 2);
});

it('a lost answer is unknown and not repeated', async (t) => {
  const { sandbox, project } = await setUp(t, `to: [ou_a, ou_b]\nbatch: true\n${CARD}`, ['lost-answer:times=1']);
  assert.equal((await project.larkcron(['run', 'all', '--yes'])).code, 3);
  await project.larkcron(['tick', '--for', '2s']);
  assert.equal(sandbox.messages().length, 2);
  const { deliveries } = await lastRun(project);
  assert.deepEqual([deliveries[0]?.state, deliveries[0]?.tries], ['unknown', 1]);
});

it('the daily quota is the app’s: nothing more is tried', async (t) => {
  const { project } = await setUp(t, `to: [${people(500)}]\nbatch: true\n${CARD}`, ['11247']);
  const { code, stdout } = await project.larkcron(['run', 'all', '--yes']);
  assert.equal(code, 1);
  assert.match(stdout, /11247|quota/);
});

it('a batch is taken back as a whole', async (t) => {
  const { sandbox, project } = await setUp(t, `to: [ou_a, ou_b]\nbatch: true\n${CARD}`);
  await project.larkcron(['run', 'all', '--yes']);
  const { code } = await project.larkcron(['recall', (await lastRun(project)).run?.id ?? '', '--yes']);
  assert.equal(code, 0);
  assert.ok(sandbox.messages().every(({ recalledAt }) => recalledAt !== null));
});

it('settings: groups cannot be in a batch, nor attachments', async (t) => {
  const { project } = await setUp(t, `to: [ou_a, oc_g]\nbatch: true\nattach: [{ file: x }]\n${CARD}`);
  const { code, stderr } = await project.larkcron(['check']);
  assert.equal(code, 2);
  assert.match(stderr, /batch cannot be used together with oc_g/);
  assert.match(stderr, /attach cannot be used together with batch/);
});
