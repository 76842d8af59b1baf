import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, until } from '../support/project.ts';

const OFTEN = 'schedule: "* * * * * *"\nto: [ou_a]\ntext: before\n';

it('start reads changed settings without a new start; while larkcron.yaml is broken it goes on, and the owner hears', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const project = createProject({ 'jobs/often.yaml': OFTEN }, sandbox.url);
  const child = project.start(['start']);
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      said += chunk;
    });
  const texts = (who = 'ou_a') =>
    sandbox
      .messages()
      .filter(({ recipient }) => recipient.id === who)
      .map(({ content }) => content);
  await until('it sends', () => texts().length > 0);

  project.write('jobs/often.yaml', OFTEN.replace('before', 'after'));
  await until('the new text is sent', () => texts().some((text) => text.includes('after')));
  assert.match(said, /the settings were read again: 1 jobs/);

  const good = readFileSync(join(project.folder, 'larkcron.yaml'), 'utf8');
  project.write('larkcron.yaml', good.replace('owner:', 'owmer:'));
  await until('the owner hears', () => texts('ou_owner').length > 0);
  assert.match(texts('ou_owner')[0] ?? '', /larkcron\.yaml:\d+:\d+: .*owmer/, 'what is wrong, and where');
  assert.match(said, /owmer/);
  const count = texts().length;
  await until('it goes on with the settings before', () => texts().length > count + 1);

  project.write('larkcron.yaml', good);
  project.write('jobs/new.yaml', OFTEN.replace('before', 'one more').replace('ou_a', 'ou_b'));
  await until('a new job is sent', () => texts('ou_b').length > 0);
  assert.match(said, /2 jobs have a schedule/);
  child.kill('SIGTERM');
  assert.equal(await new Promise((resolve) => child.on('close', resolve)), 143);
  assert.equal(texts('ou_owner').length, 1);
});

it('what is mended while the owner is being told of it is read as well', async (t) => {
  const sandbox = await startSandbox({
    port: 0,
    clock: systemClock,
    keep: null,
    faults: [parseFault('slow:seconds=2')],
  });
  t.after(() => sandbox.close());
  const project = createProject({}, sandbox.url);
  const child = project.start(['start', '--no-console']);
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      said += chunk;
    });
  await until('it is at work', () => said.includes('at work'));
  const good = readFileSync(join(project.folder, 'larkcron.yaml'), 'utf8');
  project.write('larkcron.yaml', good.replace('owner:', 'owmer:'));
  await until('it says what is broken', () => said.includes('owmer'));
  project.write('larkcron.yaml', `${good}# mended\n`);
  await until('it reads what was mended', () => said.includes('read again'));
});

it('a TypeScript job that was changed is the new one', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const job = (text: string) =>
    `import { defineJob } from 'larkcron';\nexport default defineJob({ schedule: '* * * * * *', to: ['ou_a'], text: () => '${text}' });\n`;
  const project = createProject({ 'jobs/often.ts': job('before') }, sandbox.url);
  const child = project.start(['start']);
  t.after(() => child.kill('SIGKILL'));
  const sent = (text: string) => sandbox.messages().some(({ content }) => content.includes(text));
  await until('it sends', () => sent('before'));
  project.write('jobs/often.ts', job('after'));
  await until('the new one is sent', () => sent('after'));
});
