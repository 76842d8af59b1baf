import type { Json } from '../model/dataset.ts';
import { nearest } from '../model/nearest.ts';
import { type CardFinding, finding } from './finding.ts';
import { type Component, isObject, listOf, objectOf, textOf } from './walk.ts';

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
    string,
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
    const column = objectOf(json);
    const at = `${path}.columns[${i}]`;
    const name = textOf(column['name']);
    const type = textOf(column['data_type']) ?? 'text';
    const first = name === null ? undefined : seen.get(name);
    if (name !== null) seen.set(name, first ?? `${at}.name`);
    return [
      ...(name === null || name === '' ? [finding('card-required', { tag: 'column', key: 'name' }, { path: at })] : []),
      ...(first === undefined
        ? []
        : [finding('card-duplicate', { key: 'name', value: name!, first }, { path: `${at}.name` })]),
      ...(type in TYPES
        ? []
        : [
            finding(
              'card-value',
              {
                key: 'data_type',
                value: type,
                allowed: Object.keys(TYPES).join(', '),
                suggestion: nearest(type, Object.keys(TYPES)),
              },
              { path: `${at}.data_type` },
            ),
          ]),
    ];
  });
};

/** Row keys that are no columns (200915), and cells of the wrong type (200914). */
export const checkTable = ({ node, path }: Component): CardFinding[] => {
  if (!Array.isArray(node['columns'])) return [finding('card-required', { tag: 'table', key: 'columns' }, { path })];
  const columns = listOf(node['columns']);
  const types = new Map(
    columns.map((column) => [textOf(objectOf(column)['name']) ?? '', textOf(objectOf(column)['data_type']) ?? 'text']),
  );
  const keys: CardFinding[] = [];
  const cells: CardFinding[] = [];
  listOf(node['rows']).forEach((row, i) => {
    for (const [key, cell] of Object.entries(objectOf(row))) {
      const at = { path: `${path}.rows[${i}].${key}` };
      const type = types.get(key);
      const rule = type === undefined ? undefined : TYPES[type];
      if (type === undefined && keys.length < TOLD)
        keys.push(
          finding('card-row-key', { key, suggestion: nearest(key, [...types.keys()]) }, { ...at, feishu: 200915 }),
        );
      if (rule !== undefined && !rule.fits(cell) && cells.length < TOLD)
        cells.push(finding('card-cell', { column: key, type: type!, needs: rule.needs }, { ...at, feishu: 200914 }));
    }
  });
  const page = node['page_size'];
  return [
    ...checkColumns(columns, path),
    ...(columns.length > 50
      ? [finding('card-columns-many', { count: columns.length }, { path: `${path}.columns`, severity: 'warning' })]
      : []),
    ...(page === undefined || (typeof page === 'number' && page >= 1 && page <= 10)
      ? []
      : [
          finding(
            'card-value',
            { key: 'page_size', value: JSON.stringify(page), allowed: '1–10', suggestion: null },
            { path: `${path}.page_size` },
          ),
        ]),
    ...keys,
    ...cells,
  ];
};
