import assert from 'node:assert/strict';
import { it } from 'node:test';
import { datasetOf } from '../../src/model/dataset.ts';
import { holds } from '../../src/run/condition.ts';

const facts = {
  data: {
    stores: datasetOf([
      { name: '国贸店', rate: '0.1000000000000000001', sales: 1.5, target: 2, code: 1234567890123456789n, gone: null },
      { name: '天河店', rate: '2', sales: 3, target: 2, code: 1n, gone: null },
    ]),
    none: datasetOf([]),
  },
  only: null,
  last: null,
  due: new Date('2026-11-22T10:00:00Z'),
  now: new Date('2026-11-22T10:00:03Z'),
  job: { name: 'sales' },
};
const when = (source: string) => holds({ source, at: { file: 'jobs/sales.yaml', line: 3, column: 7 } }, facts);

const CASES: readonly [expression: string, holds: boolean][] = [
  ['size(stores.rows) > 0', true],
  ['size(none.rows) > 0', false],
  ['stores.first.sales < stores.first.target', true],
  ['stores.first.sales * 2 >= stores.first.target + 1', true],
  ['stores.rows.exists(s, s.sales > s.target)', true],
  ['stores.rows.all(s, s.sales > s.target)', false],
  ['stores.first.code == 1234567890123456789', true],
  ['stores.first.gone > 1', false],
  ['stores.first.gone == null', true],
  ['stores.first.name == "国贸店"', true],
  ['none.first == null', true],
  ['job.name == "sales" && due < now', true],
  ['stores.first.rate < 1', true],
  ['1.25 <= stores.first.rate', false],
  ['stores.first.rate > 0.10000000000000000', true],
];

for (const [expression, expected] of CASES) {
  it(`${expression} is ${expected}`, async () => assert.equal(await when(expression), expected));
}

for (const [expression, code] of [
  ['stores.first.nmae == "x"', 'condition-fault'],
  ['size(stores.rows', 'condition-fault'],
  ['stores.first.name < 1', 'condition-fault'],
  ['unknown > 1', 'condition-fault'],
  ['size(stores.rows)', 'condition-not-boolean'],
] as const) {
  it(`${expression} is an error with its place`, async () => {
    await assert.rejects(when(expression), (error: { code: string; problems: { at: unknown }[] }) => {
      assert.equal(error.code, code);
      assert.deepEqual(error.problems[0]?.at, { file: 'jobs/sales.yaml', line: 3, column: 7 });
      return true;
    });
  });
}

const LAST = {
  dueAt: Date.UTC(2026, 10, 22, 9),
  deliveredAt: Date.UTC(2026, 10, 22, 9, 0, 3),
  figures: { sales: 10, rate: '0.5', 销售额: 3n },
  heldBack: 2,
};

for (const [expression, first, later] of [
  ['last == null', true, false],
  ['last != null && last.figures.sales == 10', false, true],
  ['last.figures.sales > 3', false, true],
  ['!(last.figures.sales > 3)', true, false],
  ['last.figures.nothing == null', true, true],
  ['last.figures["销售额"] == 3', false, true],
  ['stores.first.sales > last.figures.sales * 0.1', false, true],
  ['last.heldBack >= 2', false, true],
  ['due - last.dueAt >= duration("1h")', false, true],
  ['due - last.dueAt > duration("1h")', false, false],
  ['stores.rows.exists(s, s.sales < last.figures.sales)', false, true],
  ['stores.first.name == "last.figures.sales"', false, false],
] as const)
  it(`${expression} is ${first} on the first run, ${later} later`, async () => {
    const at = { source: expression, at: null };
    assert.equal(await holds(at, facts), first);
    assert.equal(await holds(at, { ...facts, last: LAST }), later);
  });
