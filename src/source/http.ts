import { failure } from '../model/errors.ts';
import { parseJsonLines, rowsOf, selected } from './rows.ts';
import { type Fetch, MAX_BYTES } from './source.ts';
import { sourceWords } from './words.ts';

/** `http`: a JSON answer's list as rows. Redirects are not followed: they would take headers to another host. */
export const fetchHttp: Fetch<'http'> = async (spec, context) => {
  const url = context.fillText(spec.url);
  const headers = Object.fromEntries(
    Object.entries(spec.headers).map(([name, value]) => [name, context.fillText(value)]),
  );
  const body =
    spec.body === undefined ? {} : { body: typeof spec.body === 'string' ? spec.body : JSON.stringify(spec.body) };
  const shown = url.replace(/[?#].*$/, '').replace(/\/\/[^/@]*@/, '//');
  const answer = await context.http.request({
    method: spec.method,
    url,
    headers: {
      accept: 'application/json',
      ...(spec.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...body,
    connectTimeout: Math.min(spec.timeout, 10_000),
    totalTimeout: spec.timeout,
    maxBytes: MAX_BYTES,
    proxy: context.proxyFor(url),
    signal: context.signal,
  });
  if (answer.is === 'lost' && answer.tooLarge) throw failure(sourceWords, 'too-large', { limit: '20 MB' });
  if (answer.is !== 'answer') throw failure(sourceWords, 'http-unreachable', { url: shown, why: answer.why });
  const text = answer.body.toString('utf8');
  if (answer.status < 200 || answer.status > 299) {
    throw failure(sourceWords, 'http-status', { url: shown, status: answer.status, body: text.slice(0, 200) });
  }
  return rowsOf(selected(parseJsonLines(text, shown), spec.select), shown);
};
