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
  const files = { 'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', ''), 'jobs/alarm.yaml': `${job}text: fire\n` };
  const calls = (): number => sandbox.requests().filter(({ path }) => path.includes('/urgent_')).length;
  return { sandbox, project: createProject(files, sandbox.url), calls };
};

it('people are told at once, by id also where an e-mail address was written; groups are not', async (t) => {
  const { sandbox, project } = await setUp(t, 'to: [ou_a, boss@example.com, oc_g]\nurgent: phone\n');
  const { code, stdout, stderr } = await project.larkcron(['run', 'alarm', '--yes', '--json']);
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    sandbox
      .messages()
      .map(({ recipient, urgent }) => `${recipient.idType} ${urgent.map(({ by }) => by)}`)
      .sort(),
    ['chat_id ', 'open_id phone', 'open_id phone'],
  );
  const { deliveries } = JSON.parse(stdout) as { deliveries: { urgent?: unknown }[] };
  assert.deepEqual(
    deliveries.map(({ urgent }) => urgent),
    [{ by: 'phone', state: 'done', code: 0 }, { by: 'phone', state: 'done', code: 0 }, null],
  );
});

it('a test run, and a run to more people than may be called, tell nobody at once', async (t) => {
  const { sandbox, project, calls } = await setUp(t, 'to: [ou_a, ou_b, ou_c]\nurgent: { by: sms, most: 2 }\n');
  await project.larkcron(['run', 'alarm', '--to', 'ou_a']);
  const { stderr } = await project.larkcron(['run', 'alarm', '--yes', '-v']);
  assert.match(stderr, /more than the 2/);
  const quiet = await project.larkcron(['run', 'alarm', '--yes']);
  assert.match(quiet.stdout, /! There are 3 people, more than urgent\.most \(2\): nobody was told at once\./);
  const json = JSON.parse((await project.larkcron(['run', 'alarm', '--yes', '--json'])).stdout) as {
    urgentWithheld: unknown;
  };
  assert.deepEqual(json.urgentWithheld, { people: 3, most: 2 });
  assert.equal(sandbox.messages().length, 10);
  assert.equal(calls(), 0);
});

it('a refusal is noted beside the delivery, which has arrived all the same', async (t) => {
  const { project, calls } = await setUp(t, 'to: [ou_a]\nurgent: sms\n', ['230024:path=urgent_sms']);
  const { code, stdout } = await project.larkcron(['run', 'alarm']);
  assert.equal(code, 0);
  assert.match(stdout, /not told at once.*\n.*quota of urgent texts or calls is used up · code 230024\n.*→ Buy more/);
  assert.deepEqual((await lastRun(project)).deliveries[0]?.urged, { state: 'refused', code: 230024 });
  await project.larkcron(['tick', '--for', '1s']);
  assert.equal(calls(), 1);
});

it('a limit that is over in a moment is waited for, and the person is told at once all the same', async (t) => {
  const { project, calls } = await setUp(t, 'to: [ou_a]\nurgent: phone\n', ['429:seconds=1,times=1,path=urgent_phone']);
  assert.equal((await project.larkcron(['run', 'alarm'])).code, 0);
  assert.deepEqual((await lastRun(project)).deliveries[0]?.urged, { state: 'done', code: 0 });
  assert.equal(calls(), 2);
});

it('a limit that lasts is left to tick, which does not ask before its time', async (t) => {
  const { project, calls } = await setUp(t, 'to: [ou_a]\nurgent: phone\n', ['429:seconds=60,path=urgent_phone']);
  const run = await project.larkcron(['run', 'alarm', '--wait', '1s']);
  assert.equal(run.code, 0);
  assert.match(run.stdout, /not yet told at once; tick or start tries again/);
  await project.larkcron(['tick', '--for', '1s']);
  assert.equal(calls(), 1);
  assert.equal((await lastRun(project)).deliveries[0]?.urged, null);
});

it('check warns of `urgent` where nobody can be told at once', async (t) => {
  const { project } = await setUp(t, 'to: [oc_g]\nurgent: phone\n');
  const { code, stderr } = await project.larkcron(['check', 'alarm']);
  assert.equal(code, 0);
  assert.match(stderr, /nobody will be told at once/);
  project.write('jobs/alarm.yaml', 'to: [oc_g, ou_a]\nurgent: phone\ntext: fire\n');
  assert.doesNotMatch((await project.larkcron(['check', 'alarm'])).stderr, /nobody will be told at once/);
});

it('a lost answer, or a process killed meanwhile: nobody is called twice', async (t) => {
  const lost = await setUp(t, 'to: [ou_a]\nurgent: phone\n', ['lost-answer:path=urgent_phone']);
  await lost.project.larkcron(['run', 'alarm']);
  await lost.project.larkcron(['tick', '--for', '1s']);
  assert.equal(lost.calls(), 1);
  assert.equal((await lastRun(lost.project)).deliveries[0]?.urged?.state, 'unknown');

  const killed = await setUp(t, 'to: [ou_a]\nurgent: phone\n', ['slow:seconds=5,path=urgent_phone']);
  const run = killed.project.start(['run', 'alarm']);
  const ended = new Promise((resolve) => run.on('close', resolve));
  await until('the call is under way', () => killed.calls() > 0);
  run.kill('SIGKILL');
  await ended;
  await killed.project.larkcron(['tick', '--for', '1s']);
  assert.equal(killed.calls(), 1);
});
