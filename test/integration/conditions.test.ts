import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { settleRuns } from '../../src/drain.ts';
import { NO_MEMORY } from '../../src/model/memory.ts';
import type { Run } from '../../src/model/run.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/model/time.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { appOf } from '../support/app-of.ts';
import { inLedger, lastRun } from '../support/ledger-of.ts';
import { createProject, SETTINGS, until } from '../support/project.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

const setUp = async (t: TestContext, job: string, faults: readonly string[] = []) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: faults.map(parseFault) });
  t.after(() => sandbox.close());
  const project = createProject(
    { 'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', ''), 'jobs/j.yaml': job, 'p.json': '[]' },
    sandbox.url,
  );
  const write = (rows: Rows): void => project.write('p.json', JSON.stringify(rows));
  /** `larkcron run j` as a user types it: what it ended as, and why */
  const run = async (rows: Rows, ...args: readonly string[]): Promise<string> => {
    write(rows);
    const ended = await project.larkcron(['run', 'j', '--yes', ...args]);
    const { run: last } = await lastRun(project);
    return [ended.code, last?.state, last?.reason?.code].filter((each) => each !== undefined).join(' ');
  };
  const start = Date.now() - DAY;
  /** the occurrence so many minutes after the first, in this process */
  const at = async (minutes: number, rows: Rows): Promise<string> => {
    write(rows);
    const app = appOf(project, sandbox.url, systemClock);
    try {
      const now = Date.now();
      const due = start + minutes * MINUTE;
      const { run: opened } = await app.ledger().runs.open({
        kind: 'job',
        job: 'j',
        onceKey: `due:${due}`,
        dueAt: due,
        notBefore: now,
        trigger: 'schedule',
        ownAudience: true,
        deliverUntil: now + HOUR,
        priority: 2,
      });
      const [ended] = (await settleRuns(app.loops(), [opened.id], { wait: 20 * SECOND })) as [Run];
      return [ended.state, ended.reason?.code].filter((each) => each !== undefined).join(' ');
    } finally {
      await app.close();
    }
  };
  const memory = () => inLedger(project, ({ history }) => history.memory('j'));
  const texts = () => sandbox.messages().map(({ content }) => (JSON.parse(content) as { text: string }).text);
  return { sandbox, project, run, at, memory, texts };
};

const FILE = 'to: [ou_a]\ndata:\n  prices: { file: { path: p.json } }\n';
const WHAT = `text: "+{% for r in added.rows %}{{ r.sku }}{% endfor %} -{% for r in removed.rows %}{{ r.sku }}{% endfor %}{% for r in changed.rows %} {{ r.sku }} {{ r.price_old }}→{{ r.price }} ({{ r.price_delta }}){% endfor %}"\n`;
const PRICES = `${FILE}changed: { key: sku, columns: [price] }\n${WHAT}`;

const a = { sku: 'a', price: '12.50' };
const b = { sku: 'b', price: 7 };

it('changed: the first run sends all as added, then only what changed since is sent', async (t) => {
  const { run, texts } = await setUp(t, PRICES);
  assert.equal(await run([a, b]), '0 delivered');
  assert.equal(await run([a, b]), '0 skipped unchanged');
  assert.equal(await run([b, { ...a, price: '12.5' }]), '0 skipped unchanged', 'neither order nor a zero is a change');
  assert.equal(await run([{ ...a, price: '12.49' }, b]), '0 delivered');
  assert.equal(
    await run([
      { ...a, price: '12.49' },
      { sku: 'c', price: 1 },
    ]),
    '0 delivered',
  );
  assert.deepEqual(texts(), ['+ab -', '+ - a 12.50→12.49 (-0.01)', '+c -b']);
});

it('changed: --force sends in spite of it, and is what the next run compares with', async (t) => {
  const { run, texts } = await setUp(t, PRICES);
  await run([a]);
  assert.equal(await run([a], '--force'), '0 delivered');
  assert.equal(await run([a]), '0 skipped unchanged');
  assert.deepEqual(texts(), ['+a -', '+ -']);
});

it('changed: what did not arrive is sent again with the next change', async (t) => {
  const { sandbox, run, memory, texts } = await setUp(t, PRICES);
  await run([a]);
  const before = await memory();
  sandbox.addFault(parseFault('230013:path=/im/v1/messages,times=1'));
  assert.equal(await run([{ ...a, price: 20 }]), '1 failed');
  assert.deepEqual(await memory(), before);
  assert.equal(await run([{ ...a, price: 20 }]), '0 delivered');
  assert.deepEqual(texts(), ['+a -', '+ - a 12.50→20 (7.5)']);
});

it('changed: a run that failed and is resent moves it then', async (t) => {
  const { sandbox, project, run } = await setUp(t, PRICES);
  sandbox.addFault(parseFault('230013:path=/im/v1/messages,times=1'));
  assert.equal(await run([a]), '1 failed');
  const { run: failed } = await lastRun(project);
  assert.equal((await project.larkcron(['resend', failed?.id ?? ''])).code, 0);
  assert.equal(await run([a]), '0 skipped unchanged');
});

it('changed: test runs, dry runs and previews show it and move nothing', async (t) => {
  const { project, run, memory, texts } = await setUp(t, PRICES);
  assert.equal(await run([a], '--to', 'ou_x'), '0 delivered');
  assert.equal((await memory()).last, null);
  await run([a]);
  const before = await memory();
  const next = [{ ...a, price: 13 }];
  assert.equal(await run(next, '--to', 'ou_x'), '0 delivered');
  const dry = await project.larkcron(['run', 'j', '--dry-run', '--json']);
  assert.match((JSON.parse(dry.stdout) as { content: { text: string } }).content.text, /a 12\.50→13 \(0\.5\)/);
  assert.match((await project.larkcron(['preview', 'j'])).stdout, /a 12\.50→13/);
  assert.deepEqual(await memory(), before);
  assert.equal(texts().at(-1), '【测试】+ - a 12.50→13 (0.5)');
});

it('a preview makes no ledger where there is none', async (t) => {
  const { project, sandbox } = await setUp(t, PRICES);
  assert.equal((await project.larkcron(['preview', 'j'])).code, 0);
  assert.equal((await project.larkcron(['run', 'j', '--dry-run', '--force'])).code, 0);
  assert.equal(existsSync(join(project.folder, '.larkcron', 'ledger.db')), false);
  assert.equal(sandbox.messages().length, 0);
});

it('changed: first: remember stores without a message', async (t) => {
  const { run, texts } = await setUp(
    t,
    PRICES.replace('columns: [price] }', 'columns: [price], first: remember, tolerance: 1% }'),
  );
  assert.equal(await run([a, b]), '0 skipped remembered');
  assert.equal(await run([a, { ...b, price: '7.07' }]), '0 skipped unchanged');
  assert.equal(await run([a, { ...b, price: '7.08' }]), '0 delivered');
  assert.deepEqual(texts(), ['+ - b 7→7.08 (0.08)']);
});

it('changed: first: remember remembers again when rows are told apart by a column that was not there before', async (t) => {
  const { project, run, texts } = await setUp(t, PRICES.replace('[price] }', '[price], first: remember }'));
  assert.equal(await run([a]), '0 skipped remembered');
  project.write(
    'jobs/j.yaml',
    PRICES.replace('key: sku', 'key: id').replace('[price] }', '[price], first: remember }'),
  );
  const withId = { ...a, id: 1 };
  assert.equal(await run([withId]), '0 skipped remembered');
  assert.equal(await run([]), '0 delivered');
  assert.equal(await run([withId]), '0 delivered', 'no rows are remembered as no rows, not as never');
  assert.deepEqual(texts(), ['+ -a', '+a -']);
});

it('changed: rows that cannot be told apart are a fault, with the rows, and nothing is sent', async (t) => {
  const { project, run, texts } = await setUp(t, PRICES);
  assert.equal(await run([a, b, { ...a }]), '1 failed source-failed');
  assert.match((await lastRun(project)).run?.reason?.message.en ?? '', /Rows 1 and 3 of prices have the same sku, "a"/);
  assert.equal(await run([{ price: 1 }, a]), '1 failed source-failed');
  assert.match((await lastRun(project)).run?.reason?.message.en ?? '', /Row 1 of prices has no sku/);
  assert.equal(await run([{ code: 'a', price: 1 }]), '2 failed bad-settings');
  assert.deepEqual(texts(), []);
});

it('changed: more than 8 MB is not remembered, and said so', async (t) => {
  const { project, run } = await setUp(t, PRICES);
  const rows = Array.from({ length: 9 }, (_, i) => ({ sku: i, price: 'x'.repeat(1024 * 1024) }));
  assert.equal(await run(rows), '2 failed bad-settings');
  assert.match((await lastRun(project)).run?.reason?.message.en ?? '', /9 rows and 9\.0 MB; the limit is 8\.0 MB/);
});

for (const [empty, ended] of [
  ['skip', '0 skipped empty'],
  ['send', '0 delivered'],
  ['fail', '1 failed empty'],
] as const)
  it(`empty: ${empty}`, async (t) => {
    const { run } = await setUp(t, `${FILE}empty: ${empty}\ntext: "{{ prices.rows.size }}"\n`);
    assert.equal(await run([]), ended);
    assert.equal(await run([], '--force'), '0 delivered');
    assert.equal(await run([a]), '0 delivered');
  });

const ALARM = `${FILE}when: prices.rows.exists(p, p.price > 100)\n`;
const HIGH = [{ sku: 'a', price: 200 }];
const LOW = [{ sku: 'a', price: 1 }];

it('whenRuns: only these runs in a row send', async (t) => {
  const { at } = await setUp(t, `${ALARM}whenRuns: [2, 3]\ntext: high\n`);
  const runs = [HIGH, HIGH, HIGH, HIGH, LOW, HIGH, LOW, HIGH, HIGH];
  const ended = [];
  for (const [i, rows] of runs.entries()) ended.push(await at(i, rows));
  assert.deepEqual(ended, [
    'skipped when-runs',
    'delivered',
    'delivered',
    'skipped when-runs',
    'skipped condition-false',
    'skipped when-runs',
    'skipped condition-false',
    'skipped when-runs',
    'delivered',
  ]);
});

it('repeatAfter: the same alarm only so often, with how many were held back; a new one at once', async (t) => {
  const { at, texts } = await setUp(
    t,
    `${ALARM}repeatAfter: 4h\ntext: "high{% if last %}, {{ last.heldBack }} held back{% endif %}"\n`,
  );
  const ended = [];
  for (const minutes of [0, 5, 10, 239, 240, 245]) ended.push(await at(minutes, HIGH));
  ended.push(await at(250, LOW), await at(255, HIGH), await at(260, HIGH));
  assert.deepEqual(ended, [
    'delivered',
    'skipped held-back',
    'skipped held-back',
    'skipped held-back',
    'delivered',
    'skipped held-back',
    'skipped condition-false',
    'delivered',
    'skipped held-back',
  ]);
  assert.deepEqual(texts(), ['high', 'high, 3 held back', 'high, 1 held back']);
});

it('repeatAfter: an alarm that did not arrive is not held back', async (t) => {
  const { sandbox, at } = await setUp(t, `${ALARM}repeatAfter: 4h\ntext: high\n`);
  sandbox.addFault(parseFault('230013:path=/im/v1/messages,times=1'));
  assert.equal(await at(0, HIGH), 'failed');
  assert.equal(await at(5, HIGH), 'delivered');
  assert.equal(await at(10, HIGH), 'skipped held-back');
});

it('repeatAfter with changed: what changed is sent at once, the same again after a while', async (t) => {
  const { at } = await setUp(t, `${PRICES}repeatAfter: 1h\n`);
  assert.equal(await at(0, [a]), 'delivered');
  assert.equal(await at(10, [a]), 'skipped held-back');
  assert.equal(await at(20, [b]), 'delivered');
  assert.equal(await at(79, [b]), 'skipped held-back');
  assert.equal(await at(80, [b]), 'delivered');
});

it('last: null on the first run, then the named figures of what arrived, in templates and in conditions', async (t) => {
  const { sandbox, at, memory } = await setUp(
    t,
    `${FILE}when: last == null || prices.first.price > last.figures.top * 1.1
card:
  title: "was {{ last.figures.top | default: 'nothing' }}"
  body:
    - metrics:
        - { name: top, label: Top, value: "{{ prices.first.price }}" }
        - { label: Rows, value: "{{ prices.rows.size }}" }
`,
  );
  assert.equal(await at(0, [{ price: 100 }]), 'delivered');
  assert.equal(await at(1, [{ price: 110 }]), 'skipped condition-false');
  assert.equal(await at(2, [{ price: 111 }]), 'delivered');
  assert.match(sandbox.messages()[0]?.content ?? '', /was nothing/);
  assert.match(sandbox.messages()[1]?.content ?? '', /was 100/);
  assert.deepEqual(JSON.parse((await memory()).last?.figures ?? ''), { '': { top: 111, Rows: 1 } });
});

it('compare with last: each row beside what it was when a message last arrived', async (t) => {
  const { at, texts } = await setUp(
    t,
    `to: [ou_a]
data:
  prices:
    file: { path: p.json }
    shape:
      - compare: { with: last, key: sku, columns: price }
text: "{{ prices.first.price }} {{ prices.first.price_old | default: '-' }} {{ prices.first.price_delta | default: '-' }}"
`,
  );
  assert.equal(await at(0, [{ sku: 'a', price: '1.10' }]), 'delivered');
  assert.equal(await at(1, [{ sku: 'a', price: '1.30' }]), 'delivered');
  assert.deepEqual(texts(), ['1.10 - -', '1.30 1.10 0.2']);
});

it('an older run that arrives late moves nothing', async (t) => {
  const { at, memory } = await setUp(t, PRICES);
  assert.equal(await at(10, [a]), 'delivered');
  const before = await memory();
  assert.equal(await at(5, [{ ...a, price: 1 }]), 'delivered');
  assert.deepEqual(await memory(), before);
});

it('killed between the request and its answer: the memory moves when the next process has proof, and not before', async (t) => {
  const { sandbox, project, run, memory, texts } = await setUp(t, PRICES, ['hang:path=/im/v1/messages,times=1']);
  project.write('p.json', JSON.stringify([a]));
  const child = project.start(['run', 'j']);
  await until('the message is with Feishu, its answer is not back', () => sandbox.messages().length === 1);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.on('close', resolve));
  assert.deepEqual(await memory(), NO_MEMORY);
  assert.equal((await project.larkcron(['tick', '--for', '20s'])).code, 0);
  assert.notEqual((await memory()).last, null);
  assert.equal(await run([a]), '0 skipped unchanged');
  assert.equal(await run([b]), '0 delivered');
  assert.deepEqual(texts(), ['+a -', '+b -a']);
});

it('killed while it prepares: nothing is remembered, and the same is sent by the next', async (t) => {
  const { project, run, memory, texts } = await setUp(
    t,
    PRICES.replace('prices: { file: { path: p.json } }', 'prices: { command: { argv: [sh, slow.sh], format: json } }'),
  );
  project.write('slow.sh', 'touch begun; while [ ! -e go ]; do sleep 0.05; done; cat p.json\n');
  const child = project.start(['run', 'j']);
  await until('the source is being read', () => existsSync(join(project.folder, 'begun')));
  child.kill('SIGKILL');
  await new Promise((resolve) => child.on('close', resolve));
  project.write('go', '');
  assert.deepEqual(await memory(), NO_MEMORY);
  assert.equal(await run([a]), '0 delivered');
  assert.deepEqual(texts().at(-1), '+a -');
});
