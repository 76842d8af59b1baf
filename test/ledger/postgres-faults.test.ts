import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { openPostgres, type PostgresDatabase } from '../../src/ledger/postgres/database.ts';
import { postgresDatabase, type StoppableDatabase } from '../source/databases.ts';
import { pausingProxy } from '../support/pausing-proxy.ts';
import { until } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** `PAUSE_SECONDS=60`: as long as one likes; above six, so that statements are given up. */
const PAUSE = Number(process.env['PAUSE_SECONDS'] ?? 8) * 1_000;

let database: StoppableDatabase;
before(async () => {
  database = await postgresDatabase();
});
after(() => database.close());

/** A statement is given up after 5.2 s, where in earnest it would be 35. */
const at = (schema: string, more: object = {}) => ({
  url: database.url,
  schema,
  pool: 3,
  patience: 120_000,
  statement: 200,
  ...more,
});
const asked = async (sql: string, url = database.url): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

/** Counts up without end, each time in a transaction of its own; answers what each was told. */
const counting = (db: PostgresDatabase) => {
  let stop = false;
  const seen: number[] = [];
  const one = async (): Promise<void> => {
    while (!stop) {
      const clock = await db.write(function* () {
        yield* db.run('update meta set clock = clock + 1');
        return (yield* db.get('select clock from meta'))?.['clock'];
      });
      seen.push(Number(clock));
      await pause(1);
    }
  };
  const done = Promise.all([one(), one()]);
  return {
    seen,
    stop: async () => {
      stop = true;
      await done;
    },
  };
};
type Counting = ReturnType<typeof counting>;

/** Nothing is lost and nothing is done twice: as many counts as there were answers, no two the same. */
const eachOnce = async (schema: string, countings: readonly Counting[], url?: string): Promise<void> => {
  await Promise.all(countings.map(({ stop }) => stop()));
  const seen = countings.flatMap((each) => each.seen);
  const [row] = await asked(`select clock from "${schema}".meta`, url);
  assert.equal(new Set(seen).size, seen.length);
  assert.equal(Number(row?.['clock']), seen.length);
};

describe('what befalls a server', () => {
  it('it stands still, longer than a statement may take, and goes on', async () => {
    const away: string[] = [];
    const db = openPostgres(at('still', { onAway: (why: string) => away.push(why) }));
    const counts = counting(db);
    await until('it counts', () => counts.seen.length > 20);
    database.pause();
    const before = counts.seen.length;
    await pause(PAUSE);
    assert.ok(counts.seen.length <= before + 2, 'nothing is taken for done meanwhile');
    database.goOn();
    const there = counts.seen.length;
    await until('it counts again', () => counts.seen.length > there + 20, 60_000);
    await eachOnce('still', [counts]);
    assert.ok(away.length > 0, 'it says what it waits for');
    await db.close();
  });

  it('the answer to a commit is lost: what it did is done once, and it says so', async () => {
    const way = await pausingProxy(Number(new URL(database.url).port));
    const away: string[] = [];
    const url = database.url.replace(/:\d+\//, `:${way.port}/`);
    const db = openPostgres(at('unheard', { url, onAway: (why: string) => away.push(why) }));
    const counts = counting(db);
    await until('it counts', () => counts.seen.length > 20);
    assert.deepEqual(away, []);
    way.cut('commit');
    const there = counts.seen.length;
    await until('it counts on', () => counts.seen.length > there + 20, 30_000);
    await eachOnce('unheard', [counts]);
    assert.equal(away.length, 1);
    await db.close();
    way.close();
  });

  it('packets are swallowed between it and one of two nodes', async () => {
    const way = await pausingProxy(Number(new URL(database.url).port));
    const url = database.url.replace(/:\d+\//, `:${way.port}/`);
    const nodes = [openPostgres(at('half', { url })), openPostgres(at('half'))];
    const [near, far] = nodes.map(counting) as [Counting, Counting];
    await until('both count', () => near.seen.length > 20 && far.seen.length > 20);
    way.swallow();
    const before = far.seen.length;
    // a transaction that was under way is ended after ten seconds
    await until('the other goes on', () => far.seen.length > before + 20, 15_000);
    const stuck = near.seen.length;
    way.mend();
    await until('the one goes on', () => near.seen.length > stuck + 20, 30_000);
    await eachOnce('half', [near, far]);
    for (const node of nodes) await node.close();
    way.close();
  });

  it('transactions that it gives up for others’ sake are done again: deadlock, serialisation', async () => {
    const db = openPostgres(at('given', { statement: 10_000 }));
    await db.write(() => db.run("insert into jobs (name, seen_at) values ('sales', 0)"));
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    await other.query("begin; set local deadlock_timeout = '30s'; update given.jobs set seen_at = 1");
    let driven = 0;
    const write = db.write(function* () {
      driven++;
      yield* db.run('update meta set clock = clock + 1');
      yield* db.run('update jobs set seen_at = seen_at + 10');
    });
    await until('it waits for the other', async () => {
      const [row] = await asked("select count(*) as n from pg_stat_activity where wait_event_type = 'Lock'");
      return Number(row?.['n']) > 0;
    });
    // each now waits for what the other has
    await other.query('update given.meta set clock = clock + 100');
    await other.query('commit');
    await write;
    await other.end();
    assert.ok(driven > 1, 'it was given up once');
    const [row] = await asked('select clock, seen_at from given.meta, given.jobs');
    assert.deepEqual([Number(row?.['clock']), Number(row?.['seen_at'])], [101, 11]);

    await database.run(
      `create sequence given.tries; create function given.fails() returns trigger language plpgsql as $$
       begin if nextval('given.tries') = 1 then raise exception 'could not serialize access' using errcode = '40001'; end if; return new; end $$;
       create trigger fails before update on given.meta for each row execute function given.fails()`,
    );
    await db.write(() => db.run('update meta set clock = clock + 1'));
    assert.equal(Number((await asked('select clock from given.meta'))[0]?.['clock']), 102);
    await db.close();
  });

  it('its disk is full', async (t) => {
    const room = temporaryFolder();
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', room]).status !== 0)
      return t.skip('a small disk cannot be mounted here: only root may');
    t.after(async () => {
      await database.run(
        'alter role larkcron reset default_tablespace',
        'drop schema if exists "full" cascade',
        'drop tablespace small',
      );
      spawnSync('umount', ['-l', room]);
    });
    chmodSync(room, 0o777);
    const place = join(room, 'tables');
    mkdirSync(place);
    const owner = String(spawnSync('stat', ['-c', '%u', '/proc/self']).stdout).trim();
    if (owner === '0') spawnSync('chown', ['postgres', place]);
    await database.run(
      `create tablespace small location '${place}'`,
      'alter role larkcron set default_tablespace = small',
    );
    const away: string[] = [];
    const db = openPostgres(at('full', { statement: 10_000, onAway: (why: string) => away.push(why) }));
    const add = (i: number): Promise<number> =>
      // random letters, which cannot be made smaller
      db.write(() =>
        db.run(
          `insert into contents (hash, msg_type, body)
           select :hash, 'text', string_agg(md5(random()::text), '') from generate_series(1, 3000)`,
          { hash: `c${i}` },
        ),
      );
    await add(0);
    // half a megabyte is left
    const { bavail, bsize } = statfsSync(room);
    writeFileSync(join(room, 'filler'), Buffer.alloc(bavail * bsize - 512 * 1024));
    const all = Array.from({ length: 60 }, (_, i) => add(i + 1));
    await until('it is full', () => away.some((why) => /No space left/.test(why)), 20_000);
    rmSync(join(room, 'filler'));
    assert.deepEqual([...new Set(await Promise.all(all))], [1]);
    assert.equal(Number((await asked('select count(*) as n from "full".contents'))[0]?.['n']), 61);
    await db.close();
  });

  // the last, as the server is at another port from then on
  it('it is refused, and then another one at the same address has the data', async () => {
    const way = await pausingProxy(Number(new URL(database.url).port));
    const url = database.url.replace(/:\d+\//, `:${way.port}/`);
    const away: string[] = [];
    const db = openPostgres(at('over', { url, onAway: (why: string) => away.push(why) }));
    const counts = counting(db);
    await until('it counts', () => counts.seen.length > 20);
    way.refuse();
    const port = await database.moves();
    const before = counts.seen.length;
    await until('it says so', () => away.length > 0);
    await way.accept(port);
    await until('it counts again', () => counts.seen.length > before + 20, 30_000);
    await eachOnce('over', [counts], database.url.replace(/:\d+\//, `:${port}/`));
    await db.close();
    way.close();
  });
});
