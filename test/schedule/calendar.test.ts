import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import chineseDays from 'chinese-days';
import fc from 'fast-check';
import { LegalHoliday } from 'tyme4ts';
import { wallClock } from '../../src/base/zone.ts';
import { addDays, type Calendar, dayOf, daysBetween, isDay, readSpan } from '../../src/model/calendar.ts';
import { ANY_DAY, type Times } from '../../src/model/schedule.ts';
import { DAY } from '../../src/model/time.ts';
import { chineseCalendars, SHIPPED_YEARS } from '../../src/schedule/chinese-year.ts';
import { readYear } from '../../src/schedule/chinese-year-file.ts';
import { decidedBetween, dueBetween, nextDue, previousDue } from '../../src/schedule/dues.ts';
import { scheduleInWords } from '../../src/schedule/in-words.ts';
import { ownCalendar } from '../../src/schedule/own-calendar.ts';

const [workdays, holidays] = chineseCalendars(SHIPPED_YEARS);
const ZONE = 'Asia/Shanghai';
const at = (text: string): number => Date.parse(`${text}+08:00`);
const shown = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16);
const times = (more: Partial<Times>): Times => ({ ...ANY_DAY, crons: [], timezone: ZONE, ...more });
const daily = (calendar: Calendar, shift: 'skip' | 'next' | 'previous', cron = '0 18 * * *'): Times =>
  times({ crons: [cron], days: { calendar, shift } });

describe('the notices that came with the program', () => {
  for (const { year, source } of SHIPPED_YEARS) {
    it(`${year} has its source, and every day agrees with two independent lists`, () => {
      assert.match(source.title, new RegExp(`${year}`));
      assert.match(source.number ?? '', /^国办发明电〔\d{4}〕\d+号$/);
      for (const day of daysBetween(`${year}-01-01`, `${year}-12-31`)) {
        const works = workdays.on(day).is === 'on';
        assert.equal(works, chineseDays.isWorkday(day), `${day} by chinese-days`);
        const [, month = 1, date = 1] = day.split('-').map(Number);
        const listed = LegalHoliday.fromYmd(year, month, date);
        if (listed === null)
          assert.equal(workdays.on(day).is === 'on', ![0, 6].includes(new Date(day).getUTCDay()), day);
        else assert.equal(works, listed.isWork(), `${day} by tyme4ts`);
        assert.equal(holidays.on(day).is === 'on', listed !== null && !listed.isWork(), `${day} as a holiday`);
      }
    });
  }
  it('2026 as the notice says it', () => {
    const made = daysBetween('2026-01-01', '2026-12-31').filter((day) => {
      const on = workdays.on(day);
      return on.is === 'on' && on.why !== null;
    });
    assert.deepEqual(made, ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']);
    assert.deepEqual(workdays.on('2026-10-01'), { is: 'off', why: { zh: '国庆节', en: 'National Day' } });
  });
  it('a year without a notice is unknown, on every day of it', () => {
    for (const day of daysBetween('2031-01-01', '2031-12-31'))
      assert.deepEqual(workdays.on(day), { is: 'unknown', year: 2031 });
  });
});

describe('a year’s file', () => {
  const [, , cn2026] = SHIPPED_YEARS;
  it('is read as it was written', () => assert.deepEqual(readYear(JSON.parse(JSON.stringify(cn2026))), cn2026));
  it('may be a public list of days', () => {
    const days = cn2026?.holidays.flatMap(({ name, off, work }) => {
      const span = readSpan(off);
      return [
        ...(span === null ? [] : daysBetween(span.from, span.to).map((date) => ({ name, date, isOffDay: true }))),
        ...work.map((date) => ({ name, date, isOffDay: false })),
      ];
    });
    const read = readYear({ year: 2026, papers: ['https://www.gov.cn/x'], days });
    assert.ok(!('why' in read));
    const [again] = chineseCalendars([read]);
    for (const day of daysBetween('2026-01-01', '2026-12-31')) assert.equal(again.on(day).is, workdays.on(day).is, day);
  });
  const off = (span: string) => ({ year: 2027, holidays: [{ name: '元旦', off: span, work: [] }] });
  for (const wrong of [
    null,
    7,
    {},
    { year: '2027' },
    { year: 2027 },
    off('2027-13-01'),
    off('2029-01-01..2029-01-09'),
    off('2027-01-01..2027-09-01'),
  ])
    it(`is refused: ${JSON.stringify(wrong)}`, () => assert.ok('why' in readYear(wrong)));
});

describe('due times on a calendar’s days', () => {
  it('are left out on the others, with the reason', () => {
    const dues = decidedBetween(daily(workdays, 'skip'), at('2026-09-18T12:00'), at('2026-09-26T12:00'), 99);
    assert.deepEqual(
      dues.map(({ at: due, skipped }) => `${shown(due)} ${skipped?.zh ?? ''}`),
      [
        '2026-09-18T18:00 ',
        '2026-09-19T18:00 周末',
        '2026-09-20T18:00 ',
        '2026-09-21T18:00 ',
        '2026-09-22T18:00 ',
        '2026-09-23T18:00 ',
        '2026-09-24T18:00 ',
        '2026-09-25T18:00 中秋节',
      ],
    );
    assert.deepEqual(nextDue(daily(workdays, 'skip'), at('2026-09-30T19:00'), 1).map(shown), ['2026-10-08T18:00']);
  });
  it('move to the next one: a monthly report on the 5th, several on one day, each once', () => {
    assert.deepEqual(nextDue(daily(workdays, 'next', '0 9 5 * *'), at('2026-09-30T00:00'), 3).map(shown), [
      '2026-10-08T09:00',
      '2026-11-05T09:00',
      '2026-12-07T09:00',
    ]);
    const weekend = times({
      crons: ['0 20 * * 6', '0 18 * * 0', '0 20 * * 0'],
      days: { calendar: workdays, shift: 'next' },
    });
    assert.deepEqual(nextDue(weekend, at('2026-11-27T00:00'), 2).map(shown), ['2026-11-30T18:00', '2026-11-30T20:00']);
  });
  it('move to the one before', () => {
    assert.deepEqual(nextDue(daily(workdays, 'previous', '0 9 5 * *'), at('2026-09-01T00:00'), 4).map(shown), [
      '2026-09-04T09:00',
      '2026-09-30T09:00',
      '2026-11-05T09:00',
      '2026-12-04T09:00',
    ]);
  });
  it('of a year without a notice stay, and say so', () => {
    const [due] = decidedBetween(daily(workdays, 'next'), at('2030-12-31T00:00'), at('2031-02-01T00:00'), 1);
    assert.deepEqual([due?.unknownYear, due?.skipped], [2030, null]);
  });
  it('between two dates only, both included', () => {
    const limited = { ...daily(workdays, 'skip'), from: '2026-11-26', until: '2026-11-30' };
    assert.deepEqual(nextDue(limited, 0, 9).map(shown), ['2026-11-26T18:00', '2026-11-27T18:00', '2026-11-30T18:00']);
  });
  it('of a calendar that has no day any more come to an end', () => {
    const once = ownCalendar({
      name: 'once',
      include: null,
      weekdays: [],
      add: new Set(['2026-12-24']),
      remove: new Set(),
    });
    assert.deepEqual(nextDue(daily(once, 'skip'), at('2026-11-26T00:00'), 5).map(shown), ['2026-12-24T18:00']);
    for (const shift of ['skip', 'next', 'previous'] as const)
      assert.deepEqual(nextDue(daily(once, shift, '* * * * *'), at('2027-01-01T00:00'), 1), []);
  });

  const shift = fc.constantFrom('skip' as const, 'next' as const, 'previous' as const);
  const cron = fc.constantFrom('0 18 * * *', '30 8 1,15 * *', '0 */6 * * *', '0 0 * * 0', '15 23 L * *');
  const zone = fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/Berlin');
  it('are always on its days, in order, each once, and the same from wherever one looks', () => {
    fc.assert(
      fc.property(shift, cron, zone, fc.integer({ min: 0, max: 1000 }), (how, written, timezone, days) => {
        const all: Times = { ...daily(workdays, how, written), timezone };
        const begin = at('2024-02-01T00:00');
        const from = begin + (days / 2) * DAY;
        const until = from + 40 * DAY;
        const dues = dueBetween(all, from, until, 1_000);
        assert.deepEqual(
          dues,
          [...new Set(dues)].sort((a, b) => a - b),
        );
        for (const due of dues) assert.notEqual(workdays.on(dayOf(wallClock(due, timezone))).is, 'off');
        const middle = from + 17.3 * DAY;
        assert.deepEqual([...dueBetween(all, from, middle, 1_000), ...dueBetween(all, middle, until, 1_000)], dues);
        const last = dues.at(-1);
        if (last !== undefined) assert.equal(previousDue(all, until), last);
      }),
      { numRuns: 60 },
    );
  });
  it('are as many as a slow count by days says', () => {
    fc.assert(
      fc.property(shift, fc.integer({ min: 0, max: 900 }), (how, n) => {
        const first = addDays('2024-02-01', n);
        const days = daysBetween(addDays(first, -40), addDays(first, 80));
        const expected = new Set<string>();
        for (const day of days) {
          if (workdays.on(day).is === 'on') expected.add(day);
          else if (how !== 'skip') {
            let to = day;
            while (workdays.on(to).is === 'off') to = addDays(to, how === 'next' ? 1 : -1);
            expected.add(to);
          }
        }
        const inside = [...expected].filter((day) => day > first && day <= addDays(first, 30)).sort();
        const dues = dueBetween(daily(workdays, how), at(`${first}T23:59`), at(`${addDays(first, 30)}T23:59`), 99);
        assert.deepEqual(
          dues.map((due) => shown(due).slice(0, 10)),
          inside,
        );
      }),
    );
  });
});

it('a day of the year that a calendar leaves out for years comes when it does', () => {
  const saturdays = ownCalendar({ name: 's', include: null, weekdays: [6], add: new Set(), remove: new Set() });
  for (const [cron, from, due] of [
    ['0 9 1 1 *', '2028-02-01T00:00', '2033-01-01T09:00'],
    ['0 9 29 2 *', '2027-01-01T00:00', '2048-02-29T09:00'],
  ] as const) {
    const yearly = daily(saturdays, 'skip', cron);
    assert.deepEqual(nextDue(yearly, at(from), 1).map(shown), [due]);
    assert.equal(
      decidedBetween(yearly, at(from), at('2060-01-01T00:00'), 100).find((each) => each.skipped === null)?.at,
      at(due),
    );
  }
});

describe('a calendar of one’s own', () => {
  const company = ownCalendar({
    name: 'company',
    include: workdays,
    weekdays: [6],
    add: new Set(['2026-10-03', '08-08']),
    remove: new Set(['2026-05-06', '12-24']),
  });
  for (const [day, is] of [
    ['2026-10-03', 'on'],
    ['2026-10-02', 'off'],
    ['2026-05-06', 'off'],
    ['2026-08-08', 'on'],
    ['2026-12-24', 'off'],
    ['2026-11-28', 'on'],
    ['2026-11-29', 'off'],
    ['2027-12-24', 'off'],
    ['2027-03-01', 'unknown'],
  ] as const)
    it(`${day}: ${is}`, () => assert.equal(company.on(day).is, is));
});

it('days are days', () => {
  assert.deepEqual(['2026-02-28', '2024-02-29'].map(isDay), [true, true]);
  assert.deepEqual(['2026-02-29', '2026-2-1', '2026-00-10', '', '2026-02-28T00:00'].map(isDay), [
    false,
    false,
    false,
    false,
    false,
  ]);
  assert.equal(readSpan('2026-05-05..2026-05-01'), null);
});

describe('an interval and certain moments', () => {
  it('every 15 minutes from its anchor, across summer time by elapsed time', () => {
    const quarter = times({ interval: { every: 15 * 60_000, anchor: at('2000-01-01T00:00') } });
    assert.deepEqual(nextDue(quarter, at('2026-11-26T10:07'), 2).map(shown), ['2026-11-26T10:15', '2026-11-26T10:30']);
    assert.deepEqual(nextDue(quarter, at('2026-11-26T10:15'), 1).map(shown), ['2026-11-26T10:30']);
    assert.deepEqual(
      nextDue(
        { ...quarter, interval: { every: 60_000, anchor: at('2030-01-01T00:00') } },
        at('2026-11-26T10:00'),
        1,
      ).map(shown),
      ['2026-11-26T10:01'],
    );
  });
  it('once, at each of its moments', () => {
    const once = times({ moments: [at('2026-12-24T18:00'), at('2026-12-01T09:00')] });
    assert.deepEqual(nextDue(once, at('2026-11-26T00:00'), 9).map(shown), ['2026-12-01T09:00', '2026-12-24T18:00']);
    assert.deepEqual(nextDue(once, at('2026-12-25T00:00'), 9), []);
    assert.equal(previousDue(once, at('2027-12-25T00:00')), at('2026-12-24T18:00'));
  });
});

describe('in words', () => {
  for (const [schedule, zh, en] of [
    [daily(workdays, 'skip'), '每个工作日 18:00', 'every workday at 18:00'],
    [daily(holidays, 'skip'), '每个节假日 18:00', 'every public holiday at 18:00'],
    [
      daily(workdays, 'next', '0 9 5 * *'),
      '每月 5 日 09:00,不是工作日就顺延',
      'on the 5th of each month at 09:00, or the next workday',
    ],
    [
      daily(workdays, 'previous', '0 9 5 * *'),
      '每月 5 日 09:00,不是工作日就提前',
      'on the 5th of each month at 09:00, or the workday before',
    ],
    [daily(workdays, 'skip', '*/5 * * * *'), '每 5 分钟,只在工作日', 'every 5 minutes, only on a workday'],
    [
      times({ interval: { every: 900_000, anchor: 0 }, from: '2026-12-01', until: '2026-12-31' }),
      '每隔 15m,从 2026-12-01 起,到 2026-12-31 止',
      'every 15m, from 2026-12-01, until 2026-12-31',
    ],
    [times({ moments: [at('2026-12-24T18:00')] }), '一次:2026-12-24 18:00', 'once at 2026-12-24 18:00'],
  ] as const)
    it(en, () => assert.deepEqual(scheduleInWords(schedule), { zh: `${zh} (${ZONE})`, en: `${en} (${ZONE})` }));
});
