import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { openPostgres } from '../../src/ledger/postgres/database.ts';
import { explained, isPassing } from '../../src/ledger/postgres/faults.ts';
import { openPostgresLedger } from '../../src/ledger/postgres/postgres-ledger.ts';
import { postgresDatabase, type StoppableDatabase } from '../source/databases.ts';
import { until } from '../support/project.ts';

let database: StoppableDatabase;
before(async () => {
  database = await postgresDatabase();
});
after(() => database.close());

const opener = { now: Date.now, monotonic: () => performance.now(), version: '0' };
const at = (schema: string, more: object = {}) => ({ url: database.url, schema, pool: 3, patience: 20_000, ...more });
const COUNT = 'update meta set clock = clock + 1';
const refuses = async (options: Parameters<typeof openPostgresLedger>[0], code: string): Promise<void> => {
  const ledger = openPostgresLedger(options, opener);
  await assert.rejects(ledger.history.lastBeat(), { code, status: 2 });
  await ledger.close().catch(() => {});
};

it('a NUL in a text spoils neither its statement nor those beside it', async () => {
  const db = openPostgres(at('nul'));
  const add = 'insert into jobs (name, seen_at) values (:name, 1)';
  const names = [{ name: 'a\0b' }, { name: '门店' }];
  await db.write(function* () {
    yield* db.many(add, names);
    yield* db.run(add, { name: 'c\0' });
  });
  const rows = await db.read(() => db.all('select name from jobs order by name'));
  assert.deepEqual(
    rows.map(({ name }) => name),
    ['a\u{fffd}b', 'c\u{fffd}', '门店'],
  );
  assert.equal((await db.read(() => db.all('select 1 from jobs where name = :name', { name: 'c\0' }))).length, 1);
  await db.close();
});

describe('a server that is set up otherwise', () => {
  it('a user whose transactions are read-only and serializable unless they say otherwise: made once, by one of many', async (t) => {
    await database.run(
      "create role strict login password 'p'",
      'grant create on database postgres to strict',
      "alter role strict set default_transaction_isolation = 'serializable'",
      'alter role strict set default_transaction_read_only = on',
      'alter role strict set statement_timeout = 2000',
      'alter role strict set standard_conforming_strings = off',
    );
    const url = database.url.replace(/larkcron:[^@]+/, 'strict:p');
    // others hold the lock while each begins to wait for it
    const holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    t.after(() => holder.end());
    await holder.query("begin; select pg_advisory_xact_lock(hashtext('larkcron'), hashtext('strict'))");
    const nodes = Array.from({ length: 3 }, () => openPostgres(at('strict', { url })));
    const writes = nodes.map((db) => db.write(() => db.run(COUNT)));
    await until('all wait', async () => {
      const { rows } = await holder.query(
        "select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted",
      );
      return rows[0].n === 3;
    });
    await holder.query('commit');
    await Promise.all(writes);
    const [db] = nodes;
    const text = String.raw`\' \\ $1::text :name 'x' $$ 😀`;
    await db?.write(() => db.many('insert into jobs (name, seen_at) values (:name, :at)', [{ name: text, at: 1 }]));
    assert.equal((await db?.read(() => db.get('select name from jobs')))?.['name'], text);
    assert.equal((await db?.read(() => db.get('select clock from meta')))?.['clock'], 3);
    await Promise.all(nodes.map((node) => node.close()));
  });

  it('a database that cannot keep all characters is refused before anything is made in it', async () => {
    await database.run("create database latin encoding 'LATIN1' template template0 locale 'C'");
    await refuses(at('kept', { url: database.url.replace(/postgres$/, 'latin') }), 'database-encoding');
  });

  it('no encryption where it was asked for, or no file of the certificate', async () => {
    await refuses(at('tls', { url: `${database.url}?sslmode=verify-full` }), 'ledger-tls');
    await refuses(at('tls', { url: `${database.url}?sslmode=verify-full&sslrootcert=/nowhere/ca.pem` }), 'ledger-tls');
    for (const code of ['DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED']) {
      const error = Object.assign(new Error('certificate'), { code });
      assert.equal(isPassing(error), false);
      assert.equal((explained(error, database.url) as { code?: string }).code, 'ledger-tls');
    }
  });

  it('its tables are dropped while it is open', async () => {
    const db = openPostgres(at('dropped'));
    await db.write(() => db.run(COUNT));
    await database.run('drop schema dropped cascade');
    await assert.rejects(
      db.write(() => db.run(COUNT)),
      { code: 'ledger-gone' },
    );
    await assert.rejects(
      db.read(() => db.get('select * from meta')),
      { code: 'ledger-gone' },
    );
    await db.close();
  });

  it('by a Unix socket, which is gone while it is stopped', async () => {
    const { port, password } = new URL(database.url);
    const away: string[] = [];
    const url = `postgres://larkcron:${password}@%2Ftmp:${port}/postgres`;
    const db = openPostgres(at('socket', { url, onAway: (why: string) => away.push(why) }));
    await db.write(() => db.run(COUNT));
    await database.stop();
    const written = db.write(() => db.run(COUNT));
    await until('it waits', () => away.some((why) => why.includes('ENOENT')));
    await database.start();
    await written;
    assert.equal((await db.read(() => db.get('select clock from meta')))?.['clock'], 2);
    await db.close();
  });
});

it('fail-over to a standby: read-only until it is promoted, then it goes on', async () => {
  const first = openPostgres(at('standby'));
  await first.write(() => first.run(COUNT));
  const here = await first.read(() => first.get("select current_setting('data_directory') as folder"));
  await database.stop();
  writeFileSync(join(String(here?.['folder']), 'standby.signal'), '');
  // it is never said to be ready for everything
  void database.start();
  const client = new pg.Client({ connectionString: database.url });
  await until('it takes readers', async () => {
    const known = await first.read(() => first.get('select clock from meta')).catch(() => null);
    return known?.['clock'] === 1;
  });
  const away: string[] = [];
  const second = openPostgres(at('standby', { onAway: (why: string) => away.push(why) }));
  const written = second.write(() => second.run(COUNT));
  await until('it waits', () => away.length > 0);
  assert.match(away[0] ?? '', /during recovery/);
  await client.connect();
  await client.query('select pg_promote()');
  await client.end();
  await written;
  assert.equal((await first.read(() => first.get('select clock from meta')))?.['clock'], 2);
  await first.close();
  await second.close();
});
