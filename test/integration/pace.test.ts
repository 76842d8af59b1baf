import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { SandboxMessage } from '../../src/sandbox/world-event.ts';
import { inLedger } from '../support/ledger-of.ts';
import { createProject, SETTINGS } from '../support/project.ts';
import { startSandboxProcess } from '../support/sandbox-process.ts';

const PROCESSES = 10;
const PEOPLE = 24;

/** The most that arrived within any stretch of this length. */
const most = (messages: readonly SandboxMessage[], within: number): number => {
  const times = messages.map(({ createdAt }) => createdAt).sort((a, b) => a - b);
  return Math.max(...times.map((from, i) => times.slice(i).filter((at) => at - from < within).length));
};

it(`${PROCESSES} processes that push at once through one ledger stay inside every limit`, async (t) => {
  const sandbox = await startSandboxProcess(t);
  const jobs = Array.from({ length: PROCESSES }, (_, i) => `push-${i}`);
  const people = (job: string) => Array.from({ length: PEOPLE }, (_, i) => `ou_${job}_${i}`);
  const project = createProject(
    {
      'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', ''),
      ...Object.fromEntries(
        jobs.map((job) => [`jobs/${job}.yaml`, `to: [oc_all, ou_boss, ${people(job).join(', ')}]\ntext: ${job}\n`]),
      ),
    },
    sandbox.url,
  );
  const pushes = await Promise.all(jobs.map((job) => project.larkcron(['run', job])));
  for (const { code, stderr } of pushes) assert.equal(code, 0, stderr);

  const messages = await sandbox.messages();
  assert.equal(messages.length, PROCESSES * (PEOPLE + 2));
  assert.ok(most(messages, 1_000) <= 50, `${most(messages, 1_000)} in a second`);
  for (const id of ['oc_all', 'ou_boss']) {
    const theirs = messages.filter(({ recipient }) => recipient.id === id);
    assert.equal(theirs.length, PROCESSES);
    assert.ok(most(theirs, 1_000) <= 5, `${most(theirs, 1_000)} in a second to ${id}`);
  }
  const tries = await inLedger(project, async ({ history }) => {
    const runs = await history.runs({ job: null, states: null, since: null, limit: 100 });
    return (await Promise.all(runs.map(({ id }) => history.attempts(id)))).flat();
  });
  const refused = tries.filter(({ code }) => code !== 0).map(({ code }) => code);
  t.diagnostic(`${tries.length} tries, ${refused.length} refused`);
  assert.deepEqual(refused, [], 'none was refused for pace');
});
