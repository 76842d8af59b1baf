import { createHttp, proxyFor } from '../../base/http.ts';
import { randomId } from '../../base/ids.ts';
import { failure, LarkcronError, type Problem } from '../../model/errors.ts';
import { verbatim } from '../../model/text.ts';
import { MINUTE, type Ms, SECOND } from '../../model/time.ts';
import type { finding, problem } from '../../web/schemas/primitives.ts';
import type { z } from '../../web/schemas/zod.ts';
import { type Options, text } from '../command.ts';
import type { Context } from '../context.ts';
import { cliWords } from '../words.ts';

const MOST_BYTES = 64 * 1024 * 1024;
const CONNECT: Ms = 10 * SECOND;
/** A dry run asks every source of a job. */
const ANSWER: Ms = 10 * MINUTE;

/** A running `larkcron start` elsewhere, asked over its API. */
export interface Server {
  /** Throws what the server says is wrong, with its words; `server-unreachable`, `server-answer` (status 1). */
  readonly get: <T>(path: string) => Promise<T>;
  /** with a key of its own, so that an answer that is lost on the way is no second act */
  readonly post: <T>(path: string, body?: unknown) => Promise<T>;
  readonly close: () => void;
}

const baseOf = (written: string): string => {
  if (/^https?:\/\//.test(written) && URL.canParse(written)) return written.replace(/\/+$/, '');
  throw failure(cliWords, 'bad-server', { value: written }, { status: 2 });
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

const isProblem = (value: unknown): value is z.output<typeof problem> =>
  typeof value === 'object' && value !== null && 'code' in value && 'title' in value && 'problems' in value;

/** The server of `--server`, with the token of LARKCRON_TOKEN. Throws `bad-server`, `no-server-token` (status 2). */
export const serverOf = (options: Options, { environment, out, redact, signal }: Context): Server => {
  const base = baseOf(text(options, 'server') ?? '');
  const token = environment['LARKCRON_TOKEN'] ?? '';
  if (token === '') throw failure(cliWords, 'no-server-token', undefined, { status: 2 });
  redact.add(token);
  const http = createHttp();
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const url = `${base}${path}`;
    const answer = await http.request({
      method,
      url,
      headers: {
        authorization: `Bearer ${token}`,
        'accept-language': out.lang,
        ...(method === 'POST' ? { 'content-type': 'application/json', 'idempotency-key': randomId() } : {}),
      },
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
      connectTimeout: CONNECT,
      totalTimeout: ANSWER,
      maxBytes: MOST_BYTES,
      proxy: proxyFor(url, environment),
      signal,
    });
    if (answer.is !== 'answer') throw failure(cliWords, 'server-unreachable', { url: base, why: answer.why });
    let json: unknown;
    try {
      json = JSON.parse(answer.body.toString('utf8'));
    } catch {
      throw failure(cliWords, 'server-answer', { url, status: answer.status });
    }
    if (answer.status >= 200 && answer.status < 300) return json as T;
    if (isProblem(json)) throw refused(json);
    throw failure(cliWords, 'server-answer', { url, status: answer.status });
  };
  return {
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    close: http.close,
  };
};

/** A name or an id as a part of an address. */
export const part = encodeURIComponent;
