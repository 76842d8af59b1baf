import { join } from 'node:path';
import { it } from 'node:test';
import { openSqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.ts';
import type { Schedule } from '../../src/model/schedule.ts';
import { DAY, HOUR, MINUTE, type Ms } from '../../src/model/time.ts';
import { chineseCalendars, SHIPPED_YEARS } from '../../src/schedule/chinese-year.ts';
import { createScheduler } from '../../src/schedule/scheduler.ts';
import { jobOf } from '../doctor/fixture.ts';
import { assertOutcomes } from '../support/outcomes.ts';
import { randomOf } from '../support/random.ts';
import { scheduleOf } from '../support/schedule.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** `SOAK_DAYS=730 node --test test/schedule/soak.test.ts`: two years. */
const DAYS = Number(process.env['SOAK_DAYS'] ?? 60);
const START = Date.parse('2025-01-20T00:00:30+08:00');

const [workdays] = chineseCalendars(SHIPPED_YEARS);
const scheduled = (name: string, times: Partial<Schedule>) => jobOf(name, ['ou_a'], { schedule: scheduleOf(times) });
/** The schedules of the three examples, and one with quiet hours. */
const JOBS = [
  scheduled('dashboard', { crons: ['0 18 * * *'], days: { calendar: workdays, shift: 'skip' } }),
  scheduled('prices', { crons: ['*/10 * * * *'], catchUp: { runs: 0, within: 0 } }),
  scheduled('health', { interval: { every: 5 * MINUTE, anchor: 0 } }),
  scheduled('report', { crons: ['30 8 * * *'], catchUp: { runs: Number.POSITIVE_INFINITY, within: 30 * DAY } }),
];

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
    // a clock that is set back may note the same downtime twice; otherwise runs and spans add up
    for (const { name, schedule } of JOBS)
      if (schedule !== null) assertOutcomes(file, { job: name, schedule, since: START, until: now, addUp: !steps });
    await one.ledger.close();
    await two.ledger.close();
  });
