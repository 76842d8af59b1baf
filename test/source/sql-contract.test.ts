import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createHttp } from '../../src/base/http.ts';
import type { Dataset, Value } from '../../src/model/dataset.ts';
import { fetchSource } from '../../src/source/fetch-source.ts';
import { isTransient } from '../../src/source/source.ts';
import { sourceContext } from '../support/source-context.ts';
import { mariadbDatabase, postgresDatabase, sqliteDatabase, type TestDatabase } from './databases.ts';

interface Kind {
  readonly name: string;
  readonly start: () => Promise<TestDatabase | null>;
  /** types as this database calls them */
  readonly types: { readonly big: string; readonly decimal: string; readonly moment: string; readonly bytes: string };
  /** what a decimal looks like: SQLite has none */
  readonly exact: boolean;
  readonly sleep: string | null;
}

const KINDS: readonly Kind[] = [
  {
    name: 'SQLite',
    start: sqliteDatabase,
    types: { big: 'integer', decimal: 'text', moment: 'text', bytes: 'blob' },
    exact: true,
    sleep: null,
  },
  {
    name: 'PostgreSQL',
    start: postgresDatabase,
    types: { big: 'bigint', decimal: 'numeric(30,10)', moment: 'timestamp', bytes: 'bytea' },
    exact: true,
    sleep: 'select pg_sleep(20)',
  },
  {
    name: 'MariaDB',
    start: mariadbDatabase,
    types: { big: 'bigint', decimal: 'decimal(30,10)', moment: 'datetime', bytes: 'blob' },
    exact: true,
    sleep: 'select sleep(20)',
  },
];

const http = createHttp();
after(() => http.close());

const fetchFrom = (
  url: string,
  query: string,
  params: Readonly<Record<string, Value>> = {},
  { timeout = 10_000, allowWrites = false, signal = new AbortController().signal } = {},
): Promise<Dataset> =>
  fetchSource(
    { at: null, timeout, source: 'sql', url, query, params: params as never, allowWrites },
    sourceContext({ fillValue: (param) => param as Value, signal }),
  );

for (const kind of KINDS) {
  describe(`sql on ${kind.name}`, () => {
    let database: TestDatabase | null = null;
    before(async () => {
      database = await kind.start();
      const { big, decimal, moment, bytes } = kind.types;
      const blob = kind.name === 'PostgreSQL' ? "'\\x00ff10'" : "x'00ff10'";
      await database?.run(
        `create table daily (id ${big} primary key, name varchar(200), amount ${decimal}, share double precision, day date, at ${moment}, raw ${bytes})`,
        `insert into daily values (1234567890123456789, '国贸店 😀', '12345678901234567890.1234500000', 0.1, '2026-01-05', '2026-01-05 18:30:00', ${blob})`,
        `insert into daily values (2, 'O''Brien "\\\\" :x ?', null, null, null, null, null)`,
      );
    });
    after(() => database?.close());
    const skip = (t: { skip: (why: string) => void }): TestDatabase | null => {
      if (database === null) t.skip('there is no MariaDB or MySQL server here: apt-get install mariadb-server');
      return database;
    };
    const rejects = (promise: Promise<unknown>, code: string, transient = false) =>
      assert.rejects(promise, (error: { code: string; message: string }) => {
        assert.equal(error.code, code, error.message);
        assert.equal(isTransient(error), transient);
        assert.doesNotMatch(JSON.stringify(error), /se:cr|se%3Acr/);
        return true;
      });

    it('gives columns in order and every value with its meaning', async (t) => {
      const at = skip(t);
      if (at === null) return;
      const { columns, rows } = await fetchFrom(
        at.url,
        'select id, name, amount, share, day, at, raw from daily order by id desc',
      );
      assert.deepEqual(columns, ['id', 'name', 'amount', 'share', 'day', 'at', 'raw']);
      assert.deepEqual(rows[0], {
        id: 1234567890123456789n,
        name: '国贸店 😀',
        amount: '12345678901234567890.1234500000',
        share: 0.1,
        day: '2026-01-05',
        at: '2026-01-05 18:30:00',
        raw: '00ff10',
      });
      assert.deepEqual(Object.values(rows[1] ?? {}).slice(2), [null, null, null, null, null]);
    });

    it('binds parameters, the same one twice, and never pastes them', async (t) => {
      const at = skip(t);
      if (at === null) return;
      const evil = "x'; drop table daily; --";
      const text = kind.name === 'PostgreSQL' ? 'cast(:v as text)' : ':v';
      assert.deepEqual((await fetchFrom(at.url, `select ${text} as a, ${text} as b`, { v: evil })).rows, [
        { a: evil, b: evil },
      ]);
      const byId = await fetchFrom(at.url, 'select name from daily where id = :id', { id: 1234567890123456789n });
      assert.equal(byId.rows.length, 1);
      assert.equal((await fetchFrom(at.url, 'select name from daily where id = :id', { id: 2 })).rows.length, 1);
      assert.equal(
        (await fetchFrom(at.url, 'select name from daily where day = :d', { d: '2026-01-05' })).rows.length,
        1,
      );
    });

    it('a colon inside quotes, comments and casts is no parameter', async (t) => {
      const at = skip(t);
      if (at === null) return;
      const cast = kind.name === 'PostgreSQL' ? "'1'::int" : '1';
      assert.deepEqual((await fetchFrom(at.url, `select ':no' as a, ${cast} as b -- :neither\n/* :nor */`)).rows, [
        { a: ':no', b: 1 },
      ]);
    });

    it('has columns without rows', async (t) => {
      const at = skip(t);
      if (at === null) return;
      assert.deepEqual((await fetchFrom(at.url, 'select name, id from daily where id = 0')).columns, ['name', 'id']);
    });

    it('refuses to write, and nothing is written, unless it may', async (t) => {
      const at = skip(t);
      if (at === null) return;
      await rejects(fetchFrom(at.url, 'delete from daily where id = 2'), 'sql-write');
      const count = async () => (await fetchFrom(at.url, 'select count(*) as n from daily')).rows[0]?.['n'];
      assert.equal(await count(), 2);
      await fetchFrom(at.url, "insert into daily (id, name) values (3, 'x')", {}, { allowWrites: true });
      assert.equal(await count(), 3);
      await fetchFrom(at.url, 'delete from daily where id = 3', {}, { allowWrites: true });
    });

    it('refuses several statements, two columns of one name and unknown parameters', async (t) => {
      const at = skip(t);
      if (at === null) return;
      await rejects(fetchFrom(at.url, 'select 1; select 2'), 'sql-several');
      await rejects(fetchFrom(at.url, 'select 1 as a, 2 as a'), 'sql-columns');
      await rejects(fetchFrom(at.url, 'select :a', { b: 1 }), 'sql-params');
    });

    it("passes on the database's words", async (t) => {
      const at = skip(t);
      if (at === null) return;
      await rejects(fetchFrom(at.url, 'select nobody from daily'), 'sql-failed');
    });

    it('holds 100,000 rows and refuses one more', async (t) => {
      const at = skip(t);
      if (at === null) return;
      const many = (n: number) => {
        const select = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${n}) select i from n`;
        return kind.name === 'MariaDB' ? `select seq as i from seq_1_to_${n}` : select;
      };
      assert.equal((await fetchFrom(at.url, many(100_000))).rows.length, 100_000);
      await rejects(fetchFrom(at.url, many(100_001)), 'too-many-rows');
    });

    it('gives up a query that takes too long, and one that is interrupted', async (t) => {
      const at = skip(t);
      if (at === null || kind.sleep === null) return;
      await rejects(fetchFrom(at.url, kind.sleep, {}, { timeout: 300 }), 'timed-out', true);
      const stop = new AbortController();
      const asked = fetchFrom(at.url, kind.sleep, {}, { signal: stop.signal });
      setTimeout(() => stop.abort(), 300);
      await rejects(asked, 'interrupted', true);
    });

    it('tells a server that is away from one that does not let in', async (t) => {
      const at = skip(t);
      if (at === null || kind.sleep === null) return;
      await rejects(fetchFrom(at.url.replace(/:\d+\//, ':1/'), 'select 1'), 'sql-unreachable', true);
      await rejects(fetchFrom(at.url.replace(/:se%3Acr%2Fet@/, ':wrong@'), 'select 1'), 'sql-refused');
    });
  });
}
