import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, SETTINGS, until } from '../support/project.ts';

const setUp = async (t: TestContext, files: Record<string, string>, faults: readonly string[] = []) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: faults.map(parseFault) });
  t.after(() => sandbox.close());
  const settings = SETTINGS.replace('owner: ou_owner\n', ''); // nobody is told, so only the job's own messages are there
  const project = createProject({ ...files, 'larkcron.yaml': settings }, sandbox.url);
  const lastRun = async () => {
    const { stdout } = await project.larkcron(['history', '--json']);
    return (JSON.parse(stdout) as { runs: { id: string; state: string }[] }).runs[0] as { id: string; state: string };
  };
  return { sandbox, project, lastRun };
};

type Report = {
  run: { state: string };
  deliveries: { recipient: string; state: string; attempts: number; recalledAt: string | null; tries: unknown[] }[];
};

it('resend sends what was refused, and nobody else gets it twice', async (t) => {
  const { sandbox, project, lastRun } = await setUp(t, { 'jobs/hello.yaml': 'to: [ou_a, ou_b]\ntext: hello\n' }, [
    '230013:recipient=ou_b,times=1',
  ]);
  assert.equal((await project.larkcron(['run', 'hello'])).code, 1);
  const { id, state } = await lastRun();
  assert.equal(state, 'partial');
  const again = await project.larkcron(['resend', id, '--json']);
  assert.equal(again.code, 0, again.stderr);
  const report = JSON.parse(again.stdout) as Report;
  assert.equal(report.run.state, 'delivered');
  assert.deepEqual(
    report.deliveries.map(({ state: each }) => each),
    ['delivered', 'delivered'],
  );
  assert.equal(sandbox.messages().length, 2);
  const shown = JSON.parse((await project.larkcron(['show', id, '--json'])).stdout) as Report;
  assert.equal(shown.deliveries.find(({ recipient }) => recipient === 'ou_b')?.tries.length, 2);
});

it('resend --to names one of its recipients, and says which there are', async (t) => {
  const { project, lastRun } = await setUp(t, { 'jobs/hello.yaml': 'to: [ou_a, ou_b]\ntext: hello\n' }, [
    '230013:times=2',
  ]);
  await project.larkcron(['run', 'hello']);
  const { id } = await lastRun();
  const wrong = await project.larkcron(['resend', id, '--to', 'ou_x']);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /ou_x is no recipient of this run.*not-in-run/s);
  const one = await project.larkcron(['resend', id, '--to', 'ou_a', '--json']);
  assert.equal(one.code, 1);
  assert.deepEqual((JSON.parse(one.stdout) as Report).deliveries.map(({ state }) => state).sort(), [
    'delivered',
    'rejected',
  ]);
});

it('resend --render makes a new card of new data', async (t) => {
  const job =
    'to: [ou_a]\nfallback: none\ndata:\n  p: { file: { path: p.json } }\ncard:\n  title: P\n  body:\n    - text: "{{ p.first.v }}"\n';
  const { sandbox, project, lastRun } = await setUp(t, { 'jobs/p.yaml': job, 'p.json': '[{"v":"old"}]' }, [
    '230099:200621:times=1',
  ]);
  await project.larkcron(['run', 'p']);
  project.write('p.json', '[{"v":"new"}]');
  const again = await project.larkcron(['resend', (await lastRun()).id, '--render']);
  assert.equal(again.code, 0, again.stderr);
  assert.match(JSON.stringify(sandbox.messages()), /new/);
  assert.doesNotMatch(JSON.stringify(sandbox.messages()), /old/);
});

it('resend begins a run anew whose source had failed', async (t) => {
  const job = 'to: [ou_a]\ndata:\n  p: { command: { argv: [cat, p.json] } }\ntext: "{{ p.first.v }}"\n';
  const { sandbox, project, lastRun } = await setUp(t, { 'jobs/p.yaml': job });
  assert.equal((await project.larkcron(['run', 'p'])).code, 1);
  project.write('p.json', '[{"v":"there"}]');
  const again = await project.larkcron(['resend', (await lastRun()).id]);
  assert.equal(again.code, 0, again.stderr);
  assert.equal(sandbox.messages().length, 1);
});

it('recall takes the messages back, once', async (t) => {
  const { sandbox, project, lastRun } = await setUp(t, { 'jobs/hello.yaml': 'to: [ou_a, oc_g]\ntext: hello\n' });
  await project.larkcron(['run', 'hello']);
  const { id } = await lastRun();
  const back = await project.larkcron(['recall', id, '--json']);
  assert.equal(back.code, 0, back.stderr);
  assert.ok((JSON.parse(back.stdout) as Report).deliveries.every(({ recalledAt }) => recalledAt !== null));
  assert.ok(sandbox.messages().every(({ recalledAt }) => recalledAt !== null));
  assert.equal((await project.larkcron(['recall', id])).code, 0);
  assert.equal(sandbox.requests().filter(({ method }) => method === 'DELETE').length, 2);
});

it('a run that was recalled is not resent, and nothing is asked of Feishu', async (t) => {
  const { sandbox, project, lastRun } = await setUp(t, { 'jobs/hello.yaml': 'to: [ou_a, ou_b]\ntext: hello\n' }, [
    '230013:recipient=ou_b,times=1',
  ]);
  await project.larkcron(['run', 'hello']);
  const { id } = await lastRun();
  assert.equal((await project.larkcron(['recall', id])).code, 0);
  const before = sandbox.requests().length;
  const again = await project.larkcron(['resend', id, '--yes']);
  assert.equal(again.code, 2);
  assert.match(again.stderr, /was recalled.*\[was-recalled\].*larkcron run hello; add --to/s);
  assert.equal(sandbox.requests().length, before);
});

it('recall says why a message cannot be taken back', async (t) => {
  const { project, lastRun } = await setUp(t, { 'jobs/hello.yaml': 'to: [ou_a]\ntext: hello\n' }, [
    '230026:path=/im/v1/messages/om_',
  ]);
  await project.larkcron(['run', 'hello']);
  const back = await project.larkcron(['recall', (await lastRun()).id]);
  assert.equal(back.code, 1);
  assert.match(back.stdout, /230026/);
});

it('recall keeps to the wait that Feishu names', async (t) => {
  const { sandbox, project, lastRun } = await setUp(t, { 'jobs/hello.yaml': 'to: [ou_a, ou_b]\ntext: hello\n' }, [
    '429:seconds=600,path=/im/v1/messages/om_',
  ]);
  await project.larkcron(['run', 'hello']);
  const { id } = await lastRun();
  const asked = () => sandbox.requests().filter(({ method }) => method === 'DELETE').length;
  assert.equal((await project.larkcron(['recall', id, '--yes', '--wait', '3s'])).code, 3);
  await project.larkcron(['tick', '--for', '2s']);
  assert.equal(asked(), 2);
  sandbox.clearFaults();
  await project.larkcron(['tick', '--for', '1s']);
  assert.equal(asked(), 2);
});

it('recall says that the app is no longer in the settings, and does not wait for it', async (t) => {
  const { sandbox, project, lastRun } = await setUp(t, { 'jobs/hello.yaml': 'to: [ou_a]\ntext: hello\n' });
  await project.larkcron(['run', 'hello']);
  const { id } = await lastRun();
  const settings = SETTINGS.replace('owner: ou_owner\n', '');
  const renamed = settings.replace('default:', 'other:');
  project.write('larkcron.yaml', renamed);
  project.write('jobs/hello.yaml', 'to: [ou_a]\napp: other\ntext: hello\n');
  const back = await project.larkcron(['recall', id, '--wait', '600s']);
  assert.equal(back.code, 1, back.stderr);
  assert.match(back.stdout, /no longer in larkcron\.yaml.*\n.*→ Write the app back into apps, then larkcron recall/);
  project.write('larkcron.yaml', settings);
  project.write('jobs/hello.yaml', 'to: [ou_a]\ntext: hello\n');
  assert.equal((await project.larkcron(['recall', id])).code, 0);
  assert.ok(sandbox.messages().every(({ recalledAt }) => recalledAt !== null));
});

it('Ctrl-C cancels what is unsent and waits for the answers under way; resend sends the rest', async (t) => {
  const people = Array.from({ length: 120 }, (_, i) => `ou_${i}`);
  const { sandbox, project, lastRun } = await setUp(
    t,
    { 'jobs/many.yaml': `to: [${people.join(', ')}]\ntext: hello\n` },
    ['slow:seconds=0.3'],
  );
  const run = project.start(['run', 'many']);
  await until('the first have arrived', () => sandbox.messages().length > 5);
  run.kill('SIGINT');
  const code = await new Promise((resolve) => run.on('close', resolve));
  assert.equal(code, 130);
  const { id, state } = await lastRun();
  assert.equal(state, 'partial');
  const sent = sandbox.messages().length;
  assert.ok(sent < 120, `${sent} were sent`);
  const states = (JSON.parse((await project.larkcron(['show', id, '--json'])).stdout) as Report).deliveries.map(
    (each) => each.state,
  );
  assert.deepEqual(new Set(states), new Set(['delivered', 'cancelled']));
  assert.equal(states.filter((each) => each === 'delivered').length, sent);
  sandbox.clearFaults();
  assert.equal((await project.larkcron(['resend', id])).code, 0);
  assert.equal(sandbox.messages().length, 120);
});

it('SIGTERM leaves the rest to the next process', async (t) => {
  const people = Array.from({ length: 120 }, (_, i) => `ou_${i}`);
  const { sandbox, project, lastRun } = await setUp(
    t,
    { 'jobs/many.yaml': `to: [${people.join(', ')}]\ntext: hello\n` },
    ['slow:seconds=0.3'],
  );
  const run = project.start(['run', 'many']);
  await until('the first have arrived', () => sandbox.messages().length > 5);
  run.kill('SIGTERM');
  assert.equal(await new Promise((resolve) => run.on('close', resolve)), 143);
  sandbox.clearFaults();
  assert.equal((await project.larkcron(['tick', '--for', '20s'])).code, 0);
  assert.equal((await lastRun()).state, 'delivered');
  assert.equal(sandbox.messages().length, 120);
});

it('cancel stops a run that is being sent by another process', async (t) => {
  const people = Array.from({ length: 300 }, (_, i) => `ou_${i}`);
  const { sandbox, project, lastRun } = await setUp(t, {
    'jobs/many.yaml': `to: [${people.join(', ')}]\ntext: hello\n`,
  });
  const run = project.start(['run', 'many']);
  // it may be over before the command that cancels it
  const ended = new Promise((resolve) => run.on('close', resolve));
  await until('the first have arrived', () => sandbox.messages().length > 20);
  const { id } = await lastRun();
  assert.equal((await project.larkcron(['cancel', id])).code, 0);
  assert.equal(await ended, 1);
  const states = (JSON.parse((await project.larkcron(['show', id, '--json'])).stdout) as Report).deliveries.map(
    (each) => each.state,
  );
  assert.equal(states.filter((each) => each === 'delivered').length, sandbox.messages().length);
  assert.ok(states.includes('cancelled'));
});

it('a deleted job: its pending run is skipped', async (t) => {
  const job = 'schedule: "* * * * *"\nto: [ou_a]\ndata:\n  p: { http: { url: "http://127.0.0.1:9/" } }\ntext: hello\n';
  const { sandbox, project, lastRun } = await setUp(t, {
    'jobs/gone.yaml': job,
    'jobs/stays.yaml': 'to: [ou_a]\ntext: x\n',
  });
  await project.larkcron(['tick', '--for', '1s']);
  assert.equal((await lastRun()).state, 'pending');
  const { rmSync } = await import('node:fs');
  rmSync(`${project.folder}/jobs/gone.yaml`);
  await project.larkcron(['tick', '--for', '1s']);
  assert.equal((await lastRun()).state, 'skipped');
  assert.equal(sandbox.messages().length, 0);
});
