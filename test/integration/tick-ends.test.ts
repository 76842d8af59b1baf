import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, until } from '../support/project.ts';

it('a tick comes to its end, though a job is due each second and a slow one is always behind', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const often = 'schedule: { cron: "* * * * * *", overlap: queue }\nto: [ou_a]\n';
  const slow = 'data: { d: { command: { argv: [sh, -c, "sleep 2; echo [{}]"] } } }\n';
  const project = createProject(
    { 'jobs/often.yaml': `${often}text: hi\n`, 'jobs/slow.yaml': `${often}${slow}text: hi\n` },
    sandbox.url,
  );
  await project.larkcron(['tick', '--for', '0s']);
  const tick = project.start(['tick', '--for', '3s']);
  t.after(() => tick.kill('SIGKILL'));
  let code: number | null = null;
  tick.on('close', (status) => {
    code = status;
  });
  await until('it has ended', () => code !== null, 25_000);
  assert.equal(code, 0);
});
