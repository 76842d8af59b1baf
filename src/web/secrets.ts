import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A token begins so, so that people and our redactor (base/redact) know it for one. */
const PREFIX = 'lct_';

/** 256 bits that nobody can guess: its hash needs no salt and no slowness. */
export const newToken = (): string => PREFIX + randomBytes(32).toString('base64url');
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** What a page of ours knows and another site cannot: made from the session's secret, which no script can read. */
export const csrfOf = (secret: string): string =>
  createHmac('sha256', secret).update('larkcron csrf').digest('base64url');

export const isSame = (a: string, b: string): boolean => {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
};
