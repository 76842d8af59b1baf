import type { Template } from '../model/card.ts';
import type { Body, HttpSource, Paging } from '../model/job.ts';
import { DEFAULT_TIMEOUT } from '../model/settings.ts';
import { jsonOf, type Node } from './node.ts';
import { object, optional, required } from './object.ts';
import {
  byKind,
  duration,
  exactlyOne,
  integer,
  made,
  oneOf,
  type Reading,
  record,
  type Shape,
  template,
  text,
} from './shape.ts';

/** Pages that are read unless told otherwise; a hundred thousand rows are the limit anyway. */
const MOST_PAGES = 200;

/** `{ page: page, size: 100 }`, `{ offset: start }`, `{ cursor: data.next, param: cursor }`, `{ next: data.next_url }`, or `link`. */
const pages: Shape<Paging> = byKind<Paging>(
  {
    scalar: made(oneOf('link'), () => ({ by: 'link', most: MOST_PAGES })),
    map: made(
      object({
        page: optional(text(), null),
        offset: optional(text(), null),
        cursor: optional(text(), null),
        next: optional(text(), null),
        from: optional(integer({ min: 0, max: 1 }), 1),
        size: optional(integer({ min: 1, max: 100_000 }), null),
        param: optional(text(), 'cursor'),
        in: optional(oneOf('query', 'body'), 'query' as const),
        most: optional(integer({ min: 1, max: 10_000 }), MOST_PAGES),
      }),
      ({ page, offset, cursor, next, from, size, param, in: into, most }, node, reading, path) => {
        const by = exactlyOne({ page, offset, cursor, next }, node, reading, path);
        if (by === null) return null;
        if (page !== null) return { by: 'page', param: page, from, size, most };
        if (offset !== null) return { by: 'offset', param: offset, size, most };
        return cursor !== null
          ? { by: 'cursor', cursor, param, into, most }
          : { by: 'next', next: next as string, most };
      },
    ),
  },
  {
    zh: 'link,或 { page | offset | cursor | next, … }',
    en: 'link, or { page | offset | cursor | next, … }',
  },
);

export const auth: Shape<NonNullable<HttpSource['auth']>> = made(
  object({
    bearer: optional(template, null),
    basic: optional(object({ user: required(template), password: required(template) }), null),
  }),
  ({ bearer, basic }, node, reading, path) => {
    if (exactlyOne({ bearer, basic }, node, reading, path) === null) return null;
    return bearer === null ? basic : { bearer };
  },
);

const templatesIn = (
  node: Node,
  reading: Reading,
  { at, path }: { at: readonly (string | number)[]; path: string },
): Body['templates'] => {
  if (node.kind === 'map')
    return node.entries.flatMap(({ key, value }) =>
      templatesIn(value, reading, { at: [...at, key], path: `${path}.${key}` }),
    );
  if (node.kind === 'list')
    return node.items.flatMap((item, i) => templatesIn(item, reading, { at: [...at, i], path: `${path}[${i}]` }));
  if (node.kind === 'code' || typeof node.value !== 'string' || !/[{$]/.test(node.text)) return [];
  const read = template.read(node, reading, path);
  return read === null ? [] : [{ path: at, template: read }];
};

/** JSON; a text in it may be a template, and one that is a single `{{ … }}` keeps its type. */
const body: Shape<Body> = {
  read: (node, reading, path) => ({ json: jsonOf(node), templates: templatesIn(node, reading, { at: [], path }) }),
  schema: {},
};

/** `http: { url, method, headers, auth, body, format, select, pages, timeout }` */
export const httpSource = object({
  url: required(template),
  method: optional(oneOf('GET', 'POST', 'PUT', 'PATCH', 'DELETE'), 'GET' as const),
  headers: optional(record(template), {} as Record<string, Template>),
  auth: optional(auth, null),
  body: optional(body, null),
  format: optional(oneOf('json', 'csv'), null),
  select: optional(text(), null),
  pages: optional(pages, null),
  timeout: optional(duration, DEFAULT_TIMEOUT),
});
