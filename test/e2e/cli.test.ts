import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, type TestProject } from '../support/project.ts';

const HELLO = 'schedule: "0 18 * * *"\nto: [ou_a]\ntext: hello\n';

const setUp = async (
  t: TestContext,
  files: Record<string, string> = { 'jobs/hello.yaml': HELLO },
): Promise<{ sandbox: Sandbox; project: TestProject }> => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null });
  t.after(() => sandbox.close());
  return { sandbox, project: createProject(files, sandbox.url) };
};

const json = (text: string) =>
  JSON.parse(text) as { [key: string]: never } & {
    run: { state: string; id: string; reason: { code: string } | null; dueAt: string; trigger: string };
    deliveries: { state: string; code: number; hint: string; attempts: number; messageId: string }[];
    error: { code: string; problems: { file: string; line: number; column: number; code: string }[] };
    ok: boolean;
  };

describe('run', () => {
  it('answers with the shape of the contract', async (t) => {
    const { project } = await setUp(t);
    const { code, stdout } = await project.larkcron(['run', 'hello', '--json']);
    assert.equal(code, 0);
    const answer = json(stdout);
    assert.deepEqual(Object.keys(answer.run), [
      'id',
      'job',
      'dueAt',
      'trigger',
      'state',
      'reason',
      'startedAt',
      'finishedAt',
      'kind',
      'cuts',
    ]);
    assert.deepEqual(Object.keys(answer.deliveries[0] ?? {}), [
      'recipient',
      'part',
      'kind',
      'app',
      'uuid',
      'state',
      'messageId',
      'attempts',
      'code',
      'message',
      'hint',
      'logId',
      'deliveredAt',
      'recalledAt',
      'reason',
      'urgent',
      'progress',
    ]);
    assert.equal(answer.run.state, 'delivered');
  });

  it('--due is one occurrence however often it is asked for, shared with tick', async (t) => {
    const { sandbox, project } = await setUp(t, { 'jobs/hello.yaml': HELLO.replace('0 18 * * *', '* * * * *') });
    const first = json((await project.larkcron(['run', 'hello', '--due', 'last', '--json'])).stdout);
    await project.larkcron(['tick', '--for', '1ms']);
    const again = await project.larkcron(['run', 'hello', '--due', first.run.dueAt, '--json']);
    assert.equal(again.code, 0);
    assert.equal(json(again.stdout).run.id, first.run.id);
    const history = JSON.parse((await project.larkcron(['history', '--json'])).stdout) as { runs: { dueAt: string }[] };
    assert.equal(sandbox.messages().length, history.runs.length);
  });

  it('--due names the two nearest when there is no such due time', async (t) => {
    const { project } = await setUp(t);
    const { code, stderr } = await project.larkcron(['run', 'hello', '--due', '2026-11-22T17:00']);
    assert.equal(code, 2);
    assert.match(stderr, /2026-11-21 18:00 and 2026-11-22 18:00/);
  });

  it('--to is a marked test that claims nothing', async (t) => {
    const { sandbox, project } = await setUp(t);
    const { stdout } = await project.larkcron(['run', 'hello', '--to', 'me', '--json']);
    assert.equal(json(stdout).run.trigger, 'test');
    assert.match(sandbox.messages()[0]?.content ?? '', /【测试】hello/);
  });

  it('--dry-run goes up to the send and leaves no ledger behind', async (t) => {
    const { sandbox, project } = await setUp(t);
    const { code, stdout } = await project.larkcron(['run', 'hello', '--dry-run', '--json']);
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(stdout)['recipients'], ['ou_a']);
    assert.equal(sandbox.requests().length, 0);
    assert.throws(() => readFileSync(join(project.folder, '.larkcron', 'ledger.db')));
  });

  it('exits 1 with the code, its words and what to do when a recipient is refused', async (t) => {
    const { sandbox, project } = await setUp(t);
    sandbox.addFault({ kind: '230002' });
    const { code, stdout } = await project.larkcron(['run', 'hello', '--json']);
    assert.equal(code, 1);
    const [delivery] = json(stdout).deliveries;
    assert.deepEqual([delivery?.state, delivery?.code], ['rejected', 230002]);
    assert.match(delivery?.hint ?? '', /Add the bot/);
  });

  it('exits 1 and sends nothing when the credentials are refused', async (t) => {
    const { sandbox, project } = await setUp(t);
    sandbox.addFault({ kind: '10014' });
    const { code, stdout } = await project.larkcron(['run', 'hello', '--json']);
    assert.equal(code, 1);
    assert.equal(json(stdout).run.reason?.code, 'app-fault');
    assert.equal(sandbox.messages().length, 0);
  });

  it('exits 3 while the answer is lost and stays so', async (t) => {
    const { sandbox, project } = await setUp(t);
    sandbox.addFault({ kind: 'lost-answer' });
    const { code, stdout } = await project.larkcron(['run', 'hello', '--wait', '1s', '--json']);
    assert.equal(code, 3);
    assert.equal(json(stdout).deliveries[0]?.state, 'unknown');
    assert.equal(sandbox.messages().length, 1);
  });

  it('drops a token that Feishu calls invalid, asks once for another, and repeats the call once', async (t) => {
    const { sandbox, project } = await setUp(t);
    await project.larkcron(['run', 'hello']);
    sandbox.addFault({ kind: '99991663', times: 1 });
    const { code } = await project.larkcron(['run', 'hello']);
    assert.equal(code, 0);
    assert.equal(sandbox.messages().length, 2);
    assert.equal(sandbox.requests().filter(({ path }) => path.includes('tenant_access_token')).length, 2);
  });

  it('waits as long as Feishu asks when it is too fast', async (t) => {
    const { sandbox, project } = await setUp(t);
    sandbox.addFault({ kind: '429', times: 1, seconds: 2 });
    const started = performance.now();
    const { code, stdout } = await project.larkcron(['run', 'hello', '--json']);
    assert.equal(code, 0);
    assert.equal(json(stdout).deliveries[0]?.attempts, 2);
    assert.ok(performance.now() - started > 2_000);
  });

  it('sends nothing at all unless all named jobs are sound', async (t) => {
    const { sandbox, project } = await setUp(t, { 'jobs/hello.yaml': HELLO, 'jobs/bad.yaml': 'to: [ou_a]\n' });
    const { code, stdout } = await project.larkcron(['run', 'hello', 'bad', '--json']);
    assert.equal(code, 2);
    const { error } = json(stdout);
    assert.equal(error.code, 'bad-settings');
    assert.equal(error.problems[0]?.file, join(project.folder, 'jobs', 'bad.yaml'));
    assert.equal(sandbox.requests().length, 0);
  });

  it('is skipped, exit 0, when its condition does not hold; --force sends all the same', async (t) => {
    const { sandbox, project } = await setUp(t, {
      'jobs/empty.yaml': 'to: [ou_a]\ntext: hi\ndata:\n  d: { rows: [] }\nwhen: size(d.rows) > 0\n',
    });
    const skipped = await project.larkcron(['run', 'empty', '--json']);
    assert.equal(skipped.code, 0);
    assert.equal(json(skipped.stdout).run.reason?.code, 'condition-false');
    assert.equal(sandbox.messages().length, 0);
    await project.larkcron(['run', 'empty', '--force']);
    assert.equal(sandbox.messages().length, 1);
  });

  it('a source that fails is exit 1 and a notice to the owner', async (t) => {
    const { sandbox, project } = await setUp(t, {
      'jobs/broken.yaml':
        'to: [ou_a]\ntext: "{{ d.first.a }}"\ndata:\n  d: { command: { argv: [/bin/sh, -c, "echo no such table >&2; exit 3"] } }\n',
    });
    const { code, stdout } = await project.larkcron(['run', 'broken', '--json']);
    assert.equal(code, 1);
    assert.equal(json(stdout).run.reason?.code, 'source-failed');
    const [notice] = sandbox.messages();
    assert.match(notice?.content ?? '', /no such table/);
    assert.match(JSON.stringify(notice), /ou_owner/);
    // a second failure is counted, not told again
    await project.larkcron(['run', 'broken']);
    assert.equal(sandbox.messages().length, 1);
    // and the first success is told
    project.write('jobs/broken.yaml', 'to: [ou_a]\ntext: fine\n');
    await project.larkcron(['run', 'broken']);
    assert.equal(sandbox.messages().length, 3);
  });

  it('--quiet says nothing of what arrived, and on standard error what did not', async (t) => {
    const { sandbox, project } = await setUp(t);
    assert.deepEqual(await project.larkcron(['run', 'hello', '--quiet']), { code: 0, stdout: '', stderr: '' });
    sandbox.addFault({ kind: '230002' });
    const { stdout, stderr } = await project.larkcron(['run', 'hello', '--quiet']);
    assert.equal(stdout, '');
    assert.match(stderr, /230002/);
  });

  it('a failing failure notice changes nothing else', async (t) => {
    const { sandbox, project } = await setUp(t, { 'jobs/hello.yaml': HELLO });
    sandbox.addFault({ kind: '230013' });
    const { code } = await project.larkcron(['run', 'hello']);
    assert.equal(code, 1);
    const log = readFileSync(join(project.folder, '.larkcron', 'logs', 'push.log'), 'utf8');
    assert.match(log, /ou_owner.*230013/s);
  });
});

describe('the other commands', () => {
  it('send --key is sent once', async (t) => {
    const { sandbox, project } = await setUp(t);
    const call = [
      'send',
      '--to',
      'ou_a',
      '--title',
      '价格',
      '--markdown',
      '**涨** {{ x }}',
      '--button',
      '看=https://a.cn/?x=1',
      '--key',
      'k',
    ];
    assert.equal((await project.larkcron(call)).code, 0);
    assert.equal((await project.larkcron(call)).code, 0);
    assert.equal(sandbox.messages().length, 1);
    assert.match(sandbox.messages()[0]?.content ?? '', /\{\{ x \}\}/);
  });

  it('send --image uploads and sends', async (t) => {
    const { sandbox, project } = await setUp(t);
    project.write('a.png', 'not really a picture');
    const { code, stderr } = await project.larkcron(['send', '--to', 'ou_a', '--file', 'a.png']);
    assert.equal(code, 0, stderr);
    assert.equal(sandbox.messages()[0]?.msgType, 'file');
  });

  for (const [args, code, pattern] of [
    [['run', 'hello', '--forse'], 'unknown-option', /--force/],
    [['rum', 'hello'], 'unknown-command', /run/],
    [['run', 'helo'], 'unknown-job', /hello/],
    [['run'], 'command-line', /run --help/],
    [['send', '--text', 'x'], 'no-recipient', /--to/],
    [['send', '--to', 'ou_a'], 'no-content', /--text/],
    [['send', '--to', 'ou_a', '--title', 't', '--button', 'Go'], 'bad-button', /https/],
    [['show', 'ffffffff'], 'unknown-run', /history/],
    [['history', '--state', 'sent'], 'bad-value', /delivered/],
    [['run', 'hello', '--wait', '30'], 'bad-value', /30s/],
    [['schema', 'jobs'], 'one-of', /job/],
    [['jobs', '--lang', 'fr'], 'bad-value', /zh or en/],
    [['jobs', '--lang=fr'], 'bad-value', /zh or en/],
    [['crontab', 'shwo'], 'unknown-command', /show/],
  ] as const) {
    it(`larkcron ${args.join(' ')} is exit 2 with ${code} and a hint, also as JSON`, async (t) => {
      const { project } = await setUp(t);
      const plain = await project.larkcron(args);
      assert.equal(plain.code, 2, plain.stderr);
      assert.match(plain.stderr, new RegExp(`\\[${code}\\]`));
      assert.match(plain.stderr, pattern);
      const programs = await project.larkcron([...args, '--json']);
      assert.equal(programs.code, 2);
      assert.equal(json(programs.stdout).error.code, code);
    });
  }

  it('check tells every finding and exits 2; a sound project is exit 0', async (t) => {
    const { project } = await setUp(t);
    assert.equal((await project.larkcron(['check'])).code, 0);
    project.write('jobs/bad.yaml', 'to: [ou_a]\ncolour: red\ntext: "{{ nobody }}"\n');
    const { code, stdout } = await project.larkcron(['check', '--json']);
    assert.equal(code, 2);
    assert.equal(json(stdout).ok, false);
  });

  it('outside a project it says so in the language asked for', async (t) => {
    const { project } = await setUp(t);
    const { code, stderr } = await project.larkcron(['-C', '/', 'jobs', '--lang', 'zh']);
    assert.equal(code, 2);
    assert.match(stderr, /找不到 larkcron\.yaml/);
  });

  it('no secret is in anything that was printed or logged', async (t) => {
    const { sandbox, project } = await setUp(t);
    sandbox.addFault({ kind: '10014', times: 1 });
    const outputs = [];
    for (const args of [
      ['run', 'hello', '-v'],
      ['run', 'hello', '-v', '--json'],
      ['status', '--json'],
    ])
      outputs.push(await project.larkcron(args));
    const all =
      outputs.map(({ stdout, stderr }) => stdout + stderr).join('') +
      readFileSync(join(project.folder, '.larkcron', 'logs', 'push.log'), 'utf8');
    assert.doesNotMatch(all, /top-secret-1234/);
    assert.doesNotMatch(all, /\bt-[a-z0-9]{10,}/i);
  });
});
