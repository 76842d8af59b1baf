import assert from 'node:assert/strict';
import { it } from 'node:test';
import { checkSchedule } from '../../src/check/check-schedule.ts';
import type { Schedule } from '../../src/model/schedule.ts';
import { chineseCalendars, SHIPPED_YEARS } from '../../src/schedule/chinese-year.ts';
import { jobOf } from '../doctor/fixture.ts';
import { scheduleOf } from '../support/schedule.ts';

const [workdays, holidays] = chineseCalendars(SHIPPED_YEARS.filter(({ year }) => year <= 2026));
const DAILY = scheduleOf({ crons: ['0 9 * * *'] });
const codes = (now: string, times: Partial<Schedule>, quietOn: typeof holidays | null): string[] => {
  const schedule: Schedule = { ...DAILY, ...times };
  const quiet = quietOn === null ? [] : [{ hours: null, days: quietOn, dates: null, mode: 'drop' as const }];
  return checkSchedule(jobOf('sales', ['ou_a'], { schedule, quiet }), Date.parse(`${now}T12:00+08:00`)).map(
    ({ code }) => code,
  );
};

it('a year without its notice is said 60 days before a job needs it, for its days and for its quiet days', () => {
  const days = { calendar: workdays, shift: 'skip' } as const;
  assert.deepEqual(codes('2026-10-31', { days }, holidays), []);
  assert.deepEqual(codes('2026-11-27', { days }, null), ['no-notice-yet']);
  assert.deepEqual(codes('2026-11-27', {}, holidays), ['quiet-without-notice']);
  assert.deepEqual(codes('2026-11-27', { days }, holidays), ['no-notice-yet', 'quiet-without-notice']);
  assert.deepEqual(codes('2026-11-27', { until: '2026-12-31' }, holidays), []);
});

it('quiet hours that leave no moment to send are said, and those that leave an hour are not', () => {
  const window = (from: number, to: number) => ({
    hours: { from, to },
    days: null,
    dates: null,
    mode: 'defer' as const,
  });
  const found = (quiet: readonly ReturnType<typeof window>[]) =>
    checkSchedule(jobOf('sales', ['ou_a'], { schedule: DAILY, quiet }), Date.parse('2026-11-27T12:00+08:00')).map(
      ({ code }) => code,
    );
  assert.deepEqual(found([window(0, 12 * 60), window(12 * 60, 24 * 60)]), ['always-quiet']);
  assert.deepEqual(found([window(0, 12 * 60), window(13 * 60, 24 * 60)]), []);
});
