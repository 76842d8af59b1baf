import {
  BASE_OPERATORS,
  type BaseCondition,
  type BitableSource,
  type DocumentRef,
  type SheetSource,
} from '../model/document.ts';
import { problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { DEFAULT_TIMEOUT } from '../model/settings.ts';
import { documentWords } from './document-words.ts';
import type { Node } from './node.ts';
import { object, optional } from './object.ts';
import { duration, list, made, oneOf, oneOrMore, type Reading, record, type Shape, template, text } from './shape.ts';

const PATHS = { base: 'base', sheets: 'sheet', wiki: 'wiki' } as const;

/** A browser's address as the document it leads to, and what of it its query names. */
const addressOf = (url: string): (DocumentRef & { readonly query: URLSearchParams }) | null => {
  if (!/^https:\/\//.test(url) || !URL.canParse(url)) return null;
  const { pathname, searchParams } = new URL(url);
  const [, path, token] = /^\/(base|sheets|wiki)\/([A-Za-z0-9]+)/.exec(pathname) ?? [];
  return token === undefined ? null : { is: PATHS[path as keyof typeof PATHS], token, query: searchParams };
};

/** The document that `url` or `token` names; its query's words come second. */
const documentOf = (
  kind: 'bitable' | 'sheet',
  { url, token }: { url: string | null; token: string | null },
  node: Node,
  reading: Reading,
  path: string,
): { document: DocumentRef; query: URLSearchParams } | null => {
  const own = kind === 'bitable' ? 'base' : 'sheet';
  if ((url === null) === (token === null)) {
    reading.problems.push(problem(documentWords, 'one-document', undefined, { at: node.at, path }));
    return null;
  }
  if (token !== null && /^[A-Za-z0-9]+$/.test(token))
    return { document: { is: own, token }, query: new URLSearchParams() };
  const found = addressOf(url ?? '');
  if (found !== null && (found.is === own || found.is === 'wiki'))
    return { document: { is: found.is, token: found.token }, query: found.query };
  const value = url ?? token ?? '';
  reading.problems.push(problem(documentWords, 'bad-document', { value, kind }, { at: node.at, path }));
  return null;
};

const NONE = ['isEmpty', 'isNotEmpty'];

/** `状态: 已付款`, `金额: { isGreater: 100 }`, `标签: [急, 大单]`. */
const conditions: Shape<readonly BaseCondition[]> = {
  read: (node, reading, path) => {
    const read = record<Omit<BaseCondition, 'field'>>({
      read: (each, inner, at) => {
        if (each.kind !== 'map') {
          const values = oneOrMore(template).read(each, inner, at);
          return values === null ? null : { operator: 'is', values };
        }
        const [only, ...more] = each.entries;
        const operator = BASE_OPERATORS.find((name) => name === only?.key);
        if (only === undefined || more.length > 0) {
          const field = at.slice(at.lastIndexOf('.') + 1);
          inner.problems.push(problem(documentWords, 'bad-condition', { field }, { at: each.at, path: at }));
          return null;
        }
        if (operator === undefined) {
          const p = { value: only.key, known: BASE_OPERATORS, suggestion: nearest(only.key, BASE_OPERATORS) };
          inner.problems.push(problem(documentWords, 'bad-operator', p, { at: only.at, path: at }));
          return null;
        }
        if (NONE.includes(operator)) return { operator, values: [] };
        const values = oneOrMore(template).read(only.value, inner, `${at}.${operator}`);
        return values === null ? null : { operator, values };
      },
      schema: {},
    }).read(node, reading, path);
    return read === null ? null : Object.entries(read).map(([field, each]) => ({ field, ...each }));
  },
  schema: { type: 'object' },
};

/** `金额: desc`. */
const sorting = record(oneOf('asc', 'desc'));

const app = optional(text(), null);
const timeout = optional(duration, DEFAULT_TIMEOUT);
const named = { url: optional(text(), null), token: optional(text(), null), app, timeout };

/** `{ url | token, table, view, fields, filter | anyOf, sort, app }`. */
export const bitable: Shape<BitableSource & { timeout: number }> = made(
  object({
    ...named,
    table: optional(text(), null),
    view: optional(text(), null),
    fields: optional(list(text()), null),
    filter: optional(conditions, null),
    anyOf: optional(conditions, null),
    sort: optional(sorting, {}),
  }),
  ({ url, token, table, view, filter, anyOf, sort, ...rest }, node, reading, path) => {
    const found = documentOf('bitable', { url, token }, node, reading, path);
    if (found === null) return null;
    const before = reading.problems.length;
    const refuse = (code: 'one-filter' | 'view-ignored'): void => {
      reading.problems.push(problem(documentWords, code, undefined, { at: node.at, path }));
    };
    if (filter !== null && anyOf !== null) refuse('one-filter');
    const order = Object.entries(sort).map(([field, way]) => ({ field, desc: way === 'desc' }));
    const chosen = filter ?? anyOf;
    const shown = view ?? found.query.get('view');
    if (shown !== null && (chosen !== null || order.length > 0)) refuse('view-ignored');
    if (reading.problems.length > before) return null;
    return {
      document: found.document,
      table: table ?? found.query.get('table'),
      view: shown,
      filter: chosen === null ? null : { conjunction: filter === null ? 'or' : 'and', conditions: chosen },
      sort: order,
      ...rest,
    };
  },
);

/** `{ url | token, sheet, range, app }`. */
export const sheet = (cells: Shape<string>): Shape<SheetSource & { timeout: number }> =>
  made(
    object({ ...named, sheet: optional(text(), null), range: optional(cells, null) }),
    ({ url, token, sheet: title, ...rest }, node, reading, path) => {
      const found = documentOf('sheet', { url, token }, node, reading, path);
      return found === null ? null : { document: found.document, sheet: title ?? found.query.get('sheet'), ...rest };
    },
  );
