import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject } from '../support/project.ts';

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
