import type { acts } from '../../src/web/routes/acts.ts';
import type { reads } from '../../src/web/routes/reads.ts';
import type { problem } from '../../src/web/schemas/primitives.ts';
import type { z } from '../../src/web/schemas/zod.ts';
import { currentLang } from './lang.ts';

// The shapes come from the schemas of the server itself; nothing of its code does.
type Reads = typeof reads;
type Acts = typeof acts;
export type Answer<Name extends keyof (Reads & Acts)> = z.output<(Reads & Acts)[Name]['answer']>;
export type Problem = z.output<typeof problem>;
export type Session = Answer<'session'>;

/** An answer that is a refusal: what, why and what to do, in the language asked for. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

let csrf: string | null = null;
export const rememberCsrf = (token: string | null): void => {
  csrf = token;
};

const unreachable = (): Problem => ({
  type: 'about:blank',
  title: currentLang() === 'zh' ? '连不上 larkcron' : 'larkcron cannot be reached',
  status: 0,
  code: 'unreachable',
  detail: null,
  hint: currentLang() === 'zh' ? 'larkcron start 还在运行吗?' : 'Is larkcron start still at work?',
  problems: [],
});

export type Query = Readonly<Record<string, string | number | null | undefined>>;

/** `/api/runs` with what is asked; what is empty is left out. */
export const withQuery = (path: string, query: Query = {}): string => {
  const asked = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const search = new URLSearchParams(asked.map(([name, value]) => [name, String(value)]));
  return asked.length === 0 ? path : `${path}?${search}`;
};

/** Asks the API. Throws Refused, also where nobody answers. */
export const ask = async <T>(
  path: string,
  { method = 'GET', body, key }: { method?: string; body?: unknown; key?: string } = {},
): Promise<T> => {
  const headers: Record<string, string> = { 'accept-language': currentLang() };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && csrf !== null) headers['x-csrf-token'] = csrf;
  if (key !== undefined) headers['idempotency-key'] = key;
  const answer = await fetch(path, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    credentials: 'same-origin',
  }).catch(() => null);
  if (answer === null) throw new Refused(unreachable());
  const said = await answer.json().catch(() => null);
  if (!answer.ok)
    throw new Refused(said ?? { ...unreachable(), status: answer.status, title: `HTTP ${answer.status}` });
  return said as T;
};

/** An act; `key` keeps a click that was sent twice from happening twice. */
export const act = <T>(path: string, body: unknown = {}, key?: string): Promise<T> =>
  ask<T>(path, { method: 'POST', body, ...(key === undefined ? {} : { key }) });

export const newKey = (): string => crypto.randomUUID();
