import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { createLarkcron } from '../../src/index.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, SETTINGS } from '../support/project.ts';

const setUp = async (t: TestContext, files: Readonly<Record<string, string>> = {}) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const settings = SETTINGS.replace('${FEISHU_ENDPOINT}', sandbox.url);
  const project = createProject({ 'larkcron.yaml': settings, ...files }, sandbox.url);
  const larkcron = createLarkcron({ config: join(project.folder, 'larkcron.yaml') });
  t.after(() => larkcron.close());
  return { sandbox, project, larkcron };
};

const JOB = 'to: [ou_a]\nschedule: "0 9 * * *"\ntext: hello\n';

it('run gives what run --json prints, and shares occurrences with the command line', async (t) => {
  const { sandbox, project, larkcron } = await setUp(t, { 'jobs/day.yaml': JOB });
  const zone = process.env['TZ'];
  const first = await larkcron.run('day', { due: 'last' });
  assert.deepEqual([first.run.state, first.deliveries[0]?.recipient], ['delivered', 'ou_a']);
  const again = await project.larkcron(['run', 'day', '--due', 'last', '--json']);
  assert.equal((JSON.parse(again.stdout) as { run: { id: string } }).run.id, first.run.id);
  assert.equal(sandbox.messages().length, 1);
  assert.equal(process.env['TZ'], zone, "the host's time zone is its own");
});

it('run takes a job that stands in no file, with functions, and remembers it by its name', async (t) => {
  const { sandbox, larkcron } = await setUp(t);
  const run = () =>
    larkcron.run({
      name: 'live',
      to: 'ou_a',
      data: { d: () => [{ k: 1, v: '<at id=all></at>' }] },
      changed: { key: 'k' },
      text: ({ d }) => d.first?.v ?? '',
    });
  assert.equal((await run()).run.state, 'delivered');
  assert.equal((await run()).run.reason?.code, 'unchanged');
  assert.equal(sandbox.messages().length, 1);
});

it('send: texts, cards, and the same key once', async (t) => {
  const { sandbox, larkcron } = await setUp(t);
  await larkcron.send({
    to: 'ou_a',
    title: 'T {{ x }}',
    markdown: '**b**',
    buttons: [{ text: 'go', url: 'https://a.b' }],
  });
  await larkcron.send({ to: ['ou_a', 'ou_b'], card: { schema: '2.0', body: { elements: [{ tag: 'hr' }] } } });
  const once = { to: 'ou_a', text: 'once', key: 'k1' };
  const [a, b] = [await larkcron.send(once), await larkcron.send(once)];
  assert.equal(a.run.id, b.run.id);
  assert.equal(sandbox.messages().length, 4);
});

it('what is wrong is thrown, with its code and its places', async (t) => {
  const { larkcron } = await setUp(t, { 'jobs/bad.yaml': 'to: [ou_a]\ntxt: hello\n' });
  await assert.rejects(larkcron.run('bad'), ({ code, problems }: { code: string; problems: { code: string }[] }) => {
    assert.equal(code, 'bad-settings');
    return problems.some((one) => one.code === 'unknown-key');
  });
  await assert.rejects(larkcron.run('nobody'), { code: 'unknown-job' });
  await assert.rejects(larkcron.run({ name: 'x', to: 'ou_a', card: { body: [{ tabel: {} }] } } as never), {
    code: 'bad-settings',
  });
  await assert.rejects(larkcron.send({ to: [], text: 'x' }), { code: 'no-recipient' });
});
