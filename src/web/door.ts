import { hostname } from 'node:os';
import type { Context, MiddlewareHandler } from 'hono';
import { LOOPBACK } from '../base/loopback.ts';
import { failure } from '../model/errors.ts';
import { webWords } from './words.ts';

const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|[\da-f:.]*:[\da-f:.]*)$/i;

/** The name in a Host header, without its port. */
export const nameIn = (host: string): string => (/^\[?([^\]]*?)\]?(?::\d+)?$/.exec(host)?.[1] ?? '').toLowerCase();

/** What this place is called: where it listens, and by its public address behind a proxy. */
export interface Place {
  readonly host: string;
  /** `https://cron.example.com`; null: none */
  readonly url: string | null;
}

/**
 * A page elsewhere can have its own name point here (DNS rebinding); it cannot have an address for its name. So names
 * have to be ours, addresses are always welcome.
 */
export const isOurs = (host: string | undefined, { host: listens, url }: Place): boolean => {
  const name = nameIn(host ?? '');
  if (name === '') return false;
  if (url !== null && name === nameIn(new URL(url).host)) return true;
  if (LOOPBACK.test(name)) return true;
  if (LOOPBACK.test(listens)) return false;
  return ADDRESS.test(name) || name === listens.toLowerCase() || name === hostname().toLowerCase();
};

/** An origin is ours if it is the very place that was asked, or the public address. */
export const isOurOrigin = (origin: string, host: string, { url }: Place): boolean => {
  if (!URL.canParse(origin)) return false;
  const named = new URL(origin);
  if (!['http:', 'https:'].includes(named.protocol)) return false;
  return named.host === host.toLowerCase() || (url !== null && named.origin === new URL(url).origin);
};

/** Refuses who came by another name, and what a page of another site asks. */
export const guardDoor =
  (place: Place): MiddlewareHandler =>
  async (c, next) => {
    const host = c.req.header('host');
    if (!isOurs(host, place))
      throw failure(webWords, 'foreign-host', { host: nameIn(host ?? '') || '?' }, { status: 2 });
    const origin = c.req.header('origin');
    if (origin !== undefined && !isOurOrigin(origin, host ?? '', place))
      throw failure(webWords, 'foreign-origin', undefined, { status: 2 });
    const site = c.req.header('sec-fetch-site');
    // a link from elsewhere may lead to a page, never to data or deeds, nor to a page within theirs
    const isPage =
      c.req.method === 'GET' &&
      c.req.header('sec-fetch-mode') === 'navigate' &&
      (c.req.header('sec-fetch-dest') ?? 'document') === 'document';
    const elsewhere = site === 'cross-site' || site === 'same-site';
    if (elsewhere && (!isPage || c.req.path.startsWith('/api/')))
      throw failure(webWords, 'foreign-origin', undefined, { status: 2 });
    await next();
  };

/** Nothing is run, framed or fetched from elsewhere. Styles may stand in elements: drawn cards have them. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const setHeaders = (c: Context): void => {
  c.header('content-security-policy', POLICY);
  c.header('x-content-type-options', 'nosniff');
  c.header('x-frame-options', 'DENY');
  c.header('referrer-policy', 'no-referrer');
  c.header('cross-origin-opener-policy', 'same-origin');
  c.header('cross-origin-resource-policy', 'same-origin');
  c.header('permissions-policy', 'camera=(), microphone=(), geolocation=()');
};
