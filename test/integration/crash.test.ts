import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { lastRun } from '../support/ledger-of.ts';
import { createProject, SETTINGS } from '../support/project.ts';

const PEOPLE = 200;
const KILLS = 50;

it(`a run to ${PEOPLE} recipients, killed ${KILLS} times: each gets one message, and the ledger has its id`, async (t) => {
  // answers take a while, so that each kill finds requests under way
  const sandbox = await startSandbox({
    port: 0,
    clock: systemClock,
    keep: null,
    faults: [parseFault('slow:seconds=0.1')],
  });
  t.after(() => sandbox.close());
  const people = Array.from({ length: PEOPLE }, (_, i) => `ou_${i}`);
  const project = createProject(
    {
      'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', ''),
      'jobs/all.yaml': `schedule: "* * * * *"\nto: [${people.join(', ')}]\ntext: hello\n`,
    },
    sandbox.url,
  );
  // the first start makes the run; the due time is this minute's, whatever happens to the processes
  const due = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString();
  let killed = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const child = project.start(['run', 'all', '--due', due]);
    const ended = new Promise<string | null>((resolve) => child.on('close', (_, signal) => resolve(signal)));
    // most moments lie after the program's start, where something can break
    const timer = setTimeout(() => child.kill('SIGKILL'), 150 + Math.random() * 300);
    if ((await ended) === 'SIGKILL') killed++;
    clearTimeout(timer);
  }
  assert.equal(killed, KILLS, 'the run was still going on at each of them');
  sandbox.clearFaults();
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
