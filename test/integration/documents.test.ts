import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, SETTINGS } from '../support/project.ts';

const JOB = `to: { from: orders, column: 负责人_open_id }
data:
  orders:
    bitable:
      url: https://example.feishu.cn/base/bascnSandbox?table=tblOrders
      fields: [订单号, 金额, 负责人_open_id]
      filter: { 状态: "{{ 'paid' | replace: 'paid', '已付款' }}", 金额: { isLess: 20 } }
      sort: { 金额: desc }
  targets: { sheet: { token: shtcnSandbox, sheet: 目标 } }
card:
  title: "{{ mine.rows.size }} / {{ targets.rows.size }}"
  body:
    - table: { rows: mine, columns: { 订单号: 订单, 金额: { format: money } } }
    - table: { rows: targets, columns: { 门店: 门店, 完成: 完成 } }
`;

const setUp = async (job: string, settings = SETTINGS) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  const project = createProject({ 'larkcron.yaml': settings, 'jobs/orders.yaml': job }, sandbox.url);
  return { sandbox, project };
};

it('records of a base and cells of a sheet go to the people they are about', async (t) => {
  const { sandbox, project } = await setUp(JOB);
  t.after(() => sandbox.close());
  const looked = await project.larkcron(['preview', 'orders', '--for', 'ou_seller0']);
  assert.equal(looked.code, 0, looked.stderr);
  assert.equal(sandbox.messages().length, 0);
  const ended = await project.larkcron(['run', 'orders', '--yes']);
  assert.equal(ended.code, 0, ended.stderr + ended.stdout);
  const [card, ...more] = sandbox.messages();
  assert.equal(more.length, 0);
  assert.equal(card?.recipient.id, 'ou_seller0');
  assert.match(card?.content ?? '', /"5 \/ 3"/);
  assert.match(card?.content ?? '', /A18.*A15.*A12/);
  assert.match(card?.content ?? '', /1800\.45/);
});

it('doctor names the scopes that its sources need, and the app they ask as', async (t) => {
  const sandbox = await startSandbox({
    port: 0,
    clock: systemClock,
    keep: null,
    scopes: ['im:message', 'application:application:self_manage'],
  });
  t.after(() => sandbox.close());
  const wiki =
    'to: [ou_a]\ndata:\n  b: { bitable: { url: "https://x.feishu.cn/wiki/wikcnBase" } }\n  s: { sheet: { token: shtcnSandbox } }\ntext: hi\n';
  const project = createProject({ 'jobs/orders.yaml': wiki }, sandbox.url);
  const ended = await project.larkcron(['doctor', 'orders']);
  assert.equal(ended.code, 1);
  for (const scope of ['bitable:app:readonly', 'sheets:spreadsheet:readonly', 'wiki:wiki:readonly'])
    assert.match(ended.stdout + ended.stderr, new RegExp(scope));
});

it('check says what cannot be: a view with a filter, an address of something else, an unknown condition or app', async () => {
  const faults: readonly [source: string, code: string][] = [
    ['bitable: { url: "https://x.feishu.cn/base/bascnA?table=tblA&view=vewA", filter: { a: 1 } }', 'view-ignored'],
    ['bitable: { url: "https://x.feishu.cn/sheets/shtcnA" }', 'bad-document'],
    ['sheet: { url: "https://x.feishu.cn/docx/abc" }', 'bad-document'],
    ['bitable: { url: "https://x.feishu.cn/base/bascnA", token: bascnA }', 'one-document'],
    ['bitable: { token: bascnA, filter: { a: { isBigger: 1 } } }', 'bad-operator'],
    ['bitable: { token: bascnA, filter: { a: { is: 1, isNot: 2 } } }', 'bad-condition'],
    ['bitable: { token: bascnA, filter: { a: 1 }, anyOf: { a: 2 } }', 'one-filter'],
    ['bitable: { token: bascnA, sort: { a: down } }', 'one-of'],
    ['sheet: { token: shtcnA, range: A1 }', 'wrong-type'],
    ['sheet: { token: shtcnA, app: other }', 'unknown-app'],
  ];
  for (const [source, code] of faults) {
    const project = createProject({ 'jobs/j.yaml': `to: [ou_a]\ndata:\n  d:\n    ${source}\ntext: hi\n` });
    const ended = await project.larkcron(['check', '--json']);
    assert.equal(ended.code, 2, source);
    const { problems } = JSON.parse(ended.stdout) as { problems: { code: string; line: number; severity: string }[] };
    const errors = problems.filter(({ severity }) => severity === 'error');
    assert.deepEqual(
      errors.map((each) => each.code),
      [code],
      source,
    );
    assert.ok((errors[0]?.line ?? 0) >= 4, source);
  }
});
