import type { IncomingMessage, ServerResponse } from 'node:http';
import { LarkcronError } from '../model/errors.ts';
import type { Lang } from '../model/text.ts';
import { CHART_SCRIPT } from '../picture/chart-script.ts';
import { vchartSource } from '../picture/vchart.ts';
import type { Answer } from './answer.ts';
import { readBody } from './body.ts';
import { type Fault, parseFault } from './faults.ts';
import { followChanges } from './page/follow-changes.ts';
import { pageHtml } from './page/page-html.ts';
import { PAGE_SCRIPT } from './page/page-script.ts';
import { PAGE_STYLE } from './page/page-style.ts';
import { fieldsOf, isFields } from './request.ts';
import type { World } from './world.ts';

/**
 * No script and no style but our own files, nothing from elsewhere. Cards have spacings and colours of their own: those
 * stand in style attributes, whose values are made here (picture/box.ts).
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

const bytes = (http: number, type: string, body: string | Uint8Array): Answer => ({
  is: 'bytes',
  http,
  type: type.startsWith('text/') ? `${type}; charset=utf-8` : type,
  body,
  headers: HEADERS,
});

const json = (http: number, value: unknown): Answer => bytes(http, 'application/json', JSON.stringify(value));

/** A page of some other site that was given this address by a trick of DNS has another Host. */
const isOurs = (host: string | undefined): boolean => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? '');

/** `{"fault": "230002:times=2"}` in the words of `--fault`, or the fields of a Fault. */
const faultIn = (body: Buffer): Fault => {
  const fields = fieldsOf(body) ?? {};
  if (typeof fields['fault'] === 'string') return parseFault(fields['fault']);
  const match = isFields(fields['match']) ? fields['match'] : {};
  const options = {
    times: fields['times'],
    seconds: fields['seconds'],
    path: match['path'],
    recipient: match['recipient'],
  };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return parseFault(
    `${String(fields['kind'] ?? '')}:${given.map(([name, value]) => `${name}=${String(value)}`).join(',')}`,
  );
};

const addFault = (body: Buffer, world: World): Answer => {
  try {
    world.faults.add(faultIn(body));
    return json(200, { faults: world.faults.list() });
  } catch (error) {
    if (!(error instanceof LarkcronError)) throw error;
    return json(400, { code: error.code, ...error.explanation });
  }
};

const picture = (key: string, world: World): Answer => {
  const upload = world.uploads.get(key);
  return upload?.picture == null
    ? bytes(404, 'text/plain', 'no picture')
    : bytes(200, upload.mediaType, Buffer.from(upload.picture, 'base64'));
};

const langOf = (url: URL): Lang => (url.searchParams.get('lang') === 'en' ? 'en' : 'zh');

const MAX_FAULT = 64 * 1024;

/**
 * What the sandbox has besides Feishu's API: the page at `/`, its files, and `/sandbox/…` to switch faults and read
 * what arrived. Null: the answer streams by itself.
 */
export const createDoor =
  (world: World) =>
  async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<Answer | null> => {
    if (!isOurs(request.headers.host)) return bytes(403, 'text/plain', 'The sandbox answers on this machine only.');
    world.catchUp();
    const key = /^\/sandbox\/pictures\/([\w-]+)$/.exec(url.pathname)?.[1];
    if (key !== undefined && request.method === 'GET') return picture(key, world);
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /':
        return bytes(200, 'text/html', pageHtml(world, { lang: langOf(url), url: `http://${request.headers.host}` }));
      case 'GET /sandbox/page.css':
        return bytes(200, 'text/css', PAGE_STYLE);
      case 'GET /sandbox/page.js':
        return bytes(200, 'text/javascript', PAGE_SCRIPT);
      case 'GET /sandbox/charts.js':
        return bytes(200, 'text/javascript', CHART_SCRIPT);
      case 'GET /sandbox/vchart.js':
        return bytes(200, 'text/javascript', vchartSource());
      case 'GET /sandbox/messages':
        return json(200, [...world.messages.values()]);
      case 'GET /sandbox/events': {
        const after = Number(request.headers['last-event-id'] ?? url.searchParams.get('after') ?? world.changes.length);
        followChanges({ world, response, lang: langOf(url), after, headers: HEADERS });
        return null;
      }
      case 'GET /sandbox/faults':
        return json(200, { faults: world.faults.list() });
      case 'POST /sandbox/faults':
        return addFault((await readBody(request, MAX_FAULT)) ?? Buffer.alloc(0), world);
      case 'DELETE /sandbox/faults':
        world.faults.clear();
        return json(200, { faults: [] });
      default:
        return bytes(404, 'text/plain', 'Not found');
    }
  };
