import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ANY_DAY } from '../../src/model/schedule.ts';
import { HOUR, SECOND } from '../../src/model/time.ts';
import { checkCron } from '../../src/schedule/cron.ts';
import { decide } from '../../src/schedule/due.ts';
import { dueBetween, nextDue, previousDue } from '../../src/schedule/dues.ts';
import { scheduleInWords } from '../../src/schedule/in-words.ts';

const NOW = Date.UTC(2026, 10, 22, 10, 0, 30);
const shanghai = (...crons: string[]) => ({ ...ANY_DAY, crons, timezone: 'Asia/Shanghai' });

describe('deciding due times', () => {
  it('gives every due time exactly one outcome', () => {
    const dues = fc
      .uniqueArray(fc.integer({ min: NOW - 6 * HOUR, max: NOW }), { maxLength: 40 })
      .map((all) => all.sort((a, b) => a - b));
    const policy = fc.record({
      runs: fc.constantFrom(0, 1, 3, Number.POSITIVE_INFINITY),
      within: fc.integer({ min: 0, max: 4 * HOUR }),
    });
    fc.assert(
      fc.property(dues, policy, (times, catchUp) => {
        const { onTime, catchUp: caught, missed, newest } = decide({ dues: times, now: NOW, catchUp });
        const alone = newest === null ? [] : [newest];
        assert.equal(onTime.length + caught.length + (missed?.count ?? 0) + alone.length, times.length);
        assert.ok(newest === null || (newest === times.at(-1) && catchUp.runs > 0));
        assert.ok(onTime.every((due) => due >= NOW - 90 * SECOND));
        assert.ok(caught.every((due) => due >= NOW - catchUp.within && due < NOW - 90 * SECOND));
        assert.ok(caught.length <= catchUp.runs);
        const missedOnes = missed === null ? [] : times.filter((due) => due >= missed.from && due <= missed.to);
        assert.deepEqual([...missedOnes, ...alone, ...caught, ...onTime], times, 'each once, in order');
      }),
    );
  });

  it('catches up the last missed one within two hours by default', () => {
    const dues = [3, 2, 1].map((hours) => NOW - hours * HOUR);
    const { catchUp, missed } = decide({ dues, now: NOW, catchUp: { runs: 1, within: 2 * HOUR } });
    assert.deepEqual(catchUp, [NOW - HOUR]);
    assert.deepEqual(missed, { from: NOW - 3 * HOUR, to: NOW - 2 * HOUR, count: 2 });
  });
});

describe('the newest due time, when it is missed', () => {
  const dues = [9, 6, 3].map((hours) => NOW - hours * HOUR);
  const policy = { runs: 1, within: 2 * HOUR };
  it('stands by itself, as its owner is to hear', () => {
    const { missed, newest, catchUp } = decide({ dues, now: NOW, catchUp: policy });
    assert.deepEqual([catchUp, newest, missed?.count], [[], NOW - 3 * HOUR, 2]);
  });
  it('is one of many while more are to be looked at, and where nobody wants it made up for', () => {
    for (const how of [{ catchUp: policy, more: true }, { catchUp: { runs: 0, within: 0 } }]) {
      const { missed, newest } = decide({ dues, now: NOW, ...how });
      assert.deepEqual([newest, missed?.count], [null, 3]);
    }
  });
});

describe('crons', () => {
  it('are read on the wall clock of their zone', () => {
    assert.deepEqual(nextDue(shanghai('0 18 * * *'), NOW, 2), [Date.UTC(2026, 10, 23, 10), Date.UTC(2026, 10, 24, 10)]);
  });
  it('that meet at one instant are one due time', () => {
    assert.equal(dueBetween(shanghai('0 18 * * *', '0 18 * * 1-5'), NOW, NOW + 24 * HOUR, 10).length, 1);
  });
  it('have a previous due time, at or before a moment', () => {
    assert.equal(previousDue(shanghai('0 18 * * *'), NOW), Date.UTC(2026, 10, 22, 10));
    assert.equal(previousDue(shanghai('0 18 * * *'), Date.UTC(2026, 10, 22, 10)), Date.UTC(2026, 10, 22, 10));
    assert.equal(previousDue(shanghai('0 0 1 1 *'), NOW), Date.UTC(2025, 11, 31, 16));
    assert.equal(previousDue(shanghai('* * * * *'), NOW), NOW - 30 * SECOND);
  });
  it('inside a gap of summer time come at its end, in a doubled hour once', () => {
    const newYork = (cron: string) => ({ ...ANY_DAY, crons: [cron], timezone: 'America/New_York' });
    assert.deepEqual(dueBetween(newYork('30 2 * * *'), Date.UTC(2027, 2, 14, 5), Date.UTC(2027, 2, 14, 12), 5), [
      Date.UTC(2027, 2, 14, 7),
    ]);
    assert.equal(dueBetween(newYork('30 1 * * *'), Date.UTC(2026, 10, 1, 3), Date.UTC(2026, 10, 1, 12), 5).length, 1);
  });
  for (const cron of ['0 18 * * *', '*/5 9-18 * * 1-5', '@daily', '0 0 18 * * *', '0 18 L * *']) {
    it(`${cron} is usable`, () => assert.equal(checkCron(cron), null));
  }
  for (const [cron, words] of [
    ['', '0 fields'],
    ['18:00', '1 field'],
    ['* * *', '3 fields'],
    ['* * * * * * *', '7 fields'],
    ['0 25 * * *', 'the hour cannot be 25'],
    ['61 * * * *', 'the minute cannot be 61'],
    ['61 0 18 * * *', 'the second cannot be 61'],
    ['0 18 32 * *', 'the day cannot be 32'],
    ['0 18 * 13 *', 'the month cannot be 13'],
    ['0 18 * * FRI-MON', 'the weekday cannot be FRI-MON'],
    ['*/90 * * * *', 'the minute cannot be */90'],
    ['0 0 30 2 *', 'no such day'],
    ['@dayly', '@daily'],
    ['@reboot', '@daily'],
  ] as const) {
    it(`"${cron}" is not, and says why`, () => {
      const fault = checkCron(cron);
      assert.equal(fault?.code, 'bad-cron');
      assert.ok(fault?.message.en.includes(words), fault?.message.en);
      assert.ok(!fault?.message.zh.includes(words) || words === '@daily');
    });
  }
  it('several times a day keep to the rule of summer time, too', () => {
    const schedule = { ...ANY_DAY, crons: ['30 2,14 * * *'], timezone: 'America/New_York' };
    assert.deepEqual(dueBetween(schedule, Date.UTC(2027, 2, 14, 5), Date.UTC(2027, 2, 14, 20), 5), [
      Date.UTC(2027, 2, 14, 7),
      Date.UTC(2027, 2, 14, 18, 30),
    ]);
  });
  it('in Shanghai are the same told as an offset and read from the zone', () => {
    const anyCron = fc.constantFrom(
      '0 18 * * *',
      '*/7 * * * *',
      '0 9 * * 1-5',
      '15 30 8 1 * *',
      '0 0 L * *',
      '@weekly',
    );
    const anyTime = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2050, 0) });
    fc.assert(
      fc.property(anyCron, anyTime, (cron, at) => {
        const singapore = { ...ANY_DAY, crons: [cron], timezone: 'Asia/Singapore' };
        assert.deepEqual(nextDue(shanghai(cron), at, 3), nextDue(singapore, at, 3));
      }),
    );
  });
  it('the previous due time is the last one that is not after a moment', () => {
    const anyCron = fc.constantFrom(
      '0 18 * * *',
      '*/7 9-17 * * *',
      '* * 1 1 *',
      '0 9 * * 1',
      '* * * * * *',
      '0 0 29 2 *',
    );
    const anyZone = fc.constantFrom('Asia/Shanghai', 'America/New_York');
    fc.assert(
      fc.property(anyCron, anyZone, fc.integer({ min: NOW - 1e11, max: NOW + 1e11 }), (cron, timezone, at) => {
        const schedule = { ...ANY_DAY, crons: [cron], timezone };
        const last = previousDue(schedule, at) ?? Number.NaN;
        assert.ok(last <= at);
        assert.deepEqual(nextDue(schedule, last - 1, 1), [last], 'it is a due time');
        assert.deepEqual(dueBetween(schedule, last, at, 1), [], 'none comes between');
      }),
      { numRuns: 60 },
    );
  });
});

describe('in words', () => {
  for (const [cron, zh, en] of [
    ['0 18 * * *', '每天 18:00', 'every day at 18:00'],
    ['30 8 * * 1-5', '周一到周五 08:30', 'Monday to Friday at 08:30'],
    ['0 9 * * 1,3', '每周一、三 09:00', 'every Monday, Wednesday at 09:00'],
    ['0 9 5 * *', '每月 5 日 09:00', 'on the 5th of each month at 09:00'],
    ['*/5 * * * *', '每 5 分钟', 'every 5 minutes'],
    ['* * * * *', '每分钟', 'every minute'],
    ['0 9,18 * * *', '每天 09:00、18:00', 'every day at 09:00, 18:00'],
    ['@daily', '每天 00:00', 'every day at 00:00'],
    ['15 30 18 * * *', '每天 18:30:15', 'every day at 18:30:15'],
    ['0 18 L * *', 'cron 0 18 L * *', 'cron 0 18 L * *'],
    ['*/30 9-19 * * *', '每天 09:00–19:30 每 30 分钟', 'every day, every 30 minutes from 09:00 to 19:30'],
    ['15 8-20/2 * * *', '每天 08:15–20:15 每 2 小时', 'every day, every 2 hours from 08:15 to 20:15'],
    ['0 9-18 * * mon-fri', '周一到周五 09:00–18:00 每小时', 'Monday to Friday, every hour from 09:00 to 18:00'],
    ['*/7 9-19 * * *', 'cron */7 9-19 * * *', 'cron */7 9-19 * * *'],
    ['*/30 22-2 * * *', 'cron */30 22-2 * * *', 'cron */30 22-2 * * *'],
    ['0 22-2 * * *', 'cron 0 22-2 * * *', 'cron 0 22-2 * * *'],
  ] as const) {
    it(cron, () =>
      assert.deepEqual(scheduleInWords(shanghai(cron)), { zh: `${zh} (Asia/Shanghai)`, en: `${en} (Asia/Shanghai)` }),
    );
  }
});
