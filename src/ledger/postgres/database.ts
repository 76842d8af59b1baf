import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { shownUrl } from '../../base/shown-url.ts';
import { failure } from '../../model/errors.ts';
import { type Ms, SECOND } from '../../model/time.ts';
import {
  type Ask,
  type Cursor,
  type Database,
  type Param,
  type SqlRow,
  type Steps,
  statements,
} from '../sql/database.ts';
import { ledgerWords } from '../words.ts';
import { away, explained, isPassing, whyAway } from './faults.ts';
import { BEGIN, KNOWS, LOCK, migrate, refuseOther } from './migrate.ts';
import { type Translated, translate } from './translate.ts';

/** How a ledger on PostgreSQL is reached. */
export interface PostgresOptions {
  readonly url: string;
  readonly schema: string;
  /** connections at most */
  readonly pool: number;
  /** so long a verb waits for a server that cannot be reached */
  readonly patience: Ms;
  /** a statement that takes longer is given up, and its transaction begun anew; left out: thirty seconds */
  readonly statement?: Ms;
  /** who is told to stop waits a moment only */
  readonly signal?: AbortSignal;
  /** hears that it cannot be reached, and again every half minute while that lasts */
  readonly onAway?: (why: string) => void;
  /** hears of the server's time whenever that is known: a node's own clock may be another */
  readonly onTime?: (now: Ms) => void;
}

export interface PostgresDatabase extends Database {
  /** throws when the tables are not these any more, or the server cannot be reached */
  check(): Promise<void>;
  /** a number that changes with each commit to this ledger, looked for while somebody wants to know */
  watch(): { readonly version: () => number; readonly close: () => void };
  close(): Promise<void>;
}

/** A transaction that says nothing for so long belongs to a node that hangs: the server ends it, and others go on. */
const SILENT: Ms = 10 * SECOND;
/** Longer than any statement of ours takes, and than others' transactions before it. */
const STATEMENT: Ms = 30 * SECOND;
const PORTION = 100;
/** PostgreSQL: pg_type.dat */
const TEXT = 25;
/** Who is told to stop waits so long for what has to be written yet. */
const PARTING: Ms = 3 * SECOND;

/** So often who cares hears that it is away. */
const TELL_AGAIN: Ms = 30 * SECOND;

/** So often who watches looks. */
const LOOK: Ms = SECOND / 4;

type Client = pg.PoolClient;

/**
 * By statements of SQL, so that others may be asked in between. Its first portion comes with its declaration, as most
 * have no second; it lives as long as its transaction.
 */
const openCursor = async (client: Client, name: string, text: string): Promise<Cursor> => {
  const fetch = `fetch ${PORTION} from ${name}`;
  const results = await client.query<SqlRow>(`declare ${name} no scroll cursor for ${text};\n${fetch}`);
  let portion: SqlRow[] = [results].flat().at(-1)?.rows ?? [];
  let at = 0;
  return {
    next: async () => {
      if (at === portion.length && at === PORTION) {
        portion = (await client.query<SqlRow>(fetch)).rows;
        at = 0;
      }
      return portion[at++];
    },
    stop: () => {},
  };
};

const makePool = async ({ url, pool: max, statement = STATEMENT }: PostgresOptions) => {
  const { default: driver } = await import('pg');
  const pool = new driver.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 10 * SECOND,
    query_timeout: statement + 5 * SECOND,
    keepAlive: true,
    application_name: 'larkcron',
    // times and counts are whole numbers well below 2^53
    types: { getTypeParser: (type: number) => (text: string) => (type === TEXT ? text : Number(text)) } as never,
  });
  // a connection that breaks while nothing is asked would end the program
  pool.on('error', () => {});
  return pool;
};

/** Data may bring a NUL, which SQLite keeps and no text of PostgreSQL has; in a statement it would end the message. */
const kept = (value: Param): Param => (typeof value === 'string' ? value.replaceAll('\0', '\u{fffd}') : value);

/** With its values in it: numbers as they are, texts as literals of the driver's making. */
const inlined = ({ text, names }: Translated, params: Readonly<Record<string, Param>>, client: Client): string =>
  text.replaceAll(/\$(\d+)(?=::)/g, (_, n: string) => {
    const value = kept(params[names[Number(n) - 1] ?? ''] ?? null);
    return typeof value === 'string' ? client.escapeLiteral(value) : String(value);
  });

/** A write that waits for its turn in the next transaction. */
interface Asked {
  readonly body: () => Steps<unknown>;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

type Result = { readonly value: unknown } | { readonly error: unknown };

/**
 * One writes at a time, on all nodes, by a lock that a transaction holds until its end: what holds for SQLite holds here,
 * and whatever asks to write meanwhile goes into one next transaction. Nothing is left in a session (PgBouncer).
 */
export const openPostgres = (options: PostgresOptions): PostgresDatabase => {
  const { url, schema, patience, onAway, onTime, statement = STATEMENT } = options;
  let pools: Promise<pg.Pool> | null = null;
  // loaded when it is needed: who keeps the ledger in SQLite pays nothing for it
  const pooled = (): NonNullable<typeof pools> => {
    pools ??= makePool(options);
    return pools;
  };

  const translated = new Map<string, Translated>();
  const placed = (sql: string, params: Readonly<Record<string, Param>>): Translated => {
    const kinds = Object.values(params).map((value) =>
      value === null ? '-' : typeof value === 'string' ? 's' : Number.isInteger(value) ? 'i' : 'f',
    );
    const key = `${kinds.join('')} ${sql}`;
    const known = translated.get(key) ?? translate(sql, schema, params);
    translated.set(key, known);
    return known;
  };
  let cursors = 0;
  const answer = async (client: Client, ask: Ask): Promise<unknown> => {
    if ('cursor' in ask) return ask.is === 'next' ? ask.cursor.next() : ask.cursor.stop();
    if (ask.is === 'many') {
      // as plain text, since statements with parameters go one by one
      const text = ask.list.map((params) => inlined(placed(ask.sql, params), params, client)).join(';\n');
      const results = await client.query<SqlRow>(text);
      return [results].flat().map(({ rows, rowCount }) => ({ rows, changes: rowCount ?? 0 }));
    }
    const statement = placed(ask.sql, ask.params);
    if (ask.is === 'rows') return openCursor(client, `walk_${cursors++}`, inlined(statement, ask.params, client));
    const values = statement.names.map((name) => kept(ask.params[name] ?? null));
    const { rows, rowCount } = await client.query<SqlRow>(statement.text, values);
    return ask.is === 'all' ? rows : (rowCount ?? 0);
  };
  const driven = async <T>(client: Client, steps: Steps<T>): Promise<T> => {
    let step = steps.next();
    while (step.done !== true) step = steps.next(await answer(client, step.value));
    return step.value;
  };

  let closed = false;
  let toldAway = Number.NEGATIVE_INFINITY;
  let ready: Promise<void> | null = null;
  const tellAway = (error: unknown): void => {
    if (performance.now() - toldAway < TELL_AGAIN) return;
    toldAway = performance.now();
    onAway?.(whyAway(error));
  };
  /** Tries until it is done, or the server was away for too long. `work` has done nothing when it throws what passes. */
  const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    for (let tries = 0; ; tries++) {
      try {
        return await work();
      } catch (error) {
        if (!isPassing(error) || closed) throw explained(error, url);
        const waited = performance.now() - begun;
        if (waited > (options.signal?.aborted === true ? Math.min(patience, PARTING) : patience))
          throw away(error, url, Math.round(waited / SECOND));
        tellAway(error);
        await pause(Math.min(50 * 2 ** tries, 2 * SECOND) * (0.5 + Math.random() / 2));
      }
    }
  };
  /** A connection for some work; one that failed is not used again. */
  const connected = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    const client = await (await pooled()).connect();
    let broken: Error | undefined;
    const breaks = (error: Error): void => {
      broken = error;
    };
    client.on('error', breaks);
    try {
      return await work(client);
    } catch (error) {
      broken = error as Error;
      throw error;
    } finally {
      client.removeListener('error', breaks);
      client.release(broken);
    }
  };
  const prepared = (): Promise<void> => {
    ready ??= connected((client) => migrate(client, schema, url)).catch((error: unknown) => {
      ready = null;
      throw error;
    });
    return ready;
  };

  const begin = async (client: Client): Promise<string> => {
    const results = (await client.query(
      `${BEGIN}; set local idle_in_transaction_session_timeout = ${SILENT}; set local statement_timeout = ${statement};
       select pg_advisory_xact_lock(hashtext('${LOCK}'), hashtext('${schema}'));
       select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now, version as has, pg_current_xact_id()::text as id from "${schema}".schema_version`,
    )) as unknown as { rows: { now: number; has: number; id: string }[] }[];
    const row = results.at(-1)?.rows[0];
    if (row?.has !== KNOWS)
      throw failure(ledgerWords, 'ledger-newer', { file: shownUrl(url), has: Number(row?.has), knows: KNOWS });
    onTime?.(row.now);
    return row.id;
  };
  /** Whether a transaction whose end nobody heard of is kept (PostgreSQL: pg_xact_status). */
  const isKept = (id: string): Promise<boolean> =>
    patiently(() =>
      connected(async (client) => {
        const { rows } = await client.query<{ status: string | null }>(
          'select pg_xact_status($1::text::xid8) as status',
          [id],
        );
        const status = rows[0]?.status ?? null;
        // the server has not seen yet that its client is gone
        if (status === 'in progress') throw Object.assign(new Error('a transaction is under way'), { code: '55P03' });
        return status === 'committed';
      }),
    );
  /** One transaction; `kept: false`: its commit was lost on the way, and the server knows that nothing of it is kept. */
  const transaction = async <T>(
    work: (client: Client) => Promise<T>,
  ): Promise<{ kept: true; value: T } | { kept: false; error: unknown }> => {
    let lost: { readonly id: string; readonly error: unknown; readonly value: T } | null = null;
    const value = await connected(async (client) => {
      const id = await begin(client);
      let result: T;
      try {
        result = await work(client);
      } catch (error) {
        await client.query('rollback').catch(() => {});
        throw error;
      }
      try {
        await client.query(`update "${schema}".meta set seed = seed; commit`);
      } catch (error) {
        lost = { id, error, value: result };
        throw error;
      }
      return result;
    }).catch((error: unknown) => {
      if (lost === null) throw error;
      return lost.value;
    });
    const unheard = lost as { readonly id: string; readonly error: unknown; readonly value: T } | null;
    if (unheard === null) return { kept: true, value };
    tellAway(unheard.error);
    if (!(await isKept(unheard.id))) return { kept: false, error: unheard.error };
    return { kept: true, value };
  };
  const committed = <T>(work: (client: Client) => Promise<T>): Promise<T> =>
    patiently(async () => {
      await prepared();
      const done = await transaction(work);
      if (done.kept) return done.value;
      throw done.error;
    });

  /** Several writes in one transaction: what one of them throws undoes that one alone. */
  const apart = async (client: Client, bodies: readonly (() => Steps<unknown>)[]): Promise<readonly Result[]> => {
    const done: Result[] = [];
    await client.query('savepoint one');
    for (const body of bodies) {
      try {
        done.push({ value: await driven(client, body()) });
        await client.query('release one; savepoint one');
      } catch (error) {
        if (isPassing(error)) throw error;
        await client.query('rollback to one');
        done.push({ error });
      }
    }
    return done;
  };
  let asked: Asked[] = [];
  let writing = false;
  const writeAsked = async (): Promise<void> => {
    if (writing) return;
    writing = true;
    while (asked.length > 0) {
      const all = asked;
      asked = [];
      try {
        const results = await committed(async (client): Promise<readonly Result[]> => {
          const [first] = all;
          if (all.length === 1 && first !== undefined) return [{ value: await driven(client, first.body()) }];
          return apart(
            client,
            all.map(({ body }) => body),
          );
        });
        for (const [i, { resolve, reject }] of all.entries()) {
          const result = results[i] as Result;
          if ('error' in result) reject(explained(result.error, url));
          else resolve(result.value as never);
        }
      } catch (error) {
        for (const { reject } of all) reject(error);
      }
    }
    writing = false;
  };
  const write = <T>(body: () => Steps<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      asked.push({ body, resolve, reject });
      setImmediate(() => void writeAsked());
    });

  return {
    ...statements,
    write,
    writeTogether: write,
    writeUnchecked: write,
    read: (body) =>
      patiently(async () => {
        await prepared();
        return connected((client) => driven(client, body()));
      }),
    checkRoom: () => {},
    continueNumbers: () =>
      committed(async (client) => {
        for (const table of ['missed_spans', 'incidents', 'audit'])
          await client.query(
            `select setval(pg_get_serial_sequence('"${schema}".${table}', 'id'), (select coalesce(max(id), 0) + 1 from "${schema}".${table}), false)`,
          );
      }),
    shrink: async () => false,
    check: () => patiently(() => connected((client) => refuseOther(client, schema, url))),
    watch: () => {
      let version = 0;
      const look = (): void =>
        void connected(async (client) => {
          // each commit of a ledger's writes it, and with it the number of its transaction; others' do not
          const { rows } = await client.query<{ at: number }>(`select xmin::text::bigint as at from "${schema}".meta`);
          version = rows[0]?.at ?? version;
        }).catch(() => {});
      look();
      const looking = setInterval(look, LOOK);
      looking.unref();
      return { version: () => version, close: () => clearInterval(looking) };
    },
    close: async () => {
      closed = true;
      if (pools !== null) await (await pools).end();
    },
  };
};
