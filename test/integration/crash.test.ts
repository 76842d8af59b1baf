import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { lastRun } from '../support/ledger-of.ts';
import { createProject, SETTINGS, until } from '../support/project.ts';

const PEOPLE = 200;
const KILLS = 50;

it(`a run to ${PEOPLE} recipients, killed ${KILLS} times: each gets one message, and the ledger has its id`, async (t) => {
  // answers take a while, so that each kill finds requests under way
  const sandbox = await startSandbox({
    port: 0,
    clock: systemClock,
    keep: null,
    faults: [parseFault('slow:seconds=0.2')],
  });
  t.after(() => sandbox.close());
  const settings = SETTINGS.replace('owner: ou_owner\n', '');
  const people = Array.from({ length: PEOPLE }, (_, i) => `ou_${i}`);
  const project = createProject(
    {
      // few at once, so that there is something left for each of the kills
      'larkcron.yaml': `${settings}limits: { perSecond: 8 }\n`,
      'jobs/all.yaml': `schedule: "* * * * *"\nto: [${people.join(', ')}]\ntext: hello\n`,
    },
    sandbox.url,
  );
  // the first start makes the run; the due time is this minute's, whatever happens to the processes
  const due = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString();
  const calls = () => sandbox.requests().length;
  let killed = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const before = calls();
    const child = project.start(['run', 'all', '--due', due]);
    const ended = new Promise<string | null>((resolve) => child.on('close', (_, signal) => resolve(signal)));
    // a fifth anywhere, the others where most can break: while requests are under way, on a slow machine, too
    if (kill % 5 > 0) await until('it sends', () => calls() > before || child.exitCode !== null);
    const timer = setTimeout(() => child.kill('SIGKILL'), Math.random() * 300);
    if ((await ended) === 'SIGKILL') killed++;
    clearTimeout(timer);
  }
  assert.equal(killed, KILLS, 'the run was still going on at each of them');
  sandbox.clearFaults();
  project.write('larkcron.yaml', settings);
  const last = await project.larkcron(['run', 'all', '--due', due, '--wait', '60s']);
  assert.equal(last.code, 0, last.stdout.slice(-500) + last.stderr.slice(-500));

  assert.ok(sandbox.requests().filter(({ path }) => path.includes('/im/v1/messages')).length > PEOPLE);
  const { run, deliveries } = await lastRun(project);
  assert.equal(run?.state, 'delivered');
  assert.equal(sandbox.messages().length, PEOPLE);
  assert.deepEqual(
    new Set(deliveries.map(({ messageId }) => messageId)),
    new Set(sandbox.messages().map(({ messageId }) => messageId)),
  );
  assert.equal(new Set(sandbox.messages().map(({ recipient }) => recipient.id)).size, PEOPLE);
});
