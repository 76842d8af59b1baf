import { chmodSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { failure } from '../../model/errors.ts';
import type { LedgerState } from '../ledger.ts';
import { type LedgerFault, ledgerWords } from '../words.ts';

/** Pages copied between two looks at other work: a few milliseconds. */
const PAGES_AT_ONCE = 500;

/**
 * A consistent copy of a ledger while others write into it (SQLite: online backup), private to its owner. Nothing is
 * overwritten: throws `backup-exists` (status 2). `progress` hears how many of how many pages are copied.
 */
export const backupLedger = async (
  file: string,
  to: string,
  progress: (done: number, all: number) => void = () => {},
): Promise<{ readonly bytes: number }> => {
  if (existsSync(to)) throw failure(ledgerWords, 'backup-exists', { file: to }, { status: 2 });
  const part = `${to}.part`;
  rmSync(part, { force: true });
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    await backup(db, part, {
      rate: PAGES_AT_ONCE,
      progress: ({ totalPages, remainingPages }) => progress(totalPages - remainingPages, totalPages),
    });
    chmodSync(part, 0o600);
    renameSync(part, to);
    return { bytes: statSync(to).size };
  } catch (error) {
    rmSync(part, { force: true });
    throw failure(ledgerWords, 'backup-failed', { file: to, why: (error as Error).message }, { cause: error });
  } finally {
    db.close();
  }
};

const one = (db: DatabaseSync, sql: string): number => Number(Object.values(db.prepare(sql).get() ?? {})[0] ?? 0);

/** Rows that belong to nothing: no verb of ours makes them. */
const ORPHANS: Readonly<Record<string, string>> = {
  deliveries: 'select count(*) from deliveries where run not in (select id from runs)',
  attempts: 'select count(*) from attempts where delivery not in (select id from deliveries)',
  contents: 'select count(*) from deliveries where content not in (select hash from contents)',
};

/** Reads all of it; changes nothing. */
export const checkLedger = (file: string): LedgerState => {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const damage = db
      .prepare('pragma integrity_check(20)')
      .all()
      .map((row) => String(Object.values(row)[0]))
      .filter((line) => line !== 'ok');
    const keys = db.prepare('pragma foreign_key_check').all().length;
    const orphans =
      damage.length > 0 ? [] : Object.entries(ORPHANS).map(([table, sql]) => [table, one(db, sql)] as const);
    const page = one(db, 'pragma page_size');
    return {
      version: one(db, 'pragma user_version'),
      bytes: statSync(file).size,
      freeBytes: one(db, 'pragma freelist_count') * page,
      runs: damage.length > 0 ? 0 : one(db, 'select count(*) from runs'),
      deliveries: damage.length > 0 ? 0 : one(db, 'select count(*) from deliveries'),
      faults: [
        ...damage.map((what): LedgerFault => ({ code: 'damaged', what })),
        ...(keys > 0 ? [{ code: 'orphans', what: `foreign keys: ${keys}` } as const] : []),
        ...orphans.flatMap(([table, count]): LedgerFault[] =>
          count > 0 ? [{ code: 'orphans', what: `${table}: ${count}` }] : [],
        ),
      ],
    };
  } catch (error) {
    throw failure(ledgerWords, 'ledger-unusable', { file, why: (error as Error).message }, { cause: error });
  } finally {
    db.close();
  }
};
