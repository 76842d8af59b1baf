import type { Json } from '../../model/dataset.ts';
import { nearest } from '../../model/nearest.ts';
import type { Text } from '../../model/text.ts';
import { type Component, isObject, type JsonObject, join, listOf, objectOf, textOf } from '../walk.ts';
import { checkMarkdown } from './contents.ts';
import { type CardFinding, finding } from './finding.ts';
import { checkShape, type Reading } from './shape.ts';
import { type DATA_TYPES, optionCell } from './shapes/display.ts';

const isText = (cell: Json): boolean => typeof cell === 'string';
const isNumber = (cell: Json): boolean => typeof cell === 'number';
const isListOf =
  (item: (cell: Json) => boolean) =>
  (cell: Json): boolean =>
    Array.isArray(cell) && listOf(cell).every(item);
const either =
  (...tests: readonly ((cell: Json) => boolean)[]) =>
  (cell: Json): boolean =>
    tests.some((test) => test(cell));

const TEXT = { fits: isText, needs: { zh: '文字', en: 'text' } };
const NUMBER = { fits: isNumber, needs: { zh: '数字', en: 'numbers' } };

/** What a cell of each data_type holds (Feishu: table component). */
const TYPES: Readonly<
  Record<
    (typeof DATA_TYPES)[number],
    { readonly fits: (cell: Json) => boolean; readonly needs: { readonly zh: string; readonly en: string } }
  >
> = {
  text: TEXT,
  lark_md: TEXT,
  markdown: TEXT,
  number: NUMBER,
  date: { ...NUMBER, needs: { zh: '毫秒时间戳(数字)', en: 'numbers, milliseconds since 1970' } },
  options: {
    fits: either(isText, isListOf(isObject)),
    needs: { zh: '文字,或 [{ text, color }]', en: 'text, or [{ text, color }]' },
  },
  persons: { fits: either(isText, isListOf(isText)), needs: { zh: 'id 或 id 的数组', en: 'an id, or a list of ids' } },
};

/** Faults of many rows are one fault: the first few of each kind are told. */
const TOLD = 3;

const checkColumns = (columns: readonly Json[], path: string): CardFinding[] => {
  const seen = new Map<string, string>();
  return columns.flatMap((json, i) => {
    const name = textOf(objectOf(json)['name']);
    if (name === null || name === '') return [];
    const at = `${path}.columns[${i}].name`;
    const first = seen.get(name);
    seen.set(name, first ?? at);
    return first === undefined
      ? []
      : [finding('card-duplicate', { key: 'name', value: name, first, where: 'columns' }, { path: at })];
  });
};

/** Rows are a list of objects (200914: rows invalid). */
const checkRows = (rows: Json | undefined, path: string): CardFinding[] => {
  const wrong = (key: string, at: string, needs: Text): CardFinding =>
    finding('card-type', { key, needs }, { path: at, feishu: 200914 });
  if (rows === undefined || rows === null) return [];
  if (!Array.isArray(rows)) return [wrong('rows', `${path}.rows`, { zh: '一个数组 [ … ]', en: 'a list [ … ]' })];
  return (rows as readonly Json[])
    .flatMap((row, i) =>
      isObject(row) ? [] : [wrong(`rows[${i}]`, `${path}.rows[${i}]`, { zh: '一个对象 { … }', en: 'an object { … }' })],
    )
    .slice(0, TOLD);
};

/** Links, images and mentions in cells that Feishu interprets (cards: §7). */
const checkWords = (
  rows: readonly Json[],
  types: ReadonlyMap<string, string>,
  path: string,
  reading: Reading,
): CardFinding[] => {
  const names = [...types].flatMap(([name, type]) => (type === 'lark_md' || type === 'markdown' ? [name] : []));
  const found: CardFinding[] = [];
  for (const [i, row] of rows.entries())
    for (const name of names) {
      const cell = isObject(row) && Object.hasOwn(row, name) ? row[name] : undefined;
      if (typeof cell === 'string') found.push(...checkMarkdown(cell, join(`${path}.rows[${i}]`, name), reading));
      if (found.length >= TOLD) return found;
    }
  return found;
};

/** Row keys that are no columns (200915), cells of the wrong type (200914), and what stands in cells that are markdown. */
export const checkTable = ({ node, path }: Component, reading: Reading): CardFinding[] => {
  if (!Array.isArray(node['columns'])) return [];
  const columns = listOf(node['columns']);
  const types = new Map(
    columns.map((column) => [textOf(objectOf(column)['name']) ?? '', textOf(objectOf(column)['data_type']) ?? 'text']),
  );
  const told = reading.found.length;
  const keys: CardFinding[] = [];
  const cells: CardFinding[] = [];
  listOf(node['rows']).forEach((row, i) => {
    for (const [key, cell] of Object.entries(objectOf(row))) {
      const type = types.get(key);
      const rule = type !== undefined && Object.hasOwn(TYPES, type) ? TYPES[type as keyof typeof TYPES] : undefined;
      const at = (): string => join(`${path}.rows[${i}]`, key);
      if (type === undefined && keys.length < TOLD) {
        const suggestion = nearest(key, [...types.keys()]);
        keys.push(finding('card-row-key', { key, suggestion }, { path: at(), feishu: 200915 }));
      }
      if (rule !== undefined && !rule.fits(cell) && cells.length < TOLD)
        cells.push(
          finding('card-cell', { column: key, type: type!, needs: rule.needs }, { path: at(), feishu: 200914 }),
        );
      else if (type === 'options' && Array.isArray(cell) && reading.found.length - told < TOLD)
        cell.forEach((option, j) => {
          if (isObject(option as Json)) checkShape(option as JsonObject, optionCell, `${at()}[${j}]`, reading);
        });
    }
  });
  return [
    ...(columns.length === 0
      ? [finding('card-required', { tag: 'table', key: 'columns' }, { path: `${path}.columns`, severity: 'warning' })]
      : []),
    ...checkColumns(columns, path),
    ...(columns.length > 50
      ? [finding('card-columns-many', { count: columns.length }, { path: `${path}.columns`, severity: 'warning' })]
      : []),
    ...checkRows(node['rows'], path),
    ...keys,
    ...cells,
    ...checkWords(listOf(node['rows']), types, path, reading),
  ];
};
