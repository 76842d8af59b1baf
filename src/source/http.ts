import type { HttpAnswer } from '../base/http.ts';
import { type Dataset, datasetOf, type Json } from '../model/dataset.ts';
import { failure } from '../model/errors.ts';
import type { Body, HttpSource } from '../model/job.ts';
import type { Ms } from '../model/time.ts';
import { parseCsv } from './csv.ts';
import { type Next, nextOf } from './http-pages.ts';
import { parseJsonLines, rowsOf } from './rows.ts';
import { selected } from './select.ts';
import { type Fetch, MAX_BYTES, MAX_ROWS, type SourceContext } from './source.ts';
import { sourceWords } from './words.ts';

// Node has it; TypeScript's library does not know it yet.
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => object };

type Answer = Extract<HttpAnswer, { is: 'answer' }>;

/** What may be asked again: nothing was changed by asking (RFC 9110: safe methods). */
const SAFE = new Set(['GET', 'HEAD']);
const WAITS: readonly Ms[] = [500, 1_500];
const PASSING = new Set([429, 502, 503, 504]);

const authHeader = (auth: HttpSource['auth'], { fillText }: SourceContext): Record<string, string> => {
  if (auth === null) return {};
  if ('bearer' in auth) return { authorization: `Bearer ${fillText(auth.bearer)}` };
  const pair = `${fillText(auth.user)}:${fillText(auth.password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
};

/** The address as it may be shown: without query, user and password. */
const shownOf = (url: string): string => url.replace(/[?#].*$/, '').replace(/\/\/[^/@]*@/, '//');

const bodyOf = (body: Json | null) =>
  body === null
    ? {}
    : {
        body:
          typeof body === 'string'
            ? body
            : JSON.stringify(body, (_key, value: unknown) =>
                typeof value === 'bigint' ? rawJSON(String(value)) : value,
              ),
      };

/** The JSON with its templates filled in. */
const filled = (body: Body | null, { fillValue }: SourceContext): Json | null => {
  if (body === null) return null;
  const values = new Map(body.templates.map(({ path, template }) => [JSON.stringify(path), template]));
  const walk = (json: Json, path: readonly (string | number)[]): Json => {
    const template = values.get(JSON.stringify(path));
    if (template !== undefined) return fillValue(template) as Json;
    if (Array.isArray(json)) return json.map((item: Json, i) => walk(item, [...path, i]));
    if (typeof json !== 'object' || json === null) return json;
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, walk(value, [...path, key])]));
  };
  return walk(body.json, []);
};

const passes = (answer: HttpAnswer): boolean =>
  answer.is === 'answer' ? PASSING.has(answer.status) : answer.is === 'not-sent' || !answer.tooLarge;

/** One request; a safe one is asked again, twice at most, for what may pass. Redirects are not followed: they would take headers to another host. */
const ask = async (spec: HttpSource & { timeout: Ms }, { url, body }: Next, room: number, context: SourceContext) => {
  const headers = Object.fromEntries(
    Object.entries(spec.headers).map(([name, value]) => [name.toLowerCase(), context.fillText(value)]),
  );
  const send = (): Promise<HttpAnswer> =>
    context.http.request({
      method: spec.method,
      url,
      headers: {
        accept: spec.format === 'csv' ? 'text/csv' : 'application/json',
        ...(body === null || typeof body === 'string' ? {} : { 'content-type': 'application/json' }),
        ...authHeader(spec.auth, context),
        ...headers,
      },
      ...bodyOf(body),
      connectTimeout: Math.min(spec.timeout, 10_000),
      totalTimeout: spec.timeout,
      maxBytes: room,
      proxy: context.proxyFor(url),
      signal: context.signal,
      onlyPublic: context.onlyPublic,
    });
  let answer = await send();
  for (const wait of SAFE.has(spec.method) ? WAITS : []) {
    if (!passes(answer) || context.signal.aborted) break;
    await context.sleep(wait);
    answer = await send();
  }
  const shown = shownOf(url);
  if (context.signal.aborted) throw failure(sourceWords, 'interrupted', { what: shown });
  if (answer.is === 'lost' && answer.tooLarge) throw failure(sourceWords, 'too-large', { limit: '20 MB' });
  if (answer.is !== 'answer') throw failure(sourceWords, 'http-unreachable', { url: shown, why: answer.why });
  if (answer.status >= 300 && answer.status < 400) throw redirected(answer, shown);
  if (answer.status < 200 || answer.status > 299) {
    const text = answer.body.toString('utf8').slice(0, 200);
    throw failure(sourceWords, 'http-status', { url: shown, status: answer.status, body: text });
  }
  return answer;
};

const redirected = ({ status, headers }: Answer, url: string) => {
  const to = shownOf(String(headers['location'] ?? '?'));
  return failure(sourceWords, 'http-redirect', { url, status, to });
};

const isCsv = ({ headers }: Answer, { format }: HttpSource): boolean =>
  format === null ? /\b(csv|tab-separated)/i.test(String(headers['content-type'] ?? '')) : format === 'csv';

/** `http`: a JSON or CSV answer as rows, page after page. */
export const fetchHttp: Fetch<'http'> = async (spec, context) => {
  let next: Next | null = { url: context.fillText(spec.url), body: filled(spec.body, context) };
  const shown = shownOf(next.url);
  const found: Dataset[] = [];
  let bytes = 0;
  let rows = 0;
  for (let number = 1; next !== null; number++) {
    const answer = await ask(spec, next, MAX_BYTES - bytes, context);
    bytes += answer.body.length;
    const text = answer.body.toString('utf8');
    const csv = isCsv(answer, spec);
    const json = csv ? undefined : parseJsonLines(text, shown);
    const page = csv ? await parseCsv(text, shown) : rowsOf(await selected(json, spec.select), shown);
    found.push(page);
    rows += page.rows.length;
    if (rows > MAX_ROWS) throw failure(sourceWords, 'too-many-rows', { limit: MAX_ROWS });
    if (spec.pages === null) break;
    if (number === spec.pages.most) throw failure(sourceWords, 'too-many-pages', { url: shown, most: number });
    next = await nextOf(spec.pages, next, { json, rows: page.rows.length, headers: answer.headers }, number);
  }
  const [only] = found;
  if (found.length === 1 && only !== undefined) return only;
  return datasetOf(found.flatMap((each) => each.rows));
};
