import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject } from '../support/project.ts';

it('a paused job sends nothing when it is due, by hand it does; resumed it makes up for nothing', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const project = createProject(
    {
      'jobs/often.yaml': 'schedule: "* * * * * *"\nto: [ou_a]\ntext: hi\n',
      'jobs/hand.yaml': 'to: [ou_a]\ntext: hi\n',
    },
    sandbox.url,
  );
  const run = async (...args: string[]) => {
    const ended = await project.larkcron(args);
    assert.equal(ended.code, 0, ended.stderr + ended.stdout);
    return ended.stdout;
  };
  assert.match(await run('pause', '--all', '--reason', 'moving'), /often is paused until larkcron resume/);
  const before = sandbox.messages().length;
  await run('tick', '--for', '2s');
  assert.equal(sandbox.messages().length, before);
  assert.match(await run('next', 'often', '-n', '1'), /left out.*the job is paused: moving/);
  const { jobs } = JSON.parse(await run('jobs', '--json')) as {
    jobs: { job: string; paused: { reason: string } | null }[];
  };
  assert.deepEqual(
    jobs.map(({ job, paused }) => [job, paused?.reason ?? null]),
    [
      ['hand', null],
      ['often', 'moving'],
    ],
  );
  await run('run', 'often');
  assert.equal(sandbox.messages().length, before + 1);
  assert.match(await run('resume', 'often'), /often goes on/);
  const history = JSON.parse(await run('history', 'often', '--json', '--limit', '100')) as {
    runs: { state: string; reason: { code: string } | null; trigger: string }[];
  };
  const due = history.runs.filter(({ trigger }) => trigger !== 'manual');
  assert.ok(due.length > 0);
  assert.deepEqual(new Set(due.map(({ state, reason }) => `${state} ${reason?.code}`)), new Set(['skipped paused']));
  await run('tick', '--for', '2s');
  assert.ok(sandbox.messages().length > before + 1);
  for (const args of [
    ['pause'],
    ['pause', 'often', '--all'],
    ['pause', 'often', '--until', '2020-01-01'],
    ['resume', 'nobody'],
  ])
    assert.equal((await project.larkcron(args)).code, 2, args.join(' '));
});
