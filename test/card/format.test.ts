import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { add, compare, decimalOf, multiply, plain, round, simplest } from '../../src/card/decimal.ts';
import { formatMoney, formatNumber, formatPercent } from '../../src/card/format.ts';

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
