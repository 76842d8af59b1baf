import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import fc from 'fast-check';
import type { Tolerance } from '../../src/model/change.ts';
import { datasetOf, type Row, type Value } from '../../src/model/dataset.ts';
import { changesOf, repeatedKey } from '../../src/shaping/changes.ts';

const KEY = { key: ['sku'], columns: ['price'], tolerance: null };
const prices = (...rows: readonly (readonly [string, Value])[]) =>
  datasetOf(
    rows.map(([sku, price]) => ({ sku, price, name: `商品 ${sku}` })),
    ['sku', 'price', 'name'],
  );

describe('what changed', () => {
  it('is new, gone and different rows, with the old value and the difference', () => {
    const found = changesOf(prices(['a', 10], ['b', 21], ['c', 5]), prices(['a', 10], ['b', 20], ['d', 7]), KEY);
    assert.deepEqual(found.added.rows, [{ sku: 'c', price: 5, name: '商品 c' }]);
    assert.deepEqual(found.removed.rows, [{ sku: 'd', price: 7, name: '商品 d' }]);
    assert.deepEqual(found.changed.rows, [{ sku: 'b', price: 21, name: '商品 b', price_old: 20, price_delta: 1 }]);
    assert.deepEqual(found.changed.columns, ['sku', 'price', 'name', 'price_old', 'price_delta']);
  });

  it('with nothing to compare with is all rows, as added', () => {
    const found = changesOf(prices(['a', 1], ['b', 2]), null, KEY);
    assert.deepEqual([found.added.rows.length, found.removed.rows.length, found.changed.rows.length], [2, 0, 0]);
  });

  it('a column that is not watched does not count; without columns all but the key do', () => {
    const before = datasetOf([{ sku: 'a', price: 1, name: 'old' }]);
    assert.equal(changesOf(prices(['a', 1]), before, KEY).changed.rows.length, 0);
    assert.equal(changesOf(prices(['a', 1]), before, { ...KEY, columns: [] }).changed.rows.length, 1);
  });

  const share: Tolerance = { size: '0.5e-2', by: 'share' };
  const amount: Tolerance = { size: '0.01', by: 'amount' };
  const CASES: readonly (readonly [Value, Value, Tolerance | null, boolean])[] = [
    [1, 1, null, false],
    [1, 1n, null, false],
    ['1.50', 1.5, null, false],
    ['1.10', '1.1', null, true],
    ['007', '7', null, true],
    ['1.10', '1.1', { size: '0', by: 'amount' }, false],
    ['0.1', 0.3, null, true],
    [12345678901234567890n, 12345678901234567891n, null, true],
    ['12345678901234567890.01', '12345678901234567890.02', null, true],
    ['12345678901234567890.01', '12345678901234567890.02', amount, false],
    [200, 201, share, false],
    [200, 201.01, share, true],
    [-200, -201, share, false],
    [0, 0.001, share, true],
    [null, 0, null, true],
    [null, null, null, false],
    [null, '', null, true],
    [true, false, amount, true],
    ['上架', '下架', amount, true],
  ];
  for (const [before, now, tolerance, differs] of CASES) {
    it(`${String(before)} → ${String(now)} ${tolerance === null ? '' : `within ${tolerance.size} by ${tolerance.by} `}${differs ? 'is' : 'is not'} a change`, () => {
      const found = changesOf(prices(['a', now]), prices(['a', before]), { ...KEY, tolerance });
      assert.equal(found.changed.rows.length, differs ? 1 : 0);
    });
  }

  it('small changes add up: what is not told is not taken as known', () => {
    let known = prices(['a', 100], ['b', 1]);
    const told: Value[] = [];
    for (const price of [100.4, 100.8, 101.2]) {
      const found = changesOf(prices(['a', price], ['b', price]), known, { ...KEY, tolerance: share });
      told.push(...found.changed.rows.filter(({ sku }) => sku === 'a').map((row) => row['price_old'] ?? null));
      known = found.next;
    }
    assert.deepEqual(told, [100]);
  });
});

test('a key that two rows share is found', () => {
  const rows = datasetOf([
    { a: 1, b: 2 },
    { a: 1, b: 3 },
  ]);
  assert.deepEqual(repeatedKey(rows, ['a']), [1]);
  assert.equal(repeatedKey(rows, ['a', 'b']), null);
});

test('whatever the rows, going from one to the next and telling it leaves nothing to tell', () => {
  const value = fc.oneof(fc.integer(), fc.bigInt(), fc.string(), fc.constant(null), fc.boolean());
  const rows = fc.uniqueArray(fc.record({ sku: fc.string({ maxLength: 3 }), price: value }), {
    selector: ({ sku }) => sku,
    maxLength: 12,
  });
  fc.assert(
    fc.property(rows, rows, (before: readonly Row[], now: readonly Row[]) => {
      const columns = ['sku', 'price'];
      const found = changesOf(datasetOf(now, columns), datasetOf(before, columns), KEY);
      const kept = now.length - found.added.rows.length;
      assert.equal(before.length - found.removed.rows.length, kept);
      const again = changesOf(datasetOf(now, columns), found.next, KEY);
      assert.equal(again.added.rows.length + again.removed.rows.length + again.changed.rows.length, 0);
    }),
  );
});
