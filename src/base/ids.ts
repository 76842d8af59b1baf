import { createHash, randomUUID } from 'node:crypto';
import type { Ms } from '../model/time.ts';

export const randomId = (): string => randomUUID();

let counter = 0;
/**
 * A UUID of version 7 (RFC 9562): ids made one after another are neighbours in an index, and a thousand new rows touch a
 * few pages of it instead of a thousand.
 */
export const orderedId = (at: Ms): string => {
  const time = Math.floor(at).toString(16).padStart(12, '0');
  counter = (counter + 1) % 0x1000;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}${randomUUID().slice(18)}`;
};

/** Hex digits of a SHA-256 over parts that cannot run into each other. */
export const digest = (parts: readonly (string | number)[], length = 32): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, length);

/** The same parts always give the same UUID (a name-based one, version 8 of RFC 9562 over SHA-256). */
export const stableId = (parts: readonly (string | number)[]): string => {
  const hex = digest(parts);
  const variant = ((Number.parseInt(hex[16] as string, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
