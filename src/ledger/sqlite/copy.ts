import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

const makePrivate = (file: string): void => closeSync(openSync(file, 'wx', 0o600));

/**
 * A consistent copy of an open ledger while others write into it (SQLite: VACUUM INTO, one snapshot). It holds tokens and
 * messages, so it is its owner's alone from its first byte; and it takes the place of no file: throws EEXIST.
 */
export const copyLedger = (db: DatabaseSync, to: string): void => {
  // the name is ours from here on; what stands under it is whole or empty, never half a copy
  makePrivate(to);
  const part = `${to}.${process.pid}.part`;
  try {
    makePrivate(part);
    db.prepare('vacuum into ?').run(part);
    renameSync(part, to);
  } catch (error) {
    rmSync(part, { force: true });
    rmSync(to, { force: true });
    throw error;
  }
};
