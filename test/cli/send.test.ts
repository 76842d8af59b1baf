import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, SETTINGS } from '../support/project.ts';

const BOT = 'https://open.feishu.cn/open-apis/bot/v2/hook/aaaa-bbbb';
const WITH_BOT = `${SETTINGS}  oncall: { name: oncall, webhook: "${BOT}" }\n`;

const occurrences = (text: string, of: RegExp): number => text.match(of)?.length ?? 0;

for (const [what, args, code, said, notSaid] of [
  [
    'a file that is not there',
    ['--to', 'ou_a', '--file', 'nope.png'],
    'upload-unreadable',
    /current folder/,
    /larkcron\.yaml/,
  ],
  ['an image that is none', ['--to', 'ou_a', '--image', 'larkcron.yaml'], 'upload-no-image', /PNG/, /bad-settings/],
  [
    'a file to a custom bot',
    ['--to', 'oncall', '--file', 'larkcron.yaml'],
    'key-conflict',
    /--file.*webhook:oncall/,
    /the app/,
  ],
  ['an image to a custom bot', ['--to', 'webhook:oncall', '--image', 'a.png'], 'key-conflict', /--image/, /the app/],
  [
    'a recipient nobody knows',
    ['--to', 'bob', '--text', 'x'],
    'unknown-recipient',
    /Who is bob/,
    /fault in the settings/,
  ],
] as const)
  it(`send refuses ${what} once, with its own hint`, async () => {
    const project = createProject({ 'larkcron.yaml': WITH_BOT });
    const { code: status, stderr } = await project.larkcron(['send', ...args]);
    assert.equal(status, 2, stderr);
    assert.equal(occurrences(stderr, new RegExp(`\\[${code}\\]`, 'g')), 1, stderr);
    assert.match(stderr, said);
    assert.doesNotMatch(stderr, notSaid);
    const { error } = JSON.parse((await project.larkcron(['send', ...args, '--json'])).stdout) as {
      error: { code: string };
    };
    assert.equal(error.code, code);
  });

it('the second use of a --key says that nothing was sent', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const project = createProject({}, sandbox.url);
  const call = ['send', '--to', 'ou_a', '--text', 'x', '--key', 'k'];
  const first = await project.larkcron([...call, '--json']);
  assert.equal('repeated' in (JSON.parse(first.stdout) as object), false);
  const again = await project.larkcron(call);
  assert.equal(again.code, 0);
  assert.match(again.stdout, /^--key k was used within seven days: nothing was sent now/);
  const { repeated } = JSON.parse((await project.larkcron([...call, '--json'])).stdout) as { repeated: boolean };
  assert.equal(repeated, true);
  assert.equal(sandbox.messages().length, 1);
});

it('send --card says where in the file a fault is', async () => {
  const card = '{"schema": "2.0",\n "body": {"elements": [\n  {"tag": "div", "elemnts": []}]}}\n';
  const project = createProject({ 'card.json': card });
  const { code, stderr } = await project.larkcron(['send', '--to', 'ou_a', '--card', 'card.json']);
  assert.equal(code, 2, stderr);
  assert.match(stderr, /card\.json:3:18: .*\[card-property\]/);
});
