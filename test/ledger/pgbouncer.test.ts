import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openPostgres } from '../../src/ledger/postgres/database.ts';
import { openPostgresLedger } from '../../src/ledger/postgres/postgres-ledger.ts';
import { postgresDatabase, type TestDatabase } from '../source/databases.ts';
import { hasPgbouncer, pgbouncerBefore } from '../support/pgbouncer.ts';
import { newRun, planned, START } from './contract/fixture.ts';
import { ledgerContract } from './ledger-contract.ts';

/** `PGBOUNCER_CONTRACT=1`: all that a ledger promises, through PgBouncer; it takes a minute. */
const ALL = process.env['PGBOUNCER_CONTRACT'] === '1';
const skip = hasPgbouncer() ? false : 'pgbouncer is not installed (apt-get install pgbouncer)';

describe('a ledger behind PgBouncer in transaction mode', { skip }, () => {
  let database: TestDatabase;
  let way: Awaited<ReturnType<typeof pgbouncerBefore>>;
  before(async () => {
    database = await postgresDatabase();
    way = await pgbouncerBefore(database.url, { sessions: 3 });
  });
  after(async () => {
    await way.close();
    await database.close();
  });
  const opener = { now: () => START, monotonic: () => START, version: '0' };
  const at = (schema: string) => ({ url: way.url, schema, pool: 4, patience: 20_000 });

  it('more clients than sessions: each write once, and no setting of one is found by another', async () => {
    const nodes = Array.from({ length: 4 }, () => openPostgres(at('bounced')));
    await Promise.all(
      nodes.flatMap((db) =>
        Array.from({ length: 50 }, async (_, i) => {
          await db.write(() => db.run('update meta set clock = clock + 1'));
          if (i % 5 === 0) await db.read(() => db.get('select * from runs limit 1'));
        }),
      ),
    );
    const [db] = nodes;
    assert.equal(Number((await db?.read(() => db.get('select clock from meta')))?.['clock']), 200);
    const left = await db?.read(() =>
      db.get(
        `select current_setting('search_path') as path, current_setting('statement_timeout') as timeout,
           (select count(*) from pg_locks where locktype = 'advisory') as locks`,
      ),
    );
    assert.deepEqual({ ...left, locks: Number(left?.['locks']) }, { path: '"$user", public', timeout: '0', locks: 0 });
    await Promise.all(nodes.map((node) => node.close()));
  });

  it('the work goes on: planned, claimed, begun, walked through by a cursor', async () => {
    const ledger = openPostgresLedger(at('worked'), opener);
    const recipients = Array.from({ length: 250 }, (_, i) => `ou_${i}`);
    const run = await planned(ledger, recipients, newRun());
    // more than a cursor fetches at a time
    assert.equal((await ledger.history.deliveries(run)).length, 250);
    const limits = { perSecond: 1e6, perMinute: 1e6, perTarget: 1e6 };
    const { begun } = await ledger.deliveries.begin({
      app: 'default',
      limit: 200,
      limits,
      feishuNow: START,
      runs: null,
    });
    assert.equal(begun.length, 200);
    await ledger.close();
  });

  it('statement mode, which has no transactions, is refused with the reason', async (t) => {
    const stating = await pgbouncerBefore(database.url, { sessions: 3, mode: 'statement' });
    t.after(() => stating.close());
    const ledger = openPostgresLedger({ ...at('stated'), url: stating.url }, opener);
    await assert.rejects(ledger.history.lastBeat(), { code: 'pool-of-statements' });
    await ledger.close().catch(() => {});
  });

  if (ALL) {
    let schemas = 0;
    ledgerContract('PostgreSQL behind PgBouncer', (time) => {
      const schema = `contract_${schemas++}`;
      return {
        open: (as) =>
          openPostgresLedger(at(schema), { ...opener, now: () => time.now, monotonic: () => time.now, ...as }),
      };
    });
  }
});
