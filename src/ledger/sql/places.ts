import { failure } from '../../model/errors.ts';
import type { Ms } from '../../model/time.ts';
import { ledgerWords } from '../words.ts';

/** So many rows a read looks at; then it answers with what it has, and says where to go on. */
export const MOST_LOOKED_AT = 2_000;

/** Where a page ended, as text that nobody is to read. */
export const writePlace = (place: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

/** Throws `bad-cursor` (status 2) unless it has parts of these types. */
export const readPlace = <const T extends readonly ('string' | 'number')[]>(
  text: string,
  types: T,
): { readonly [K in keyof T]: T[K] extends 'string' ? string : number } => {
  try {
    const parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown;
    if (Array.isArray(parts) && parts.length === types.length && types.every((type, i) => typeof parts[i] === type))
      return parts as never;
  } catch {
    // said below
  }
  throw failure(ledgerWords, 'bad-cursor', undefined, { status: 2 });
};

/** Ids made from this moment on are not below it, those made before are: ids begin with their time (base/ids). */
export const firstIdAt = (at: Ms): string => {
  const hex = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
};
