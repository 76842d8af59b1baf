import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { drainAll } from '../../src/drain.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import type { Run } from '../../src/model/run.ts';
import { HOUR, MINUTE } from '../../src/model/time.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { appOf } from '../support/app-of.ts';
import { createProject, SETTINGS } from '../support/project.ts';
import { createShiftedClock } from '../support/shifted-clock.ts';

const CARD = 'deliverWithin: 6h\nto: [oc_group]\ncard: { title: Hello, body: [{ text: hello }] }\n';

/** A job whose first try goes wrong as `fault` says, a process that dies of it, and the world an hour later. */
const anHourLater = async (t: TestContext, { job = CARD, faults }: { job?: string; faults: readonly string[] }) => {
  const clock = createShiftedClock();
  const sandbox = await startSandbox({ port: 0, clock, keep: null, faults: faults.map(parseFault) });
  t.after(() => sandbox.close());
  const settings = SETTINGS.replace('owner: ou_owner\n', '');
  const project = createProject({ 'larkcron.yaml': settings, 'jobs/hello.yaml': job }, sandbox.url);
  const events: LogEvent[] = [];
  const app = appOf(project, sandbox.url, clock, (event) => events.push(event));
  t.after(() => app.close());
  const ledger = app.ledger();

  const open = (key: string) =>
    ledger.runs.open({
      kind: 'job',
      job: 'hello',
      onceKey: key,
      dueAt: clock.now(),
      notBefore: clock.now(),
      trigger: 'schedule',
      ownAudience: true,
      deliverUntil: clock.now() + 6 * HOUR,
      priority: 2,
    });
  /** Works until `what` has happened, then stops. */
  const work = async (what: (event: LogEvent) => boolean, deadline = clock.now() + 20_000): Promise<void> => {
    const from = events.length;
    const plan = async () => null;
    const drained = drainAll(
      { ...app.loops(), signal: AbortSignal.any([stop.signal]) },
      { jobs: ['hello'], plan, deadline },
    );
    while (!events.slice(from).some(what)) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    await drained;
    stop = new AbortController();
  };
  let stop = new AbortController();

  const { run } = await open('first');
  await work(({ event }) => event === 'delivery.tried');
  const [tried] = await ledger.history.deliveries(run.id);
  assert.equal(tried?.state, 'unknown');
  clock.pass(HOUR);
  return {
    sandbox,
    ledger,
    clock,
    settle: async () => {
      await work(({ event }) => event === 'run.ended');
      const [delivery] = (await ledger.history.deliveries(run.id)).slice(-1);
      return { run: (await ledger.history.run(run.id)) as Run, delivery };
    },
  };
};

it('a message that had arrived is found by its marker: delivered, and not sent again', async (t) => {
  const { sandbox, settle } = await anHourLater(t, { faults: ['lost-answer:times=1'] });
  const { run, delivery } = await settle();
  assert.equal(run.state, 'delivered');
  assert.equal(sandbox.messages().length, 1);
  assert.equal(delivery?.messageId, sandbox.messages()[0]?.messageId);
  const [request] = sandbox
    .requests()
    .filter(({ path, method }) => method === 'GET' && path.includes('im/v1/messages'));
  assert.ok(request, 'the chat was looked into');
});

it('a message that is surely absent is sent anew, once', async (t) => {
  const { sandbox, settle } = await anHourLater(t, { faults: ['502-html:times=1'] });
  const { run, delivery } = await settle();
  assert.equal(run.state, 'delivered');
  assert.equal(sandbox.messages().length, 1);
  assert.equal(delivery?.generation, 2);
});

it('where the chat may not be read it stays unknown, and a person decides', async (t) => {
  const { sandbox, ledger, clock, settle } = await anHourLater(t, { faults: ['502-html:times=1', 'no-history'] });
  const { run, delivery } = await settle();
  assert.equal(run.state, 'unknown');
  assert.equal(delivery?.reason?.code, 'unsure');
  assert.equal(sandbox.messages().length, 0);
  const resend = { run: run.id, recipients: null, contents: {}, deliverUntil: clock.now() + MINUTE, feishuNow: null };
  assert.equal(await ledger.runs.resend({ ...resend, unknown: false }), 0);
  assert.equal(await ledger.runs.resend({ ...resend, unknown: true }), 1);
  assert.equal((await settle()).run.state, 'delivered');
  assert.equal(sandbox.messages().length, 1);
});

it('a text is found by its words, and another run that said the same is not taken for it', async (t) => {
  const job = 'deliverWithin: 6h\nto: [oc_group]\ntext: all is well\n';
  const { sandbox, settle } = await anHourLater(t, { job, faults: ['lost-answer:times=1'] });
  const { run } = await settle();
  assert.equal(run.state, 'delivered');
  assert.equal(sandbox.messages().length, 1);
});

it('a person whose chat nobody knows stays unknown', async (t) => {
  const { sandbox, settle } = await anHourLater(t, {
    job: CARD.replace('oc_group', 'ou_a'),
    faults: ['lost-answer:times=1'],
  });
  const { run } = await settle();
  assert.equal(run.state, 'unknown');
  assert.equal(sandbox.messages().length, 1);
});
