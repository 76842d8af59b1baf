import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Json, Row } from '../../src/model/dataset.ts';
import { compileYaml, elementOf, elementsIn, STORES } from './from-yaml.ts';

describe('a chart', () => {
  const spec = async (options: string, rows: readonly Row[] = STORES) =>
    (await elementOf(`chart: { rows: stores, ${options} }`, { stores: rows }))['chart_spec'] as Record<string, Json>;
  const values = (one: Record<string, Json>) => (one['data'] as { values: Json }).values;

  it('has a series for each y, counted in the unit its name says', async () => {
    const bar = await spec(
      'type: bar, x: name, y: { sales: { label: 销售额, format: { unit: 万, digits: 1 } }, target: 目标 }',
    );
    assert.deepEqual(values(bar), [
      { x: '国贸店', y: 182.3, s: '销售额(万)' },
      { x: '<at id=all></at>', y: 92.3, s: '销售额(万)' },
      { x: '国贸店', y: 1600000, s: '目标' },
    ]);
    assert.deepEqual([bar['type'], bar['xField'], bar['yField'], bar['seriesField']], ['bar', ['x', 's'], 'y', 's']);
  });

  it('tells series apart by a column', async () => {
    const line = await spec('type: line, x: day, y: n, series: city', [
      { day: '2026-01-05', n: 1, city: '京' },
      { day: '2026-01-05', n: 2, city: '沪' },
    ]);
    assert.deepEqual(values(line), [
      { x: '2026-01-05', y: 1, s: '京' },
      { x: '2026-01-05', y: 2, s: '沪' },
    ]);
  });

  it('writes dates on its axis as asked', async () => {
    const area = await spec("type: area, x: { day: { format: { date: '%m-%d' } } }, y: n", [
      { day: '2026-01-05', n: 1 },
    ]);
    assert.deepEqual(values(area), [{ x: '01-05', y: 1, s: 'n' }]);
  });

  it('draws what is more than all as all, and says the true share', async () => {
    const progress = await spec('type: progress, x: name, y: rate');
    assert.deepEqual(values(progress), [
      { x: '国贸店 114.0%', y: 1 },
      { x: '<at id=all></at> 84.0%', y: 0.8395 },
    ]);
  });

  it('gives a line that counts something else an axis of its own', async () => {
    const combo = await spec('type: combo, x: name, y: { sales: 销售额, rate: { label: 达成率, format: percent } }');
    assert.deepEqual(
      (combo['axes'] as readonly { orient: string }[]).map(({ orient }) => orient),
      ['bottom', 'left', 'right'],
    );
  });

  for (const type of [
    'bar',
    'line',
    'area',
    'pie',
    'donut',
    'combo',
    'funnel',
    'radar',
    'scatter',
    'progress',
    'gauge',
    'wordcloud',
  ]) {
    it(`of type ${type} breaks no rule of Feishu, with data and without`, async () => {
      const x = type === 'scatter' ? 'change' : 'name';
      await elementOf(`chart: { type: ${type}, rows: stores, x: ${x}, y: sales, title: 图 }`);
      await elementOf(`chart: { type: ${type}, rows: stores, x: ${x}, y: sales }`, { stores: [] });
    });
  }

  it('by hand is left as it is, with the dataset as its data when that is asked for', async () => {
    assert.deepEqual(
      (await elementOf('chart: { spec: { type: bar, data: { values: [] }, xField: a } }'))['chart_spec'],
      {
        type: 'bar',
        data: { values: [] },
        xField: 'a',
      },
    );
    const own = await spec('spec: { type: bar, xField: name, yField: target }');
    assert.deepEqual((values(own) as Json[])[1], {
      ...{ name: '<at id=all></at>', sales: 923405.5, rate: '0.8395', change: -0.052, state: '异常', who: 'ou_2' },
    });
  });

  it('leaves out what is no number, and says so once', async () => {
    const { problems } = await compileYaml('body: [{ chart: { type: bar, rows: d, x: a, y: b } }]', {
      d: [
        { a: 'x', b: 1 },
        { a: 'y', b: 'n/a' },
        { a: 'z', b: '-' },
        { a: 'w', b: null },
      ],
    });
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['chart-not-number', 'warning']],
    );
  });

  it('a point of a scatter chart that has no x stands nowhere, and is told', async () => {
    const { card, problems } = await compileYaml('body: [{ chart: { type: scatter, rows: d, x: a, y: b } }]', {
      d: [
        { a: 'x', b: 1 },
        { a: null, b: 2 },
        { a: '3', b: 3 },
      ],
    });
    const [element] = elementsIn(card);
    assert.deepEqual(values(element?.['chart_spec'] as never), [{ x: 3, y: 3, s: 'b' }]);
    assert.deepEqual(
      problems.map(({ code, at }) => [code, at?.line]),
      [['chart-not-number', 1]],
    );
  });

  it('charts that would mislead are refused', async () => {
    const codes = async (options: string) =>
      (await compileYaml(`body: [{ chart: { rows: d, x: a, ${options} } }]`, { d: [{ a: 1, b: 1, c: 1 }] })).known.map(
        ({ code }) => code,
      );
    assert.deepEqual(await codes('type: pie, y: [b, c]'), ['chart-one-y']);
    assert.deepEqual(await codes('type: line, y: [b, c], series: a'), ['chart-two-series']);
  });
});
