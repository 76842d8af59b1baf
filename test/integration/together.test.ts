import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { settleRuns } from '../../src/drain.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { appOf } from '../support/app-of.ts';
import { lastRun } from '../support/ledger-of.ts';
import { createProject, SETTINGS } from '../support/project.ts';
import { createShiftedClock } from '../support/shifted-clock.ts';

const CARD = 'data:\n  p: { file: { path: p.json } }\ncard:\n  title: Day\n  body:\n    - text: "{{ p.first.v }}"\n';

const setUp = async (t: TestContext, job: string, faults: readonly string[] = []) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: faults.map(parseFault) });
  t.after(() => sandbox.close());
  const project = createProject(
    { 'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', ''), 'jobs/day.yaml': job, 'p.json': '[{"v":"v1"}]' },
    sandbox.url,
  );
  const push = async (version: string, args: readonly string[] = []): Promise<number | null> => {
    project.write('p.json', JSON.stringify([{ v: version }]));
    return (await project.larkcron(['run', 'day', '--yes', ...args])).code;
  };
  const calls = (method: string): number => sandbox.requests().filter((call) => call.method === method).length;
  return { sandbox, project, push, calls };
};

it('update: message: the second run of a day renews the first card of each recipient', async (t) => {
  const { sandbox, project, push, calls } = await setUp(t, `to: [ou_a, oc_g]\nupdate: message\n${CARD}`);
  assert.equal(await push('v1'), 0);
  const first = sandbox.messages().map(({ messageId }) => messageId);
  assert.equal(await push('v2'), 0);
  assert.deepEqual(
    sandbox.messages().map(({ messageId }) => messageId),
    first,
  );
  assert.ok(sandbox.messages().every(({ content }) => content.includes('v2') && !content.includes('v1')));
  assert.equal(calls('PATCH'), 2);
  const { run, deliveries } = await lastRun(project);
  assert.equal(run?.state, 'delivered');
  assert.deepEqual(deliveries.map(({ messageId }) => messageId).sort(), [...first].sort());
});

it('a test run renews nothing', async (t) => {
  const { sandbox, push } = await setUp(t, `to: [ou_a]\nupdate: message\n${CARD}`);
  await push('v1');
  assert.equal(await push('v2', ['--to', 'ou_a']), 0);
  assert.equal(sandbox.messages().length, 2);
  assert.ok(sandbox.messages()[0]?.content.includes('v1'));
});

it('a card that was recalled meanwhile is sent anew, and the third run renews that one', async (t) => {
  const { sandbox, project, push } = await setUp(t, `to: [ou_a]\nupdate: message\n${CARD}`);
  await push('v1');
  await project.larkcron(['recall', (await lastRun(project)).run?.id ?? '']);
  assert.equal(await push('v2'), 0);
  assert.equal(await push('v3'), 0);
  assert.deepEqual(
    sandbox.messages().map(({ content, recalledAt }) => [/v\d/.exec(content)?.[0], recalledAt !== null]),
    [
      ['v1', true],
      ['v3', false],
    ],
  );
});

for (const code of ['230011', '230031', '230110']) {
  it(`${code} to a renewal: the card is sent anew in the same run`, async (t) => {
    const { sandbox, push } = await setUp(t, `to: [ou_a]\nupdate: message\n${CARD}`);
    await push('v1');
    sandbox.addFault(parseFault(`${code}:path=/im/v1/messages/om_,times=1`));
    assert.equal(await push('v2'), 0);
    assert.equal(sandbox.messages().length, 2);
    assert.equal(await push('v3'), 0);
    assert.deepEqual(
      sandbox.messages().map(({ content }) => /v\d/.exec(content)?.[0]),
      ['v1', 'v3'],
    );
  });
}

it('a lost answer to a renewal is repeated: one message, the new card', async (t) => {
  const { sandbox, project, push, calls } = await setUp(t, `to: [ou_a]\nupdate: message\n${CARD}`);
  await push('v1');
  sandbox.addFault(parseFault('lost-answer:path=/im/v1/messages/om_,times=1'));
  assert.equal(await push('v2'), 0);
  assert.equal(calls('PATCH'), 2);
  assert.equal(sandbox.messages().length, 1);
  assert.equal((await lastRun(project)).deliveries[0]?.tries, 2);
});

it('an older renewal that is still unsure does not write over a newer one', async (t) => {
  const { sandbox, project, push, calls } = await setUp(t, `to: [ou_a]\nupdate: message\n${CARD}`);
  await push('v1');
  sandbox.addFault(parseFault('500:path=/im/v1/messages/om_'));
  assert.equal(await push('v2', ['--wait', '0s']), 3);
  const older = (await lastRun(project)).run?.id ?? '';
  sandbox.clearFaults();
  assert.equal(await push('v3'), 0);
  const patches = calls('PATCH');
  await project.larkcron(['tick', '--for', '3s']);
  assert.equal(calls('PATCH'), patches);
  assert.match(sandbox.messages()[0]?.content ?? '', /v3/);
  const shown = JSON.parse((await project.larkcron(['show', older, '--json'])).stdout) as {
    deliveries: { state: string; reason: { code: string } | null }[];
  };
  assert.deepEqual(
    shown.deliveries.map(({ state, reason }) => [state, reason?.code]),
    [['unknown', 'superseded']],
  );
});

it('thread: daily: later messages of the day answer in the thread of the first, the next day begins a new one', async (t) => {
  const { sandbox, project, push } = await setUp(
    t,
    'to: [oc_g]\nthread: daily\nattach: [{ file: p.json }]\ntext: hello\n',
  );
  assert.equal(await push('v1'), 0);
  assert.equal(await push('v2'), 0);
  const [first, ...others] = sandbox.messages();
  assert.equal(first?.parentId, null);
  assert.deepEqual(
    others.map(({ parentId, msgType, rootId }) => [
      msgType,
      parentId === first?.messageId,
      rootId === first?.messageId,
    ]),
    [
      ['file', true, true],
      ['text', true, true],
      ['file', true, true],
    ],
  );
  assert.equal(new Set(others.map(({ threadId }) => threadId)).size, 1);

  const clock = createShiftedClock();
  clock.pass(24 * 60 * 60_000);
  const app = appOf(project, sandbox.url, clock);
  const job = { kind: 'job', job: 'day', onceKey: null, dueAt: null, trigger: 'manual', ownAudience: true } as const;
  const times = { notBefore: clock.now(), deliverUntil: clock.now() + 600_000, priority: 2 };
  const { run } = await app.ledger().runs.open({ ...job, ...times });
  await settleRuns(app.loops(), [run.id], { wait: 10_000 });
  await app.close();
  assert.equal(sandbox.messages().at(-2)?.parentId, null);
});

it('a thread that is gone: a new message, and the thread goes on there', async (t) => {
  const { sandbox, push } = await setUp(t, 'to: [oc_g]\nthread: daily\ntext: hello\n');
  await push('v1');
  sandbox.addFault(parseFault('230019:path=/reply,times=1'));
  assert.equal(await push('v2'), 0);
  assert.equal(await push('v3'), 0);
  const [, second, third] = sandbox.messages();
  assert.equal(second?.parentId, null);
  assert.equal(third?.parentId, second?.messageId);
});

it('a card of one’s own that Feishu would not renew is a fault, found by check and by a run that makes it', async (t) => {
  const raw = (config: object) =>
    `to: [ou_a]\nupdate: message\nraw: ${JSON.stringify({ config, elements: [{ tag: 'hr' }] })}\n`;
  const fixed = await setUp(t, raw({}));
  assert.match((await fixed.project.larkcron(['check'])).stderr, /update_multi.*card-not-renewable/s);
  const command = `to: [ou_a]\nupdate: message\nraw: { command: [/bin/echo, '{"elements":[{"tag":"hr"}]}'] }\n`;
  const made = await setUp(t, command);
  const run = await made.project.larkcron(['run', 'day']);
  assert.equal(run.code, 2, run.stderr);
  assert.equal(made.sandbox.messages().length, 0);
  const shared = await setUp(t, raw({ update_multi: true }));
  assert.equal(await shared.push('v1'), 0);
  assert.equal(await shared.push('v2'), 0);
  assert.equal(shared.sandbox.messages().length, 1);
});

it('an occurrence older than the card that is there is skipped, which is no failure', async (t) => {
  const job = `schedule: "0 0 * * *"\nto: [ou_a]\nupdate: message\n${CARD}`;
  const { sandbox, project, push } = await setUp(t, job);
  assert.equal(await push('v1'), 0);
  const { code, stdout } = await project.larkcron(['run', 'day', '--due', 'last', '--json']);
  const { run } = JSON.parse(stdout) as { run: { state: string; reason: { code: string } } };
  assert.deepEqual([code, run.state, run.reason.code], [0, 'skipped', 'superseded']);
  assert.equal(sandbox.messages().length, 1);
  assert.match((await project.larkcron(['incidents'])).stdout, /no|none|nothing/i);
});

it('update: message: nothing is sent when nothing changed, and the run says so', async (t) => {
  const { sandbox, project, push, calls } = await setUp(t, `to: [ou_a, oc_g]\nupdate: message\n${CARD}`);
  assert.equal(await push('v1'), 0);
  const before = sandbox.requests().length;
  const again = await project.larkcron(['run', 'day', '--yes', '--json']);
  const { run, deliveries } = JSON.parse(again.stdout) as {
    run: { state: string; reason: { code: string } };
    deliveries: { state: string; reason: { code: string } | null; attempts: number }[];
  };
  assert.deepEqual([again.code, run.state, run.reason.code], [0, 'skipped', 'unchanged']);
  assert.deepEqual(
    deliveries.map(({ state, reason, attempts }) => [state, reason?.code, attempts]),
    [
      ['cancelled', 'unchanged', 0],
      ['cancelled', 'unchanged', 0],
    ],
  );
  assert.equal(sandbox.requests().length, before);
  assert.match((await project.larkcron(['history'])).stdout, /skipped {2}The card there shows just this already/);
  assert.equal(await push('v2'), 0);
  assert.equal(await push('v1'), 0);
  assert.equal(calls('PATCH'), 4);
});

it('only who lacks the card gets it', async (t) => {
  const { sandbox, project, push, calls } = await setUp(t, `to: [ou_a]\nupdate: message\n${CARD}`);
  await push('v1');
  project.write('jobs/day.yaml', `to: [ou_a, ou_b]\nupdate: message\n${CARD}`);
  assert.equal(await push('v1'), 0);
  assert.deepEqual(
    sandbox.messages().map(({ recipient }) => recipient.id),
    ['ou_a', 'ou_b'],
  );
  assert.equal(calls('PATCH'), 0);
  assert.equal((await lastRun(project)).run?.state, 'delivered');
});

it('a card that was taken back, by the run that made it or one that renewed it, is sent anew though nothing changed', async (t) => {
  for (const renewed of [false, true]) {
    const { sandbox, project, push } = await setUp(t, `to: [ou_a]\nupdate: message\n${CARD}`);
    await push('v1');
    if (renewed) await push('v2');
    await project.larkcron(['recall', (await lastRun(project)).run?.id ?? '']);
    assert.equal(await push(renewed ? 'v2' : 'v1'), 0);
    assert.deepEqual(
      sandbox.messages().map(({ recalledAt }) => recalledAt !== null),
      [true, false],
    );
  }
});

it('--force renews it all the same', async (t) => {
  const { push, calls } = await setUp(t, `to: [ou_a]\nupdate: message\n${CARD}`);
  await push('v1');
  assert.equal(await push('v1', ['--force']), 0);
  assert.equal(calls('PATCH'), 1);
});

it('after a lost answer nobody knows what the card shows: the next run sends it', async (t) => {
  const { sandbox, push, calls } = await setUp(t, `to: [ou_a]\nupdate: message\n${CARD}`);
  await push('v1');
  sandbox.addFault(parseFault('500:path=/im/v1/messages/om_'));
  assert.equal(await push('v2', ['--wait', '0s']), 3);
  sandbox.clearFaults();
  const before = calls('PATCH');
  assert.equal(await push('v1'), 0);
  assert.equal(calls('PATCH'), before + 1);
  assert.match(sandbox.messages()[0]?.content ?? '', /v1/);
});
