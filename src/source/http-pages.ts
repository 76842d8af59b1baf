import type { Json } from '../model/dataset.ts';
import type { Paging } from '../model/job.ts';
import { selected } from './select.ts';

/** What the next request differs in; null: there is no next page. */
export interface Next {
  readonly url: string;
  readonly body: Json | null;
}

/** One page as it came: the whole JSON (undefined for CSV), its rows, and the headers. */
export interface Page {
  readonly json: unknown;
  readonly rows: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

const withQuery = (url: string, name: string, value: string): string => {
  const next = new URL(url);
  next.searchParams.set(name, value);
  return next.href;
};

/** `<https://…?page=2>; rel="next"` (RFC 8288). */
export const nextLink = (header: string | string[] | undefined): string | null => {
  const text = Array.isArray(header) ? header.join(', ') : (header ?? '');
  for (const [, address = '', parameters = ''] of text.matchAll(/<([^>]*)>((?:\s*;\s*[^,;]+(?:="[^"]*")?)*)/g))
    if (/\brel\s*=\s*"?(?:[^"]*\s)?next\b/i.test(parameters)) return address;
  return null;
};

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '' || value === false;

/** An address in an answer may lead on, but to no other host: the credentials would go along. */
const sameHost = (next: string, from: string): string | null => {
  if (!URL.canParse(next, from)) return null;
  const url = new URL(next, from);
  return url.origin === new URL(from).origin ? url.href : null;
};

const withBody = (body: Json | null, name: string, value: string): Json =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body, [name]: value } : { [name]: value };

/** The request after this one: by page number, by the cursor in the answer, by an address in it, or by its Link header. */
export const nextOf = async (paging: Paging, current: Next, page: Page, number: number): Promise<Next | null> => {
  if (page.rows === 0) return null;
  switch (paging.by) {
    case 'page':
      // a page that is not full is the last one
      if (paging.size !== null && page.rows < paging.size) return null;
      return { ...current, url: withQuery(current.url, paging.param, String(paging.from + number)) };
    case 'offset':
      if (paging.size !== null && page.rows < paging.size) return null;
      return { ...current, url: withQuery(current.url, paging.param, String(number * (paging.size ?? page.rows))) };
    case 'cursor': {
      const cursor = await selected(page.json, paging.cursor, { optional: true });
      if (isBlank(cursor)) return null;
      return paging.into === 'body'
        ? { ...current, body: withBody(current.body, paging.param, String(cursor)) }
        : { ...current, url: withQuery(current.url, paging.param, String(cursor)) };
    }
    case 'next': {
      const address = await selected(page.json, paging.next, { optional: true });
      const url = isBlank(address) ? null : sameHost(String(address), current.url);
      return url === null ? null : { ...current, url };
    }
    case 'link': {
      const address = nextLink(page.headers['link']);
      const url = address === null ? null : sameHost(address, current.url);
      return url === null ? null : { ...current, url };
    }
  }
};
