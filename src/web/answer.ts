import type { Context } from 'hono';
import { isError, type LarkcronError, type Problem } from '../model/errors.ts';
import { type Lang, say } from '../model/text.ts';

/** The language an answer is in: the first of ours that the asker takes, else the project's. */
export const langOf = (accepted: string | undefined, otherwise: Lang): Lang => {
  const wanted = (accepted ?? '')
    .split(',')
    .map((part) => {
      const [name = '', ...params] = part.trim().toLowerCase().split(';');
      const q = Number(/^\s*q=([\d.]+)/.exec(params.find((each) => each.trim().startsWith('q=')) ?? '')?.[1] ?? 1);
      return { name: name.trim().slice(0, 2), q };
    })
    .filter(({ name, q }) => (name === 'zh' || name === 'en') && q > 0)
    .sort((a, b) => b.q - a.q);
  return (wanted[0]?.name as Lang | undefined) ?? otherwise;
};

/** Secrets are hidden in each text of an answer by itself: in JSON as a whole a pattern could reach from one into another. */
export const hidden = (value: unknown, hide: (text: string) => string): unknown => {
  // the same words stand in a long list a thousand times
  const known = new Map<string, string>();
  const hideOnce = (text: string): string => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const after = hide(text);
    known.set(text, after);
    return after;
  };
  const within = (each: unknown): unknown => {
    if (typeof each === 'string') return hideOnce(each);
    if (Array.isArray(each)) return each.map(within);
    if (typeof each === 'bigint') return each.toString();
    if (typeof each !== 'object' || each === null) return each;
    const made: Record<string, unknown> = {};
    for (const name of Object.keys(each)) made[hideOnce(name)] = within((each as Record<string, unknown>)[name]);
    return made;
  };
  return within(value);
};

const STATUS: Readonly<Record<string, 400 | 401 | 403 | 404 | 409 | 413 | 429 | 503>> = {
  'bad-cursor': 400,
  'bad-request': 400,
  'bad-value': 400,
  'body-too-deep': 400,
  'not-json-body': 400,
  'too-many-days': 400,
  'login-over': 400,
  'not-logged-in': 401,
  'wrong-token': 401,
  'foreign-host': 403,
  'guard-recipient': 403,
  'guard-run': 403,
  'foreign-origin': 403,
  'not-allowed': 403,
  'csrf-missing': 403,
  'login-no-role': 403,
  'login-refused': 403,
  'login-not-set': 404,
  'unknown-run': 404,
  'unknown-job': 404,
  'unknown-app': 404,
  'unknown-calendar': 404,
  'no-such-page': 404,
  'no-such-delivery': 404,
  'no-such-token': 404,
  'was-recalled': 409,
  examining: 409,
  'body-too-large': 413,
  'guard-hour': 429,
  'too-many-logins': 429,
  busy: 429,
  'too-many-listeners': 429,
  'not-at-work': 503,
  'ledger-locked': 503,
};

/** 422: what was asked or what the settings say is wrong; 502: a source, Feishu or another machine failed. */
export const statusOf = ({ code, status }: Pick<LarkcronError, 'code' | 'status'>): number =>
  STATUS[code] ?? (status === 2 ? 422 : status === 1 ? 502 : 500);

/** A finding with its file beneath the project's folder: whole paths are nobody's business. */
export const findingOf = (found: Problem, lang: Lang, directory: string) => ({
  severity: isError(found) ? ('error' as const) : ('warning' as const),
  code: found.code,
  message: say(found.message, lang),
  hint: found.hint === undefined || found.hint[lang] === '' ? null : say(found.hint, lang),
  file: found.at === null ? null : found.at.file.replace(`${directory}/`, ''),
  line: found.at?.line ?? null,
  column: found.at?.column ?? null,
  path: found.path,
});

/** An error as RFC 9457 has it. */
export const problemOf = (error: LarkcronError, lang: Lang, directory: string) => {
  const { message, hint } = error.explanation;
  return {
    type: 'about:blank',
    title: say(message, lang),
    status: statusOf(error),
    code: error.code,
    detail: null,
    hint: hint === undefined || hint[lang] === '' ? null : say(hint, lang),
    problems: error.problems.map((found) => findingOf(found, lang, directory)),
  };
};

export const sendJson = (c: Context, value: unknown, status = 200, type = 'application/json'): Response =>
  c.body(JSON.stringify(value), status as 200, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
  });
