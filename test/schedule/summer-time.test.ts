import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { addDays, dayOf } from '../../src/model/calendar.ts';
import { ANY_DAY } from '../../src/model/schedule.ts';
import { DAY, HOUR, MINUTE, type Ms } from '../../src/model/time.ts';
import { dueBetween } from '../../src/schedule/dues.ts';

/** What a wall clock shows, by Intl alone: nothing of the program's own. */
const clocks = new Map<string, Intl.DateTimeFormat>();
const wall = (at: Ms, zone: string): { day: string; minutes: number } => {
  const format =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  clocks.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = part;
  return { day: dayOf({ year, month, day }), minutes: hour * 60 + minute };
};

/** The first change of the clock after a moment, within a year, to the day; that moment where there is none. */
const changeAfter = (from: Ms, zone: string): Ms => {
  const offset = (at: Ms): number => {
    const { day, minutes } = wall(at, zone);
    return Date.parse(`${day}T00:00:00Z`) / MINUTE + minutes - at / MINUTE;
  };
  const before = offset(from);
  for (let at = from; at < from + 366 * DAY; at += 4 * DAY) if (offset(at) !== before) return at - 4 * DAY;
  return from;
};

/**
 * Slowly, minute by minute: of each day the first minute at which the clock shows the time or has passed it. So what is
 * skipped comes at the end of the gap, and what happens twice comes once.
 */
const slowly = (hour: number, minute: number, zone: string, from: Ms, upTo: Ms): Ms[] => {
  const wanted = hour * 60 + minute;
  const done = new Set<string>();
  const dues: Ms[] = [];
  const begin = wall(from, zone);
  if (begin.minutes >= wanted) done.add(begin.day);
  for (let at = from + MINUTE; at <= upTo; at += MINUTE) {
    const { day, minutes } = wall(at, zone);
    // a day whose end is skipped: what was due in it comes when the next one begins
    if (minutes < wanted || done.has(day)) continue;
    done.add(day);
    dues.push(at);
  }
  return dues;
};

it('in all zones of this machine, over ten years, a daily time comes once a day, as a slow model says', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 2026, max: 2035 }),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      fc.boolean(),
      (zone, year, hour, minute, second) => {
        const first = changeAfter(Date.UTC(year, 0, 1), zone);
        const from = second ? changeAfter(first + 10 * DAY, zone) : first;
        const upTo = from + 6 * DAY;
        const cron = `${minute} ${hour} * * *`;
        const fast = dueBetween({ ...ANY_DAY, crons: [cron], timezone: zone }, from, upTo, 99);
        assert.deepEqual(
          fast.map((at) => new Date(at).toISOString()),
          slowly(hour, minute, zone, from, upTo).map((at) => new Date(at).toISOString()),
          `${cron} in ${zone}`,
        );
      },
    ),
    { numRuns: 120 },
  );
});

it('a time that is due hourly or oftener follows the clock: each hour of the day that is there, and those that are there twice', () => {
  const hourly = { ...ANY_DAY, crons: ['0 * * * *'], timezone: 'America/New_York' };
  for (const [day, hours] of [
    ['2027-03-14', 23],
    ['2027-11-07', 25],
    ['2027-06-01', 24],
  ] as const) {
    const begin = Date.parse(`${day}T00:00:00${day < '2027-03-15' ? '-05:00' : '-04:00'}`);
    const end = Date.parse(`${addDays(day, 1)}T00:00:00${day === '2027-11-07' ? '-05:00' : '-04:00'}`);
    assert.equal(end - begin, hours * HOUR, day);
    assert.equal(dueBetween(hourly, begin - 1, end - 1, 99).length, hours, day);
  }
});
