import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { DAY } from '../../src/model/time.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject, SETTINGS } from '../support/project.ts';

it('a tick with nothing to do lets go of what is old; what may have been sent then is not sent again', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const files = {
    'larkcron.yaml': `${SETTINGS}retention: { runs: 10d, attempts: 1d }\n`,
    'jobs/report.yaml': 'schedule: "0 18 * * *"\nto: [ou_a]\ntext: hello\n',
  };
  const project = createProject(files, sandbox.url);
  assert.equal((await project.larkcron(['run', 'report'])).code, 0);
  const runs = async () =>
    (JSON.parse((await project.larkcron(['history', 'report', '--json'])).stdout) as { runs: unknown[] }).runs.length;
  const db = new DatabaseSync(join(project.folder, '.larkcron', 'ledger.db'));
  db.exec(`update runs set created_at = created_at - ${9 * DAY}`);
  await project.larkcron(['tick', '--for', '5s']);
  assert.equal(await runs(), 1);
  assert.equal(db.prepare('select count(*) as n from attempts').get()?.['n'], 0);
  db.exec(`update runs set created_at = created_at - ${2 * DAY}; update meta set pruned_at = 0`);
  await project.larkcron(['tick', '--for', '5s']);
  assert.equal(await runs(), 0);
  db.close();

  const old = new Date(Date.now() - 12 * DAY).toISOString().slice(0, 10);
  for (const args of [
    ['backfill', 'report', '--since', old, '--max', '50', '--yes'],
    ['run', 'report', '--due', `${old}T18:00`],
  ]) {
    const refused = await project.larkcron(args);
    assert.equal(refused.code, 2, refused.stdout);
    assert.match(refused.stderr, /forgotten/);
  }
  assert.equal(sandbox.messages().length, 1);
  const seen = await project.larkcron(['run', 'report', '--due', `${old}T18:00`, '--to', 'ou_b', '--yes']);
  assert.equal(seen.code, 0, seen.stderr);
});
