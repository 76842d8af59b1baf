import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, SETTINGS } from '../support/project.ts';

const SOUND = 'schedule: "* * * * * *"\nto: [ou_a]\ntext: hello\n';

it('a file that breaks stops only its own job: its due times fail, its owner hears once, the others are sent', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const project = createProject(
    { 'jobs/breaks.yaml': SOUND, 'jobs/other.yaml': SOUND.replace('ou_a', 'ou_b') },
    sandbox.url,
  );
  assert.equal((await project.larkcron(['tick', '--for', '2s'])).code, 0);
  const sentTo = (who: string) =>
    sandbox
      .messages()
      .filter(({ recipient }) => recipient.id === who)
      .map(({ content }) => content);
  const [before, others] = [sentTo('ou_a').length, sentTo('ou_b').length];
  project.write('jobs/breaks.yaml', SOUND.replace('text:', 'txet:'));
  for (let i = 0; i < 2; i++) assert.equal((await project.larkcron(['tick', '--for', '2s'])).code, 2);
  assert.equal(sentTo('ou_a').length, before);
  assert.ok(sentTo('ou_b').length > others);
  const [notice = '', ...more] = sentTo('ou_owner');
  assert.equal(more.length, 0);
  assert.match(notice, /breaks 推送失败/);
  assert.match(notice, /breaks\.yaml:3:1/);
  const { runs } = JSON.parse((await project.larkcron(['history', 'breaks', '--json', '--limit', '3'])).stdout) as {
    runs: { state: string; reason: { code: string } }[];
  };
  assert.deepEqual(
    runs.map(({ state, reason }) => `${state} ${reason.code}`),
    Array(3).fill('failed bad-settings'),
  );
  project.write('jobs/breaks.yaml', SOUND);
  assert.equal((await project.larkcron(['tick', '--for', '2s'])).code, 0);
  assert.match(sentTo('ou_owner').at(-1) ?? '', /breaks 恢复正常/);
});

it('a larkcron.yaml that breaks is told to the owner by the one before, once an hour, and nothing is sent', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const project = createProject({ 'jobs/often.yaml': SOUND }, sandbox.url);
  assert.equal((await project.larkcron(['tick', '--for', '1s'])).code, 0);
  const before = sandbox.messages().length;
  project.write('larkcron.yaml', SETTINGS.replace('owner:', 'owmer:'));
  for (let i = 0; i < 2; i++) {
    const ended = await project.larkcron(['tick', '--for', '1s']);
    assert.equal(ended.code, 2);
    assert.match(ended.stderr, /owmer/);
  }
  const [told, ...more] = sandbox.messages().slice(before);
  assert.equal(more.length, 0);
  assert.equal(told?.recipient.id, 'ou_owner');
  assert.match(told?.content ?? '', /larkcron\.yaml 有错,改好之前不会再发/);
  project.write('larkcron.yaml', SETTINGS);
  assert.equal((await project.larkcron(['tick', '--for', '1s'])).code, 0);
});
