import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, SETTINGS } from '../support/project.ts';
import { openTestConsole } from '../web/fixture.ts';

const GUARDED = `${SETTINGS}guard: { recipients: [everyone, oc_group], maxPerRun: 2, maxPerHour: 4 }\n`;
const JOB = 'to: [ou_x, ou_y, ou_z]\ntext: hello\n';

it('what somebody addresses by hand goes to those of `guard` only, to so many at once and within an hour', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const project = createProject({ 'larkcron.yaml': GUARDED, 'jobs/report.yaml': JOB }, sandbox.url);
  const said = async (...args: string[]) => {
    const { code, stdout } = await project.larkcron([...args, '--json']);
    return [code, JSON.parse(stdout).error?.code ?? null];
  };
  const send = (to: readonly string[], ...more: string[]) =>
    said('send', ...to.flatMap((each) => ['--to', each]), '--text', 'hi', ...more);

  assert.deepEqual(await send(['ou_x']), [2, 'guard-recipient']);
  assert.deepEqual(await send(['ou_x'], '--dry-run'), [2, 'guard-recipient']);
  assert.deepEqual(await send(['ou_a', 'ou_b', 'oc_group']), [2, 'guard-run']);
  assert.deepEqual(await said('run', 'report', '--to', 'ou_x', '--yes'), [2, 'guard-recipient']);
  assert.equal(sandbox.messages().length, 0);

  // a job's own recipients are none of its business; the owner may always be written to
  assert.deepEqual(await said('run', 'report', '--yes'), [0, null]);
  assert.equal(sandbox.messages().length, 3);
  assert.deepEqual(await said('run', 'report', '--to', 'me', '--yes'), [0, null]);
  assert.deepEqual(await send(['everyone'], '--key', 'k'), [0, null]);
  assert.deepEqual(await send(['ou_a', 'ou_b']), [2, 'guard-hour']);
  // asked for again, the same message is no other one
  assert.deepEqual(await send(['everyone'], '--key', 'k'), [0, null]);
  assert.deepEqual(await send(['oc_group']), [0, null]);
  assert.deepEqual(await send(['me']), [2, 'guard-hour']);
  assert.equal(sandbox.messages().length, 7);
});

it('the API is bound as the command line is', async (t) => {
  const settings = `apps:\n  default: { id: cli_test, secret: top-secret-1234, endpoint: "\${FEISHU_ENDPOINT}" }\n
guard: { recipients: [ou_a], maxPerHour: 1 }\n`;
  const desk = await openTestConsole(t, { settings, jobs: { 'jobs/report.yaml': JOB } });
  const start = async (to: unknown) => {
    const { status, json } = await desk.ask('/api/jobs/report/runs', { method: 'POST', body: { to } });
    return [status, json.code ?? null];
  };
  assert.deepEqual(await start(['ou_x']), [403, 'guard-recipient']);
  assert.deepEqual(await start(['ou_a']), [200, null]);
  assert.deepEqual(await start(['ou_a']), [429, 'guard-hour']);
  assert.deepEqual(await start('everyone'), [200, null]);
});

it('a guard that names nobody known, or none at all, is a fault of the settings', async () => {
  const check = async (guard: string) => {
    const project = createProject({ 'larkcron.yaml': `${SETTINGS}guard: ${guard}\n`, 'jobs/report.yaml': JOB });
    const { code, stdout } = await project.larkcron(['check', '--json']);
    return [
      code,
      JSON.parse(stdout).problems.map((found: { code: string; line: number }) => `${found.code} ${found.line}`),
    ];
  };
  assert.deepEqual(await check('{ recipients: [nobody] }'), [2, ['unknown-recipient 7']]);
  assert.deepEqual(await check('{ maxPerDay: 5 }'), [2, ['unknown-key 7']]);
  assert.deepEqual(await check('{ maxPerRun: 0 }'), [2, ['wrong-type 7']]);
});
