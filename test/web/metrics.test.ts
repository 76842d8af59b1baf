import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createMetrics } from '../../src/web/metrics.ts';
import { openTestConsole } from './fixture.ts';

/** The value of a sample, by its whole name with labels in the order given. */
const sample = (text: string, name: string): number | null => {
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? null : Number(line.split(' ').at(-1));
};

it('a monitor hears of runs, tries, codes, lateness, the queue, incidents and the last success', async (t) => {
  const desk = await openTestConsole(t, { faults: ['230013:recipient=ou_b'] });
  const start = async (job: string, body = {}): Promise<string> =>
    (await desk.ask(`/api/jobs/${job}/runs`, { method: 'POST', body })).json.run.id;
  await desk.settle([await start('hello'), await start('store-dashboard', { due: 'last' })]);
  const waiting = await start('hello');
  const { text, headers, status } = await desk.ask('/metrics', { token: desk.tokens.viewer });
  assert.equal(status, 200);
  assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/);
  for (const [name, value] of [
    ['larkcron_runs_total{job="hello",kind="job",state="delivered"}', 1],
    ['larkcron_runs_total{job="store-dashboard",kind="job",state="partial"}', 1],
    ['larkcron_deliveries_total{app="default",state="delivered",code="0"}', 4],
    ['larkcron_deliveries_total{app="default",state="rejected",code="230013"}', 1],
    ['larkcron_delivery_tries_total{app="default",outcome="rejected",code="230013"}', 1],
    ['larkcron_run_lateness_seconds_count{job="store-dashboard"}', 1],
    ['larkcron_delivery_seconds_count{app="default"}', 5],
    ['larkcron_incident_open{subject="job:store-dashboard"}', 1],
    ['larkcron_job_broken{job="broken"}', 1],
    ['larkcron_job_broken{job="hello"}', 0],
    ['larkcron_pace_wait_seconds{app="default"}', 0],
    ['larkcron_token_refreshes_total{app="default",outcome="ok"}', 1],
  ] as const)
    assert.equal(sample(text, name), value, `${name}\n${text}`);
  const last = sample(text, 'larkcron_job_last_success_timestamp_seconds{job="hello"}') ?? 0;
  assert.ok(Math.abs(last - Date.now() / 1_000) < 60);
  assert.ok((sample(text, 'larkcron_pace_used{app="default"}') ?? 0) >= 4);
  assert.doesNotMatch(text, /ou_a|oc_group|top-secret/);
  await desk.ask(`/api/runs/${waiting}/cancel`, { method: 'POST' });
});

it('monitors that ask at the same time are told the same', async (t) => {
  const desk = await openTestConsole(t);
  await desk.app().ledger().processes.beat();
  const metrics = createMetrics();
  const texts = await Promise.all(Array.from({ length: 8 }, () => metrics.text(desk.app(), Date.now())));
  for (const text of texts) {
    assert.equal(sample(text, 'larkcron_processes{role="command"}'), 1);
    assert.equal(sample(text, 'larkcron_job_broken{job="broken"}'), 1);
  }
});
