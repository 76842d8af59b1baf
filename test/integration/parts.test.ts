import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { lastRun } from '../support/ledger-of.ts';
import { createProject, SETTINGS } from '../support/project.ts';

/** One transparent pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

const setUp = async (t: TestContext, files: Readonly<Record<string, string>>, faults: readonly string[] = []) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: faults.map(parseFault) });
  t.after(() => sandbox.close());
  const project = createProject({ ...files, 'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', '') }, sandbox.url);
  writeFileSync(join(project.folder, 'p.png'), PNG);
  const uploads = (): number => sandbox.requests().filter(({ path }) => /\/im\/v1\/(images|files)$/.test(path)).length;
  return { sandbox, project, uploads };
};

const CARD_AND_CSV = `to: [ou_a, ou_b]
data:
  d: { rows: [{ 名称: "=1+1", 数量: 12345678901234567890 }, { 名称: 普通, 数量: -5 }] }
card:
  title: T
  body:
    - text: hello
attach:
  - { csv: d, name: "明细 {{ due | date: '%Y' }}.csv" }
`;

it('a card and a CSV: two parts to each, the file uploaded once, also for the next run', async (t) => {
  const { sandbox, project, uploads } = await setUp(t, { 'jobs/two.yaml': CARD_AND_CSV });
  const { code, stderr } = await project.larkcron(['run', 'two', '--yes']);
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    sandbox
      .messages()
      .map(({ recipient, msgType }) => `${recipient.id} ${msgType}`)
      .sort(),
    ['ou_a file', 'ou_a interactive', 'ou_b file', 'ou_b interactive'],
  );
  assert.equal(uploads(), 1);
  await project.larkcron(['run', 'two', '--yes']);
  assert.equal(uploads(), 1);
  assert.equal(sandbox.messages().length, 8);
  const { deliveries } = await lastRun(project);
  assert.deepEqual(
    deliveries.map(({ part, kind }) => `${part} ${kind}`),
    ['1 card', '2 file', '1 card', '2 file'],
  );
});

it('a part that fails does not repeat the others; resend sends it alone', async (t) => {
  const { sandbox, project } = await setUp(t, { 'jobs/two.yaml': CARD_AND_CSV.replace('[ou_a, ou_b]', '[ou_a]') });
  // the first message passes, the second is refused
  sandbox.addFault(parseFault('slow:seconds=0.01,path=/im/v1/messages,times=1'));
  sandbox.addFault(parseFault('230054:path=/im/v1/messages,times=1'));
  assert.equal((await project.larkcron(['run', 'two'])).code, 1);
  const { run, deliveries } = await lastRun(project);
  assert.deepEqual(
    deliveries.map(({ state }) => state),
    ['delivered', 'rejected'],
  );
  assert.equal((await project.larkcron(['resend', run?.id ?? ''])).code, 0);
  assert.deepEqual(
    sandbox.messages().map(({ msgType }) => msgType),
    ['interactive', 'file'],
  );
});

it('the first part refused cancels the rest', async (t) => {
  const { sandbox, project } = await setUp(t, { 'jobs/two.yaml': CARD_AND_CSV.replace('[ou_a, ou_b]', '[ou_a]') }, [
    '230022:path=/im/v1/messages,times=1',
  ]);
  assert.equal((await project.larkcron(['run', 'two'])).code, 1);
  assert.equal(sandbox.messages().length, 0);
  assert.deepEqual(
    (await lastRun(project)).deliveries.map(({ state }) => state),
    ['rejected', 'cancelled'],
  );
});

it('image and file messages, and an image in a card', async (t) => {
  const { sandbox, project, uploads } = await setUp(t, {
    'jobs/image.yaml': 'to: [ou_a]\nimage: p.png\n',
    'jobs/file.yaml': 'to: [ou_a]\nfile: { path: p.png, name: 图.png }\n',
    'jobs/card.yaml':
      'to: [ou_a]\ncard:\n  title: T\n  body:\n    - image: { src: p.png, alt: 趋势 }\n    - image: p.png\n',
  });
  for (const job of ['image', 'file', 'card']) {
    const { code, stderr, stdout } = await project.larkcron(['run', job]);
    assert.equal(code, 0, stderr + stdout);
  }
  assert.deepEqual(
    sandbox.messages().map(({ msgType }) => msgType),
    ['image', 'file', 'interactive'],
  );
  assert.match(sandbox.messages()[2]?.content ?? '', /"img_key":"img_sandbox_\w+".*趋势/s);
  assert.equal(uploads(), 2, 'the image is one upload for the message and both places in the card');
});

it('send --image and --file use the same keys', async (t) => {
  const { project, uploads } = await setUp(t, {});
  for (let i = 0; i < 2; i++)
    assert.equal((await project.larkcron(['send', '--to', 'ou_a', '--image', 'p.png'])).code, 0);
  assert.equal(uploads(), 1);
});

it('files that are missing, empty, too large or no image are faults of the settings, found by check', async (t) => {
  const { sandbox, project } = await setUp(t, {
    'jobs/missing.yaml': 'to: [ou_a]\nfile: nowhere.pdf\n',
    'jobs/empty.yaml': 'to: [ou_a]\nfile: empty.txt\n',
    'jobs/noimage.yaml': 'to: [ou_a]\nimage: text.png\n',
    'jobs/large.yaml': 'to: [ou_a]\nimage: large.png\n',
    'jobs/dataset.yaml': 'to: [ou_a]\ntext: x\nattach: [{ csv: d }]\n',
    'empty.txt': '',
    'text.png': 'this is text',
    'large.png': 'x'.repeat(10 * 1024 * 1024 + 1),
  });
  const { stdout } = await project.larkcron(['check', '--json']);
  const { problems } = JSON.parse(stdout) as { problems: { file: string; code: string; line: number }[] };
  assert.deepEqual(
    problems.filter(({ line }) => line > 1).map(({ file, code }) => `${/(\w+)\.yaml/.exec(file)?.[1]} ${code}`),
    [
      'dataset unknown-dataset',
      'empty upload-empty',
      'large upload-size',
      'missing upload-unreadable',
      'noimage upload-no-image',
    ],
  );
  assert.equal((await project.larkcron(['run', 'noimage'])).code, 2);
  assert.equal(sandbox.requests().length, 0);
});

it('an upload that fails for now is tried again with its run, one that is refused ends it in words', async (t) => {
  const job = 'schedule: "* * * * *"\nto: [ou_a]\nimage: p.png\n';
  const { project } = await setUp(t, { 'jobs/image.yaml': job }, ['234007:path=/im/v1/images,times=1']);
  assert.equal((await project.larkcron(['run', 'image'])).code, 1);
  const refused = (await lastRun(project)).run;
  assert.equal(refused?.reason?.code, 'upload-failed');
  assert.match(refused?.reason?.message.en ?? '', /p\.png.*234007/);

  const { sandbox, project: other } = await setUp(t, { 'jobs/image.yaml': job }, ['500:path=/im/v1/images,times=1']);
  await other.larkcron(['run', 'image', '--due', 'last', '--wait', '0s']);
  assert.equal((await lastRun(other)).run?.state, 'pending');
  assert.equal(sandbox.messages().length, 0);
});

it('an upload that is answered "ok" without a key is tried again, and nobody is said to have refused it', async (t) => {
  const files = { 'jobs/image.yaml': 'schedule: "* * * * *"\nto: [ou_a]\nimage: p.png\n' };
  const { project } = await setUp(t, files, ['no-data:path=/im/v1/images,times=1']);
  const { stdout, stderr } = await project.larkcron(['run', 'image', '--due', 'last', '--wait', '0s']);
  const { run } = await lastRun(project);
  assert.equal(run?.state, 'pending');
  assert.match(stdout + stderr, /p\.png cannot be uploaded for now: Feishu gave no key/);
  assert.doesNotMatch(stdout + stderr, /refused/);
});
