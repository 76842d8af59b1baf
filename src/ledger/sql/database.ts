export type Param = string | number | bigint | null;
export type SqlRow = Record<string, null | number | string>;
type Params = Readonly<Record<string, Param>>;

/** A result that is read row by row, as far as it is wanted. */
export interface Cursor {
  next(): SqlRow | undefined | Promise<SqlRow | undefined>;
  stop(): void | Promise<void>;
}

/** One statement, as it is handed to the engine. Parameters are named, `:name`; what a statement does not name is left alone. */
export type Ask =
  | { readonly is: 'all' | 'run' | 'rows'; readonly sql: string; readonly params: Params }
  | { readonly is: 'many'; readonly sql: string; readonly list: readonly Params[] }
  | { readonly is: 'next' | 'stop'; readonly cursor: Cursor };

/** What one statement of many gave. */
export interface Given {
  readonly rows: readonly SqlRow[];
  readonly changes: number;
}

/**
 * What is to be done in one transaction: it asks statement by statement, and whoever drives it answers, SQLite at once
 * and PostgreSQL when it has answered. So each verb is written once, and on SQLite nothing happens in between.
 */
// biome-ignore lint/suspicious/noExplicitAny: an answer's type follows from what was asked, below
export type Steps<T> = Generator<Ask, T, any>;

const NOTHING: Params = {};

/** Statements as steps. SQL is what both engines understand; what only one of them has is a function of its schema. */
export const statements = {
  *all(sql: string, params: Params = NOTHING): Steps<SqlRow[]> {
    return (yield { is: 'all', sql, params }) as SqlRow[];
  },
  *get(sql: string, params: Params = NOTHING): Steps<SqlRow | undefined> {
    return ((yield { is: 'all', sql, params }) as SqlRow[])[0];
  },
  /** how many rows it changed */
  *run(sql: string, params: Params = NOTHING): Steps<number> {
    return (yield { is: 'run', sql, params }) as number;
  },
  /** one statement for each of these parameters, in their order and with one way to the engine and back */
  *many(sql: string, list: readonly Params[]): Steps<readonly Given[]> {
    return list.length === 0 ? [] : ((yield { is: 'many', sql, list }) as readonly Given[]);
  },
  /** to be read with `next` until it is stopped; nothing it was read from is written before */
  *rows(sql: string, params: Params = NOTHING): Steps<Cursor> {
    return (yield { is: 'rows', sql, params }) as Cursor;
  },
  *next(cursor: Cursor): Steps<SqlRow | undefined> {
    return (yield { is: 'next', cursor }) as SqlRow | undefined;
  },
  *stop(cursor: Cursor): Steps<void> {
    yield { is: 'stop', cursor };
  },
};

/** An open ledger. A body may be driven more than once, when its transaction could not be: it changes nothing but the database. */
export interface Database extends Readonly<typeof statements> {
  /** one durable commit, with no other write beside it; throws when the tables are not these any more */
  write<T>(body: () => Steps<T>): Promise<T>;
  /** the same, in one commit with whatever else is asked for in this turn of the event loop; a body that throws is alone with it */
  writeTogether<T>(body: () => Steps<T>): Promise<T>;
  /** `write` without looking for rows that name what goes: only where it is known that there are none */
  writeUnchecked<T>(body: () => Steps<T>): Promise<T>;
  read<T>(body: () => Steps<T>): Promise<T>;
  /** throws when there is no room for more: then nothing new is begun */
  checkRoom(): void;
  /** rows that were given numbers of their own: the next one's is above them */
  continueNumbers(): Promise<void>;
  /** gives some free room back to the system; true: there is more */
  shrink(): Promise<boolean>;
}
