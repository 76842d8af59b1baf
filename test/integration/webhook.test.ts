import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { lastRun } from '../support/ledger-of.ts';
import { createProject, until } from '../support/project.ts';

const TOKEN = 'hook-token-0123456789';
const SECRET = 'bot-secret-42';

const setUp = async (
  t: TestContext,
  { faults = [], to = 'ops', files = {} }: { faults?: string[]; to?: string; files?: Record<string, string> } = {},
) => {
  const sandbox = await startSandbox({
    port: 0,
    clock: systemClock,
    keep: null,
    faults: faults.map(parseFault),
    bots: { [TOKEN]: SECRET },
  });
  t.after(() => sandbox.close());
  const project = createProject(
    {
      'larkcron.yaml': `recipients:
  ops: { name: ops, webhook: "\${HOOK}", secret: "\${SECRET}" }
`,
      'jobs/hello.yaml': `to: [${to}]\ntext: hello\n`,
      '.env': `HOOK=${sandbox.url}/open-apis/bot/v2/hook/${TOKEN}\nSECRET=${SECRET}\n`,
      ...files,
    },
    sandbox.url,
  );
  return { sandbox, project };
};

it('a custom bot alone: no app is needed, the message is signed, and its address is shown nowhere', async (t) => {
  const { sandbox, project } = await setUp(t);
  const { code, stdout, stderr } = await project.larkcron(['run', 'hello', '--json', '-v']);
  assert.equal(code, 0, stderr);
  const [delivery] = (JSON.parse(stdout) as { deliveries: Record<string, unknown>[] }).deliveries;
  assert.equal(delivery?.['recipient'], 'webhook:ops');
  assert.equal(delivery?.['state'], 'delivered');
  assert.equal(delivery?.['messageId'], null);
  assert.deepEqual(
    sandbox.messages().map(({ content }) => content),
    ['{"text":"hello"}'],
  );
  for (const text of [
    stdout,
    stderr,
    (await project.larkcron(['show', (await lastRun(project)).run?.id ?? ''])).stdout,
  ])
    assert.doesNotMatch(text, new RegExp(`${TOKEN}|${SECRET}`));
});

it('a wrong secret is refused in words', async (t) => {
  const { project } = await setUp(t, { files: {} });
  const { code, stdout } = await project.larkcron(['run', 'hello'], { SECRET: 'not-the-secret' });
  assert.equal(code, 1);
  assert.match(stdout, /19021.*secret/s);
});

it('cards go out as cards, and one of your own that is too large for a custom bot is refused before it is sent', async (t) => {
  const card = (size: number) =>
    `to: [ops]\nraw: { schema: "2.0", body: { elements: [{ tag: markdown, content: "${'x'.repeat(size)}" }] } }\n`;
  const { sandbox, project } = await setUp(t, {
    files: { 'jobs/small.yaml': card(10), 'jobs/large.yaml': card(21_000) },
  });
  assert.equal((await project.larkcron(['run', 'small'])).code, 0);
  assert.match(sandbox.messages()[0]?.content ?? '', /"schema":"2.0"/);
  const { code, stdout } = await project.larkcron(['run', 'large']);
  assert.equal(code, 1);
  assert.match(stdout, /20 KB/);
  assert.equal(sandbox.messages().length, 1);
});

for (const fault of ['lost-answer', '500', '502-html']) {
  it(`${fault}: unknown, and never repeated by itself`, async (t) => {
    const { sandbox, project } = await setUp(t, { faults: [`${fault}:times=1`] });
    assert.equal((await project.larkcron(['run', 'hello'])).code, 3);
    assert.equal((await project.larkcron(['tick', '--for', '2s'])).code, 0);
    const { run, deliveries } = await lastRun(project);
    assert.deepEqual([run?.state, deliveries[0]?.state, deliveries[0]?.tries], ['unknown', 'unknown', 1]);
    assert.ok(sandbox.messages().length <= 1);
    const again = await project.larkcron(['resend', run?.id ?? '', '--unknown']);
    assert.equal(again.code, 0, again.stderr);
    assert.equal(sandbox.messages().length, fault === 'lost-answer' ? 2 : 1);
  });
}

it('killed before the answer: unknown, not repeated', async (t) => {
  const { sandbox, project } = await setUp(t, { faults: ['slow:seconds=5,times=1'] });
  const run = project.start(['run', 'hello']);
  const ended = new Promise((resolve) => run.on('close', resolve));
  await until('the request is there', () => sandbox.requests().length > 0);
  run.kill('SIGKILL');
  await ended;
  await project.larkcron(['tick', '--for', '2s']);
  const { deliveries } = await lastRun(project);
  assert.deepEqual([deliveries[0]?.state, deliveries[0]?.settled, deliveries[0]?.tries], ['unknown', true, 1]);
  assert.equal(sandbox.requests().length, 1);
});

it('a refusal for pace is tried again, and a run to a group and to a bot uses both', async (t) => {
  const { sandbox, project } = await setUp(t, { faults: [`11232:recipient=${TOKEN},times=1`] });
  project.write(
    'larkcron.yaml',
    'apps:\n  default: { id: cli_test, secret: top-secret-1234, endpoint: "${FEISHU_ENDPOINT}" }\n' +
      'recipients:\n  ops: { name: ops, webhook: "${HOOK}", secret: "${SECRET}" }\n',
  );
  project.write('jobs/hello.yaml', 'to: [oc_group, ops]\ntext: hello\n');
  const { code, stderr } = await project.larkcron(['run', 'hello']);
  assert.equal(code, 0, stderr);
  const { deliveries } = await lastRun(project);
  assert.deepEqual(
    deliveries.map(({ recipient, app, tries }) => [recipient, app, tries]),
    [
      ['oc_group', 'default', 1],
      ['webhook:ops', 'webhook:ops', 2],
    ],
  );
  assert.equal(sandbox.messages().length, 2);
});

it('recall says that a custom bot cannot take its message back', async (t) => {
  const { project } = await setUp(t);
  await project.larkcron(['run', 'hello']);
  const { code, stdout } = await project.larkcron(['recall', (await lastRun(project)).run?.id ?? '']);
  assert.equal(code, 1);
  assert.match(stdout, /no message_id/);
});

it('settings: an address that is none, one name for two bots, a bot nobody knows, and keys a bot cannot do', async (t) => {
  const { project } = await setUp(t, {
    files: {
      'jobs/address.yaml': 'to: [{ name: a, webhook: "https://example.com/x" }]\ntext: x\n',
      'jobs/twice.yaml': `to: [{ name: ops, webhook: "https://open.feishu.cn/open-apis/bot/v2/hook/other-0123" }]\ntext: x\n`,
      'jobs/nobody.yaml': 'to: ["webhook:opz"]\ntext: x\n',
      'jobs/thread.yaml': 'to: [ops]\nthread: daily\ntext: x\n',
    },
  });
  const { code, stdout } = await project.larkcron(['check', '--json']);
  assert.equal(code, 2);
  const { problems } = JSON.parse(stdout) as { problems: { file: string; code: string; hint: string | null }[] };
  const found = Object.fromEntries(problems.map(({ file, code: each }) => [/jobs\/(\w+)/.exec(file)?.[1], each]));
  assert.deepEqual(
    { address: found['address'], twice: found['twice'], nobody: found['nobody'], thread: found['thread'] },
    { address: 'bad-webhook', twice: 'webhook-twice', nobody: 'unknown-webhook', thread: 'key-conflict' },
  );
});
