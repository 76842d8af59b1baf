import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { inLedger } from '../support/ledger-of.ts';
import { createProject, SETTINGS } from '../support/project.ts';

const JOB = `to: [ou_a, ou_b]
data: { d: { rows: [{ a: 1 }, { a: 2 }] } }
card:
  title: "Sales {{ d.rows.size }}"
  body:
    - table: { rows: d }
`;

const setUp = async (t: TestContext, job: string, faults: readonly string[], settings = SETTINGS) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: faults.map(parseFault) });
  t.after(() => sandbox.close());
  const project = createProject({ 'larkcron.yaml': settings, 'jobs/j.yaml': job }, sandbox.url);
  const said = () => sandbox.messages().map(({ recipient, msgType }) => `${recipient.id} ${msgType}`);
  const runs = () =>
    inLedger(project, ({ history }) => history.runs({ job: 'j', states: null, since: null, limit: 10 }));
  return { sandbox, project, said, runs };
};

const REFUSED = '230099:200621:recipient=ou_a,times=1';

it('a card that Feishu refuses: title, reason and data go out instead to who lacks it, and the owner hears', async (t) => {
  const { sandbox, project, said, runs } = await setUp(t, JOB, [REFUSED]);
  const { code, stdout } = await project.larkcron(['run', 'j', '--yes']);
  assert.equal(code, 1);
  assert.match(stdout, /j \(plain card instead\) delivered/);
  assert.deepEqual(
    said()
      .filter((each) => !each.startsWith('ou_owner'))
      .sort(),
    ['ou_a file', 'ou_a interactive', 'ou_b interactive'],
  );
  const plain = sandbox.messages().find(({ recipient }) => recipient.id === 'ou_a')?.content ?? '';
  assert.match(plain, /Sales 2.*230099.*d\.csv/s);
  assert.equal(said().filter((each) => each.startsWith('ou_owner')).length, 1);
  const { jobs } = JSON.parse((await project.larkcron(['jobs', '--json'])).stdout) as {
    jobs: { last: { state: string } }[];
  };
  assert.equal(jobs[0]?.last.state, 'partial');
  assert.deepEqual((await runs()).map(({ kind, state, ownAudience }) => [kind, state, ownAudience]).sort(), [
    ['fallback', 'delivered', false],
    ['job', 'partial', true],
  ]);
});

it('the run in JSON names the run of the plain card', async (t) => {
  const { project, runs } = await setUp(t, JOB, [REFUSED]);
  const { fallback } = JSON.parse((await project.larkcron(['run', 'j', '--yes', '--json'])).stdout) as {
    fallback: { id: string; state: string };
  };
  assert.equal(fallback.state, 'delivered');
  assert.ok((await runs()).some(({ id, kind }) => id === fallback.id && kind === 'fallback'));
});

it('it goes out once: a resend that is refused again brings no second one', async (t) => {
  const { project, said, runs } = await setUp(t, JOB, ['230099:200621:recipient=ou_a,times=1']);
  await project.larkcron(['run', 'j', '--yes']);
  const before = said().length;
  const run = (await runs()).find(({ kind }) => kind === 'job');
  const { code } = await project.larkcron(['resend', run?.id ?? '', '--yes']);
  assert.equal(code, 0);
  assert.equal((await runs()).filter(({ kind }) => kind === 'fallback').length, 1);
  assert.equal(said().filter((each) => each.startsWith('ou_a')).length, 3);
  assert.ok(said().length > before);
});

it('a plain card that is refused too is not followed by another', async (t) => {
  const { project, said, runs } = await setUp(t, JOB, ['230099:200621:recipient=ou_a']);
  assert.equal((await project.larkcron(['run', 'j', '--yes'])).code, 1);
  assert.deepEqual(
    said().filter((each) => each.startsWith('ou_a')),
    [],
  );
  assert.deepEqual((await runs()).map(({ kind, state }) => `${kind} ${state}`).sort(), [
    'fallback failed',
    'job partial',
  ]);
});

for (const [what, job, fault] of [
  ['fallback: none', `fallback: none\n${JOB}`, '230099:200621'],
  ['a refusal that is the recipient’s', JOB, '230013'],
  ['a text', 'to: [ou_a]\ntext: hello\n', '230025'],
] as const) {
  it(`nothing goes out instead: ${what}`, async (t) => {
    const { project, runs } = await setUp(t, job, [`${fault}:recipient=ou_a,times=1`]);
    assert.equal((await project.larkcron(['run', 'j', '--yes'])).code, 1);
    assert.equal((await runs()).length, 1);
  });
}

it('a test run is answered by itself', async (t) => {
  const { project, runs } = await setUp(t, JOB, [REFUSED]);
  assert.equal((await project.larkcron(['run', 'j', '--to', 'ou_a'])).code, 1);
  assert.equal((await runs()).length, 1);
});

it('a card of your own, an unknown template and a renewal have a plain one too', async (t) => {
  for (const job of [
    'description: Daily\nto: [ou_a]\nraw: { elements: [{ tag: hr }] }\n',
    'description: Daily\nto: [ou_a]\ntemplate: { id: AAqk1abcdef }\n',
    'description: Daily\nto: [ou_a]\nupdate: message\ncard: { title: Daily, body: [{ text: "{{ now }}" }] }\n',
  ]) {
    const { sandbox, project } = await setUp(t, job, [REFUSED]);
    assert.equal((await project.larkcron(['run', 'j'])).code, 1);
    assert.match(sandbox.messages().find(({ recipient }) => recipient.id === 'ou_a')?.content ?? '', /Daily.*230099/s);
  }
});

it('when the data cannot be had any more the title goes out all the same', async (t) => {
  const job = `to: [ou_a]
data: { d: { command: { argv: [/bin/sh, -c, 'test -e once && exit 1; touch once; echo "[{\\"a\\":1}]"'] } } }
card: { title: T, body: [{ table: { rows: d } }] }
`;
  const { sandbox, project } = await setUp(t, job, [REFUSED]);
  const { code, stdout, stderr } = await project.larkcron(['run', 'j']);
  assert.equal(code, 1, stdout + stderr);
  assert.match(
    sandbox.messages().find(({ recipient }) => recipient.id === 'ou_a')?.content ?? '',
    /数据这次也没有取到/,
  );
});
