import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { findBrowser } from '../../src/browser/find-browser.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { startDashboard, TOKEN } from '../source/dashboard.ts';
import { lastRun } from '../support/ledger-of.ts';
import { createProject, SETTINGS } from '../support/project.ts';

const program = findBrowser(process.env);
const skip = program === null && 'no Chromium or Chrome on this machine';

const setUp = async (t: TestContext, job: string) => {
  const board = await startDashboard();
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(async () => {
    await sandbox.close();
    await board.close();
  });
  const project = createProject(
    { 'jobs/board.yaml': job, 'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', '') },
    sandbox.url,
  );
  const env = { BOARD: `${board.url}/dashboard`, BOARD_TOKEN: TOKEN, CHROME: program ?? '' };
  const larkcron = (...args: readonly string[]) => project.larkcron(args, env);
  const uploads = (): number => sandbox.requests().filter(({ path }) => /\/im\/v1\/images$/.test(path)).length;
  return { board, sandbox, project, larkcron, uploads };
};

const JOB = `to: [ou_a]
data:
  board:
    screenshot:
      url: "\${BOARD}"
      headers: { Authorization: "Bearer \${BOARD_TOKEN}" }
      viewport: { width: 700, height: 400, scale: 1 }
      waitFor: { selector: .chart-loaded }
`;

const CARD = `${JOB}when: board.first.width > 0
card:
  title: 看板
  body:
    - image: { from: board, alt: "{{ board.first.title }}" }
    - note: "{{ board.first.width }}×{{ board.first.height }}"
attach:
  - { image: { from: board } }
`;

it('a screenshot is uploaded once and stands in the card, and resend needs neither page nor browser', {
  skip,
}, async (t) => {
  const { board, sandbox, project, larkcron, uploads } = await setUp(t, CARD);
  sandbox.addFault(parseFault('230022:path=/im/v1/messages,times=1'));
  assert.equal((await larkcron('run', 'board')).code, 1);
  assert.equal(uploads(), 1, 'the card and the attachment have the same picture');
  const { run } = await lastRun(project);
  assert.equal(run?.job, 'board');
  const asked = board.asked().length;
  const again = await larkcron('resend', run?.id ?? '');
  assert.equal(again.code, 0, again.stdout + again.stderr);
  assert.deepEqual([board.asked().length, uploads()], [asked, 1]);
  const [card, image] = sandbox.messages();
  assert.deepEqual([card?.msgType, image?.msgType], ['interactive', 'image']);
  const key = /"img_key":"(img_sandbox_\w+)"/.exec(card?.content ?? '')?.[1];
  assert.match(card?.content ?? '', /销售看板.*700×400/s);
  assert.deepEqual(JSON.parse(image?.content ?? '{}'), { image_key: key });
  const said = readFileSync(join(project.folder, '.larkcron', 'logs', 'push.log'), 'utf8');
  assert.doesNotMatch(said, new RegExp(TOKEN));
});

it('preview shows the picture of a card, as a page and as a picture, and the file of a message', {
  skip,
}, async (t) => {
  const { project, larkcron } = await setUp(t, CARD);
  const ended = await larkcron('preview', 'board', '--html', 'card.html', '--png', 'card.png');
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(readFileSync(join(project.folder, 'card.html'), 'utf8'), /src="data:image\/png;base64,/);
  assert.ok(readFileSync(join(project.folder, 'card.png')).length > 10_000);
  project.write('jobs/board.yaml', `${JOB}image: { from: board, name: 看板.png }\n`);
  const terminal = await larkcron('preview', 'board');
  assert.equal(terminal.code, 0, terminal.stderr);
  assert.match(terminal.stderr + terminal.stdout, /看板\.png, \d+ bytes/);
});

it('the whole message may be the picture; where the page is not there, the run fails and no token is shown', {
  skip,
}, async (t) => {
  const { sandbox, project, larkcron } = await setUp(t, `${JOB}image: { from: board }\n`);
  const ended = await larkcron('run', 'board');
  assert.equal(ended.code, 0, ended.stdout + ended.stderr);
  assert.deepEqual(
    sandbox.messages().map(({ msgType }) => msgType),
    ['image'],
  );
  project.write('jobs/board.yaml', `${JOB.replace('"${BOARD}"', '"${BOARD}/nowhere"')}image: { from: board }\n`);
  const failed = await larkcron('run', 'board');
  assert.equal(failed.code, 1);
  assert.match(failed.stdout + failed.stderr, /HTTP 404/);
  assert.doesNotMatch(failed.stdout + failed.stderr, new RegExp(TOKEN));
});

const check = async (job: string) =>
  createProject({ 'jobs/board.yaml': job }).larkcron(['check'], { BOARD: 'http://x', BOARD_TOKEN: 't' });

for (const [name, job, says] of [
  ['a dataset that is not there', `${JOB}image: { from: bord }\n`, /board\.yaml:9:16: .*bord/],
  [
    'a dataset without a picture',
    'to: [ou_a]\ndata: { d: { rows: [{ a: 1 }] } }\ncard: { title: T, body: [{ image: { from: d } }] }\n',
    /board\.yaml:3:43: .*d has no picture/,
  ],
  [
    'an attachment without a picture',
    'to: [ou_a]\ndata: { d: { rows: [] } }\ntext: x\nattach: [{ image: { from: d } }]\n',
    /board\.yaml:4:27: .*no picture/,
  ],
  ['both a path and a dataset', `${JOB}image: { from: board, path: x.png }\n`, /exactly one of path, from/],
  ['a key it does not know', `${JOB.replace('viewport', 'veiwport')}text: x\n`, /veiwport.*viewport/s],
  [
    'the whole page and a part of it',
    `${JOB}      selector: b\n      fullPage: true\ntext: x\n`,
    /fullPage.*selector/s,
  ],
  [
    'a step of login that does two things',
    `${JOB}      login: [{ click: a, goto: b }]\ntext: x\n`,
    /exactly one of goto, fill, click, waitFor/,
  ],
  ['a wait for nothing', `${JOB.replace('{ selector: .chart-loaded }', '{}')}text: x\n`, /selector, expression, quiet/],
  [
    'a template that names what is not there',
    `${JOB.replace('"${BOARD}"', '"http://x/{{ nothing.first.id }}"')}text: x\n`,
    /board\.yaml:5:\d+: .*nothing/,
  ],
] as const)
  it(`check finds ${name}`, async () => {
    const { code, stdout, stderr } = await check(job);
    assert.equal(code, 2, stdout + stderr);
    assert.match(stdout + stderr, says);
  });

it('check passes a picture handed on by use', async () => {
  const { code, stdout, stderr } = await check(`${JOB}  again: { use: board }\nimage: { from: again }\n`);
  assert.equal(code, 0, stdout + stderr);
});
