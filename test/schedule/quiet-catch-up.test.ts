import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { openSqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.ts';
import type { QuietHours, Schedule } from '../../src/model/schedule.ts';
import { HOUR, MINUTE } from '../../src/model/time.ts';
import { createScheduler } from '../../src/schedule/scheduler.ts';
import { jobOf } from '../doctor/fixture.ts';
import { scheduleOf } from '../support/schedule.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const shown = (ms: number): string => new Date(ms + 8 * HOUR).toISOString().slice(5, 16);

/** The runs of a job that is seen at noon and looked at again at 22:30, within quiet hours that begin at 22:00. */
const afterDowntime = async (times: Partial<Schedule>, mode: QuietHours['mode']): Promise<string[]> => {
  let now = at('2026-11-26T12:00');
  const ledger = openSqliteLedger(join(temporaryFolder(), 'ledger.db'), {
    now: () => now,
    monotonic: () => now,
    version: '0',
  });
  const schedule = scheduleOf(times);
  const quiet = [{ hours: { from: 22 * 60, to: 8 * 60 }, days: null, dates: null, mode }];
  const scheduler = createScheduler({ ledger, now: () => now, report: () => {} });
  const jobs = [jobOf('sales', ['ou_a'], { schedule, quiet })];
  await scheduler.step(jobs);
  now = at('2026-11-26T22:30');
  await scheduler.step(jobs);
  const runs = await ledger.history.runs({ job: 'sales', states: null, since: null, limit: 50 });
  await ledger.close();
  return runs
    .map(({ dueAt, notBefore, state, reason }) =>
      [shown(dueAt ?? 0), state, state === 'pending' ? shown(notBefore) : reason?.code].join(' '),
    )
    .sort();
};

it('what was missed and is made up for within quiet hours waits for their end', async () => {
  assert.deepEqual(await afterDowntime({ crons: ['0 21 * * *'] }, 'defer'), ['11-26T21:00 pending 11-27T08:00']);
});

it('the last of it, where nothing else goes out then', async () => {
  const all = { runs: Number.POSITIVE_INFINITY, within: 2 * HOUR };
  assert.deepEqual(await afterDowntime({ crons: ['0,30 21 * * *'], catchUp: all }, 'defer'), [
    '11-26T21:00 skipped quiet',
    '11-26T21:30 pending 11-27T08:00',
  ]);
  assert.deepEqual(await afterDowntime({ crons: ['0 21 * * *', '15 22 * * *'] }, 'defer'), [
    '11-26T21:00 skipped quiet',
    '11-26T22:15 pending 11-27T08:00',
  ]);
  const often = await afterDowntime({ interval: { every: 45 * MINUTE, anchor: at('2026-11-26T21:00') } }, 'defer');
  assert.deepEqual(often.slice(-2), ['11-26T21:45 skipped quiet', '11-26T22:30 skipped quiet']);
});

it('and is left out where they drop', async () => {
  assert.deepEqual(await afterDowntime({ crons: ['0 21 * * *'] }, 'drop'), ['11-26T21:00 skipped quiet']);
});
