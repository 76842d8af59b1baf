import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, until } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('commands act on a running daemon from another folder, with its words, JSON and exit status', async (t) => {
  const faults = ['230013:recipient=ou_b,times=1'].map(parseFault);
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults });
  t.after(() => sandbox.close());
  const project = createProject(
    {
      'jobs/hello.yaml': 'schedule: "0 3 1 1 *"\nto: [ou_a, ou_b]\ntext: hello\n',
      'jobs/broken.yaml': 'to: [ou_a]\ntexxt: hello\n',
    },
    sandbox.url,
  );
  const token = (await project.larkcron(['console', 'token', '--role', 'operator'])).stdout.trim();
  const child = project.start(['start', '--port', '0']);
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  child.stdout?.on('data', (chunk) => {
    said += chunk;
  });
  await until('it says where', () => /http:\S+/.test(said));
  const url = /http:\S+/.exec(said)?.[0] ?? '';
  const elsewhere = createProject({}, 'http://127.0.0.1:9');
  const there = (args: readonly string[], env: Record<string, string> = { LARKCRON_TOKEN: token }) =>
    elsewhere.larkcron(['-C', temporaryFolder(), ...args, '--server', url], env);

  const dry = await there(['run', 'hello', '--dry-run']);
  assert.deepEqual([dry.code, /would go to 2 \(ou_a, ou_b\)/.test(dry.stdout)], [0, true], dry.stderr);
  const ran = await there(['run', 'hello', '--json']);
  const report = JSON.parse(ran.stdout) as {
    run: { id: string; state: string };
    deliveries: { recipient: string; code: number }[];
  };
  assert.deepEqual([ran.code, report.run.state], [1, 'partial'], ran.stderr);
  assert.equal(report.deliveries.find(({ recipient }) => recipient === 'ou_b')?.code, 230013);
  const id = report.run.id.slice(0, 8);
  assert.equal((await project.larkcron(['show', id])).code, 0, 'it stands in the ledger there');

  const resent = await there(['resend', id]);
  assert.equal(resent.code, 0, resent.stdout + resent.stderr);
  assert.match(resent.stdout, /✓ hello delivered/);
  const people = sandbox.messages().map(({ recipient }) => recipient.id);
  assert.deepEqual(people.filter((each) => each !== 'ou_owner').sort(), ['ou_a', 'ou_b']);
  assert.match((await there(['history'])).stdout, new RegExp(`✓ ${id}`));
  assert.match((await there(['show', id])).stdout, /ou_b {2}delivered/);
  assert.match((await there(['jobs'])).stdout, /broken\n.*faults/);
  assert.equal((await there(['incidents'])).code, 0);
  assert.match((await there(['pause', 'hello', '--reason', 'stocktaking'])).stdout, /⏸ hello is paused/);
  assert.match((await project.larkcron(['jobs'])).stdout, /stocktaking/);
  assert.equal((await there(['resume', '--all'])).code, 0);
  assert.equal((await there(['recall', id])).code, 0);
  assert.ok(sandbox.messages().filter(({ recalledAt }) => recalledAt !== null).length === 2);

  const status = await there(['status']);
  assert.equal(status.code, 2, 'a job is broken');
  assert.match(status.stdout, /^A process of larkcron is at work\.\n/);
  assert.match(status.stdout, /✗ broken {2}its settings are wrong/);
  const here = await project.larkcron(['status', '--json']);
  const far = await there(['status', '--json']);
  const [one, other] = [here, far].map(({ stdout }) => Object.keys(JSON.parse(stdout) as object).sort());
  assert.deepEqual(one, other);

  const stretch = [
    '--since',
    `${new Date().getFullYear() - 1}-12-31`,
    '--until',
    `${new Date().getFullYear()}-01-01T04:00`,
  ];
  const listed = await there(['backfill', 'hello', ...stretch, '--dry-run']);
  assert.deepEqual([listed.code, listed.stdout.trim()], [0, `${new Date().getFullYear()}-01-01 03:00`], listed.stderr);
  const filled = await there(['backfill', 'hello', ...stretch, '--json']);
  assert.equal(filled.code, 0, filled.stdout + filled.stderr);
  assert.equal((JSON.parse(filled.stdout) as { runs: { trigger: string }[] }).runs[0]?.trigger, 'backfill');
  assert.match((await there(['backfill', 'hello', ...stretch])).stdout, /has its outcome already/);

  const before = sandbox.messages().length;
  const broken = await there(['run', 'hello', 'broken']);
  assert.equal(broken.code, 2);
  assert.match(broken.stderr, /jobs\/broken\.yaml:2:1/);
  assert.equal(sandbox.messages().length, before, 'nothing is sent unless all are sound');
  const gone = await there(['show', 'ffffffff']);
  assert.deepEqual([gone.code, /\[unknown-run\]/.test(gone.stderr)], [2, true]);
  const wrong = await there(['jobs'], { LARKCRON_TOKEN: 'lct_wrong-wrong-wrong-wrong-wrong' });
  assert.deepEqual([wrong.code, /\[wrong-token\]/.test(wrong.stderr)], [1, true]);
  assert.doesNotMatch(wrong.stderr, /wrong-wrong/);
  assert.deepEqual((await there(['jobs'], {})).code, 2);
  assert.equal((await elsewhere.larkcron(['jobs', '--server', 'nowhere'], { LARKCRON_TOKEN: token })).code, 2);
  const dead = await elsewhere.larkcron(['jobs', '--server', 'http://127.0.0.1:9'], { LARKCRON_TOKEN: token });
  assert.deepEqual([dead.code, /server-unreachable/.test(dead.stderr)], [1, true]);
  assert.equal((await elsewhere.larkcron(['check', '--server', url])).code, 2, 'an option that check has not');
});
