import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { failure } from '../../model/errors.ts';
import { ledgerWords } from '../words.ts';
import { migrate } from './migrate.ts';
import { checkKind, checkRoom } from './place.ts';

export type Param = SQLInputValue;
export type SqlRow = Record<string, null | number | string>;

/** One open ledger file. `write` is one durable commit; statements are prepared once. */
export interface Database {
  all(sql: string, params?: Record<string, Param>): SqlRow[];
  get(sql: string, params?: Record<string, Param>): SqlRow | undefined;
  /** rows one by one; nothing they were read from may be written before the end of the loop */
  iterate(sql: string, params?: Record<string, Param>): Iterable<SqlRow>;
  run(sql: string, params?: Record<string, Param>): number;
  write<T>(body: () => T): T;
  /** the same, in one commit with whatever else is asked for in this turn of the event loop; a body that throws is alone with it */
  writeTogether<T>(body: () => T): Promise<T>;
  /** `write` without looking for rows that name what goes: only where it is known that there are none */
  writeUnchecked<T>(body: () => T): T;
  /** throws when the file was deleted or replaced since it was opened, or a newer program changed its tables */
  check(): void;
  /** throws when the disk is nearly full: then nothing new is begun */
  checkRoom(): void;
  close(): void;
}

/** Below it, two connections on a WAL file can corrupt it (SQLite 3.51.3 release notes: WAL-reset bug). */
const SQLITE_NEEDED = '3.51.3';
const BUSY_TIMEOUT_MS = 10_000;

const older = (has: string, needs: string): boolean => {
  const [a, b] = [has, needs].map((version) => version.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
};

/** `node:sqlite` errors carry SQLite's own number: 5 is BUSY, 6 is LOCKED, with extended codes above the low byte. */
const isBusy = (error: unknown): boolean => {
  const code = (error as { errcode?: number }).errcode;
  return typeof code === 'number' && ((code & 0xff) === 5 || (code & 0xff) === 6);
};

/**
 * The switch to WAL ignores the busy timeout: of 8 programs that open a fresh file at once some fail within 0.15 s
 * (docs/decisions/0004, M6). So the opening as a whole is tried again until the time-out is over.
 */
const opened = (file: string): DatabaseSync => {
  const until = Date.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    const db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      db.exec(
        // before the first table is made, or never: room can be given back in small steps
        'pragma auto_vacuum = incremental; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma journal_size_limit = 67108864; pragma wal_autocheckpoint = 4000',
      );
      return db;
    } catch (error) {
      db.close();
      if (!isBusy(error) || Date.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5 + Math.random() * 20);
    }
  }
};

/** SQLite gives its companion files the rights of the database file, so that is made 0600 before it is first opened. */
const makePrivate = (file: string): void => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
};

export const openDatabase = (file: string): Database => {
  if (older(process.versions['sqlite'] ?? '0', SQLITE_NEEDED)) {
    throw failure(ledgerWords, 'sqlite-too-old', { has: process.versions['sqlite'] ?? '?', needs: SQLITE_NEEDED });
  }
  const db = guarded(file, () => {
    makePrivate(file);
    checkKind(file);
    return opened(file);
  });
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = db.prepare(sql);
    statement.setAllowUnknownNamedParameters(true);
    statements.set(sql, statement);
    return statement;
  };
  const version = guarded(file, () => migrate(db, file));
  const inode = statSync(file).ino;

  const gone = (): boolean => statSync(file, { throwIfNoEntry: false })?.ino !== inode;

  const check = (): void => {
    // commits into a file that was deleted under us are acknowledged and lost (docs/decisions/0004, M11)
    if (gone()) throw failure(ledgerWords, 'ledger-gone', { file });
    const { user_version: has } = prepared('pragma user_version').get() as { user_version: number };
    if (has !== version) throw failure(ledgerWords, 'ledger-newer', { file, has, knows: version });
  };
  const write = <T>(body: () => T): T =>
    guarded(file, () => {
      db.exec('begin immediate');
      try {
        check();
        const result = body();
        db.exec('commit');
        return result;
      } catch (error) {
        if (db.isTransaction) db.exec('rollback');
        throw error;
      }
    });
  const apart = (body: () => void): { readonly error: unknown } | null => {
    db.exec('savepoint one');
    try {
      body();
      db.exec('release one');
      return null;
    } catch (error) {
      // where SQLite itself gave up the whole transaction this throws, and nobody's part is kept
      db.exec('rollback to one; release one');
      return { error };
    }
  };
  let asked: { readonly body: () => void; readonly settle: (failed: { readonly error: unknown } | null) => void }[] =
    [];
  const writeAsked = (): void => {
    const all = asked;
    asked = [];
    try {
      const [first] = all;
      const faults = write(() => (all.length === 1 ? [first?.body()] : all.map(({ body }) => apart(body))));
      for (const [i, { settle }] of all.entries()) settle(faults[i] ?? null);
    } catch (error) {
      for (const { settle } of all) settle({ error });
    }
  };
  return {
    all: (sql, params = {}) => prepared(sql).all(params) as SqlRow[],
    get: (sql, params = {}) => prepared(sql).get(params) as SqlRow | undefined,
    iterate: (sql, params = {}) => prepared(sql).iterate(params) as Iterable<SqlRow>,
    run: (sql, params = {}) => Number(prepared(sql).run(params).changes),
    check: () => guarded(file, check),
    checkRoom: () => guarded(file, () => checkRoom(file)),
    write,
    writeUnchecked: (body) => {
      db.exec('pragma foreign_keys = off');
      try {
        return write(body);
      } finally {
        db.exec('pragma foreign_keys = on');
      }
    },
    writeTogether: <T>(body: () => T) =>
      new Promise<T>((resolve, reject) => {
        let result: T;
        if (asked.length === 0) setImmediate(writeAsked);
        asked.push({
          body: () => {
            result = body();
          },
          settle: (failed) => (failed === null ? resolve(result) : reject(failed.error)),
        });
      }),
    close: () => {
      // a file deleted under us takes what we wrote with it: say so rather than end in silence
      const lost = gone();
      db.close();
      if (lost) throw failure(ledgerWords, 'ledger-gone', { file });
    },
  };
};

/** SQLite's own failures become sentences; everything else passes. */
const guarded = <T>(file: string, body: () => T): T => {
  try {
    return body();
  } catch (error) {
    if (isBusy(error)) throw failure(ledgerWords, 'ledger-locked', { file }, { cause: error });
    const { code } = error as NodeJS.ErrnoException;
    const unusable =
      (code === 'ERR_SQLITE_ERROR' && !isConstraint(error)) || (code !== undefined && /^E[A-Z]+$/.test(code));
    if (unusable)
      throw failure(ledgerWords, 'ledger-unusable', { file, why: (error as Error).message }, { cause: error });
    throw error;
  }
};

/** 19: a statement broke a rule of the tables, which is a bug of ours and not the file's condition. */
const isConstraint = (error: unknown): boolean => ((error as { errcode?: number }).errcode ?? 0) % 256 === 19;
