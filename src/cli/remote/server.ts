import { isDeeper } from '../../base/depth.ts';
import { createHttp, type HttpAnswer, proxyFor } from '../../base/http.ts';
import { randomId } from '../../base/ids.ts';
import { LOOPBACK } from '../../base/loopback.ts';
import { failure, LarkcronError, type Problem } from '../../model/errors.ts';
import { verbatim } from '../../model/text.ts';
import { MINUTE, type Ms, SECOND } from '../../model/time.ts';
import { nameIn } from '../../web/door.ts';
import { type finding, problem } from '../../web/schemas/primitives.ts';
import type { z } from '../../web/schemas/zod.ts';
import { type Options, text } from '../command.ts';
import type { Context } from '../context.ts';
import { cliWords } from '../words.ts';

const MOST_BYTES = 64 * 1024 * 1024;
/** No answer of ours comes near. */
const DEEPEST = 200;
const CONNECT: Ms = 10 * SECOND;
const LOOK: Ms = MINUTE;
/** A dry run asks every source of a job. */
const ACT: Ms = 10 * MINUTE;

/** A running `larkcron start` elsewhere, asked over its API. Every answer is held against its schema. */
export interface Server {
  /** Throws what the server says is wrong, with its words; `server-unreachable`, `server-answer` (status 1). */
  readonly get: <S extends z.ZodType>(path: string, answer: S) => Promise<z.output<S>>;
  /** with a key of its own, so that an answer that is lost on the way is no second act */
  readonly post: <S extends z.ZodType>(path: string, body: unknown, answer: S) => Promise<z.output<S>>;
  readonly close: () => void;
}

const baseOf = (written: string): URL => {
  const url = URL.canParse(written) ? new URL(written) : null;
  // a password in an address would stand in `ps`; what comes after `?` would stand before our own path
  const isPlain = url !== null && url.username + url.password + url.search + url.hash === '' && !/[?#]/.test(written);
  if (isPlain && /^https?:$/.test(url.protocol)) return url;
  // nor in our own words
  const value = written.replace(/\/\/[^/@]*@/, '//***@');
  throw failure(cliWords, 'bad-server', { value }, { status: 2 });
};

/** What a terminal would take for commands is left out: the other side may be anybody. */
const harmless = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g, '');
  if (Array.isArray(value)) return value.map(harmless);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [harmless(name), harmless(each)]));
};

/** The JSON of an answer; undefined: it is none, or none of ours. */
const jsonOf = ({ headers, body }: Extract<HttpAnswer, { is: 'answer' }>): unknown => {
  if (!/^application\/(problem\+)?json\b/i.test(String(headers['content-type'] ?? ''))) return undefined;
  try {
    const json: unknown = JSON.parse(body.toString('utf8'));
    return isDeeper(json, DEEPEST) ? undefined : harmless(json);
  } catch {
    return undefined;
  }
};

/** A finding of the server's as one of ours; its words are in the language that was asked for. */
export const problemOf = ({ file, line, column, hint, message, ...more }: z.output<typeof finding>): Problem => ({
  ...more,
  message: verbatim(message),
  ...(hint === null ? {} : { hint: verbatim(hint) }),
  at: file === null ? null : { file, line: line ?? 1, column: column ?? 1 },
});

/** The server's own words as an error of ours: refused credentials are 1, what was asked wrongly 2. */
const refused = ({ code, title, hint, status, problems }: z.output<typeof problem>): LarkcronError =>
  new LarkcronError(
    code,
    { message: verbatim(title), ...(hint === null ? {} : { hint: verbatim(hint) }) },
    {
      status: status === 401 || status === 403 || status === 429 || status >= 500 ? 1 : 2,
      problems: problems.map(problemOf),
    },
  );

/** The server of `--server`, with the token of LARKCRON_TOKEN. Throws `bad-server`, `no-server-token` (status 2). */
export const serverOf = (options: Options, { environment, out, redact, signal }: Context): Server => {
  const address = baseOf(text(options, 'server') ?? '');
  const base = `${address.origin}${address.pathname}`.replace(/\/+$/, '');
  const token = environment['LARKCRON_TOKEN'] ?? '';
  if (token === '') throw failure(cliWords, 'no-server-token', undefined, { status: 2 });
  redact.add(token);
  if (address.protocol === 'http:' && !LOOPBACK.test(nameIn(address.host))) {
    out.remark(cliWords['server-plain']({ url: base }));
  }
  const http = createHttp();
  const ask = async <S extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    { schema, body }: { schema: S; body?: unknown },
  ): Promise<z.output<S>> => {
    const url = `${base}${path}`;
    const answer = await http.request({
      method,
      url,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        'accept-language': out.lang,
        ...(method === 'POST' ? { 'content-type': 'application/json', 'idempotency-key': randomId() } : {}),
      },
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
      connectTimeout: CONNECT,
      totalTimeout: method === 'POST' ? ACT : LOOK,
      maxBytes: MOST_BYTES,
      proxy: proxyFor(url, environment),
      signal,
    });
    if (answer.is !== 'answer') throw failure(cliWords, 'server-unreachable', { url: base, why: answer.why });
    const json = jsonOf(answer);
    const isDone = answer.status >= 200 && answer.status < 300;
    // a newer server may say more than we know of: what is checked is what we read
    if (isDone && schema.safeParse(json).success) return json as z.output<S>;
    const said = isDone ? null : problem.safeParse(json);
    if (said?.success === true) throw refused(said.data);
    throw failure(cliWords, 'server-answer', { url, status: answer.status });
  };
  return {
    get: (path, schema) => ask('GET', path, { schema }),
    post: (path, body, schema) => ask('POST', path, { schema, body }),
    close: http.close,
  };
};

/** A name or an id as a part of an address. */
export const part = encodeURIComponent;
