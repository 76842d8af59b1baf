import { isIP } from 'node:net';
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { LOOPBACK } from '../base/loopback.ts';
import type { AccessToken } from '../ledger/access.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { failure } from '../model/errors.ts';
import { mayDo, type Role } from '../model/role.ts';
import type { Ms } from '../model/time.ts';
import { type LoginLimit, networkOf } from './login-limit.ts';
import { csrfOf, hashOf, isSame } from './secrets.ts';
import { webWords } from './words.ts';

/** Who is asking. */
export interface Who {
  readonly token: AccessToken;
  /** null: by a bearer token, which no page of another site can send */
  readonly session: { readonly hash: string; readonly csrf: string; readonly expiresAt: Ms } | null;
}

/**
 * Cookies do not tell ports apart: two consoles on one machine would log each other out. Behind HTTPS its name begins so
 * that browsers take it from this very host only: no neighbour under the same domain can slip its own session in.
 */
export const cookieName = (port: number, secure: boolean): string => `${secure ? '__Host-' : ''}larkcron_${port}`;

const peerOf = (c: Context): string =>
  (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket?.remoteAddress ?? '?';

/**
 * Where somebody asks from. Of a proxy on this machine (`proxied`: there is one, by `console.url`) the last address it
 * passed on: else whoever sends wrong tokens through it would make everybody wait.
 */
export const addressOf = (c: Context, proxied: boolean): string => {
  const peer = networkOf(peerOf(c));
  if (!proxied || !LOOPBACK.test(peer)) return peer;
  const last = (c.req.header('x-forwarded-for') ?? '').split(',').at(-1)?.trim() ?? '';
  return isIP(last) === 0 ? peer : networkOf(last);
};

/** What counting wrong tokens needs, and who hears of one. */
export interface Doorkeeper {
  readonly access: Ledger['access'];
  readonly limit: LoginLimit;
  readonly address: (c: Context) => string;
  readonly onWrong: (address: string) => void;
}

/** Looks a token up, unless its address has sent too many wrong ones. Throws `too-many-logins`, `wrong-token`. */
export const tokenFrom = async (
  secret: string,
  c: Context,
  { access, limit, address: addressFor, onWrong }: Doorkeeper,
): Promise<AccessToken> => {
  const address = addressFor(c);
  const seconds = limit.wait(address);
  if (seconds > 0) throw failure(webWords, 'too-many-logins', { seconds }, { status: 2 });
  const token = await access.tokenBy(hashOf(secret));
  if (token !== null) return token;
  limit.failed(address);
  onWrong(address);
  throw failure(webWords, 'wrong-token', undefined, { status: 2 });
};

/** Who asks, by bearer token or session; null: nobody in particular. */
export const whoAsks = async (c: Context, by: Doorkeeper & { readonly cookie: string }): Promise<Who | null> => {
  const bearer = /^Bearer\s+(\S{1,200})$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer !== undefined) return { token: await tokenFrom(bearer, c, by), session: null };
  const secret = getCookie(c, by.cookie);
  if (secret === undefined || secret.length > 200) return null;
  const session = await by.access.session(hashOf(secret));
  if (session === null) return null;
  return {
    token: session.token,
    session: { hash: hashOf(secret), csrf: csrfOf(secret), expiresAt: session.expiresAt },
  };
};

/** Throws `not-logged-in`, `not-allowed`; and `csrf-missing` where a session changes something without our page's word. */
export const mayAsk = (who: Who | null, needs: Role, c: Context): Who => {
  if (who === null) throw failure(webWords, 'not-logged-in', undefined, { status: 2 });
  const { role } = who.token;
  if (!mayDo(role, needs)) throw failure(webWords, 'not-allowed', { needs, role }, { status: 2 });
  const changes = c.req.method !== 'GET' && c.req.method !== 'HEAD';
  if (changes && who.session !== null && !isSame(c.req.header('x-csrf-token') ?? '', who.session.csrf))
    throw failure(webWords, 'csrf-missing', undefined, { status: 2 });
  return who;
};
