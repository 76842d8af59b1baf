import type { Json } from '../../model/dataset.ts';
import { nearest } from '../../model/nearest.ts';
import { type Component, isObject, type JsonObject, join, listOf, objectOf, textOf } from '../walk.ts';
import { type CardFinding, finding } from './finding.ts';

/** The kinds that the page shows (cards: C-chart); VChart has more. */
const TYPES = [
  ...['line', 'area', 'bar', 'pie', 'common', 'funnel', 'scatter', 'radar'],
  ...['linearProgress', 'circularProgress', 'wordCloud'],
];

/** Which properties name a field of the data; without the first ones nothing is drawn. */
const FIELDS = ['xField', 'yField', 'valueField', 'categoryField', 'nameField'];
const GROUPING = ['seriesField'];

/** `function (d) {…}`, `d => …`, `(a, b) => …`: the chart runs no code. */
const CODE = /^\s*(?:async\s+)?(?:function\b[\w\s]*\(|(?:\([\w\s,{}[\]]*\)|[A-Za-z_$][\w$]*)\s*=>)/;

const rowsOf = (data: Json | undefined): readonly JsonObject[] =>
  listOf(objectOf(data)['values']).filter((row): row is JsonObject => isObject(row));

/** Data that VChart works on before it draws may have fields that are not written down. */
const isWorked = (data: Json | undefined): boolean =>
  objectOf(data)['transforms'] !== undefined || objectOf(data)['fields'] !== undefined;

const dataOf = (spec: JsonObject, series: JsonObject): Json | undefined => {
  const own = series['data'] ?? spec['data'];
  if (!Array.isArray(own)) return own;
  const id = series['dataId'];
  const index = typeof series['dataIndex'] === 'number' ? series['dataIndex'] : 0;
  return id === undefined ? own[index] : own.find((each) => objectOf(each)['id'] === id);
};

const checkFields = (series: JsonObject, data: Json | undefined, at: string): CardFinding[] => {
  const rows = rowsOf(data);
  if (rows.length === 0 || isWorked(data)) return [];
  return [...FIELDS, ...GROUPING].flatMap((key) => {
    const given = series[key];
    const names = Array.isArray(given) ? (given as readonly Json[]) : [given];
    return names.flatMap((name) => {
      // names that begin with two underscores are VChart's own
      if (typeof name !== 'string' || name.startsWith('__') || rows.some((row) => Object.hasOwn(row, name))) return [];
      const known = Object.keys(rows[0]!);
      return [
        finding(
          'card-chart-field',
          { key, name, known, suggestion: nearest(name, known) },
          { path: join(at, key), severity: FIELDS.includes(key) ? 'error' : 'warning' },
        ),
      ];
    });
  });
};

/** `{ values: [...] }`, or a list of such: anything else draws an empty chart (cards: §9). */
const checkData = (spec: JsonObject, at: string): CardFinding[] => {
  const { data } = spec;
  if (data === null) return [];
  if (data === undefined && listOf(spec['series']).some((one) => objectOf(one)['data'] !== undefined)) return [];
  const sets = Array.isArray(data) ? (data as readonly Json[]) : [data];
  return sets.flatMap((set, i) => {
    const where = data === undefined ? at : Array.isArray(data) ? `${at}.data[${i}]` : `${at}.data`;
    return Array.isArray(objectOf(set)['values']) ? [] : [finding('card-chart-data', undefined, { path: where })];
  });
};

/** What phones cannot draw, by key and value (cards: §3.3). */
const failsOnPhones = (key: string, value: Json, under: string): boolean =>
  (key === 'texture' && under === 'style') ||
  (key === 'gradient' && value === 'conical') ||
  (key === 'layoutMode' && value === 'grid') ||
  ((key === 'repeatX' || key === 'repeatY') && under === 'style') ||
  (key === 'background' && under === 'style' && typeof value === 'string' && /<svg|\.svg\b|image\/svg/i.test(value));

/** Everything in a spec but its data: null was refused at its top (observed, 200550), and is a doubt further down. */
const checkWhole = (spec: JsonObject, top: string): CardFinding[] => {
  const found: CardFinding[] = [];
  const visit = (json: Json, at: string, under: string): void => {
    if (Array.isArray(json)) {
      json.forEach((item, i) => {
        if (item !== null && typeof item === 'object') visit(item as Json, `${at}[${i}]`, under);
      });
      return;
    }
    for (const [key, value] of Object.entries(json as JsonObject)) {
      const path = join(at, key);
      if (value === null)
        found.push(
          finding('card-chart-null', { key }, at === top ? { path, feishu: 200550 } : { path, severity: 'warning' }),
        );
      else if (failsOnPhones(key, value, under))
        found.push(finding('card-chart-mobile', { key }, { path, severity: 'warning' }));
      else if (typeof value === 'string' && CODE.test(value))
        found.push(finding('card-chart-code', { key }, { path, severity: 'warning' }));
      else if (typeof value === 'object' && key !== 'values') visit(value, path, key);
    }
  };
  visit(spec, top, '');
  return found;
};

/** How far from nothing a value is; what is no number, nor a text of one, is not told here. */
const amountOf = (value: Json | undefined): number =>
  typeof value === 'number' || typeof value === 'string' ? Math.abs(Number(value)) : 0;

/** Shares of one: more than the whole circle is drawn otherwise than meant (cards: §3.3). */
const checkShares = (spec: JsonObject, type: string, at: string): CardFinding[] => {
  const key = type === 'circularProgress' ? 'valueField' : type === 'linearProgress' ? 'xField' : null;
  const field = key === null ? null : textOf(spec[key]);
  if (field === null || (type === 'linearProgress' && spec['direction'] === 'vertical')) return [];
  const far = rowsOf(dataOf(spec, spec)).find((row) => amountOf(row[field]) > 1);
  return far === undefined
    ? []
    : [finding('card-chart-share', { field, value: String(far[field]) }, { path: `${at}.data`, severity: 'warning' })];
};

/** The server checks a spec by its type (200550); VChart draws what it does not understand as an empty chart. */
export const checkChart = ({ node, path }: Component): CardFinding[] => {
  const spec = objectOf(node['chart_spec']);
  const at = `${path}.chart_spec`;
  const type = textOf(spec['type']);
  if (type === null)
    return [finding('card-chart-type', { type: null, suggestion: null }, { path: at, feishu: 200550 })];
  const whole = checkWhole(spec, at);
  if (!TYPES.includes(type)) {
    const suggestion = nearest(type, TYPES);
    return [finding('card-chart-type', { type, suggestion }, { path: `${at}.type`, severity: 'warning' }), ...whole];
  }
  const series = listOf(spec['series']).filter((one): one is JsonObject => isObject(one));
  return [
    ...checkData(spec, at),
    ...checkFields(spec, dataOf(spec, spec), at),
    ...series.flatMap((one, i) => checkFields(one, dataOf(spec, one), `${at}.series[${i}]`)),
    ...checkShares(spec, type, at),
    ...whole,
  ];
};
