import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { NewRun } from '../../src/ledger/ledger.ts';
import { openTestConsole } from './fixture.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const MINUTE = 60_000;
const JOBS = { 'jobs/sales.yaml': 'schedule: "*/10 * * * *"\nto: [ou_a]\ntext: hello\n' };

const run = (of: Partial<NewRun>): NewRun => ({
  ...{ kind: 'job', job: 'sales', onceKey: null, dueAt: null, notBefore: 0, trigger: 'schedule', ownAudience: true },
  ...{ deliverUntil: Number.MAX_SAFE_INTEGER, priority: 1 },
  ...of,
});

it('runs by hand and tests take no due time of the day its place', async (t) => {
  const desk = await openTestConsole(t, { jobs: JOBS });
  const { runs } = desk.app().ledger();
  const day = at('2026-03-02T00:00');
  const ended = { state: 'skipped', reason: { code: 'calendar', message: { zh: '', en: '' } } } as const;
  for (let i = 0; i < 80; i++) {
    const dueAt = day + i * 10 * MINUTE;
    await runs.open(run({ onceKey: `due:${dueAt}`, dueAt, notBefore: dueAt, ended }));
    // a test of the same due time
    await runs.open(run({ dueAt, notBefore: dueAt, trigger: 'test', ownAudience: false, ended }));
  }
  const { json } = await desk.ask('/api/today?day=2026-03-02');
  assert.deepEqual([json.dues.length, json.counts.skipped], [80, 80]);
});

it('of a stretch without runs over several days each day has its own part', async (t) => {
  const desk = await openTestConsole(t, { jobs: JOBS });
  const { runs } = desk.app().ledger();
  const cursor = { job: 'sales', fingerprint: 'x' };
  const [seen = 0] = await runs.cursors([cursor]);
  const missed = { since: at('2026-03-02T22:00'), until: at('2026-03-04T01:50'), why: 'missed' } as const;
  const odd = { since: at('2026-03-06T22:00'), until: at('2026-03-08T01:50'), why: 'missed' } as const;
  const spans = [
    { ...missed, count: 12 + 144 + 12 },
    // it was another schedule then: nobody knows which of them lay where
    { ...odd, count: 9 },
    // a hundred later ones hide none of these
    ...Array.from({ length: 120 }, (_, i) => {
      const from = at('2026-03-20T00:00') + i * 10 * MINUTE;
      return { since: from, until: from, count: 1, why: 'missed' } as const;
    }),
  ];
  assert.deepEqual(await runs.plan([{ ...cursor, seen, through: seen + 1, runs: [], spans }]), [true]);
  const today = async (day: string) => (await desk.ask(`/api/today?day=${day}`)).json;
  const [row] = (await today('2026-03-03')).dues;
  assert.deepEqual([row.at, row.until, row.count], ['2026-03-02T16:00:00.000Z', '2026-03-03T15:59:59.999Z', 144]);
  const counts = await Promise.all(
    ['02', '03', '04', '05', '06', '07', '08'].map(async (day) => (await today(`2026-03-${day}`)).counts.missed),
  );
  assert.deepEqual(counts, [12, 144, 12, 0, 9, 0, 0]);
  const { days } = (await desk.ask('/api/jobs/sales/days?since=2026-03-02&until=2026-03-20')).json;
  assert.deepEqual(
    days.slice(0, 7).map(({ missed: n }: { missed: number }) => n),
    counts,
  );
  assert.equal(days.at(-1).missed, 120);
});
