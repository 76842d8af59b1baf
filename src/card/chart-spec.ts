import type { ChartPlan } from '../model/card.ts';
import type { Dataset, Json, Value } from '../model/dataset.ts';
import { label, type Point, type Series, seriesOf, shareOf } from './chart-data.ts';
import { decimalOf } from './decimal.ts';
import { type Making, said } from './making.ts';
import { cleaned } from './token.ts';

export type Spec = { readonly [key: string]: Json };

/** More points than this, and values beside them would lie on each other. */
const LABELLED = 12;
const MANY_SERIES = 8;

const BELOW: Spec = { visible: true, orient: 'bottom' };
const HIDDEN: Spec = { visible: false };

const dataOf = (points: readonly Point[]): Json => ({ values: points as unknown as Json });
const namesIn = (points: readonly Point[]): number => new Set(points.map(({ s }) => s)).size;
const shown = (visible: boolean): Spec => ({ visible });

/** Bars, lines, areas: a series each, told apart by colour. */
const cartesian = (plan: ChartPlan, points: readonly Point[]): Spec => {
  const { type, stacked, horizontal } = plan;
  const several = namesIn(points) > 1;
  const labels = plan.labels ?? (points.length <= LABELLED && !(stacked && several));
  const isBar = type === 'bar';
  const place = isBar && several && !stacked ? ['x', 's'] : 'x';
  return {
    type,
    data: dataOf(points),
    ...(horizontal && isBar ? { direction: 'horizontal', xField: 'y', yField: place } : { xField: place, yField: 'y' }),
    seriesField: 's',
    ...(several && type !== 'line' ? { stack: stacked } : {}),
    ...(isBar ? {} : { point: shown(points.length <= LABELLED * MANY_SERIES) }),
    label: shown(labels),
    legends: several ? BELOW : HIDDEN,
  };
};

/** Bars and, for the last `y`, a line; with an axis of its own on the right when it counts something else. */
const combo = (plan: ChartPlan, series: readonly Series[]): Spec => {
  const bars = series.length > 1 ? series.slice(0, -1) : series;
  const line = series.length > 1 ? series.at(-1) : undefined;
  const barPoints = bars.flatMap(({ points }) => points);
  const several = namesIn(barPoints) > 1;
  const other = line !== undefined && (line.column.format?.as ?? null) !== (bars[0]?.column.format?.as ?? null);
  return {
    type: 'common',
    data: [
      { id: 'bars', values: barPoints as unknown as Json },
      ...(line === undefined ? [] : [{ id: 'line', values: line.points as unknown as Json }]),
    ],
    series: [
      {
        type: 'bar',
        id: 'bars',
        dataIndex: 0,
        xField: several && !plan.stacked ? ['x', 's'] : 'x',
        yField: 'y',
        seriesField: 's',
        ...(several ? { stack: plan.stacked } : {}),
        label: shown(plan.labels ?? false),
      },
      ...(line === undefined
        ? []
        : [
            {
              type: 'line',
              id: 'line',
              dataIndex: 1,
              xField: 'x',
              yField: 'y',
              seriesField: 's',
              label: shown(plan.labels ?? false),
            },
          ]),
    ],
    axes: [
      { orient: 'bottom', type: 'band' },
      { orient: 'left', type: 'linear', ...(other ? { seriesId: ['bars'] } : {}) },
      ...(other ? [{ orient: 'right', type: 'linear', seriesId: ['line'], grid: HIDDEN }] : []),
    ],
    legends: BELOW,
  };
};

/** Each part with its share of the whole behind its name: charts cannot work it out in words. */
const withShares = (points: readonly Point[]): readonly Point[] => {
  const whole = points.reduce((sum, { y }) => sum + Math.max(0, y), 0);
  return points.map((point) =>
    whole === 0 ? point : { ...point, x: `${point.x} ${((Math.max(0, point.y) / whole) * 100).toFixed(1)}%` },
  );
};

const pie = (plan: ChartPlan, points: readonly Point[]): Spec => ({
  type: 'pie',
  data: dataOf(withShares(points)),
  categoryField: 'x',
  valueField: 'y',
  // room for the names beside it
  outerRadius: 0.75,
  ...(plan.type === 'donut' ? { innerRadius: 0.5 } : {}),
  label: shown(plan.labels ?? false),
  legends: { visible: true, orient: 'right' },
});

const funnel = (plan: ChartPlan, points: readonly Point[]): Spec => ({
  type: 'funnel',
  data: dataOf(points),
  categoryField: 'x',
  valueField: 'y',
  isTransform: true,
  label: shown(plan.labels ?? true),
  transformLabel: shown(true),
  outerLabel: HIDDEN,
  legends: HIDDEN,
});

const radar = (plan: ChartPlan, points: readonly Point[]): Spec => ({
  type: 'radar',
  data: dataOf(points),
  categoryField: 'x',
  valueField: 'y',
  seriesField: 's',
  area: shown(true),
  outerRadius: 0.8,
  label: shown(plan.labels ?? false),
  axes: [{ orient: 'radius', label: { visible: true, style: { textAlign: 'center' } } }],
  legends: namesIn(points) > 1 ? BELOW : HIDDEN,
});

const scatter = (plan: ChartPlan, points: readonly Point[], names: { x: string; y: string }): Spec => ({
  type: 'scatter',
  data: dataOf(points),
  xField: 'x',
  yField: 'y',
  seriesField: 's',
  label: shown(plan.labels ?? false),
  axes: [
    { orient: 'left', type: 'linear', title: { visible: true, text: names.y } },
    { orient: 'bottom', type: 'linear', title: { visible: true, text: names.x } },
  ],
  legends: namesIn(points) > 1 ? BELOW : HIDDEN,
});

/** In the middle of a single ring: its share, and below it what of. */
const indicator = ({ name, words }: { readonly name: string; readonly words: string }): Spec => ({
  visible: true,
  trigger: 'none',
  title: { visible: true, style: { text: words, fontSize: 24 } },
  content: [{ visible: true, style: { text: name, fontSize: 14 } }],
});

/** Shares as bars or rings; Feishu draws 0 to 1, so the true share stands beside the name. */
const progress = (plan: ChartPlan, { rows }: Dataset, making: Making): Spec => {
  const [y] = plan.y;
  const values = rows.flatMap((row) => {
    const amount = y === undefined ? null : decimalOf(row[y.name]);
    if (amount === null) return [];
    const { drawn, words } = shareOf(amount, y?.format?.digits ?? null);
    const name = label((row[plan.x.name] ?? null) as Value, plan.x, making);
    return [{ name, words, x: `${name} ${words}`.trim(), y: drawn }];
  });
  const data: Json = { values: values.map(({ x, y: share }) => ({ x, y: share })) };
  if (plan.type === 'progress')
    return {
      type: 'linearProgress',
      data,
      direction: 'horizontal',
      xField: 'y',
      yField: 'x',
      seriesField: 'x',
      cornerRadius: 20,
      axes: [{ orient: 'left', type: 'band', domainLine: HIDDEN }],
    };
  const [first] = values;
  return {
    type: 'circularProgress',
    data,
    valueField: 'y',
    categoryField: 'x',
    seriesField: 'x',
    radius: 0.8,
    innerRadius: 0.6,
    cornerRadius: 20,
    ...(values.length === 1 && first !== undefined ? { indicator: indicator(first) } : {}),
    legends: values.length > 1 ? BELOW : HIDDEN,
  };
};

/** Not `x` and `y`: there VChart puts where each word stands. */
const wordCloud = (points: readonly Point[]): Spec => ({
  type: 'wordCloud',
  data: { values: points.map(({ x, y }) => ({ word: x, weight: y })) },
  nameField: 'word',
  valueField: 'weight',
  seriesField: 'word',
});

/** The spec Feishu accepts for each kind of chart (cards: C-chart); what it has no kind for is the nearest it has. */
export const specOf = (plan: ChartPlan, dataset: Dataset, making: Making): Spec => {
  if (plan.type === 'progress' || plan.type === 'gauge') return progress(plan, dataset, making);
  const series = seriesOf(plan, dataset, making);
  const points = series.flatMap((one) => one.points);
  switch (plan.type) {
    case 'combo':
      return combo(plan, series);
    case 'pie':
    case 'donut':
      return pie(plan, points);
    case 'funnel':
      return funnel(plan, points);
    case 'radar':
      return radar(plan, points);
    case 'scatter':
      return scatter(plan, points, {
        x: cleaned(said(plan.x.label, making, 'line').content),
        y: series[0]?.name ?? '',
      });
    case 'wordcloud':
      return wordCloud(points);
    default:
      return cartesian(plan, points);
  }
};
