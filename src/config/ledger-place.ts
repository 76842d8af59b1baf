import { resolve } from 'node:path';
import { problem } from '../model/errors.ts';
import type { LedgerPlace } from '../model/settings.ts';
import { ledgerPlaceWords } from './ledger-words.ts';
import { object, optional, required } from './object.ts';
import { integer, made, type Shape, text } from './shape.ts';

const SCHEMA = 'larkcron';
const POOL = 4;

/** A password with `/ ? # %` as they are makes the address another one, of which parts that are secret would be shown. */
const isEncoded = (value: string): boolean => {
  const { username, password, pathname, search, hash } = new URL(value);
  // the query may name a user, `name@tenant`; without a path it is none
  if ([pathname, hash, pathname === '' ? search : ''].join('').includes('@')) return false;
  try {
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
};

/** `sqlite:PATH`, relative to a folder, or `postgres://…`; null for anything else. */
export const placeOf = (value: string, directory: string): LedgerPlace | null => {
  const file = /^sqlite:(.+)$/.exec(value)?.[1];
  if (file !== undefined) return { is: 'sqlite', file: resolve(directory, file) };
  const isServer = /^postgres(ql)?:\/\//.test(value) && URL.canParse(value) && isEncoded(value);
  return isServer ? { is: 'postgres', url: value, schema: SCHEMA, pool: POOL } : null;
};

const address = (directory: string): Shape<LedgerPlace> =>
  made(text(), (value, node, reading, path) => {
    const place = placeOf(value, directory);
    if (place !== null) return place;
    // what may hold a password is not shown
    const shown = value.includes('@') ? '…' : value;
    reading.problems.push(problem(ledgerPlaceWords, 'bad-ledger', { value: shown }, { at: node.at, path }));
    return null;
  });

const schemaName: Shape<string> = made(text(), (value, node, reading, path) => {
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(value)) return value;
  reading.problems.push(problem(ledgerPlaceWords, 'bad-schema', { value }, { at: node.at, path }));
  return null;
});

/** An address, or `{ url, schema, pool }` where a database is shared with others. */
export const ledgerPlace = (directory: string): Shape<LedgerPlace> => {
  const plain = address(directory);
  const parts = made(
    object({
      url: required(plain),
      schema: optional(schemaName, SCHEMA),
      pool: optional(integer({ min: 2, max: 100 }), POOL),
    }),
    ({ url, schema, pool }): LedgerPlace => (url.is === 'sqlite' ? url : { ...url, schema, pool }),
  );
  return {
    read: (node, reading, path) => (node.kind === 'map' ? parts : plain).read(node, reading, path),
    schema: { anyOf: [plain.schema, parts.schema] },
  };
};
