import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { lastRun } from '../support/ledger-of.ts';
import { createProject, SETTINGS } from '../support/project.ts';

const setUp = async (t: TestContext, files: Readonly<Record<string, string>>) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const project = createProject({ 'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', ''), ...files }, sandbox.url);
  const kinds = () =>
    sandbox.messages().map(({ recipient, msgType }) => `${recipient.id.replace(/^webhook:/, '')} ${msgType}`);
  return { sandbox, project, kinds };
};

const rowsOf = (content: string): number[] =>
  (JSON.parse(content) as { body: { elements: { tag: string; rows?: unknown[] }[] } }).body.elements.flatMap(
    ({ rows }) => (rows === undefined ? [] : [rows.length]),
  );

const STORES = JSON.stringify(
  Array.from({ length: 600 }, (_, i) => ({ name: `门店 ${i}`, sales: i * 1.5, note: 'x'.repeat(40) })),
);
const DATA = 'data:\n  stores: { file: { path: stores.json } }\n';
const CARD = `${DATA}card:\n  title: T\n  body:\n    - table: { rows: stores }\n`;

it('a table too long for a card goes out cut, with the whole dataset as a file after it, and the run says so', async (t) => {
  const { sandbox, project, kinds } = await setUp(t, { 'jobs/big.yaml': `to: [ou_a]\n${CARD}`, 'stores.json': STORES });
  const ended = await project.larkcron(['run', 'big']);
  assert.equal(ended.code, 0, ended.stderr);
  assert.deepEqual(kinds(), ['ou_a interactive', 'ou_a file']);
  const [card] = sandbox.messages();
  const [shown = 0] = rowsOf(card?.content ?? '');
  assert.ok(shown > 0 && shown % 10 === 0);
  assert.match(card?.content ?? '', new RegExp(`还有 ${600 - shown} 行,全部见附件 stores\\.csv`));
  const words = new RegExp(`stores shows ${shown} of 600 rows, all are attached as stores.csv`);
  assert.match(ended.stdout, words);
  const id = (await lastRun(project)).run?.id ?? '';
  assert.match((await project.larkcron(['show', id])).stdout, words);
  const { run } = JSON.parse((await project.larkcron(['show', id, '--json'])).stdout) as { run: { cuts: unknown } };
  assert.deepEqual(run.cuts, [
    { what: 'rows', dataset: 'stores', shown, of: 600, reason: 'size', part: 1, file: 'stores.csv' },
  ]);
  assert.match(
    readFileSync(join(project.folder, '.larkcron', 'logs', 'push.log'), 'utf8'),
    new RegExp(`stores 只显示 ${shown} / 600 行,全部在附件 stores.csv`),
  );
  assert.match((await project.larkcron(['preview', 'big'])).stderr, words);
  assert.match((await project.larkcron(['run', 'big', '--dry-run'])).stderr, words);
});

it('a dataset that is attached anyway is not attached twice', async (t) => {
  const job = `to: [ou_a]\n${CARD}attach: [{ csv: stores, name: 全部.csv }]\n`;
  const { sandbox, project, kinds } = await setUp(t, { 'jobs/big.yaml': job, 'stores.json': STORES });
  assert.equal((await project.larkcron(['run', 'big'])).code, 0);
  assert.deepEqual(kinds(), ['ou_a interactive', 'ou_a file']);
  assert.match(sandbox.messages()[0]?.content ?? '', /全部\.csv/);
});

it('seven tables are two cards, in order, to each recipient', async (t) => {
  const tables = Array.from({ length: 7 }, () => '    - table: { rows: few }\n').join('');
  const job = `to: [ou_a, ou_b]\ndata: { few: { rows: [{ a: 1 }, { a: 2 }] } }\ncard:\n  title: T\n  body:\n${tables}`;
  const { sandbox, project } = await setUp(t, { 'jobs/seven.yaml': job });
  assert.equal((await project.larkcron(['run', 'seven', '--yes'])).code, 0);
  for (const person of ['ou_a', 'ou_b'])
    assert.deepEqual(
      sandbox
        .messages()
        .filter(({ recipient }) => recipient.id === person)
        .map(({ content }) => [/T( \(2\/2\))?"/.exec(content)?.[0], rowsOf(content).length]),
      [
        ['T"', 5],
        ['T (2/2)"', 2],
      ],
    );
  const { run, deliveries } = await lastRun(project);
  assert.deepEqual(run?.cuts, []);
  assert.deepEqual(
    deliveries.map(({ part, kind }) => `${part} ${kind}`),
    ['1 card', '2 card', '1 card', '2 card'],
  );
  assert.match((await project.larkcron(['preview', 'seven'])).stderr, /becomes 2 cards/);
});

it('update: message stays one card without a file, and renews it', async (t) => {
  const { sandbox, project, kinds } = await setUp(t, {
    'jobs/day.yaml': `to: [ou_a]\nupdate: message\n${CARD}`,
    'stores.json': STORES,
  });
  assert.equal((await project.larkcron(['run', 'day'])).code, 0);
  project.write('stores.json', STORES.replace('门店 0', '门店 X'));
  assert.equal((await project.larkcron(['run', 'day'])).code, 0);
  assert.deepEqual(kinds(), ['ou_a interactive']);
  assert.match(sandbox.messages()[0]?.content ?? '', /门店 X/);
  assert.doesNotMatch(sandbox.messages()[0]?.content ?? '', /stores\.csv/);
});

it('batch is one call with one cut card', async (t) => {
  const { sandbox, project } = await setUp(t, {
    'jobs/all.yaml': `to: [ou_a, ou_b]\nbatch: true\n${CARD}`,
    'stores.json': STORES,
  });
  assert.equal((await project.larkcron(['run', 'all', '--yes'])).code, 0);
  assert.equal(sandbox.requests().filter(({ path }) => path.includes('batch_send')).length, 1);
  const { deliveries, run } = await lastRun(project);
  assert.equal(deliveries.length, 1);
  assert.equal(run?.cuts[0]?.file, null);
});

it('with a custom bot among the recipients the card is within its 20 KB, and there is no file', async (t) => {
  const { sandbox, project } = await setUp(t, { 'stores.json': STORES });
  const hook = `{ name: ops, webhook: "${sandbox.url}/open-apis/bot/v2/hook/hook-token-0123456789" }`;
  project.write('jobs/bot.yaml', `to: [${hook}, ou_a]\n${CARD}`);
  const { code, stderr, stdout } = await project.larkcron(['run', 'bot', '--yes']);
  assert.equal(code, 0, stderr + stdout);
  assert.deepEqual(
    sandbox.messages().map(({ msgType }) => msgType),
    ['interactive', 'interactive'],
  );
  for (const { content } of sandbox.messages()) assert.ok(Buffer.byteLength(content) < 20_000);
});

it('resend --render refuses to put a card of other parts in the place of the old one', async (t) => {
  const { sandbox, project } = await setUp(t, {
    'jobs/big.yaml': `to: [ou_a, oc_none]\n${CARD}`,
    'stores.json': '[{"name":"a"}]',
  });
  const { parseFault } = await import('../../src/sandbox/faults.ts');
  sandbox.addFault(parseFault('230002:recipient=oc_none'));
  assert.equal((await project.larkcron(['run', 'big', '--yes'])).code, 1);
  sandbox.clearFaults();
  project.write(
    'stores.json',
    JSON.stringify(Array.from({ length: 900 }, (_, i) => ({ name: `${i} ${'x'.repeat(60)}` }))),
  );
  const id = (await lastRun(project)).run?.id ?? '';
  const again = await project.larkcron(['resend', id, '--render']);
  assert.equal(again.code, 2);
  assert.match(again.stderr, /has other parts than the old one/);
  assert.equal(sandbox.messages().length, 1);
});
