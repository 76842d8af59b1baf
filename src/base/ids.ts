import { createHash, randomUUID } from 'node:crypto';

export const randomId = (): string => randomUUID();

/** Hex digits of a SHA-256 over parts that cannot run into each other. */
export const digest = (parts: readonly (string | number)[], length = 32): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, length);

/** The same parts always give the same UUID (a name-based one, version 8 of RFC 9562 over SHA-256). */
export const stableId = (parts: readonly (string | number)[]): string => {
  const hex = digest(parts);
  const variant = ((Number.parseInt(hex[16] as string, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
