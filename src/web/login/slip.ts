import { createHash, createHmac } from 'node:crypto';
import { LOGIN_WAYS, type LoginWay } from '../../model/login.ts';
import { MINUTE, type Ms } from '../../model/time.ts';
import { isSame, newSecret } from '../secrets.ts';

/** A person is with the provider for so long at most. */
export const LIFE: Ms = 10 * MINUTE;

/**
 * What the browser carries while its person is with the provider: `state` comes back in the address and shows that this
 * browser began, `verifier` and `nonce` that the answer is for it alone (RFC 7636, OpenID Connect 3.1.2.1).
 */
export interface Slip {
  readonly way: LoginWay;
  readonly state: string;
  readonly verifier: string;
  readonly nonce: string;
  /** where they wanted to go, within our pages */
  readonly back: string;
  readonly until: Ms;
}

export const newSlip = (way: LoginWay, back: string, now: Ms): Slip => ({
  way,
  state: newSecret(),
  verifier: newSecret(),
  nonce: newSecret(),
  back,
  until: now + LIFE,
});

/** PKCE, S256 (RFC 7636, 4.2). */
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** By the secret that larkcron and the provider share: every node has it, and nobody who could plant a cookie. */
const sealOf = (text: string, secret: string): string =>
  createHmac('sha256', `larkcron login ${secret}`).update(text).digest('base64url');

export const sealSlip = (slip: Slip, secret: string): string => {
  const text = Buffer.from(JSON.stringify(slip)).toString('base64url');
  return `${text}.${sealOf(text, secret)}`;
};

/** null: it is not ours, is for another way, or is over. */
export const openSlip = (
  sealed: string | undefined,
  { way, secret, now }: { readonly way: LoginWay; readonly secret: string; readonly now: Ms },
): Slip | null => {
  const [text = '', seal = ''] = (sealed ?? '').split('.');
  if (text === '' || !isSame(seal, sealOf(text, secret))) return null;
  const slip = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Slip;
  return slip.way === way && slip.until > now ? slip : null;
};

export const isWay = (word: string): word is LoginWay => (LOGIN_WAYS as readonly string[]).includes(word);

/** A cookie holds 4 KB, and this is written twice over in it. */
const LONGEST_PATH = 500;

/** A path of our own pages, whatever was asked: no way leads from a login to another site. */
export const ownPath = (wanted: string | undefined): string => {
  const here = 'http://here.invalid';
  if (wanted === undefined || !wanted.startsWith('/') || !URL.canParse(wanted, here)) return '/';
  const { origin, pathname, search } = new URL(wanted, here);
  // looked at as it will be followed: of `/.//elsewhere` a reader of addresses leaves `//elsewhere`, which is a host
  const path = `${pathname}${search}`;
  const isOurs = origin === here && !path.startsWith('//') && !/^\/(api|login)\//.test(path);
  return isOurs && path.length <= LONGEST_PATH ? path : '/';
};
