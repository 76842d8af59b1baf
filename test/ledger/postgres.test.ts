import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { systemClock } from '../../src/base/clock.ts';
import { openPostgres } from '../../src/ledger/postgres/database.ts';
import { openPostgresLedger } from '../../src/ledger/postgres/postgres-ledger.ts';
import { createServerTime } from '../../src/ledger/postgres/server-time.ts';
import { translate } from '../../src/ledger/postgres/translate.ts';
import { HOUR } from '../../src/model/time.ts';
import { postgresDatabase, type StoppableDatabase } from '../source/databases.ts';
import { newRun } from './contract/fixture.ts';

let database: StoppableDatabase;
before(async () => {
  database = await postgresDatabase();
});
after(() => database.close());

const opener = { now: Date.now, monotonic: () => performance.now(), version: '0' };
const at = (schema: string, more: object = {}) => ({ url: database.url, schema, pool: 3, patience: 20_000, ...more });
const asked = async (sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

describe('a ledger on a server', () => {
  it('what is written is written once, however often the server stops', async () => {
    const away: string[] = [];
    const db = openPostgres(at('once', { onAway: (why: string) => away.push(why) }));
    let stop = false;
    const seen: number[] = [];
    const writer = async (): Promise<void> => {
      while (!stop) {
        const clock = await db.write(function* () {
          yield* db.run('update meta set clock = clock + 1');
          return (yield* db.get('select clock from meta'))?.['clock'];
        });
        seen.push(Number(clock));
      }
    };
    const writers = [writer(), writer(), writer()];
    for (let i = 0; i < 2; i++) {
      await pause(500);
      await database.stop();
      await pause(300);
      await database.start();
    }
    await pause(500);
    stop = true;
    await Promise.all(writers);
    const [row] = await asked('select clock from once.meta');
    assert.equal(Number(row?.['clock']), seen.length);
    assert.equal(new Set(seen).size, seen.length);
    assert.ok(away.length > 0);
    await db.close();
  });

  it('whoever watches sees what this ledger writes, and nothing of what others do in the same database', async (t) => {
    const db = openPostgres(at('watched'));
    t.after(() => db.close());
    await db.write(() => db.run('update meta set clock = 1'));
    const watch = db.watch();
    t.after(() => watch.close());
    const seen = async (before: number): Promise<number> => {
      while (watch.version() === before) await pause(20);
      return watch.version();
    };
    const first = await seen(0);
    await asked('create table public.theirs (n int); insert into public.theirs values (1)');
    // time for two looks
    await pause(600);
    assert.equal(watch.version(), first);
    await db.write(() => db.run('update meta set clock = 2'));
    await seen(first);
  });

  it('one that throws among others that are written with it is alone with that', async () => {
    const db = openPostgres(at('apart'));
    const add = (fails: boolean) =>
      db.writeTogether(function* () {
        yield* db.run('update meta set clock = clock + 1');
        if (fails) throw new Error('on purpose');
        return 1;
      });
    const ended = await Promise.allSettled([add(false), add(true), add(false)]);
    assert.deepEqual(
      ended.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.equal((await db.read(() => db.get('select clock from meta')))?.['clock'], 2);
    await db.close();
  });

  it('a node that hangs inside a transaction holds the others up for ten seconds at most', async () => {
    const db = openPostgres(at('hangs'));
    await db.write(() => db.run('update meta set clock = 1'));
    const hung = new pg.Client({ connectionString: database.url });
    hung.on('error', () => {});
    await hung.connect();
    await hung.query('begin; set local idle_in_transaction_session_timeout = 10000');
    await hung.query("select pg_advisory_xact_lock(hashtext('larkcron'), hashtext('hangs'))");
    const from = performance.now();
    await db.write(() => db.run('update meta set clock = 2'));
    const took = performance.now() - from;
    assert.ok(took > 5_000 && took < 15_000, `${took} ms`);
    await db.close();
    await hung.end().catch(() => {});
  });

  it('several nodes that open a fresh schema at once make it once, and have the same ids', async () => {
    // many times, as it is a race
    for (let i = 0; i < 15; i++) {
      const racing = Array.from({ length: 4 }, () => openPostgresLedger(at(`race_${i}`), opener));
      await Promise.all(racing.map((node) => node.processes.beat()));
      await Promise.all(racing.map((node) => node.close()));
    }
    const nodes = Array.from({ length: 4 }, () => openPostgresLedger(at('fresh'), opener));
    const opened = await Promise.all(nodes.map((node) => node.runs.open(newRun({ deliverUntil: Date.now() + HOUR }))));
    assert.equal(new Set(opened.map(({ run }) => run.id)).size, 1);
    assert.equal(opened.filter(({ mine }) => mine).length, 1);
    const claimed = await Promise.all(nodes.map((node) => node.runs.claim({ jobs: new Set(['sales']) })));
    assert.equal(claimed.flat().length, 1);
    await Promise.all(nodes.map((node) => node.close()));
  });

  it('says in a sentence what it refuses, without the password', async () => {
    const { port } = new URL(database.url);
    await database.run("create role weak login password 'w'", "create role bare login password 'b'");
    const cases: readonly (readonly [url: string, code: string])[] = [
      [`postgres://larkcron:wrong-password@127.0.0.1:${port}/postgres`, 'ledger-refused'],
      [database.url.replace(/postgres$/, 'nowhere'), 'ledger-refused'],
      [`postgres://weak:w@127.0.0.1:${port}/postgres`, 'ledger-refused'],
      ['postgres://larkcron:wrong-password@127.0.0.1:9/postgres', 'ledger-away'],
    ];
    for (const [url, code] of cases) {
      const ledger = openPostgresLedger({ url, schema: 'refused', pool: 2, patience: 300 }, opener);
      await assert.rejects(ledger.history.lastBeat(), (error: Error & { code?: string }) => {
        assert.equal(error.code, code, error.message);
        assert.doesNotMatch(`${error.message} ${JSON.stringify(error)}`, /wrong-password|se:cr|se%3Acr/);
        return true;
      });
      await ledger.close().catch(() => {});
    }
  });

  it('a newer one is refused, before and while it is open', async () => {
    const ledger = openPostgresLedger(at('newer'), opener);
    await ledger.runs.open(newRun());
    await asked('update newer.schema_version set version = 999');
    await assert.rejects(ledger.runs.open(newRun({ onceKey: 'due:1' })), { code: 'ledger-newer' });
    await ledger.close().catch(() => {});
    const again = openPostgresLedger(at('newer'), opener);
    await assert.rejects(again.history.lastBeat(), { code: 'ledger-newer' });
    await again.close().catch(() => {});
  });

  it('its time is the server’s, whatever a node’s own clock says', async () => {
    const wrong = { ...systemClock, now: () => Date.now() + 5 * HOUR };
    const { clock, note } = createServerTime(wrong);
    const ledger = openPostgresLedger(at('time', { onTime: note }), { ...opener, now: clock.now });
    await ledger.runs.open(newRun());
    assert.ok(Math.abs(clock.now() - Date.now()) < 2_000, `${clock.now() - Date.now()} ms`);
    await ledger.processes.beat();
    const [row] = await asked('select beat_at from "time".processes');
    assert.ok(Math.abs(Number(row?.['beat_at']) - Date.now()) < 5_000);
    await ledger.close();
  });
});

describe('a statement in PostgreSQL’s words', () => {
  const CASES: readonly (readonly [string, Record<string, string | number | null>, string, readonly string[]])[] = [
    ['select * from runs where id = :id', { id: 'a' }, 'select * from "s".runs where id = $1::text', ['id']],
    [
      "update runs set due_at = :a, state = ':no' where due_at > :a and b = :b",
      { a: 1, b: null },
      `update "s".runs set due_at = $1::bigint, state = ':no' where due_at > $1::bigint and b = null`,
      ['a'],
    ],
    [
      'select max(at), max(at, :x), min(coalesce(a, b), 2) from json_each(:l)',
      { x: 0.5, l: '[]' },
      'select max(at), greatest(at, $1::float8), least(coalesce(a, b), 2) from "s".json_each($2::text)',
      ['x', 'l'],
    ],
    [
      "select a || ':' || b from deliveries d cross join runs r on true",
      {},
      `select a || ':' || b from "s".deliveries d join "s".runs r on true`,
      [],
    ],
  ];
  for (const [sql, params, text, names] of CASES)
    it(sql, () => assert.deepEqual(translate(sql, 's', params), { text, names }));
});
