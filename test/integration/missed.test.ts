import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { HOUR } from '../../src/model/time.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject } from '../support/project.ts';

const ago = (hours: number): Date => new Date(Date.now() - hours * HOUR);

it('after a long downtime the owner hears of what was missed, and that it goes on again', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  // due five hours ago, which is later than it is made up for
  const job = (more: string) => `schedule: { at: "${ago(5).toISOString()}"${more} }\nto: [ou_a]\ntext: hello\n`;
  const project = createProject(
    {
      'jobs/report.yaml': `${job('')}owner: ou_owner\n`,
      'jobs/loud.yaml': `${job(', catchUp: none')}owner: ou_owner\n`,
    },
    sandbox.url,
  );
  await project.larkcron(['tick', '--for', '0s']);
  const db = new DatabaseSync(join(project.folder, '.larkcron', 'ledger.db'));
  db.exec(`update cursors set through = ${ago(30).getTime()}`);
  db.close();
  await project.larkcron(['tick', '--for', '0s']);
  const cards = () => sandbox.messages().map(({ recipient, content }) => [recipient.id, content] as const);
  assert.equal(cards().length, 1, 'of a job that wants nothing made up for nobody hears');
  assert.equal(cards()[0]?.[0], 'ou_owner');
  assert.match(cards()[0]?.[1] ?? '', /report/);
  assert.match(cards()[0]?.[1] ?? '', /应发时没有 larkcron 在运行/);

  const { runs } = JSON.parse((await project.larkcron(['history', 'report', '--json'])).stdout) as {
    runs: { id: string; state: string; reason: { code: string } }[];
  };
  assert.deepEqual(
    runs.map(({ state, reason }) => [state, reason.code]),
    [['missed', 'missed']],
  );
  const status = await project.larkcron(['status']);
  assert.equal(status.code, 1, status.stdout);
  const sent = await project.larkcron(['resend', runs[0]?.id ?? '']);
  assert.equal(sent.code, 0, sent.stderr);
  await project.larkcron(['tick', '--for', '0s']);
  assert.deepEqual(
    cards().map(([id]) => id),
    ['ou_owner', 'ou_a', 'ou_owner'],
  );
  assert.match(cards()[2]?.[1] ?? '', /恢复正常/);
});
