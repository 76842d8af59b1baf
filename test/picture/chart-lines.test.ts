import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../src/model/dataset.ts';
import { readChart } from '../../src/picture/chart-data.ts';
import { chartLines } from '../../src/picture/chart-lines.ts';
import { shortNumber } from '../../src/picture/chart-look.ts';

const drawn = (spec: Json, width = 24): string[] =>
  chartLines(spec, width).map((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );
const values = (...rows: readonly Json[]): Json => ({ values: rows });
const MONTHS = values({ m: '一月', v: 10 }, { m: '二月', v: '20' }, { m: '三月', v: 5 });
const BY_SHOP = values(
  { m: '一月', s: '国贸', v: 10 },
  { m: '一月', s: '天河', v: 20 },
  { m: '二月', s: '国贸', v: 30 },
);

const DRAWN: readonly (readonly [what: string, spec: Json, lines: readonly string[]])[] = [
  [
    'bars, each with its label and value',
    { type: 'bar', title: { text: '销售' }, data: MONTHS, xField: 'm', yField: 'v' },
    ['销售', '一月 ████████ 10', '二月 ████████████████ 20', '三月 ████ 5'],
  ],
  [
    'bars that lie',
    { type: 'bar', direction: 'horizontal', data: MONTHS, xField: 'v', yField: 'm' },
    ['一月 ████████ 10', '二月 ████████████████ 20', '三月 ████ 5'],
  ],
  [
    'bars beside each other, one fill for each series',
    { type: 'bar', data: BY_SHOP, xField: ['m', 's'], yField: 'v', seriesField: 's' },
    ['一月 █████▎ 10', '     ▓▓▓▓▓▓▓▓▓▓ 20', '二月 ████████████████ 30', '      –', '█ 国贸  ▓ 天河'],
  ],
  [
    'bars on each other, with their sum',
    { type: 'bar', data: BY_SHOP, xField: 'm', yField: 'v', seriesField: 's', stack: true },
    ['一月 █████▓▓▓▓▓▓▓▓▓▓▓ 30', '二月 ████████████████ 30', '█ 国贸  ▓ 天河'],
  ],
  [
    'a pie as shares',
    { type: 'pie', data: values({ k: '甲', v: 3 }, { k: '乙', v: 1 }), categoryField: 'k', valueField: 'v' },
    ['甲 █████████████ 75% (3)', '乙 ████▎         25% (1)'],
  ],
  [
    'a funnel, narrower from step to step',
    { type: 'funnel', data: values({ k: '看', v: 100 }, { k: '买', v: 50 }), categoryField: 'k', valueField: 'v' },
    ['看 ██████████ 100% (100)', '买   █████    50% (50)'],
  ],
  [
    'progress in per cent',
    { type: 'linearProgress', direction: 'horizontal', data: values({ k: '营收', v: 0.75 }), xField: 'v', yField: 'k' },
    ['营收 ███████████░░░░ 75%'],
  ],
  [
    'a ring of progress',
    { type: 'circularProgress', data: values({ k: '率', v: 2 }), valueField: 'v', categoryField: 'k' },
    ['率 ████████████████ 200%'],
  ],
  [
    'words by their weight',
    { type: 'wordCloud', data: values({ n: '轻', v: 1 }, { n: '重', v: 9 }), nameField: 'n', valueField: 'v' },
    ['重 9  轻 1'],
  ],
  [
    'a radar as bars',
    { type: 'radar', data: values({ k: '快', v: 4 }, { k: '好', v: 2 }), categoryField: 'k', valueField: 'v' },
    ['快 ███████████████████ 4', '好 █████████▌ 2'],
  ],
  ['a kind that is not known', { type: 'sankey' }, ['‹chart sankey›']],
  ['no spec at all', null, ['‹chart ?›']],
];
for (const [what, spec, lines] of DRAWN)
  test(`a chart in the terminal: ${what}`, () => assert.deepEqual(drawn(spec), lines));

test('a line has its axis, its ends, and for each of several series a line of its own', () => {
  const lines = drawn({ type: 'line', data: BY_SHOP, xField: 'm', yField: 'v', seriesField: 's' }, 30);
  assert.equal(lines.length, 12);
  assert.match(lines[0] ?? '', /^30│.*[⠁-⣿]/u);
  assert.match(lines[7] ?? '', /^10│[⠁-⣿]/u);
  assert.match(lines[9] ?? '', /^ {3}一月 +二月$/);
  assert.match(lines[10] ?? '', /^■ 国贸 ▁█ 10–30$/);
});

test('an area is filled down to zero, and points stand where they are', () => {
  const area = drawn({ type: 'area', data: MONTHS, xField: 'm', yField: 'v' }, 20);
  assert.match(area[7] ?? '', /^ 0│⣿+$/u);
  const points = drawn({ type: 'scatter', data: values({ x: 0, y: 0 }, { x: 9, y: 9 }), xField: 'x', yField: 'y' }, 20);
  assert.match(points[0] ?? '', /^9│⠀+⠈$/u);
  assert.match(points[7] ?? '', /^0│⡀/u);
});

test('a chart of several kinds is drawn one by one, each from its own data', () => {
  const spec: Json = {
    type: 'common',
    data: [MONTHS, values({ m: '一月', r: 0.5 })],
    series: [
      { type: 'bar', name: '金额', dataIndex: 0, xField: 'm', yField: 'v' },
      { type: 'line', dataIndex: 1, xField: 'm', yField: 'r' },
    ],
  };
  const lines = drawn(spec);
  assert.deepEqual(lines.slice(0, 2), ['金额', '一月 ████████ 10']);
  assert.equal(lines[4], 'r');
  assert.match(lines.slice(5).join('\n'), /0\.5│/);
});

test('what stands twice in one place is added up, and data may be found by its id', () => {
  const data = [
    { id: 'other', values: [] },
    {
      id: 'mine',
      values: [
        { m: 'a', v: 1 },
        { m: 'a', v: 2 },
      ],
    },
  ];
  assert.deepEqual(readChart({ type: 'bar', data, dataId: 'mine', xField: 'm', yField: 'v' }), {
    is: 'bars',
    stacked: false,
    categories: ['a'],
    series: [{ name: '', values: [3] }],
  });
});

test('numbers are as short as they can be read', () => {
  const table: readonly (readonly [number, string])[] = [
    [0, '0'],
    [1234567, '1,234,570'],
    [-1234.5, '-1,234.5'],
    [0.1 + 0.2, '0.3'],
    [1e21, '1e+21'],
  ];
  for (const [value, words] of table) assert.equal(shortNumber(value), words);
});
