import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compare, decimalOf } from '../../src/card/decimal.ts';
import type { Reading } from '../../src/config/shape.ts';
import { shapingSteps } from '../../src/config/shaping.ts';
import { parseYaml } from '../../src/config/yaml.ts';
import { type Dataset, datasetOf, type Row } from '../../src/model/dataset.ts';
import type { Problem } from '../../src/model/errors.ts';
import { shaped } from '../../src/shaping/shape-dataset.ts';

const read = (yaml: string) => {
  const problems: Problem[] = [];
  const reading: Reading = { environment: {}, problems, webhooks: new Map() };
  const node = parseYaml(yaml, 'jobs/a.yaml', problems);
  return { steps: node === null ? null : shapingSteps.read(node, reading, 'shape'), problems };
};

const after = (yaml: string, rows: readonly Row[], others: Readonly<Record<string, Dataset>> = {}) => {
  const { steps, problems } = read(yaml);
  assert.deepEqual(problems, []);
  return shaped('stores', datasetOf(rows), steps ?? [], others);
};

const STORES: readonly Row[] = [
  { city: '上海', name: '国贸店', sales: '100.10', n: 3 },
  { city: '北京', name: '西单店', sales: 20, n: null },
  { city: '上海', name: '外滩店', sales: '0.2', n: 12345678901234567890n },
  { city: null, name: '网店', sales: null, n: 1 },
];

describe('shape', () => {
  const CASES: readonly [name: string, yaml: string, rows: readonly Row[]][] = [
    ['picks columns under new names', '- pick: { 店: name, 额: sales }\n- limit: 1', [{ 店: '国贸店', 额: '100.10' }]],
    [
      'sorts by amount, the largest first, NULL last',
      '- sort: -sales\n- pick: [name]',
      [{ name: '国贸店' }, { name: '西单店' }, { name: '外滩店' }, { name: '网店' }],
    ],
    [
      'sorts words as people list them, then by another column',
      '- sort: [city, sales]\n- pick: [city, name]',
      [
        { city: '北京', name: '西单店' },
        { city: '上海', name: '外滩店' },
        { city: '上海', name: '国贸店' },
        { city: null, name: '网店' },
      ],
    ],
    [
      'groups with exact sums',
      '- group: { by: city, sum: { total: sales, pieces: n }, count: stores }',
      [
        { city: '上海', total: 100.3, pieces: 12345678901234567893n, stores: 2 },
        { city: '北京', total: 20, pieces: null, stores: 1 },
        { city: null, total: null, pieces: 1, stores: 1 },
      ],
    ],
    [
      'makes one row of all',
      '- group: { avg: n, min: { least: sales }, max: { most: sales }, count: { known: n } }',
      [{ n: 4115226300411520000, least: '0.2', most: '100.10', known: 3 }],
    ],
    [
      'turns values into columns',
      '- pivot: { rows: city, columns: name, value: sales }\n- limit: 1',
      [{ city: '上海', 国贸店: '100.10', 西单店: null, 外滩店: '0.2', 网店: null }],
    ],
  ];
  for (const [name, yaml, rows] of CASES) it(name, () => assert.deepEqual(after(yaml, STORES).rows, rows));

  it('compares with another dataset by key', () => {
    const yesterday = datasetOf([
      { name: '国贸店', sales: 80 },
      { name: '西单店', sales: 0 },
    ]);
    assert.deepEqual(
      after(
        '- compare: { with: yesterday, key: name, columns: [sales] }\n- pick: [name, sales_old, sales_delta, sales_change]',
        STORES,
        { yesterday },
      ).rows,
      [
        { name: '国贸店', sales_old: 80, sales_delta: 20.1, sales_change: 0.25125 },
        { name: '西单店', sales_old: 0, sales_delta: 20, sales_change: null },
        { name: '外滩店', sales_old: null, sales_delta: null, sales_change: null },
        { name: '网店', sales_old: null, sales_delta: null, sales_change: null },
      ],
    );
  });

  it('has columns without rows, and forgives columns that an empty dataset cannot know', () => {
    assert.deepEqual(after('- group: { by: city, sum: sales }', []).columns, ['city', 'sales']);
    assert.deepEqual(after('- sort: sales', []).rows, []);
  });

  it('a column that is not there is an error at its step, with a suggestion', () => {
    assert.throws(
      () => after('- limit: 2\n- sort: saels', STORES),
      (error: { code: string; problems: { at: { line: number }; hint: { en: string } }[] }) => {
        assert.equal(error.code, 'shape-column');
        assert.equal(error.problems[0]?.at.line, 2);
        assert.match(error.problems[0]?.hint.en ?? '', /sales/);
        return true;
      },
    );
  });

  for (const [yaml, code] of [
    ['- sort: a\n  limit: 1', 'one-step'],
    ['- sorte: a', 'unknown-key'],
    ['- limit: 0', 'wrong-type'],
    ['- group: { by: a, sum: { a: b } }', 'duplicate-key'],
    ['- compare: { key: a, columns: b }', 'missing-key'],
  ]) {
    it(`${yaml?.replaceAll('\n', ' ')} is ${code}`, () =>
      assert.deepEqual(
        read(yaml as string).problems.map((problem) => problem.code),
        [code],
      ));
  }

  it('neither loses nor makes a row, and sorts any numbers', () => {
    const amount = fc.oneof(fc.integer(), fc.bigInt(), fc.double({ noNaN: true }), fc.constant(null));
    fc.assert(
      fc.property(fc.array(fc.record({ g: fc.constantFrom('a', 'b', null), v: amount })), (rows) => {
        const sorted = after('- sort: v', rows).rows.map(({ v }) => decimalOf(v ?? null));
        assert.equal(sorted.length, rows.length);
        const known = sorted.filter((v) => v !== null);
        assert.ok(known.every((v, i) => i === 0 || compare(known[i - 1] as never, v) <= 0));
        const counts = after('- group: { by: g, count: n }', rows).rows.map(({ n }) => n as number);
        assert.equal(
          counts.reduce((all, n) => all + n, 0),
          rows.length,
        );
      }),
    );
  });
});
