import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { lastRun } from '../support/ledger-of.ts';
import { createProject, SETTINGS } from '../support/project.ts';

const setUp = async (
  t: TestContext,
  to: string,
  faults: readonly string[] = [],
  limits: 'feishu' | 'off' = 'feishu',
) => {
  const sandbox = await startSandbox({
    port: 0,
    clock: systemClock,
    keep: null,
    limits,
    faults: faults.map(parseFault),
  });
  t.after(() => sandbox.close());
  const settings = SETTINGS.replace('owner: ou_owner\n', '');
  const project = createProject(
    { 'larkcron.yaml': settings, 'jobs/hello.yaml': `to: ${to}\ntext: hello\n` },
    sandbox.url,
  );
  const calls = (path: string) => sandbox.requests().filter((request) => request.path.includes(path)).length;
  return { sandbox, project, calls };
};

it('a person named by e-mail, by number and by open_id gets one message', async (t) => {
  const { sandbox, project } = await setUp(t, '[ann@example.com, { mobile: "+8613800000001" }]');
  assert.equal((await project.larkcron(['run', 'hello'])).code, 0);
  const ann = (await lastRun(project)).deliveries.find(({ recipient }) => recipient === 'ann@example.com')?.target.id;
  assert.match(ann ?? '', /^ou_/);
  project.write('jobs/again.yaml', `to: [ANN@example.com, ${ann}, ann@example.com]\ntext: hello\n`);
  assert.equal((await project.larkcron(['run', 'again'])).code, 0);
  const { deliveries } = await lastRun(project);
  assert.deepEqual(
    deliveries.map(({ recipient, target }) => [recipient, target.id]),
    [['ANN@example.com', ann]],
  );
  assert.equal(sandbox.messages().length, 3);
});

it('everybody in a department and below it gets one message, page by page', async (t) => {
  const { sandbox, project } = await setUp(t, '[{ department: od-sandbox }, ou_sandbox_oncall_01]');
  assert.equal((await project.larkcron(['run', 'hello'])).code, 0);
  const ids = sandbox.messages().map(({ recipient }) => recipient.id);
  assert.equal(ids.length, 2 + 70 + 3);
  assert.equal(new Set(ids).size, ids.length);
});

it('what was found is not asked for again the same day', async (t) => {
  const { project, calls } = await setUp(t, '[ann@example.com, bob@example.com]');
  await project.larkcron(['run', 'hello']);
  await project.larkcron(['run', 'hello']);
  assert.equal(calls('batch_get_id'), 1);
});

it('one e-mail address alone needs no look-up', async (t) => {
  const { sandbox, project, calls } = await setUp(t, 'ann@example.com');
  assert.equal((await project.larkcron(['run', 'hello'])).code, 0);
  assert.equal(calls('batch_get_id'), 0);
  assert.equal(sandbox.messages().length, 1);
});

it('somebody whom nobody knows holds up nobody, and is said to be missing', async (t) => {
  const { sandbox, project } = await setUp(
    t,
    '[ann@example.com, nobody@unknown.example, { mobile: "+8613800000009" }]',
  );
  const run = await project.larkcron(['run', 'hello']);
  assert.equal(run.code, 1);
  assert.match(run.stdout, /Nobody has nobody@unknown\.example/);
  assert.equal(sandbox.messages().length, 2);
  const { run: recorded, deliveries } = await lastRun(project);
  assert.equal(recorded?.state, 'partial');
  assert.equal(deliveries.find(({ state }) => state === 'rejected')?.reason?.code, 'recipient-not-found');
});

it('without the right to look people up an e-mail address is written to as it is, a number is refused with the cause', async (t) => {
  const { sandbox, project } = await setUp(t, '[ann@example.com, { mobile: "+8613800000001" }]', [
    '99991672:path=batch_get_id',
  ]);
  const run = await project.larkcron(['run', 'hello']);
  assert.equal(run.code, 1);
  assert.match(run.stdout, /\+8613800000001 could not be looked up: the app lacks a scope/);
  assert.deepEqual(
    sandbox.messages().map(({ recipient }) => recipient.id),
    ['ann@example.com'],
  );
});

it('an occurrence whose recipients cannot be looked up for now is tried again later', async (t) => {
  const { sandbox, project } = await setUp(t, '[{ department: od-sandbox-oncall }]\nschedule: "* * * * *"', [
    '502-html:path=departments,times=1',
  ]);
  await project.larkcron(['tick', '--for', '1s']);
  const { run } = await lastRun(project);
  assert.equal(run?.state, 'pending');
  assert.equal(sandbox.messages().length, 0);
});

for (const [fault, words] of [
  ['broken-list:path=children', /list goes on, but not where its next page is/],
  ['broken-list:path=find_by_department', /list goes on, but not where its next page is/],
  ['no-data:path=find_by_department', /its answer is empty/],
  ['endless-list:path=children', /goes on after 400 pages/],
] as const)
  it(`a list of people that is not whole is no list, and the run is tried again: ${fault}`, async (t) => {
    const { sandbox, project } = await setUp(t, '[{ department: od-sandbox }]\nschedule: "* * * * *"', [fault], 'off');
    const run = await project.larkcron(['run', 'hello', '--due', 'last', '--wait', '0s', '--yes']);
    assert.match(run.stdout + run.stderr, words);
    assert.equal((await lastRun(project)).run?.state, 'pending');
    assert.equal(sandbox.messages().length, 0);
  });

it('a look-up whose answer is empty says of nobody that there is no such person', async (t) => {
  const to = '[{ mobile: "+8613800000001" }]\nschedule: "* * * * *"';
  const { project } = await setUp(t, to, ['no-data:path=batch_get_id,times=1']);
  await project.larkcron(['run', 'hello', '--due', 'last', '--wait', '0s']);
  assert.equal((await lastRun(project)).run?.state, 'pending');
});

it('more recipients than allowed: nothing is sent', async (t) => {
  const { sandbox, project } = await setUp(t, '[{ department: od-sandbox }]\nmaxRecipients: 50');
  const run = await project.larkcron(['run', 'hello']);
  assert.equal(run.code, 1);
  assert.match(run.stdout, /75 recipients, more than the 50 allowed/);
  assert.equal(sandbox.messages().length, 0);
});

it('jobs of two apps send as two bots', async (t) => {
  const { sandbox, project } = await setUp(t, 'ou_a');
  const two = SETTINGS.replace(
    'apps:',
    'apps:\n  other: { id: cli_other, secret: top-secret-5678, endpoint: "${FEISHU_ENDPOINT}" }',
  );
  project.write('larkcron.yaml', two);
  project.write('jobs/second.yaml', 'app: other\nto: [ann@example.com, bob@example.com]\ntext: hello\n');
  assert.equal((await project.larkcron(['run', 'hello', 'second'])).code, 0);
  assert.deepEqual(
    sandbox
      .messages()
      .map(({ app }) => app)
      .sort(),
    ['cli_other', 'cli_other', 'cli_test'],
  );
});

it('resend looks up anew whom nobody knew, and turns a department into its people', async (t) => {
  const job = '[ann@example.com, { department: od-sandbox-oncall }, ou_b]';
  const { sandbox, project } = await setUp(t, job, ['99991672:path=batch_get_id', '40004:path=departments/od']);
  project.write(
    'jobs/hello.yaml',
    `to: [{ mobile: "13800000001" }, { department: od-sandbox-oncall }, ou_b]\ntext: hello\n`,
  );
  assert.equal((await project.larkcron(['run', 'hello', '--yes'])).code, 1);
  const { run } = await lastRun(project);
  assert.equal(sandbox.messages().length, 1);
  const still = await project.larkcron(['resend', run?.id ?? '', '--yes']);
  assert.equal(still.code, 1);
  assert.match(still.stdout, /still cannot be/);
  sandbox.clearFaults();
  const again = await project.larkcron(['resend', run?.id ?? '', '--yes']);
  assert.equal(again.code, 0, again.stdout + again.stderr);
  assert.equal(sandbox.messages().length, 1 + 1 + 4);
  const { deliveries, run: ended } = await lastRun(project);
  assert.equal(ended?.state, 'delivered');
  assert.equal(new Set(deliveries.map(({ uuid }) => uuid)).size, deliveries.length);
  assert.equal((await project.larkcron(['resend', run?.id ?? ''])).code, 0);
  assert.equal(sandbox.messages().length, 6);
});

it('resend does not write again to somebody of a department who has the message', async (t) => {
  const { sandbox, project } = await setUp(t, '[{ department: od-sandbox-oncall }, ou_sandbox_oncall_01]', [
    '40004:path=departments/od',
  ]);
  await project.larkcron(['run', 'hello', '--yes']);
  sandbox.clearFaults();
  await project.larkcron(['resend', (await lastRun(project)).run?.id ?? '', '--yes']);
  assert.equal(sandbox.messages().length, 4);
  assert.equal(new Set(sandbox.messages().map(({ recipient }) => recipient.id)).size, 4);
});
