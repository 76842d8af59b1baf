import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, type TestProject, until } from '../support/project.ts';
import { ask } from '../web/fixture.ts';

const HELLO = { 'jobs/hello.yaml': 'to: [ou_a]\ntext: hello\n' };

const started = async (t: TestContext, project: TestProject, args: readonly string[] = []) => {
  const child = project.start(['start', '--port', '0', ...args]);
  const said = { out: '', err: '' };
  child.stdout?.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    said.err += chunk;
  });
  t.after(() => child.kill('SIGKILL'));
  await until('it says where', () => /http:\S+/.test(said.out));
  return { child, said, url: /http:\S+/.exec(said.out)?.[0] ?? '' };
};

it('a token of the command line opens the running console; a run started there is sent by start', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null });
  t.after(() => sandbox.close());
  const project = createProject(HELLO, sandbox.url);
  const { said, url } = await started(t, project);
  assert.doesNotMatch(said.out + said.err, /lct_/, 'nobody looks at this: no token is made');
  const none = await project.larkcron(['console', 'tokens', '--json']);
  assert.deepEqual(JSON.parse(none.stdout), { tokens: [] });

  const made = await project.larkcron(['console', 'token', '--role', 'operator', '--name', 'ops']);
  assert.equal(made.code, 0, made.stderr);
  const token = made.stdout.trim();
  assert.match(token, /^lct_[\w-]{43}$/);
  assert.doesNotMatch(made.stderr, /lct_/);
  const run = await ask(url, '/api/jobs/hello/runs', { method: 'POST', token, body: {} });
  assert.equal(run.status, 200, run.text);
  await until('it is sent', () => sandbox.messages().length === 1);
  const story = async () => (await ask(url, `/api/runs/${run.json.run.id}`, { token })).json;
  await until('it has ended', async () => (await story()).run.state === 'delivered');

  const listed = await project.larkcron(['console', 'tokens']);
  assert.match(listed.stdout, /operator {2}ops {2}last used/);
  assert.equal((await project.larkcron(['console', 'revoke', 'opps'])).code, 2);
  assert.equal((await project.larkcron(['console', 'revoke', 'ops'])).code, 0);
  assert.equal((await ask(url, '/api/jobs', { token })).status, 401);
  assert.equal((await project.larkcron(['console', 'token', '--role', 'king'])).code, 2);
});

it('changed settings are in the console within seconds, and a token that was made stays', async (t) => {
  const project = createProject(HELLO);
  const token = (await project.larkcron(['console', 'token'])).stdout.trim();
  const { url } = await started(t, project);
  const names = async () =>
    (await ask(url, '/api/jobs', { token })).json?.jobs?.map(({ job }: { job: string }) => job) ?? null;
  assert.deepEqual(await names(), ['hello']);
  project.write('jobs/second.yaml', 'to: [ou_a]\ntext: hi\n');
  await until('it is there', async () => JSON.stringify(await names()) === '["hello","second"]');
  writeFileSync(join(project.folder, 'jobs', 'second.yaml'), 'to: [\n');
  await until('its fault is shown', async () => {
    const { json } = await ask(url, '/api/jobs/second', { token });
    return json.job?.sound === false && json.findings.length > 0;
  });
});

it('beyond this machine it listens only for those who have a token, and says that TLS is missing', async (t) => {
  const project = createProject(HELLO);
  const refused = await project.larkcron(['start', '--host', '0.0.0.0', '--port', '0']);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /no-token-yet/);
  const token = (await project.larkcron(['console', 'token'])).stdout.trim();
  const { said, url } = await started(t, project, ['--host', '0.0.0.0']);
  assert.match(said.err, /has no TLS/);
  const { port } = new URL(url);
  const base = `http://127.0.0.1:${port}`;
  assert.equal((await ask(base, '/api/jobs')).status, 401);
  assert.equal((await ask(base, '/api/jobs', { token })).status, 200);
});

/** Each module that a program loads, as it loads it, into a file. */
const WATCHER = `import { registerHooks } from 'node:module';
import { appendFileSync } from 'node:fs';
registerHooks({ load: (url, context, next) => { appendFileSync(process.env.LOADED, url + '\\n'); return next(url, context); } });
`;

it('only start loads the console: a push started by cron knows nothing of it', async (t) => {
  const project = createProject({ ...HELLO, 'watch.mjs': WATCHER });
  const loadedBy = (name: string) => join(project.folder, `${name}.txt`);
  const env = (name: string) => ({
    LOADED: loadedBy(name),
    NODE_OPTIONS: `--import=${pathToFileURL(join(project.folder, 'watch.mjs')).href}`,
  });
  const ofConsole = (name: string): readonly string[] =>
    readFileSync(loadedBy(name), 'utf8')
      .split('\n')
      .filter((url) =>
        /node_modules\/(hono|@hono|zod|@asteasolutions|prom-client|@opentelemetry)\/|\/src\/web\//.test(url),
      );
  await project.larkcron(['tick', '--for', '0s'], env('tick'));
  await project.larkcron(['run', 'hello', '--wait', '0s'], env('run'));
  for (const name of ['tick', 'run']) assert.deepEqual(ofConsole(name), [], name);
  const child = project.start(['start', '--port', '0'], env('start'));
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  child.stdout?.on('data', (chunk) => {
    said += chunk;
  });
  await until('it is at work', () => said.includes('http:'));
  assert.ok(ofConsole('start').length > 50);
});
