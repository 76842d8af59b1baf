import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { FAULT_KINDS, parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { lastRun } from '../support/ledger-of.ts';
import { createProject, SETTINGS, until } from '../support/project.ts';

const SEND = '/im/v1/messages';
const TOKEN = '/auth/v3/';

/** Refusals of the app itself: the bot is off, it may not do this, it lacks a scope. */
const APPS_FAULTS = ['230006', '230027', '99991672'];
const CREDENTIAL_FAULTS = ['10014', '10003'];

/** Refusals of each kind: for now, for good by recipient, message and app, of the token, and one that no table knows. */
const CODES = ['230020', '230049', '11232', '2200', '230013', '230029', '230022', '230099:200621', ...APPS_FAULTS];
const TOKEN_CODES = ['99991663', '99991400'];
const CREDENTIALS = [...CREDENTIAL_FAULTS, '2200'];
/** `slow` gets a number below; the others strike only where something is asked for (unsure, recipients, parts). */
const ELSEWHERE: readonly string[] = ['slow', 'no-history', 'no-data', 'broken-list', 'endless-list'];
const KINDS = FAULT_KINDS.filter((kind) => !ELSEWHERE.includes(kind));

const CELLS: readonly { readonly step: string; readonly fault: string }[] = [
  ...[...KINDS, 'slow:seconds=1', ...CODES, ...TOKEN_CODES].map((fault) => ({ step: SEND, fault })),
  ...[...KINDS, ...CREDENTIALS].map((fault) => ({ step: TOKEN, fault })),
];

const PEOPLE = ['ou_a', 'ou_b', 'ou_c'];
const SETTLED = ['delivered', 'rejected', 'unknown', 'cancelled'];

const play = async ({ step, fault }: (typeof CELLS)[number], killed: boolean): Promise<void> => {
  const appsFault = [...APPS_FAULTS, ...CREDENTIAL_FAULTS].includes(fault);
  const written = `${fault}${fault.includes('=') ? ',' : ':'}path=${step},times=1`;
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [parseFault(written)] });
  try {
    const project = createProject(
      {
        'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', ''),
        'jobs/hello.yaml': `to: [${PEOPLE.join(', ')}]\ntext: hello\n`,
      },
      sandbox.url,
    );
    const run = project.start(['run', 'hello', '--wait', '60s']);
    const ended = new Promise((resolve) => run.on('close', resolve));
    if (killed) {
      const struck = () => run.exitCode !== null || sandbox.requests().some(({ path }) => path.includes(step));
      await until('the fault has struck', struck);
      run.kill('SIGKILL');
    }
    await ended;
    await project.larkcron(['tick', '--for', '40s']);
    const struck = sandbox.requests().filter(({ fault: kind }) => kind !== null);
    assert.equal(struck.length, 1, 'the fault struck, once');

    const { deliveries } = await lastRun(project);
    assert.equal(deliveries.length, PEOPLE.length);
    for (const { recipient, state, messageId } of deliveries) {
      const got = sandbox.messages().filter((message) => message.recipient.id === recipient);
      assert.ok(got.length <= 1, `${recipient} got ${got.length}`);
      assert.ok(SETTLED.includes(state), `${recipient} is left ${state}`);
      // an app that was just refused is tried again a minute later: until then what was lost is honestly unknown
      if (appsFault && state === 'unknown') continue;
      assert.equal(state === 'delivered', got.length === 1, `${recipient} is ${state} and got ${got.length}`);
      assert.equal(messageId, got[0]?.messageId ?? null);
    }
    const least = appsFault ? 0 : PEOPLE.length - 1;
    assert.ok(sandbox.messages().length >= least, `one bad recipient held up the others: ${sandbox.messages().length}`);
  } finally {
    await sandbox.close();
  }
};

// A cell waits much (20 s for an answer that never comes) and works little.
for (const killed of [false, true]) {
  describe(killed ? 'killed when the fault strikes, and resumed by tick' : 'one process', { concurrency: 8 }, () => {
    for (const cell of CELLS) {
      it(`${cell.fault} at ${cell.step}: nobody gets two, nobody none without a word`, async () => play(cell, killed));
    }
  });
}
