import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { failure } from '../../model/errors.ts';
import {
  type Ask,
  statements as asking,
  type Cursor,
  type Database,
  type SqlRow,
  type Steps,
} from '../sql/database.ts';
import { ledgerWords } from '../words.ts';
import { migrate } from './migrate.ts';
import { checkKind, checkRoom } from './place.ts';
import { unusableFailure } from './unusable.ts';

/** One open ledger file; `write` and its like are done when they return. */
export interface SqliteDatabase extends Database {
  /** throws when the file was deleted or replaced since it was opened, or a newer program changed its tables */
  check(): void;
  close(): void;
}

/** Below it, two connections on a WAL file can corrupt it (SQLite 3.51.3 release notes: WAL-reset bug). */
const SQLITE_NEEDED = '3.51.3';
const BUSY_TIMEOUT_MS = 10_000;
/** This share of the file may be free room, for what comes; more is given back, so many pages in one commit. */
const FREE_SHARE = 0.2;
const FREE_PAGES = 1_000;
const PAGES_AT_ONCE = 500;

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

export const openDatabase = (file: string): SqliteDatabase => {
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
  const answer = (ask: Ask): unknown => {
    switch (ask.is) {
      case 'all':
        return prepared(ask.sql).all(ask.params);
      case 'run':
        return Number(prepared(ask.sql).run(ask.params).changes);
      case 'many': {
        const statement = prepared(ask.sql);
        const gives = statement.columns().length > 0;
        return ask.list.map((params) => {
          if (!gives) return { rows: [], changes: Number(statement.run(params).changes) };
          const rows = statement.all(params) as SqlRow[];
          return { rows, changes: rows.length };
        });
      }
      case 'rows':
        return cursorOf(prepared(ask.sql).iterate(ask.params) as Iterator<SqlRow>);
      case 'next':
        return ask.cursor.next();
      case 'stop':
        return ask.cursor.stop();
    }
  };
  const driven = <T>(steps: Steps<T>): T => {
    let step = steps.next();
    while (step.done !== true) step = steps.next(answer(step.value));
    return step.value;
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
  const number = (sql: string): number => Number(Object.values(prepared(sql).get() ?? {})[0] ?? 0);
  return {
    ...asking,
    check: () => guarded(file, check),
    checkRoom: () => guarded(file, () => checkRoom(file)),
    write: async (body) => write(() => driven(body())),
    writeUnchecked: async (body) => {
      db.exec('pragma foreign_keys = off');
      try {
        return write(() => driven(body()));
      } finally {
        db.exec('pragma foreign_keys = on');
      }
    },
    writeTogether: <T>(body: () => Steps<T>) =>
      new Promise<T>((resolve, reject) => {
        let result: T;
        if (asked.length === 0) setImmediate(writeAsked);
        asked.push({
          body: () => {
            result = driven(body());
          },
          settle: (failed) => (failed === null ? resolve(result) : reject(failed.error)),
        });
      }),
    read: async (body) => guarded(file, () => driven(body())),
    // SQLite takes one more than the highest
    continueNumbers: async () => {},
    shrink: async () => {
      // files made before that was asked for keep their room
      if (number('pragma auto_vacuum') !== 2) return false;
      const free = number('pragma freelist_count');
      if (free <= Math.max(FREE_PAGES, number('pragma page_count') * FREE_SHARE)) return false;
      write(() => prepared(`pragma incremental_vacuum(${PAGES_AT_ONCE})`).all());
      return number('pragma freelist_count') < free;
    },
    close: () => {
      // a file deleted under us takes what we wrote with it: say so rather than end in silence
      const lost = gone();
      db.close();
      if (lost) throw failure(ledgerWords, 'ledger-gone', { file });
    },
  };
};

const cursorOf = (rows: Iterator<SqlRow>): Cursor => ({
  next: () => {
    const { done, value } = rows.next();
    return done === true ? undefined : value;
  },
  stop: () => void rows.return?.(),
});

/** SQLite's own failures become sentences; everything else passes. */
const guarded = <T>(file: string, body: () => T): T => {
  try {
    return body();
  } catch (error) {
    if (isBusy(error)) throw failure(ledgerWords, 'ledger-locked', { file }, { cause: error });
    const { code } = error as NodeJS.ErrnoException;
    const unusable =
      (code === 'ERR_SQLITE_ERROR' && !isConstraint(error)) || (code !== undefined && /^E[A-Z]+$/.test(code));
    if (unusable) throw unusableFailure(file, error as Error);
    throw error;
  }
};

/** 19: a statement broke a rule of the tables, which is a bug of ours and not the file's condition. */
const isConstraint = (error: unknown): boolean => ((error as { errcode?: number }).errcode ?? 0) % 256 === 19;
