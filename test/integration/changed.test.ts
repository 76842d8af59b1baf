import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import type { Row } from '../../src/model/dataset.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { lastRun } from '../support/ledger-of.ts';
import { createProject, SETTINGS } from '../support/project.ts';

const JOB = `to: [ou_a]
data:
  prices: { file: { path: prices.json } }
changed: { key: sku, columns: price }
card:
  title: 调价
  body:
    - metrics: [{ label: 商品, value: "{{ prices.rows.size }}" }]
    - text: "+{{ added.rows.size }} -{{ removed.rows.size }} ~{{ changed.rows.size }}"
    - text: "{{ changed.first.price_old }}→{{ changed.first.price }} ({{ changed.first.price_delta }})"
    - text: "last {{ last.figures['商品'] }}"
`;

const setUp = async (t: TestContext, job = JOB) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const project = createProject(
    { 'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', ''), 'jobs/prices.yaml': job, 'prices.json': '[]' },
    sandbox.url,
  );
  const push = async (rows: readonly Row[], args: readonly string[] = []) => {
    project.write('prices.json', JSON.stringify(rows));
    const { code } = await project.larkcron(['run', 'prices', '--yes', ...args]);
    const { run } = await lastRun(project);
    return { code, state: run?.state, reason: run?.reason?.code ?? null };
  };
  const texts = (): readonly string[] =>
    sandbox
      .messages()
      .map(({ content }) => [...content.matchAll(/"content":"([^"]*)"/g)].map((match) => match[1]).join(' | '));
  return { sandbox, project, push, texts };
};

const A = { sku: 'a', price: 10 };
const B = { sku: 'b', price: 20 };

describe('changed', () => {
  it('sends all as added first, then nothing while nothing changes, then old and new', async (t) => {
    const { push, texts } = await setUp(t);
    assert.deepEqual(await push([A, B]), { code: 0, state: 'delivered', reason: null });
    assert.match(texts()[0] ?? '', /\+2 -0 ~0/);
    assert.match(texts()[0] ?? '', /last $|last \|/);
    assert.deepEqual(await push([A, B]), { code: 0, state: 'skipped', reason: 'unchanged' });
    assert.deepEqual(await push([A, { ...B, price: 21 }]), { code: 0, state: 'delivered', reason: null });
    assert.equal(texts().length, 2);
    assert.match(texts()[1] ?? '', /\+0 -0 ~1 \| 20→21 \(1\) \| last 2/);
  });

  it('--force sends in spite of it; a test run sends what a run would, and moves nothing', async (t) => {
    const { push, texts } = await setUp(t);
    await push([A]);
    assert.equal((await push([A], ['--force'])).state, 'delivered');
    assert.equal((await push([B], ['--to', 'ou_b'])).state, 'delivered');
    assert.deepEqual(await push([A]), { code: 0, state: 'skipped', reason: 'unchanged' });
    assert.equal(texts().length, 3);
  });

  it('what did not arrive is still to be told', async (t) => {
    const { sandbox, push, texts } = await setUp(t);
    await push([A]);
    sandbox.addFault(parseFault('230013'));
    assert.equal((await push([{ ...A, price: 11 }])).state, 'failed');
    sandbox.clearFaults();
    assert.equal((await push([{ ...A, price: 12 }])).state, 'delivered');
    assert.match(texts().at(-1) ?? '', /10→12 \(2\)/);
  });

  it('first: remember stores and skips', async (t) => {
    const { push, texts } = await setUp(t, JOB.replace('columns: price', 'columns: price, first: remember'));
    assert.deepEqual(await push([A]), { code: 0, state: 'skipped', reason: 'remembered' });
    assert.deepEqual(await push([A]), { code: 0, state: 'skipped', reason: 'unchanged' });
    assert.equal((await push([{ ...A, price: 9 }])).state, 'delivered');
    assert.equal(texts().length, 1);
    assert.match(texts()[0] ?? '', /10→9 \(-1\)/);
  });

  it('an older occurrence that arrives later never takes the place of a newer one', async (t) => {
    const { push } = await setUp(t, `schedule: "0 9 * * *"\n${JOB}`);
    await push([{ ...A, price: 11 }]);
    assert.equal((await push([A], ['--due', 'last'])).state, 'delivered');
    assert.deepEqual(await push([{ ...A, price: 11 }]), { code: 0, state: 'skipped', reason: 'unchanged' });
  });

  it('a key that two rows share fails the run, with the rows it means', async (t) => {
    const { push, project } = await setUp(t);
    assert.deepEqual(await push([A, A]), { code: 1, state: 'failed', reason: 'source-failed' });
    const { run } = await lastRun(project);
    assert.match(run?.reason?.message.en ?? '', /Rows 1 and 2 of prices have the same sku, "a"/);
  });
});

describe('empty', () => {
  const PLAIN = 'to: [ou_a]\ndata: { prices: { file: { path: prices.json } } }\ntext: "{{ prices.rows.size }}"\n';
  for (const [written, expected] of [
    ['', { code: 0, state: 'delivered', reason: null }],
    ['empty: skip\n', { code: 0, state: 'skipped', reason: 'empty' }],
    ['empty: fail\n', { code: 1, state: 'failed', reason: 'empty' }],
  ] as const) {
    it(`${written.trim() || 'left out'}: ${expected.state}`, async (t) => {
      const { push } = await setUp(t, PLAIN + written);
      assert.deepEqual(await push([]), expected);
      assert.equal((await push([A])).state, 'delivered');
    });
  }
});

it('last is null before the first message that arrived, in conditions too', async (t) => {
  const job = `to: [ou_a]
data: { prices: { file: { path: prices.json } } }
when: last == null || prices.rows.size() > last.figures["n"]
card:
  title: x
  body: [{ metrics: [{ label: n, value: "{{ prices.rows.size }}" }] }]
`;
  const { push } = await setUp(t, job);
  assert.equal((await push([A])).state, 'delivered');
  assert.deepEqual(await push([A]), { code: 0, state: 'skipped', reason: 'condition-false' });
  assert.equal((await push([A, B])).state, 'delivered');
});
