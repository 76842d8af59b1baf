import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { openSqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.ts';
import { ANY_DAY, type Schedule } from '../../src/model/schedule.ts';
import { DAY, HOUR, MINUTE, type Ms } from '../../src/model/time.ts';
import { chineseCalendars, SHIPPED_YEARS } from '../../src/schedule/chinese-year.ts';
import { decidedBetween } from '../../src/schedule/dues.ts';
import { createScheduler } from '../../src/schedule/scheduler.ts';
import { jobOf } from '../doctor/fixture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** `SOAK_DAYS=730 node --test test/schedule/soak.test.ts`: two years. */
const DAYS = Number(process.env['SOAK_DAYS'] ?? 60);
const START = Date.parse('2025-01-20T00:00:30+08:00');

/** Fixed, so that what failed once fails again (mulberry32). */
const randomOf = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

const [workdays] = chineseCalendars(SHIPPED_YEARS);
const scheduled = (name: string, times: Partial<Schedule>) =>
  jobOf(name, ['ou_a'], {
    schedule: {
      ...ANY_DAY,
      at: null,
      crons: [],
      timezone: 'Asia/Shanghai',
      catchUp: { runs: 1, within: 2 * HOUR },
      overlap: 'skip',
      jitter: null,
      ...times,
    },
  });
/** The schedules of the three examples, and one with quiet hours. */
const JOBS = [
  scheduled('dashboard', { crons: ['0 18 * * *'], days: { calendar: workdays, shift: 'skip' } }),
  scheduled('prices', { crons: ['*/10 * * * *'], catchUp: { runs: 0, within: 0 } }),
  scheduled('health', { interval: { every: 5 * MINUTE, anchor: 0 } }),
  scheduled('report', { crons: ['30 8 * * *'], catchUp: { runs: Number.POSITIVE_INFINITY, within: 30 * DAY } }),
];

/** All of them: what people are shown has its limits. */
const spansOf = (file: string, job: string) => {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return db.prepare('select since, until, count from missed_spans where job = ? order by since').all(job) as {
      since: number;
      until: number;
      count: number;
    }[];
  } finally {
    db.close();
  }
};

for (const steps of [false, true])
  it(`${DAYS} days with downtimes, several processes${steps ? ' and a clock that is set' : ''}: each due time has its one outcome`, async () => {
    const random = randomOf(steps ? 7 : 11);
    const file = join(temporaryFolder(), 'ledger.db');
    let now: Ms = START;
    const open = () => {
      const ledger = openSqliteLedger(file, { now: () => now, monotonic: () => now, version: '0' });
      return { ledger, scheduler: createScheduler({ ledger, now: () => now, report: () => {} }) };
    };
    let [one, two] = [open(), open()];
    await one.scheduler.step(JOBS);
    const end = START + DAYS * DAY;
    let latest = now;
    while (now < end) {
      const what = random();
      // mostly a look a minute or so; now and then the machine is off for hours, or for days
      now += what < 0.97 ? Math.round(random() * 12 * MINUTE) : what < 0.998 ? random() * 9 * HOUR : random() * 3 * DAY;
      if (steps && random() < 0.002) now += (random() - 0.5) * 8 * HOUR;
      now = Math.round(now);
      latest = Math.max(latest, now);
      await (random() < 0.5 ? one : two).scheduler.step(JOBS);
      if (random() < 0.002) {
        await one.ledger.close();
        one = open();
      }
    }
    now = latest + MINUTE;
    await one.scheduler.step(JOBS);
    for (const { name, schedule } of JOBS) {
      if (schedule === null) continue;
      const runs = await one.ledger.history.runs({ job: name, states: null, since: null, limit: 1_000_000 });
      const spans = spansOf(file, name);
      const outcomes = new Map<Ms, number>();
      for (const { dueAt } of runs) outcomes.set(dueAt ?? 0, (outcomes.get(dueAt ?? 0) ?? 0) + 1);
      assert.ok(
        [...outcomes.values()].every((count) => count === 1),
        `${name}: a due time has one run at most`,
      );
      const dues = decidedBetween(schedule, Math.floor(START / MINUTE) * MINUTE - 1, now, 1_000_000).map(
        ({ at }) => at,
      );
      // both ascend: how far the spans reach that began by then
      let reach = Number.NEGATIVE_INFINITY;
      let next = 0;
      const without = dues.filter((due) => {
        for (; (spans[next]?.since ?? Number.POSITIVE_INFINITY) <= due; next++)
          reach = Math.max(reach, spans[next]?.until ?? reach);
        return !outcomes.has(due) && due > reach;
      });
      assert.deepEqual(
        without.map((due) => new Date(due).toISOString()),
        [],
        `${name}: none without an outcome`,
      );
      const known = new Set(dues);
      assert.deepEqual(
        [...outcomes.keys()].filter((due) => !known.has(due)),
        [],
        `${name}: none that was not due`,
      );
      // a clock that is set back may note the same downtime twice; otherwise runs and spans add up
      if (!steps) assert.equal(runs.length + spans.reduce((sum, { count }) => sum + count, 0), dues.length, name);
    }
    await one.ledger.close();
    await two.ledger.close();
  });
