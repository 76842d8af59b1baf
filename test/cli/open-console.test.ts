import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { createRedactor } from '../../src/base/redact.ts';
import { createContext } from '../../src/cli/context.ts';
import { openConsole } from '../../src/cli/open-console.ts';
import { createOutput } from '../../src/cli/output.ts';
import { createProject, type TestProject } from '../support/project.ts';
import { ask } from '../web/fixture.ts';

/** `start`'s console over a project, as a person at a terminal or nobody sees it. */
const open = async (
  t: TestContext,
  project: TestProject,
  { isTTY, host = '127.0.0.1' }: { isTTY: boolean; host?: string },
) => {
  let said = '';
  const stderr = { write: (text: string) => (said += text), isTTY };
  const redact = createRedactor([]);
  const closers: (() => Promise<void>)[] = [];
  const context = createContext({
    out: createOutput(
      { stdout: { write: () => true }, stderr, stdin: {} },
      { lang: 'en', json: false, quiet: false, color: false, hide: redact.hide },
    ),
    clock: systemClock,
    environment: { FEISHU_ENDPOINT: 'http://127.0.0.1:9' },
    redact,
    signal: new AbortController().signal,
    flags: { config: null, folder: project.folder, sandbox: false, verbose: false },
    onClose: (close) => closers.unshift(close),
    ownsProcess: false,
  });
  const read = context.project();
  const app = await context.app(read);
  const health = { lastRound: () => 0, monotonic: () => 0, ready: async () => null };
  const parts = { app: () => app, project: read, health };
  const close = async (): Promise<void> => {
    for (const each of closers.splice(0)) await each();
  };
  t.after(close);
  const server = await openConsole({ host, port: '0' }, context, parts);
  t.after(() => server?.close());
  return { server, said, app, tokens: await app.ledger().access.tokens(), close };
};

const HELLO = { 'jobs/hello.yaml': 'to: [ou_a]\ntext: hello\n' };

it('at a terminal the first start makes a token, shows it once with a ready link, and it works', async (t) => {
  const project = createProject(HELLO);
  const first = await open(t, project, { isTTY: true });
  const [, url = '', token = ''] = /(http:\/\/127\.0\.0\.1:\d+)\/#token=(lct_[\w-]{43})\n/.exec(first.said) ?? [];
  assert.equal(url, first.server?.url);
  assert.deepEqual(
    first.tokens.map(({ name, role }) => [name, role]),
    [['first', 'admin']],
  );
  assert.equal((await ask(url, '/api/tokens', { token })).status, 200);
  const again = await open(t, project, { isTTY: true });
  assert.doesNotMatch(again.said, /lct_/);
  assert.equal(again.tokens.length, 1);
});

it('where nobody looks, no token is made or shown', async (t) => {
  const { said, tokens } = await open(t, createProject(HELLO), { isTTY: false });
  assert.deepEqual([said, tokens], ['', []]);
});

it('beyond this machine and without a token it refuses, unless a person is there to see the first one', async (t) => {
  const project = createProject(HELLO);
  await assert.rejects(open(t, project, { isTTY: false, host: '0.0.0.0' }), { code: 'no-token-yet', status: 2 });
  const { said, tokens } = await open(t, project, { isTTY: true, host: '0.0.0.0' });
  assert.match(said, /has no TLS/);
  assert.equal(tokens.length, 1);
});

it('who once logged in by a provider that is no longer set has no token to log in with', async (t) => {
  const project = createProject(HELLO);
  const { app, close } = await open(t, project, { isTTY: false });
  await app.ledger().access.person({ key: 'feishu:ou_a', name: 'feishu:a', role: 'admin' });
  await close();
  await assert.rejects(open(t, project, { isTTY: false, host: '0.0.0.0' }), { code: 'no-token-yet' });
});
