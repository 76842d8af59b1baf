import { parseExactJson } from '../base/exact-json.ts';
import type { Answer } from '../model/outcome.ts';
import { HOUR, type Ms, SECOND } from '../model/time.ts';
import type { LACKING } from './codes/transport.ts';
import type { Operation } from './codes.ts';

/** An answer of Feishu's with its body read, whatever the HTTP status: 200 with a code and 400 with a code both happen. */
export interface FeishuAnswer extends Answer {
  readonly is: 'answer';
  /** what was asked: a code may mean something else there */
  readonly operation: Operation;
  readonly http: number;
  /** the whole body; null when it is no JSON object, as from a proxy in between */
  readonly body: Readonly<Record<string, unknown>> | null;
  /** how long Feishu asks to wait, from x-ogw-ratelimit-reset or Retry-After */
  readonly resetAfter: Ms | null;
  /** code 0, and yet what was asked for is not in it: as good as no answer */
  readonly lacks?: keyof typeof LACKING;
}

/** `not-sent`: surely nothing arrived. `lost`: it may have arrived, and no whole answer came back. */
export type Reply =
  | FeishuAnswer
  | { readonly is: 'not-sent'; readonly why: string }
  | { readonly is: 'lost'; readonly why: string };

const record = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;

const parsed = (body: Uint8Array, exact: boolean): Record<string, unknown> | null => {
  try {
    const read = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
    return record(exact ? parseExactJson(read) : JSON.parse(read));
  } catch {
    return null;
  }
};

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The most that a header is believed. */
const LONGEST_WAIT: Ms = HOUR;

/** A number of seconds, or a date (RFC 9110, Retry-After): how long from the answer's own date on. */
const waitIn = (value: string | string[] | undefined, date: Ms): Ms | null => {
  const written = typeof value === 'string' ? value.trim() : '';
  const wait = /^\d+(\.\d+)?$/.test(written) ? Number(written) * SECOND : Math.max(0, Date.parse(written) - date);
  return Number.isNaN(wait) ? null : Math.min(Math.ceil(wait), LONGEST_WAIT);
};

/** `x-ogw-ratelimit-reset` wins (api-call-guide: rate limits). */
const resetAfter = (headers: Readonly<Record<string, string | string[] | undefined>>, date: Ms): Ms | null =>
  waitIn(headers['x-ogw-ratelimit-reset'], date) ?? waitIn(headers['retry-after'], date);

/** Custom bots used to answer `StatusCode` alone (custom bot guide). */
const codeIn = (body: Readonly<Record<string, unknown>> | null, operation: Operation): number | null => {
  const code = body?.['code'] ?? (operation === 'webhook' ? body?.['StatusCode'] : undefined);
  return typeof code === 'number' ? code : null;
};

/** Reads one HTTP answer. `log_id` stands at the top level, under `error`, or only in the header X-Tt-Logid. */
export const answerOf = (
  answer: {
    status: number;
    headers: Readonly<Record<string, string | string[] | undefined>>;
    body: Uint8Array;
  },
  operation: Operation = 'call',
  exact = false,
): FeishuAnswer => {
  const body = parsed(answer.body, exact);
  const date = Date.parse(String(answer.headers['date'] ?? ''));
  return {
    is: 'answer',
    operation,
    http: answer.status,
    code: codeIn(body, operation),
    msg: text(body?.['msg']),
    logId: text(body?.['log_id']) ?? text(record(body?.['error'])?.['log_id']) ?? text(answer.headers['x-tt-logid']),
    feishuDate: Number.isNaN(date) ? null : date,
    body,
    resetAfter: resetAfter(answer.headers, date),
  };
};

/** Whether an answer has `data` at all: without it an "ok" is no empty list. */
export const hasData = (answer: FeishuAnswer): boolean => record(answer.body?.['data']) !== null;

/** `data` of an answer, or nothing. */
export const dataOf = (answer: FeishuAnswer): Readonly<Record<string, unknown>> => record(answer.body?.['data']) ?? {};
