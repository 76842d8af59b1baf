import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, until } from '../support/project.ts';

it('says which processes are at work, on what, and which are silent', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const slow =
    'schedule: { at: "DUE" }\nto: [ou_a]\ndata: { d: { command: { argv: [sleep, "30"], format: json } } }\ntext: hi\n';
  const due = new Date(Date.now() + 3_000).toISOString();
  const project = createProject({ 'jobs/slow.yaml': slow.replace('DUE', due) }, sandbox.url);
  const nodes = async () =>
    (
      JSON.parse((await project.larkcron(['nodes', '--json'])).stdout) as {
        nodes: { pid: number; host: string; role: string; alive: boolean; runs: { job: string }[] }[];
      }
    ).nodes;
  assert.deepEqual(await nodes(), []);
  assert.match((await project.larkcron(['nodes'])).stdout, /No process of larkcron is at work/);
  const daemon = project.start(['start', '--no-console']);
  t.after(() => daemon.kill('SIGKILL'));
  await until('it prepares', async () => (await nodes()).some(({ runs }) => runs.length > 0));
  const [seen] = await nodes();
  assert.deepEqual(
    [seen?.pid, seen?.host, seen?.role, seen?.alive, seen?.runs.map(({ job }) => job)],
    [daemon.pid, hostname(), 'daemon', true, ['slow']],
  );
  assert.match((await project.larkcron(['nodes'])).stdout, /\(start\) {2}at work since .*\n {2}preparing slow/);
  daemon.kill('SIGKILL');
  await until('it is gone', async () => (await nodes())[0]?.alive === false);
  assert.match((await project.larkcron(['nodes'])).stdout, /✗ .*silent, last heard of at/);
});
