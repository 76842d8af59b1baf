import type { Json } from '../model/dataset.ts';
import { displayWidth } from '../model/display-width.ts';
import { barLines, progressLines, shareLines, wordLines } from './chart-bars.ts';
import { type ChartData, chartTitle, readChart, type Series } from './chart-data.ts';
import { labelOf, lookAt, shortNumber } from './chart-look.ts';
import { createPlot, type Plot } from './chart-plot.ts';
import { cut, type Line, padded, span, wrapped } from './lines.ts';
import { harmlessLine } from './terminal-look.ts';

const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const PLOT_ROWS = 8;

const rangeOf = (values: readonly number[]): readonly [least: number, most: number] => {
  const [least, most] = values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  return least > most ? [0, 1] : [least, most];
};

const scaled = (value: number, [least, most]: readonly [number, number], size: number): number =>
  most === least ? (size - 1) / 2 : ((value - least) / (most - least)) * (size - 1);

/** A plot behind its axis: the most and the least on the left, the first and the last of the bottom axis below. */
const framed = (
  width: number,
  [least, most]: readonly [number, number],
  [first, last]: readonly [string, string],
  fill: (plot: Plot) => void,
): Line[] => {
  const [top, bottom] = [shortNumber(most, 4), shortNumber(least, 4)];
  const label = Math.min(Math.max(top.length, bottom.length), Math.floor(width / 3));
  const columns = Math.max(2, width - label - 1);
  const plot = createPlot(columns, PLOT_ROWS);
  fill(plot);
  const axis = (at: number): string => (at === 0 ? top : at === PLOT_ROWS - 1 ? bottom : '');
  const rows = plot
    .lines()
    .map((line, at) => [...padded(cut([span(axis(at), '2')], label), label, 'right'), span('│', '2'), ...line]);
  const half = Math.floor(columns / 2);
  const ends = [
    ...padded(cut([span(harmlessLine(first), '2')], half), half),
    ...padded(cut([span(harmlessLine(last), '2')], columns - half), columns - half, 'right'),
  ];
  return [
    ...rows,
    [span(`${' '.repeat(label)}└`, '2'), span('─'.repeat(columns), '2')],
    [span(' '.repeat(label + 1)), ...ends],
  ];
};

/** A series in one line of small columns, with its least and its most. */
const sparkline = ({ name, values }: Series, i: number, width: number): Line => {
  const known = values.filter((value) => value !== null);
  const range = rangeOf(known);
  const words = `${shortNumber(range[0])}–${shortNumber(range[1])}`;
  const label = Math.min(displayWidth(harmlessLine(name)), Math.floor(width * 0.35));
  const room = Math.max(1, width - label - displayWidth(words) - 4);
  const step = Math.max(1, values.length / room);
  const drawn = Array.from({ length: Math.min(room, values.length) }, (_, at) => {
    const value = values[Math.floor(at * step)] ?? null;
    return value === null ? ' ' : (LEVELS[Math.round(scaled(value, range, LEVELS.length))] ?? LEVELS[0]);
  });
  return [
    span('■ ', lookAt(i)),
    ...labelOf(name, label),
    span(' '),
    span(drawn.join(''), lookAt(i)),
    span(` ${words}`),
  ];
};

const lineLines = ({ is, categories, series }: Extract<ChartData, { series: unknown }>, width: number): Line[] => {
  const values = series.flatMap((one) => one.values).filter((value) => value !== null);
  const [low, high] = rangeOf(values);
  const range: readonly [number, number] = is === 'areas' ? [Math.min(0, low), Math.max(0, high)] : [low, high];
  const drawn = framed(width, range, [categories[0] ?? '', categories.at(-1) ?? ''], (plot) => {
    const x = (at: number): number => scaled(at, [0, Math.max(1, categories.length - 1)], plot.width);
    series.forEach((one, i) => {
      let before: readonly [number, number] | null = null;
      one.values.forEach((value, at) => {
        const point = value === null ? null : ([x(at), scaled(value, range, plot.height)] as const);
        if (point !== null) plot.line(before ?? point, point, lookAt(i), is === 'areas');
        before = point;
      });
    });
  });
  return [...drawn, ...(series.length < 2 ? [] : series.map((one, i) => sparkline(one, i, width)))];
};

const pointLines = (points: readonly (readonly [number, number])[], width: number): Line[] => {
  const [xs, ys] = [rangeOf(points.map(([x]) => x)), rangeOf(points.map(([, y]) => y))];
  return framed(width, ys, [shortNumber(xs[0]), shortNumber(xs[1])], (plot) => {
    for (const [x, y] of points) plot.set(scaled(x, xs, plot.width), scaled(y, ys, plot.height), lookAt(0));
  });
};

const dataLines = (data: ChartData, width: number): Line[] => {
  switch (data.is) {
    case 'bars':
    case 'radar':
      return barLines(data, width);
    case 'lines':
    case 'areas':
      return lineLines(data, width);
    case 'pie':
    case 'funnel':
      return shareLines(data.items, width, data.is);
    case 'progress':
      return progressLines(data.items, width);
    case 'words':
      return wordLines(data.items, width);
    case 'points':
      return pointLines(data.points, width);
    case 'several':
      return data.charts.flatMap(({ name, data: one }) => [
        ...(name === '' ? [] : wrapped([span(harmlessLine(name), '2')], width)),
        ...dataLines(one, width),
      ]);
    case 'unknown':
      return [[span(`‹chart ${harmlessLine(data.type) || '?'}›`, '2')]];
  }
};

/** A chart in block characters, at most `width` columns wide; a kind that is not known says so. */
export const chartLines = (spec: Json | undefined, width: number): Line[] => {
  const title = harmlessLine(chartTitle(spec));
  return [...(title === '' ? [] : wrapped([span(title, '1')], width)), ...dataLines(readChart(spec), width)].map(
    (line) => cut(line, width),
  );
};
