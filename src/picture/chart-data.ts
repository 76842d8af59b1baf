import type { Json } from '../model/dataset.ts';
import { type Node, node, nodes, text } from './read-card.ts';

export interface Series {
  readonly name: string;
  /** one for each category; null: there is none */
  readonly values: readonly (number | null)[];
}

export interface Item {
  readonly name: string;
  readonly value: number;
}

/** What a VChart spec shows, read for the terminal. */
export type ChartData =
  | {
      readonly is: 'bars' | 'lines' | 'areas' | 'radar';
      readonly stacked: boolean;
      readonly categories: readonly string[];
      readonly series: readonly Series[];
    }
  | { readonly is: 'pie' | 'funnel' | 'words' | 'progress'; readonly items: readonly Item[] }
  | { readonly is: 'points'; readonly points: readonly (readonly [x: number, y: number])[] }
  | { readonly is: 'several'; readonly charts: readonly { readonly name: string; readonly data: ChartData }[] }
  | { readonly is: 'unknown'; readonly type: string };

/** VChart takes a field's name or a list of them. */
const fields = (json: Json | undefined): readonly string[] =>
  (Array.isArray(json) ? (json as readonly Json[]) : [json ?? null]).map(text).filter((name) => name !== '');

const numberOf = (json: Json | undefined): number | null => {
  const value = typeof json === 'number' ? json : typeof json === 'string' && json.trim() !== '' ? Number(json) : NaN;
  return Number.isFinite(value) ? value : null;
};

const rowsOf = (spec: Node, all: readonly Node[]): readonly Node[] => {
  const index = spec['dataIndex'];
  const id = text(spec['dataId']);
  const chosen = id !== '' ? all.find((data) => data['id'] === id) : all[typeof index === 'number' ? index : 0];
  return nodes(chosen?.['values']);
};

const dataOf = (spec: Node): readonly Node[] =>
  Array.isArray(spec['data']) ? nodes(spec['data']) : 'data' in spec ? [node(spec['data'])] : [];

/** Rows laid out by category and series; what stands twice in one place is added up. */
const tabled = (
  rows: readonly Node[],
  { category, value, series }: { category: string; value: string; series: string },
): { categories: readonly string[]; series: readonly Series[] } => {
  const categories = new Map<string, number>();
  const found = new Map<string, Map<number, number>>();
  for (const row of rows) {
    const name = series === '' ? '' : text(row[series]);
    const key = text(row[category]);
    const at = categories.get(key) ?? categories.size;
    categories.set(key, at);
    const values = found.get(name) ?? new Map<number, number>();
    found.set(name, values);
    const number = numberOf(row[value]);
    if (number !== null) values.set(at, (values.get(at) ?? 0) + number);
  }
  const names = [...categories.keys()];
  return {
    categories: names,
    series: [...found].map(([name, values]) => ({ name, values: names.map((_, at) => values.get(at) ?? null) })),
  };
};

const itemsOf = (rows: readonly Node[], name: string, value: string): readonly Item[] =>
  rows.map((row) => ({ name: text(row[name]), value: numberOf(row[value]) ?? 0 }));

const CARTESIAN = { bar: 'bars', line: 'lines', area: 'areas' } as const;

const cartesian = (spec: Node, rows: readonly Node[], kind: keyof typeof CARTESIAN): ChartData => {
  const lies = spec['direction'] === 'horizontal';
  const across = fields(spec[lies ? 'yField' : 'xField']);
  const value = fields(spec[lies ? 'xField' : 'yField'])[0] ?? '';
  const series = fields(spec['seriesField'])[0] ?? across[1] ?? '';
  const category = across[0] ?? '';
  // a series that only says the category again is no second dimension
  const table = tabled(rows, { category, value, series: series === category ? '' : series });
  const grouped = across.length > 1;
  const stacked = spec['stack'] === true || (kind !== 'line' && !grouped && spec['stack'] !== false);
  return { is: CARTESIAN[kind], stacked: stacked && table.series.length > 1, ...table };
};

const single = (spec: Node, rows: readonly Node[]): ChartData => {
  const type = text(spec['type']);
  const category = fields(spec['categoryField'])[0] ?? '';
  const value = fields(spec['valueField'])[0] ?? '';
  switch (type) {
    case 'bar':
    case 'line':
    case 'area':
      return cartesian(spec, rows, type);
    case 'pie':
    case 'funnel':
      return { is: type, items: itemsOf(rows, category, value) };
    case 'radar':
      return {
        is: 'radar',
        stacked: false,
        ...tabled(rows, { category, value, series: fields(spec['seriesField'])[0] ?? '' }),
      };
    case 'scatter': {
      const [x = '', y = ''] = [fields(spec['xField'])[0], fields(spec['yField'])[0]];
      const points = rows.map((row) => [numberOf(row[x]), numberOf(row[y])] as const);
      return {
        is: 'points',
        points: points.filter((point): point is readonly [number, number] => !point.includes(null)),
      };
    }
    case 'linearProgress': {
      const lies = spec['direction'] !== 'vertical';
      const [name = '', of = ''] = [
        fields(spec[lies ? 'yField' : 'xField'])[0],
        fields(spec[lies ? 'xField' : 'yField'])[0],
      ];
      return { is: 'progress', items: itemsOf(rows, name, of) };
    }
    case 'circularProgress':
    case 'gauge':
      return { is: 'progress', items: itemsOf(rows, category, value) };
    case 'wordCloud':
      return { is: 'words', items: itemsOf(rows, fields(spec['nameField'])[0] ?? '', value) };
    default:
      return { is: 'unknown', type };
  }
};

/** Reads a chart's spec; it is data and may be anything. `common` is several charts in one (cards: C-chart). */
export const readChart = (json: Json | undefined): ChartData => {
  const spec = node(json);
  const all = dataOf(spec);
  if (spec['type'] !== 'common') return single(spec, rowsOf(spec, all));
  const charts = nodes(spec['series']).map((series) => ({
    name: text(series['name']) || (fields(series['yField'])[0] ?? ''),
    data: single(series, rowsOf(series, 'data' in series ? dataOf(series) : all)),
  }));
  return { is: 'several', charts };
};

export const chartTitle = (json: Json | undefined): string => text(node(node(json)['title'])['text']);
