import type { ChartData, Item, Series } from './chart-data.ts';
import { blocks, columnsOf, fillAt, labelOf, lookAt, MOST_ROWS, percent, row, shortNumber } from './chart-look.ts';
import { type Line, padded, type Span, span, widthOfLine, wrapped } from './lines.ts';
import { harmlessLine } from './terminal-look.ts';

const legend = (series: readonly Series[], width: number): Line[] =>
  series.length < 2
    ? []
    : wrapped(
        series.flatMap(({ name }, i) => [span(fillAt(i), lookAt(i)), span(` ${harmlessLine(name)}  `)]),
        width,
      );

const more = (left: number): Line[] => (left > 0 ? [[span(`… +${left}`, '2')]] : []);

export const barLines = (
  { categories, series, stacked }: Extract<ChartData, { series: unknown }>,
  width: number,
): Line[] => {
  const shown = categories.slice(0, MOST_ROWS);
  const sums = shown.map((_, at) => series.reduce((sum, { values }) => sum + Math.abs(values[at] ?? 0), 0));
  const all = stacked
    ? sums
    : series.flatMap(({ values }) => values.slice(0, MOST_ROWS).map((value) => Math.abs(value ?? 0)));
  const most = Math.max(0, ...all) || 1;
  const totals = shown.map((_, at) => shortNumber(series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0)));
  const words = stacked
    ? totals
    : series.flatMap(({ values }) =>
        values.slice(0, MOST_ROWS).map((value) => (value === null ? '–' : shortNumber(value))),
      );
  const { label, bar } = columnsOf(shown, words, width);
  const lines = shown.flatMap((category, at) => {
    const name = labelOf(category, label);
    if (stacked) {
      const parts = series.map(({ values }, i) =>
        span(fillAt(i).repeat(Math.round((Math.abs(values[at] ?? 0) / most) * bar)), lookAt(i)),
      );
      return [row(name, parts, totals[at] as string)];
    }
    return series.map(({ values }, i) => {
      const value = values[at] ?? null;
      const drawn = blocks((Math.abs(value ?? 0) / most) * bar, i);
      return row(i === 0 ? name : labelOf('', label), [drawn], value === null ? '–' : shortNumber(value));
    });
  });
  return [...lines, ...more(categories.length - shown.length), ...legend(series, width)];
};

export const shareLines = (items: readonly Item[], width: number, kind: 'pie' | 'funnel'): Line[] => {
  const shown = items.slice(0, MOST_ROWS);
  const sum = items.reduce((total, { value }) => total + Math.max(0, value), 0);
  const of = kind === 'pie' ? sum : (items[0]?.value ?? 0);
  const words = shown.map(({ value }) => `${percent(value / of)} (${shortNumber(value)})`);
  const { label, bar } = columnsOf(
    shown.map(({ name }) => name),
    words,
    width,
  );
  const most = Math.max(0, ...shown.map(({ value }) => value)) || 1;
  const lines = shown.map(({ name, value }, i) => {
    const length = (Math.max(0, value) / most) * bar;
    const left = kind === 'funnel' ? Math.floor((bar - Math.ceil(length)) / 2) : 0;
    const drawn = [
      span(' '.repeat(Math.max(0, left))),
      kind === 'pie' ? blocks(length, i, '█') : span('█'.repeat(Math.round(length)), lookAt(i)),
    ];
    return row(labelOf(name, label), padded(drawn, bar), words[i] as string);
  });
  return [...lines, ...more(items.length - shown.length)];
};

export const progressLines = (items: readonly Item[], width: number): Line[] => {
  const words = items.map(({ value }) => percent(value));
  const { label, bar } = columnsOf(
    items.map(({ name }) => name),
    words,
    width,
  );
  return items.slice(0, MOST_ROWS).map(({ name, value }, i) => {
    const done = Math.round(Math.min(1, Math.max(0, value)) * bar);
    return row(
      labelOf(name, label),
      [span('█'.repeat(done), lookAt(i)), span('░'.repeat(bar - done), '2')],
      words[i] as string,
    );
  });
};

export const wordLines = (items: readonly Item[], width: number): Line[] => {
  const sorted = [...items].sort((a, b) => b.value - a.value).slice(0, 60);
  const most = sorted[0]?.value ?? 1;
  const look = (value: number, i: number): string => `${value > most * 0.66 ? '1;' : ''}${lookAt(i)}`;
  const lines: Span[][] = [[]];
  let used = 0;
  sorted.forEach(({ name, value }, i) => {
    const word = [span(harmlessLine(name), look(value, i)), span(` ${shortNumber(value)}`, '2')];
    const size = widthOfLine(word);
    if (used > 0 && used + size > width) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(...word, span('  '));
    used += size + 2;
  });
  return lines;
};
