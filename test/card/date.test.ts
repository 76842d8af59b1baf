import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDate, timeOf, unknownParts } from '../../src/card/date.ts';

const SHANGHAI = { name: 'Asia/Shanghai' };
const NEW_YORK = { name: 'America/New_York' };
const MONDAY = Date.UTC(2026, 0, 5, 10, 7, 9);

test('a moment is written on the wall clock of its zone', () => {
  const cases: readonly [pattern: string, zh: string, en: string][] = [
    ['%Y-%m-%d %H:%M:%S', '2026-01-05 18:07:09', '2026-01-05 18:07:09'],
    ['%F %T|%R|%D', '2026-01-05 18:07:09|18:07|01/05/26', '2026-01-05 18:07:09|18:07|01/05/26'],
    ['%-m/%-d %e %-H %I %l', '1/5  5 18 06  6', '1/5  5 18 06  6'],
    ['%A %a %B %b %p', '星期一 周一 1月 1月 下午', 'Monday Mon January Jan PM'],
    ['%j %V %G %u %w %L %s', '005 02 2026 1 1 000 1767607629', '005 02 2026 1 1 000 1767607629'],
    ['%z %Z %%d %Q', '+0800 Asia/Shanghai %d %Q', '+0800 Asia/Shanghai %d %Q'],
  ];
  for (const [pattern, zh, en] of cases) {
    assert.equal(formatDate(MONDAY, pattern, { zone: SHANGHAI, lang: 'zh' }), zh);
    assert.equal(formatDate(MONDAY, pattern, { zone: SHANGHAI, lang: 'en' }), en);
  }
});

test('weeks by ISO 8601 belong to the year of their Thursday', () => {
  const week = (year: number, month: number, day: number): string =>
    formatDate(Date.UTC(year, month - 1, day), '%G-W%V', { zone: { name: 'UTC' }, lang: 'en' });
  assert.equal(week(2027, 1, 1), '2026-W53');
  assert.equal(week(2024, 12, 30), '2025-W01');
  assert.equal(week(2026, 12, 31), '2026-W53');
});

test('what databases and people write is read as a moment', () => {
  const cases: readonly [value: unknown, zone: { name: string }, iso: string | null][] = [
    ['2026-01-05', SHANGHAI, '2026-01-04T16:00:00.000Z'],
    ['2026-01-05 18:00', SHANGHAI, '2026-01-05T10:00:00.000Z'],
    ['2026/1/5 18:00:07', SHANGHAI, '2026-01-05T10:00:07.000Z'],
    ['2026-01-05T18:00:00.25Z', SHANGHAI, '2026-01-05T18:00:00.250Z'],
    ['2026-01-05T18:00:00-05:00', SHANGHAI, '2026-01-05T23:00:00.000Z'],
    ['2026-01-05 18:00:00+08', NEW_YORK, '2026-01-05T10:00:00.000Z'],
    ['2026-07-01 12:00', NEW_YORK, '2026-07-01T16:00:00.000Z'],
    ['2026-11-01 01:30', NEW_YORK, '2026-11-01T05:30:00.000Z'],
    [1767607200, SHANGHAI, '2026-01-05T10:00:00.000Z'],
    [1767607200000, SHANGHAI, '2026-01-05T10:00:00.000Z'],
    [1767607200000n, SHANGHAI, '2026-01-05T10:00:00.000Z'],
    ['2026-02-30', SHANGHAI, null],
    ['2026-13-01', SHANGHAI, null],
    ['2026-01-05 25:00', SHANGHAI, null],
    ['soon', SHANGHAI, null],
    [null, SHANGHAI, null],
    [1e300, SHANGHAI, null],
  ];
  for (const [value, zone, iso] of cases) {
    const ms = timeOf(value, zone);
    assert.equal(ms === null ? null : new Date(ms).toISOString(), iso, String(value));
  }
});

test('letters that mean nothing are named', () => {
  assert.deepEqual(unknownParts('%Y-%m-%d %H:%M %%'), []);
  assert.deepEqual(unknownParts('%Y %Q %-x'), ['Q', 'x']);
});
