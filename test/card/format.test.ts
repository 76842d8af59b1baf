import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { add, compare, decimalOf, multiply, plain, round, simplest } from '../../src/card/decimal.ts';
import {
  formatBytes,
  formatDelta,
  formatDuration,
  formatMoney,
  formatNumber,
  formatPercent,
} from '../../src/card/format.ts';
import { fill } from '../../src/card/template.ts';
import { holding, template } from './fixture.ts';

test('money has a sign, two digits and commas, rounded half away from zero by its decimal digits', () => {
  const cases: readonly [value: unknown, currency: string | undefined, digits: number | null, text: string | null][] = [
    [1234567.891, undefined, null, '¥1,234,567.89'],
    [1.005, undefined, null, '¥1.01'],
    [-1.005, undefined, null, '-¥1.01'],
    ['2.675', undefined, null, '¥2.68'],
    [-0.004, undefined, null, '¥0.00'],
    [0, undefined, 0, '¥0'],
    [999.995, undefined, null, '¥1,000.00'],
    [12345678901234567890n, undefined, null, '¥12,345,678,901,234,567,890.00'],
    ['12345678901234567890.125', undefined, null, '¥12,345,678,901,234,567,890.13'],
    [5, 'USD', 1, '$5.0'],
    [5000, 'JPY', null, 'JP¥5,000'],
    [5, 'CHF', null, 'CHF 5.00'],
    [1e21, undefined, 0, '¥1,000,000,000,000,000,000,000'],
    ['no amount', undefined, null, null],
    ['', undefined, null, null],
    [null, undefined, null, null],
    [Number.NaN, undefined, null, null],
  ];
  for (const [value, currency, digits, text] of cases)
    assert.equal(formatMoney(value, currency, digits), text, String(value));
});

test('numbers keep the digits they have, or get those asked for', () => {
  const cases: readonly [value: unknown, digits: number | null, text: string][] = [
    [1234.5, null, '1,234.5'],
    ['1234.50', null, '1,234.50'],
    [1e-7, null, '0.0000001'],
    [9007199254740993n, null, '9,007,199,254,740,993'],
    [0.1 + 0.2, 2, '0.30'],
    [1234.5, 0, '1,235'],
  ];
  for (const [value, digits, text] of cases) assert.equal(formatNumber(value, digits), text);
});

test('amounts are counted in 万 and 亿 when that is asked for, with two digits unless told otherwise', () => {
  const cases: readonly [value: unknown, unit: '万' | '亿' | 'auto', digits: number | null, text: string][] = [
    [1823405.5, '万', null, '¥182.34万'],
    ['1234567890123456789.99', '亿', 0, '¥12,345,678,901亿'],
    [-99_999_999, 'auto', 1, '-¥10,000.0万'],
    [100_000_000, 'auto', null, '¥1.00亿'],
    [9_999.5, 'auto', null, '¥9,999.50'],
    [10_000, 'auto', null, '¥1.00万'],
    [-4, '万', 2, '¥0.00万'],
    ['n/a', '万', null, 'null'],
  ];
  for (const [value, unit, digits, text] of cases) {
    assert.equal(String(formatMoney(value, 'CNY', digits, unit)), text);
    assert.equal(String(formatNumber(value, digits ?? (/\./.test(text) ? 2 : null), unit)), text.replace('¥', ''));
  }
});

test('a change has an arrow for a sign, and none when it rounds to nothing', () => {
  const cases: readonly [value: unknown, change: 'number' | 'money' | 'percent', text: string][] = [
    [0.123, 'percent', '▲ 12.3%'],
    ['-0.0519', 'percent', '▼ 5.2%'],
    [0, 'percent', '0.0%'],
    [-0.0001, 'percent', '0.0%'],
    [-1234.5, 'money', '▼ ¥1,234.50'],
    [12345678901234567890n, 'number', '▲ 12,345,678,901,234,567,890'],
    ['n/a', 'number', 'null'],
  ];
  for (const [value, change, text] of cases)
    assert.equal(String(formatDelta(value, { change, digits: null })), text, String(value));
});

test('sizes go by 1,024, durations show their two largest parts', () => {
  const sizes: readonly [value: unknown, text: string][] = [
    [0, '0 B'],
    [1023, '1,023 B'],
    [1536, '1.5 KB'],
    ['-5368709120', '-5.0 GB'],
    [2n ** 70n, '1,048,576.0 PB'],
    ['x', 'null'],
  ];
  for (const [value, text] of sizes) assert.equal(String(formatBytes(value)), text);
  const durations: readonly [value: unknown, counts: 's' | 'ms', zh: string, en: string][] = [
    [0, 's', '0 秒', '0 s'],
    [830, 'ms', '830 毫秒', '830 ms'],
    [0.83, 's', '830 毫秒', '830 ms'],
    [1.25, 's', '1.3 秒', '1.3 s'],
    [59.96, 's', '1 分', '1 min'],
    [65, 's', '1 分 5 秒', '1 min 5 s'],
    [3600, 's', '1 小时', '1 h'],
    [3725, 's', '1 小时 2 分', '1 h 2 min'],
    [-90_061_000, 'ms', '-1 天 1 小时', '-1 d 1 h'],
    [86_405, 's', '1 天', '1 d'],
    ['x', 's', 'null', 'null'],
    ['1e400', 's', 'null', 'null'],
  ];
  for (const [value, counts, zh, en] of durations) {
    assert.equal(String(formatDuration(value, counts, 'zh')), zh);
    assert.equal(String(formatDuration(value, counts, 'en')), en);
  }
});

test('the same formats are filters', () => {
  const cases: readonly [filter: string, value: number | string, text: string][] = [
    ["money: unit: '万'", 1823405.5, '¥182.34万'],
    ["money: 'USD', digits: 0", 5, '$5'],
    ["number: unit: 'auto', digits: 1", 123456789, '1.2亿'],
    ['delta', 0.123, '▲ 12.3%'],
    ["delta: 'number'", -3, '▼ 3'],
    ["delta: 'percent', digits: 0", '0.1', '▲ 10%'],
    ['bytes', 1536, '1.5 KB'],
    ['duration', 65, '1 分 5 秒'],
    ["duration: 'ms'", 65, '65 毫秒'],
    ['duration', 'soon', 'soon'],
  ];
  for (const [filter, value, text] of cases)
    assert.equal(fill(template(`{{ d.first.v | ${filter} }}`), 'plain', holding(value)), text);
  for (const wrong of ["money: unit: 'k'", "delta: 'share'"])
    assert.throws(() => fill(template(`{{ d.first.v | ${wrong} }}`), 'plain', holding(1)), { code: 'template-error' });
});

test('a share of one is a hundred per cent', () => {
  assert.equal(formatPercent(0.123), '12.3%');
  assert.equal(formatPercent(1), '100.0%');
  assert.equal(formatPercent('0.12345', 2), '12.35%');
  assert.equal(formatPercent(12.5, 0), '1,250%');
});

test('decimal arithmetic agrees with whole numbers, whatever the scale', () => {
  const part = fc
    .tuple(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), fc.nat({ max: 20 }))
    .map(([units, scale]) => ({ units, scale }));
  fc.assert(
    fc.property(part, part, (a, b) => {
      const scaled = (x: { units: bigint; scale: number }): bigint => x.units * 10n ** BigInt(40 - x.scale);
      assert.equal(scaled(add(a, b)), scaled(a) + scaled(b));
      assert.equal(Math.sign(compare(a, b)), scaled(a) < scaled(b) ? -1 : scaled(a) > scaled(b) ? 1 : 0);
      assert.equal(multiply(a, b).units, a.units * b.units);
      const read = decimalOf(plain(a));
      assert.ok(read !== null && compare(read, a) === 0, 'what is printed reads back');
      const kept = decimalOf(simplest(a));
      assert.ok(kept !== null && compare(kept, a) === 0, 'the simplest value is the same value');
      const cut = round(a, 2);
      const off = scaled(cut) - scaled(a);
      assert.ok((off < 0n ? -off : off) * 2n <= 10n ** 38n, 'rounding moves by half a step at most');
    }),
  );
});

test('a text that no double could hold, or of hundreds of digits, is no amount', () => {
  for (const text of ['1e400', '1e-400', '1'.repeat(500)]) assert.equal(decimalOf(text), null);
  assert.notEqual(decimalOf('1'.repeat(300)), null);
});
