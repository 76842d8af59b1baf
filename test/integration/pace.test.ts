import assert from 'node:assert/strict';
import { setPriority } from 'node:os';
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
        ['warm', ...jobs].map((job) => [
          `jobs/${job}.yaml`,
          `to: [oc_all, ou_boss, ${people(job).join(', ')}]\ntext: ${job}\n`,
        ]),
      ),
    },
    sandbox.url,
  );
  // the sandbox's first requests take it long, and what arrives late by its fault would count against us
  assert.equal((await project.larkcron(['run', 'warm'])).code, 0);
  const pushes = jobs.map((job) => project.start(['run', job]));
  // the machine's cores go to the sandbox first: it must see when a request arrives, not when it gets round to it
  for (const { pid } of pushes) if (pid !== undefined) setPriority(pid, 10);
  const ended = pushes.map((push) => new Promise((resolve) => push.on('close', resolve)));
  assert.deepEqual(new Set(await Promise.all(ended)), new Set([0]));

  const messages = await sandbox.messages();
  assert.equal(messages.length, (PROCESSES + 1) * (PEOPLE + 2));
  assert.ok(most(messages, 1_000) <= 50, `${most(messages, 1_000)} in a second`);
  for (const id of ['oc_all', 'ou_boss']) {
    const theirs = messages.filter(({ recipient }) => recipient.id === id);
    assert.equal(theirs.length, PROCESSES + 1);
    assert.ok(most(theirs, 1_000) <= 5, `${most(theirs, 1_000)} in a second to ${id}`);
  }
  const tries = await inLedger(project, async ({ history }) => {
    const runs = await history.runs({ job: null, states: null, since: null, limit: 100 });
    return (await Promise.all(runs.map(({ id }) => history.attempts(id)))).flat();
  });
  const refused = tries.filter(({ code }) => code !== 0).map(({ code }) => code);
  t.diagnostic(`${tries.length} tries, ${refused.length} refused`);
  // Mostly none. Where ten programs starve on two cores, a second's worth can arrive late and meet the next; each by
  // itself they have two of five refused. test/delivery/pace.test.ts shows the same exactly, in virtual time.
  assert.ok(refused.length <= tries.length / 10, `${refused.length} of ${tries.length} refused`);
});
