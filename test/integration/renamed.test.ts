import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject } from '../support/project.ts';

it('a renamed job goes on with what it remembers and its history; without `was` it is a new one', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, faults: [] });
  t.after(() => sandbox.close());
  const job =
    'to: [ou_a]\ndata: { d: { file: { path: d.csv } } }\nchanged: { key: sku, columns: [price] }\ntext: "{{ changed.rows.size }} {{ added.rows.size }}"\n';
  const project = createProject({ 'jobs/prices.yaml': job, 'd.csv': 'sku,price\na,1\nb,2\n' }, sandbox.url);
  const texts = () => sandbox.messages().map(({ content }) => (JSON.parse(content) as { text: string }).text);
  const run = async (name: string) => {
    const ended = await project.larkcron(['run', name]);
    assert.equal(ended.code, 0, ended.stderr);
  };
  const runsOf = async (name: string) =>
    (JSON.parse((await project.larkcron(['history', name, '--json'])).stdout) as { runs: unknown[] }).runs;
  await run('prices');
  assert.deepEqual(texts(), ['0 2']);
  renameSync(join(project.folder, 'jobs/prices.yaml'), join(project.folder, 'jobs/tariff.yaml'));
  project.write('jobs/tariff.yaml', `was: prices\n${job}`);
  const looked = await project.larkcron(['run', 'tariff', '--dry-run', '--json']);
  assert.equal(looked.code, 0, looked.stderr);
  assert.match(looked.stdout, /unchanged/);
  assert.equal((await runsOf('prices')).length, 1, 'a look moves nothing');
  await run('tariff');
  assert.equal(texts().length, 1, 'nothing changed since');
  project.write('d.csv', 'sku,price\na,1\nb,3\n');
  await run('tariff');
  assert.deepEqual(texts()[1], '1 0');
  assert.equal((await runsOf('tariff')).length, 3);
  renameSync(join(project.folder, 'jobs/tariff.yaml'), join(project.folder, 'jobs/again.yaml'));
  project.write('jobs/again.yaml', job);
  await run('again');
  assert.deepEqual(texts()[2], '0 2');
});
