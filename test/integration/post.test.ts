import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, SETTINGS } from '../support/project.ts';

it('a post is previewed, sent, marked as a test, and shown', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const job = `to: [ou_a]
data: { stores: { rows: [{ name: 华东, sales: 120 }] } }
post:
  title: 日报
  body: "**{{ stores.first.name }}** {{ stores.first.sales }} [看板](https://bi.example.com)"
`;
  const project = createProject(
    { 'jobs/report.yaml': job, 'jobs/short.yaml': 'to: [ou_a]\npost: "**hi**"\n' },
    sandbox.url,
  );
  assert.equal((await project.larkcron(['check'])).code, 0);
  const preview = await project.larkcron(['preview', 'report']);
  assert.match(preview.stdout, /日报\n\n华东 120 看板 \(https:\/\/bi\.example\.com\)/);
  assert.equal((await project.larkcron(['run', 'report', 'short'])).code, 0);
  assert.equal((await project.larkcron(['run', 'report', '--to', 'me'])).code, 0);
  const [first, second, third] = sandbox.messages();
  assert.deepEqual(
    [first, second, third].map((each) => each?.msgType),
    ['post', 'post', 'post'],
  );
  const posts = sandbox.messages().map(({ content }) => JSON.parse(content).zh_cn);
  assert.deepEqual(new Set(posts.map(({ title }) => title)), new Set(['日报', '', '【测试】日报']));
});

for (const [what, more, code] of [
  ['a batch', 'batch: true\nto: [ou_a]\n', 'key-conflict'],
  ['a custom bot', 'to: [oncall]\n', 'key-conflict'],
  ['the card of a day', 'update: message\nto: [ou_a]\n', 'key-conflict'],
  ['a text', 'text: x\nto: [ou_a]\n', 'two-messages'],
] as const)
  it(`a post does not go with ${what}`, async () => {
    const bot = `${SETTINGS}  oncall: { name: oncall, webhook: "https://open.feishu.cn/open-apis/bot/v2/hook/aaaa" }\n`;
    const project = createProject({ 'larkcron.yaml': bot, 'jobs/report.yaml': `${more}post: hi\n` });
    const { code: status, stdout } = await project.larkcron(['check', '--json']);
    const [first] = JSON.parse(stdout).problems.filter(({ severity }: { severity: string }) => severity === 'error');
    assert.deepEqual([status, first.code], [2, code]);
  });

it('a post that is too large is refused before anything is sent, with what to do', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const project = createProject({ 'jobs/long.yaml': `to: [ou_a]\npost: "${'很长'.repeat(6_000)}"\n` }, sandbox.url);
  const { code, stdout } = await project.larkcron(['run', 'long', '--json']);
  assert.equal(code, 2);
  assert.match(stdout, /bytes; 30720 are the most/);
  assert.equal(sandbox.messages().filter(({ msgType }) => msgType === 'post').length, 0);
});
