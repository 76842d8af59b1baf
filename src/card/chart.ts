import type { Block, ChartByHand, ChartPlan } from '../model/card.ts';
import type { Json, Value } from '../model/dataset.ts';
import { type Spec, specOf } from './chart-spec.ts';
import { datasetFor } from './dataset-for.ts';
import { type Making, said } from './making.ts';
import { cleaned } from './token.ts';

type ChartBlock = Extract<Block, { block: 'chart' }>;

const planned = (plan: ChartPlan, at: ChartBlock['at'], making: Making): Spec | null => {
  const wanted = [plan.x, ...plan.y].map(({ name, label: { at: place } }) => ({ name, at: place }));
  const dataset = datasetFor(
    { rows: plan.rows, at },
    [...wanted, ...(plan.series === null ? [] : [{ name: plan.series, at }])],
    making,
  );
  if (dataset === null) return null;
  const spec = specOf(plan, dataset, making);
  return plan.title === null
    ? spec
    : { ...spec, title: { visible: true, text: said(plan.title, making, 'line').content } };
};

/** JSON has doubles: a number that is longer goes as text, which VChart reads as a number too. NULL is left out. */
const jsonRow = (row: Readonly<Record<string, Value>>): Spec =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]): (readonly [string, Json])[] => {
      if (value === null) return [];
      if (typeof value === 'bigint')
        return [[name, Number.isSafeInteger(Number(value)) ? Number(value) : String(value)]];
      return [[name, typeof value === 'string' ? cleaned(value) : value]];
    }),
  );

const byHand = ({ spec, rows }: ChartByHand, at: ChartBlock['at'], making: Making): Spec | null => {
  if (rows === null) return spec;
  const dataset = datasetFor({ rows, at }, [], making);
  return dataset === null ? null : { ...spec, data: { values: dataset.rows.map(jsonRow) } };
};

/** A chart component (cards: C-chart): Feishu draws it itself, from a spec of VChart without a function in it. */
export const chartElement = (block: ChartBlock, making: Making): Json | null => {
  const { chart, height, aspect, theme, at } = block;
  const spec = 'spec' in chart ? byHand(chart, at, making) : planned(chart, at, making);
  if (spec === null) return null;
  const element: Json = {
    tag: 'chart',
    chart_spec: spec,
    ...(aspect === null ? {} : { aspect_ratio: aspect }),
    ...(height === null ? {} : { height: /^\d+$/.test(height) ? `${height}px` : height }),
    ...(theme === null ? {} : { color_theme: theme }),
  };
  if (chart.rows !== null) making.shows.set(element, { dataset: chart.rows, at });
  return element;
};
