import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { lastRun } from '../support/ledger-of.ts';
import { createProject, SETTINGS, type TestProject, until } from '../support/project.ts';

const CARD = 'data:\n  p: { file: { path: p.json } }\ncard:\n  title: T\n  body:\n    - text: "{{ p.first.v }}"\n';
const BOT = 'webhook: "${FEISHU_ENDPOINT}/open-apis/bot/v2/hook/hook-0123456789"';

/** Every other way a message goes than as a new one to one addressee, the call that a fault strikes, and a refusal of it. */
const WAYS: Readonly<Record<string, { job: string; step: string; refusal: string; before?: boolean }>> = {
  'looking people up': {
    job: 'to: [ann@x.example, bob@x.example]\ntext: hello\n',
    step: '/users/batch_get_id',
    refusal: '40004',
  },
  'an upload': { job: `to: [ou_a]\n${CARD}attach: [{ file: p.json }]\n`, step: '/im/v1/files', refusal: '234007' },
  'a second part': {
    job: `to: [ou_a]\n${CARD}attach: [{ file: p.json }]\n`,
    step: '/im/v1/messages',
    refusal: '230054',
  },
  'a renewed card': {
    job: `to: [ou_a]\nupdate: message\n${CARD}`,
    step: '/messages/om_',
    refusal: '230022',
    before: true,
  },
  'an answer in a thread': {
    job: 'to: [oc_g]\nthread: daily\ntext: hello\n',
    step: '/reply',
    refusal: '230022',
    before: true,
  },
  'a custom bot': { job: `to: [{ name: ops, ${BOT} }]\ntext: hello\n`, step: '/hook/', refusal: '19024' },
  'a batch': { job: `to: [ou_a, ou_b]\nbatch: true\n${CARD}`, step: '/batch_send', refusal: '11246' },
};
const FAULTS = ['lost-answer', '500', '502-html', '429', 'slow:seconds=1'];

/** What a recipient has, by what kind of message: a renewed card counts as one. */
const received = (sandbox: Sandbox, { recipient, target, kind }: Delivery): number =>
  sandbox.messages().filter((message) => {
    const ids = target.idType === 'batch' ? target.id.split(',') : [target.id];
    const isFile = message.msgType === 'file';
    const toBot = message.recipient.idType === 'webhook' && recipient.startsWith('webhook:');
    return (ids.includes(message.recipient.id) || toBot) && isFile === (kind === 'file');
  }).length / (target.idType === 'batch' ? target.id.split(',').length : 1);

const prepare = async (
  fault: string,
  way: (typeof WAYS)[string],
): Promise<{ sandbox: Sandbox; project: TestProject }> => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null });
  const settings = SETTINGS.replace('owner: ou_owner\n', '');
  const project = createProject(
    { 'larkcron.yaml': settings, 'jobs/day.yaml': way.job, 'p.json': '[{"v":"v1"}]' },
    sandbox.url,
  );
  if (way.before === true) assert.equal((await project.larkcron(['run', 'day'])).code, 0);
  project.write('p.json', '[{"v":"v2"}]');
  sandbox.addFault(parseFault(`${fault}${fault.includes('=') ? ',' : ':'}path=${way.step},times=1`));
  return { sandbox, project };
};

const play = async (fault: string, way: (typeof WAYS)[string], killed: boolean): Promise<void> => {
  const { sandbox, project } = await prepare(fault, way);
  try {
    const before = new Map<string, number>();
    if (way.before === true)
      for (const delivery of (await lastRun(project)).deliveries)
        before.set(delivery.target.id + delivery.kind, received(sandbox, delivery));
    const renews = way.job.includes('update:');
    const run = project.start(['run', 'day', '--yes', '--wait', '30s']);
    const ended = new Promise((resolve) => run.on('close', resolve));
    const struck = () => sandbox.requests().some(({ fault: kind }) => kind !== null);
    if (killed) {
      await until('the fault has struck', () => run.exitCode !== null || struck());
      run.kill('SIGKILL');
    }
    await ended;
    await project.larkcron(['tick', '--for', '40s']);
    assert.ok(struck(), 'the fault struck');
    const { run: last, deliveries } = await lastRun(project);
    assert.ok(last !== null);
    for (const delivery of deliveries) {
      const got = received(sandbox, delivery) - (renews ? 0 : (before.get(delivery.target.id + delivery.kind) ?? 0));
      const { recipient, state, kind } = delivery;
      assert.ok(got <= 1, `${recipient} got ${got} ${kind}`);
      // no uuid, so no second try: whether a lost one arrived nobody can know
      if (state === 'unknown' && !delivery.remembers) continue;
      if (renews) assert.equal(state === 'delivered', sandbox.messages()[0]?.content.includes('v2'), state);
      else assert.equal(state === 'delivered', got === 1, `${recipient} is ${state} and got ${got}`);
    }
    if (deliveries.length === 0) assert.ok(last.state === 'pending' || last.state === 'failed', last.state);
  } finally {
    await sandbox.close();
  }
};

for (const killed of [false, true]) {
  describe(killed ? 'killed when the fault strikes, and resumed by tick' : 'one process', { concurrency: 6 }, () => {
    for (const [name, way] of Object.entries(WAYS))
      for (const fault of [...FAULTS, way.refusal])
        it(`${fault} at ${name}: nobody gets two, nobody none without a word`, async () => play(fault, way, killed));
  });
}
