import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Dataset, datasetOf, type Row, type Value } from '../../src/model/dataset.ts';
import { differenceOf, keyFault } from '../../src/shaping/changed.ts';
import { readSnapshots, writeSnapshots } from '../../src/shaping/snapshot.ts';

const PRICE = { key: ['sku'], columns: ['price'], tolerance: null };
const of = (price: Value): Dataset => datasetOf([{ sku: 'a', price }]);

describe('changed', () => {
  const CASES: readonly [now: Value, old: Value, changed: boolean, delta?: Value][] = [
    ['12.50', '12.5', false],
    ['12.50', 12.5, false],
    [12345678901234567891n, 12345678901234567890n, true, 1],
    ['0.1000000000000000001', '0.1', true, 1e-19],
    ['007', '7', true, null],
    ['1e3', '1000', true, null],
    [null, null, false],
    [null, 0, true, null],
    [0, null, true, null],
    ['', null, true, null],
    [true, false, true, null],
    [Number.NaN, Number.NaN, false],
    [Number.NaN, 1, true, null],
    [-0, 0, false],
    ['A', 'a', true, null],
  ];
  for (const [now, old, changed, delta] of CASES)
    it(`${String(old)} (${typeof old}) → ${String(now)} (${typeof now}): ${changed}`, () => {
      const found = differenceOf(of(now), of(old), PRICE).changed.rows;
      const row = { sku: 'a', price: now, price_old: old, price_delta: delta ?? null };
      assert.deepEqual(found, changed ? [row] : []);
    });

  const TOLERANCES: readonly [digits: string, of: 'amount' | 'percent', old: Value, now: Value, changed: boolean][] = [
    ['0.05', 'amount', '1.00', '1.05', false],
    ['0.05', 'amount', '1.00', '1.0500000000000000001', true],
    ['0.05', 'amount', '1.00', '0.94', true],
    ['0.5', 'percent', '200', '201', false],
    ['0.5', 'percent', '200', '201.01', true],
    ['0.5', 'percent', '-200', '-201', false],
    ['0.5', 'percent', 0, '0.0001', true],
    ['0.5', 'percent', 0, 0, false],
    ['0.5', 'percent', 'x', 'y', true],
    ['0.5', 'percent', null, 1, true],
  ];
  for (const [digits, kind, old, now, changed] of TOLERANCES)
    it(`tolerance ${digits} (${kind}): ${old} → ${now} is ${changed ? 'a' : 'no'} change`, () => {
      const found = differenceOf(of(now), of(old), { ...PRICE, tolerance: { digits, of: kind } });
      assert.equal(found.changed.rows.length === 1, changed);
    });

  it('small steps within the tolerance add up: the value last told is kept', () => {
    const watched = { ...PRICE, tolerance: { digits: '1', of: 'percent' as const } };
    const first = differenceOf(of('100.6'), of('100'), watched);
    assert.equal(first.changed.rows.length, 0);
    assert.deepEqual(first.kept.rows, [{ sku: 'a', price: '100' }]);
    const second = differenceOf(of('101.2'), first.kept, watched);
    assert.deepEqual(second.changed.rows, [{ sku: 'a', price: '101.2', price_old: '100', price_delta: 1.2 }]);
  });

  it('keys of several columns; integers large and small are one kind, texts another', () => {
    const key = { key: ['shop', 'sku'], columns: null, tolerance: null };
    const rows = (shop: Value, sku: Value, n: number): Row => ({ shop, sku, n });
    const found = differenceOf(
      datasetOf([rows(1, 'a', 2), rows(1n, 'b', 1), rows('1', 'a', 1)]),
      datasetOf([rows(1n, 'a', 1), rows(1, 'b', 1), rows(2, 'a', 1)]),
      key,
    );
    assert.deepEqual(found.changed.rows, [{ shop: 1, sku: 'a', n: 2, n_old: 1, n_delta: 1 }]);
    assert.deepEqual(found.added.rows, [rows('1', 'a', 1)]);
    assert.deepEqual(found.removed.rows, [rows(2, 'a', 1)]);
  });

  it('a column that was not there before is compared from the next time on', () => {
    const now = datasetOf([{ sku: 'a', price: 1, cost: 5 }]);
    const watched = { ...PRICE, columns: ['price', 'cost'] };
    const first = differenceOf(now, of(1), watched);
    assert.equal(first.changed.rows.length, 0);
    const next = differenceOf(datasetOf([{ sku: 'a', price: 1, cost: 6 }]), first.kept, watched);
    assert.deepEqual(next.changed.rows[0]?.['cost_old'], 5);
  });

  it('another key than before: all rows are new', () => {
    const found = differenceOf(datasetOf([{ code: 1, price: 1 }]), of(1), { ...PRICE, key: ['code'] });
    assert.equal(found.added.rows.length, 1);
    assert.equal(found.removed.rows.length, 0);
  });

  it('emptied, and filled again', () => {
    const emptied = differenceOf({ columns: [], rows: [] }, of(1), PRICE);
    assert.deepEqual(emptied.removed, of(1));
    assert.deepEqual(differenceOf(of(1), emptied.kept, PRICE).added.rows, of(1).rows);
  });

  it('rows that cannot be told apart are named', () => {
    const rows = [{ sku: 'a' }, { sku: 'b' }, { sku: 'a' }];
    assert.deepEqual(keyFault(datasetOf(rows), ['sku']), { is: 'twice', row: 3, first: 1, key: 'a' });
    assert.deepEqual(keyFault(datasetOf([{ sku: 'a' }, { sku: null }]), ['sku']), {
      is: 'missing',
      row: 2,
      column: 'sku',
    });
    assert.equal(keyFault(datasetOf([{ sku: '__proto__' }, { sku: 'toString' }]), ['sku']), null);
  });

  const value: fc.Arbitrary<Value> = fc.oneof(
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.integer(),
    fc.bigInt(),
    fc.string(),
    fc.constantFrom('1.10', '-0.5', '{"n":"1"}'),
  );
  const dataset = fc
    .uniqueArray(fc.tuple(fc.string({ minLength: 1 }), value, value), { selector: ([sku]) => sku, maxLength: 12 })
    .map((rows) =>
      datasetOf(
        rows.map(([sku, price, note]) => ({ sku, price, note })),
        ['sku', 'price', 'note'],
      ),
    );

  it('added, removed and changed are all of the difference: what is kept differs from now by nothing', () => {
    fc.assert(
      fc.property(dataset, dataset, (now, before) => {
        const { kept, added, removed, changed } = differenceOf(now, before, PRICE);
        const again = differenceOf(now, kept, PRICE);
        assert.equal(again.added.rows.length + again.removed.rows.length + again.changed.rows.length, 0);
        assert.equal(before.rows.length + added.rows.length - removed.rows.length, now.rows.length);
        assert.ok(changed.rows.length <= now.rows.length - added.rows.length);
      }),
    );
  });

  it('what is written down is read as it was: big integers, NaN, decimals', () => {
    fc.assert(
      fc.property(dataset, (rows) => {
        const read = readSnapshots(writeSnapshots({ rows }));
        // JSON has one zero
        const plain = ({ columns, rows: all }: Dataset): Dataset => ({
          columns,
          rows: all.map((row) =>
            Object.fromEntries(columns.map((name) => [name, Object.is(row[name], -0) ? 0 : (row[name] ?? null)])),
          ),
        });
        assert.deepEqual(plain(read['rows'] as Dataset), plain(rows));
      }),
    );
  });
});
