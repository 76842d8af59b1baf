import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Job } from '../../src/model/job.ts';
import type { Pause } from '../../src/model/pause.ts';
import type { QuietHours, Schedule } from '../../src/model/schedule.ts';
import { DAY, HOUR, MINUTE } from '../../src/model/time.ts';
import { chineseCalendars, SHIPPED_YEARS } from '../../src/schedule/chinese-year.ts';
import { decidedBetween } from '../../src/schedule/dues.ts';
import { quietAt } from '../../src/schedule/quiet.ts';
import { sortedDues } from '../../src/schedule/sorted-dues.ts';
import { jobOf } from '../doctor/fixture.ts';
import { scheduleOf } from '../support/schedule.ts';

const ZONE = 'Asia/Shanghai';
const at = (text: string): number => Date.parse(`${text}+08:00`);
const shown = (ms: number): string => new Date(ms + 8 * HOUR).toISOString().slice(5, 16);
const [, holidays] = chineseCalendars(SHIPPED_YEARS);
const quiet = (more: Partial<QuietHours>): QuietHours => ({
  hours: null,
  days: null,
  dates: null,
  mode: 'defer',
  ...more,
});
const NIGHT = quiet({ hours: { from: 22 * 60, to: 8 * 60 } });
const NOON = quiet({ hours: { from: 12 * 60, to: 13 * 60 + 30 }, mode: 'drop' });

describe('quiet hours', () => {
  for (const [moment, windows, until] of [
    ['2026-11-26T21:59', [NIGHT], null],
    ['2026-11-26T22:00', [NIGHT], '11-27T08:00'],
    ['2026-11-27T07:59', [NIGHT], '11-27T08:00'],
    ['2026-11-27T08:00', [NIGHT], null],
    ['2026-11-26T12:10', [NIGHT, NOON], '11-26T13:30'],
    ['2026-11-26T23:00', [NIGHT, quiet({ hours: { from: 8 * 60, to: 9 * 60 } })], '11-27T09:00'],
    ['2026-10-01T10:00', [quiet({ days: holidays })], '10-08T00:00'],
    ['2026-10-08T10:00', [quiet({ days: holidays })], null],
    ['2026-12-24T10:00', [quiet({ dates: new Set(['12-24']) })], '12-25T00:00'],
    ['2027-12-24T10:00', [quiet({ dates: new Set(['12-24']) })], '12-25T00:00'],
    ['2026-12-24T10:00', [quiet({ dates: new Set(['2026-12-25']) })], null],
    ['2026-12-24T10:00', [], null],
  ] as const)
    it(`${moment}: ${until ?? 'not quiet'}`, () => {
      const found = quietAt(windows, at(moment), ZONE);
      assert.equal(found === null ? null : shown(found.until), until);
    });
  it('what becomes of it is decided by the window in which it is due', () =>
    assert.equal(quietAt([NIGHT, NOON], at('2026-11-26T12:10'), ZONE)?.mode, 'drop'));
  it('where one of the windows in which it is due drops, it is dropped, in whatever order they stand', () => {
    const free = quiet({ days: holidays, mode: 'drop' });
    for (const both of [
      [NIGHT, free],
      [free, NIGHT],
    ])
      assert.equal(quietAt(both, at('2026-10-03T23:00'), ZONE)?.mode, 'drop');
  });
});

const scheduled = (
  times: Partial<Schedule>,
  more: Partial<Job> = {},
  to = ['ou_a'],
): { job: Job; schedule: Schedule } => {
  const schedule = scheduleOf({ timezone: ZONE, ...times });
  return { job: jobOf('sales', to, { schedule, ...more }), schedule };
};
const sorted = (
  { job, schedule }: ReturnType<typeof scheduled>,
  from: string,
  to: string,
  pause: Pause | null = null,
) => sortedDues(job, schedule, pause, decidedBetween(schedule, at(from), at(to), 10_000));

describe('due times in quiet hours', () => {
  it('deferred: the last one goes out when they end, the others are left out; the due time stays', () => {
    const { wanted, left } = sorted(
      scheduled({ crons: ['30 * * * *'] }, { quiet: [NIGHT] }),
      '2026-11-26T21:00',
      '2026-11-27T09:00',
    );
    assert.deepEqual(
      wanted.map((each) => [shown(each.at), shown(each.notBefore)]),
      [
        ['11-26T21:30', '11-26T21:30'],
        ['11-27T07:30', '11-27T08:00'],
        ['11-27T08:30', '11-27T08:30'],
      ],
    );
    assert.deepEqual([left.length, new Set(left.map(({ why }) => why))], [9, new Set(['quiet'])]);
  });
  it('one that is due when they end is the one that goes out', () => {
    const { wanted } = sorted(
      scheduled({ crons: ['0 * * * *'] }, { quiet: [NIGHT] }),
      '2026-11-26T22:00',
      '2026-11-27T08:30',
    );
    assert.deepEqual(
      wanted.map((each) => shown(each.at)),
      ['11-27T08:00'],
    );
  });
  it('one that is dropped takes no other one’s place', () => {
    const rules = [NIGHT, quiet({ hours: { from: 6 * 60, to: 8 * 60 }, mode: 'drop' })];
    const { wanted } = sorted(
      scheduled({ crons: ['0 23 * * *', '*/20 7 * * *'] }, { quiet: rules }),
      '2026-11-26T22:00',
      '2026-11-27T08:30',
    );
    assert.deepEqual(
      wanted.map((each) => [shown(each.at), shown(each.notBefore)]),
      [['11-26T23:00', '11-27T08:00']],
    );
  });
  it('dropped: none goes out', () => {
    const { wanted, left } = sorted(
      scheduled({ crons: ['0 * * * *'] }, { quiet: [NOON] }),
      '2026-11-26T11:30',
      '2026-11-26T14:30',
    );
    assert.deepEqual(
      wanted.map((each) => shown(each.at)),
      ['11-26T14:00'],
    );
    assert.equal(left.length, 2);
  });
});

describe('a pause', () => {
  const pause = { since: at('2026-11-26T10:30'), until: at('2026-11-26T13:00'), reason: 'moving' };
  it('leaves out what is due in it, and only that; also when it is over', () => {
    const { wanted, left } = sorted(scheduled({ crons: ['0 * * * *'] }), '2026-11-26T09:30', '2026-11-26T13:30', pause);
    assert.deepEqual(
      wanted.map((each) => shown(each.at)),
      ['11-26T10:00', '11-26T13:00'],
    );
    assert.deepEqual(
      left.map(({ why, message }) => [why, message.en]),
      Array(2).fill(['paused', 'the job is paused: moving']),
    );
  });
});

describe('jitter', () => {
  const starts = (job: ReturnType<typeof scheduled>): number[] =>
    sorted(job, '2026-11-26T00:00', '2026-11-28T00:00').wanted.map((each) => each.notBefore - each.at);
  it('is as long each day, within its limit, and another for another job', () => {
    const times = { crons: ['0 9 * * *'], jitter: 5 * MINUTE };
    const [first, second] = starts(scheduled(times));
    assert.equal(first, second);
    const all = Array.from({ length: 50 }, (_, i) => starts(scheduled(times, { name: `job ${i}` }))[0] ?? -1);
    assert.ok(all.every((each) => each >= 0 && each <= 5 * MINUTE));
    assert.ok(new Set(all).size > 40);
  });
  it('is none by default; robots keep off whole and half hours by seconds', () => {
    assert.deepEqual(starts(scheduled({ crons: ['0 9 * * *'] })), [0, 0]);
    const bots = (cron: string) =>
      Array.from(
        { length: 20 },
        (_, i) => starts(scheduled({ crons: [cron] }, { name: `job ${i}` }, ['webhook:ops']))[0] ?? -1,
      );
    assert.ok(Math.max(...bots('30 9 * * *')) > 0 && Math.max(...bots('30 9 * * *')) <= 5_000);
    assert.deepEqual(new Set(bots('10 9 * * *')), new Set([0]));
  });
});

it('every due time is decided once, whatever the rules', () => {
  const window = fc.record({
    from: fc.integer({ min: 0, max: 1439 }),
    to: fc.integer({ min: 0, max: 1439 }),
    mode: fc.constantFrom('defer' as const, 'drop' as const),
  });
  fc.assert(
    fc.property(
      fc.array(window, { maxLength: 3 }),
      fc.boolean(),
      fc.integer({ min: 0, max: 300 }),
      (windows, paused, n) => {
        const rules = windows
          .filter(({ from, to }) => from !== to)
          .map(({ from, to, mode }) => quiet({ hours: { from, to }, mode }));
        const { job, schedule } = scheduled(
          { crons: ['*/20 * * * *'], days: { calendar: holidays, shift: 'skip' } },
          { quiet: rules },
        );
        const from = at('2026-01-01T00:00') + n * DAY;
        const dues = decidedBetween(schedule, from, from + 3 * DAY, 10_000);
        const pause = paused ? { since: from + DAY, until: null, reason: null } : null;
        const { wanted, left } = sortedDues(job, schedule, pause, dues);
        assert.deepEqual(
          [...wanted, ...left].map((each) => each.at).sort((a, b) => a - b),
          dues.map((each) => each.at),
        );
        for (const { at: due, notBefore } of wanted) {
          assert.ok(notBefore >= due);
          if (notBefore - due < 31 * DAY) assert.equal(quietAt(rules, notBefore, ZONE), null);
        }
      },
    ),
  );
});
