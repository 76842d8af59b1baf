import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { failure } from '../../model/errors.ts';
import type { LedgerState } from '../ledger.ts';
import { type LedgerFault, ledgerWords } from '../words.ts';
import { copyLedger } from './copy.ts';
import { unusableFailure } from './unusable.ts';

/** `backup-exists` (status 2) where the file is there already; `backup-failed` for all else. */
export const backupLedger = (file: string, to: string): { readonly bytes: number } => {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    copyLedger(db, to);
    return { bytes: statSync(to).size };
  } catch (error) {
    const { code, message: why } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw failure(ledgerWords, 'backup-exists', { file: to }, { status: 2 });
    throw failure(ledgerWords, 'backup-failed', { file: to, why }, { cause: error });
  } finally {
    db.close();
  }
};

const one = (db: DatabaseSync, sql: string): number => Number(Object.values(db.prepare(sql).get() ?? {})[0] ?? 0);

/** Reads all of it; changes nothing. */
export const checkLedger = (file: string): LedgerState => {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const damage = db
      .prepare('pragma integrity_check(20)')
      .all()
      .map((row) => String(Object.values(row)[0]))
      .filter((line) => line !== 'ok');
    // rows that name one which is not there, by their table: no verb of ours leaves any
    const orphans = new Map<string, number>();
    for (const { table } of db.prepare('pragma foreign_key_check').all())
      orphans.set(String(table), (orphans.get(String(table)) ?? 0) + 1);
    const page = one(db, 'pragma page_size');
    const version = one(db, 'pragma user_version');
    // nothing was ever written to it, not even tables: the next command makes them
    const isRead = damage.length === 0 && version > 0;
    return {
      version,
      bytes: statSync(file).size,
      freeBytes: one(db, 'pragma freelist_count') * page,
      runs: isRead ? one(db, 'select count(*) from runs') : 0,
      deliveries: isRead ? one(db, 'select count(*) from deliveries') : 0,
      faults: [
        ...damage.map((what): LedgerFault => ({ code: 'damaged', what })),
        ...[...orphans].map(([table, count]): LedgerFault => ({ code: 'orphans', what: `${table}: ${count}` })),
      ],
    };
  } catch (error) {
    throw unusableFailure(file, error as Error);
  } finally {
    db.close();
  }
};
