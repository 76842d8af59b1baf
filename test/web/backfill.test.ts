import assert from 'node:assert/strict';
import { it } from 'node:test';
import { acts } from '../../src/web/routes/acts.ts';
import { openTestConsole } from './fixture.ts';

const JOBS = {
  'jobs/daily.yaml': 'schedule: "0 18 * * *"\nto: [ou_a, ou_b]\ntext: "{{ due | date: \'%m-%d\' }}"\n',
  'jobs/often.yaml': 'schedule: { every: 1s }\nto: [ou_a]\ntext: hi\n',
  'jobs/hand.yaml': 'to: [ou_a]\ntext: hi\n',
};
const DAY = 86_400_000;
/** A day of the past, as its date. */
const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);

it('what was not sent in a stretch of the past is sent once, and stands in the audit', async (t) => {
  const desk = await openTestConsole(t, { jobs: JOBS });
  const backfill = async (job: string, body: object, token = desk.tokens.operator) => {
    const answer = await desk.ask(`/api/jobs/${job}/backfill`, { method: 'POST', token, body });
    if (answer.status === 200) assert.equal(acts.backfill.answer.safeParse(answer.json).success, true, answer.text);
    return answer;
  };
  const stretch = { since: `${ago(4)}T12:00`, until: `${ago(2)}T20:00` };
  const listed = (await backfill('daily', { ...stretch, dryRun: true })).json;
  assert.deepEqual([listed.dues.length, listed.runs, listed.already], [3, [], []]);
  assert.deepEqual((await desk.ask('/api/runs')).json.items, [], 'nothing is opened');
  const done = (await backfill('daily', stretch)).json;
  assert.deepEqual(
    done.runs.map(({ dueAt, trigger }: Record<string, string>) => [dueAt, trigger]),
    listed.dues.map((due: string) => [due, 'backfill']),
  );
  await desk.settle(done.runs.map(({ id }: { id: string }) => id));
  assert.equal(desk.sandbox.messages().length, 6);
  const again = (await backfill('daily', stretch)).json;
  assert.deepEqual([again.runs, again.already], [[], listed.dues]);

  for (const [job, body, code] of [
    ['often', { since: `${ago(2)}` }, 'backfill-many'],
    ['daily', { ...stretch, max: 2 }, 'backfill-many'],
    ['daily', { since: '0001-01-01' }, 'forgotten'],
    ['hand', stretch, 'no-schedule'],
    ['daily', { since: 'yesterday' }, 'bad-value'],
    ['daily', { since: ago(2), max: 1_001 }, 'bad-request'],
    ['nothing', stretch, 'unknown-job'],
  ] as const)
    assert.equal((await backfill(job, body)).json.code, code, `${job} ${JSON.stringify(body)}`);
  assert.equal((await backfill('daily', stretch, desk.tokens.viewer)).status, 403);
  assert.equal(desk.sandbox.messages().length, 6);
  const { items } = (await desk.ask('/api/audit?limit=200')).json;
  assert.ok(items.every(({ what }: { what: string }) => what === 'job.backfill'));
  assert.equal(items.at(0).outcome, 'not-allowed');
  assert.equal(items.filter(({ outcome }: { outcome: string }) => outcome === 'ok').length, 3);
});

it('how things stand is what status says', async (t) => {
  const desk = await openTestConsole(t, { faults: ['230013'] });
  await desk.app().ledger().processes.beat();
  const { run } = (await desk.ask('/api/jobs/hello/runs', { method: 'POST', body: {} })).json;
  await desk.settle([run.id]);
  const waiting = (await desk.ask('/api/jobs/hello/runs', { method: 'POST', body: {} })).json.run.id;
  const { json } = await desk.ask('/api/status', { token: desk.tokens.viewer });
  assert.deepEqual(
    [json.crontab, json.atWork, json.broken, json.incidents[0].subject],
    [null, true, ['broken'], 'job:hello'],
  );
  assert.ok(json.open.some(({ id }: { id: string }) => id === waiting));
});
