import type { Ms } from '../../model/time.ts';
import type { Browse } from '../browse.ts';
import type { History } from '../ledger.ts';
import type { Database } from './database.ts';
import { readMemory } from './memory.ts';
import { attemptOf, contentOf, deliveryOf, incidentOf, runOf, spanOf } from './rows.ts';

export const createHistory = (db: Database): Omit<History, keyof Browse> => ({
  run: async (id) => {
    // a beginning that is unique will do, as with git: nobody types a whole id
    const rows = await db.read(() =>
      db.all("select * from runs where id >= :id and id < :id || '~' limit 2", { id: id.toLowerCase() }),
    );
    return rows.length === 1 ? runOf(rows[0] ?? {}) : null;
  },
  runByKey: async (job, onceKey) => {
    const row = await db.read(() =>
      db.get("select * from runs where coalesce(job, '') = coalesce(:job, '') and once_key = :onceKey", {
        job,
        onceKey,
      }),
    );
    return row === undefined ? null : runOf(row);
  },
  runs: async ({ job, states, since, limit }) => {
    // only what is asked for stands in the statement: an index answers `job = :job`, and not `:job is null or job = :job`
    const where = [
      ...(job === null ? [] : ['job = :job']),
      ...(states === null ? [] : ['state in (select value from json_each(:states))']),
      ...(since === null ? [] : ['created_at >= :since']),
    ];
    const sql = `select * from runs ${where.length === 0 ? '' : `where ${where.join(' and ')}`} order by created_at desc, id limit :limit`;
    const params = { job, states: states === null ? null : JSON.stringify(states), since, limit };
    return (await db.read(() => db.all(sql, params))).map(runOf);
  },
  deliveries: async (run) =>
    (await db.read(() => db.all('select * from deliveries where run = :run order by rowid', { run }))).map(deliveryOf),
  content: async (hash) => {
    const row = await db.read(() => db.get('select * from contents where hash = :hash', { hash }));
    return row === undefined ? null : contentOf(row);
  },
  attempts: async (run) =>
    (
      await db.read(() =>
        db.all(
          'select a.* from attempts a join deliveries d on d.id = a.delivery where d.run = :run order by a.begun_at, a.n',
          { run },
        ),
      )
    ).map(attemptOf),
  spans: async (job) =>
    (
      await db.read(() =>
        db.all(
          'select since, until, count, why, noted_at from missed_spans where job = :job order by since desc limit 100',
          { job },
        ),
      )
    ).map(spanOf),
  memory: async (job) => await db.read(() => readMemory(db, job)),
  nextWork: async () => {
    const row = await db.read(() =>
      db.get(
        `select min(at) as at from (
         select min(not_before) as at from runs where state = 'pending'
         union all
         select min(d.not_before) from deliveries d join runs r on r.id = d.run
         where r.state = 'delivering' and d.settled = 0 and d.state in ('queued', 'retrying', 'unknown'))`,
      ),
    );
    return row === undefined || row['at'] === null ? null : (Number(row['at']) as Ms);
  },
  nextRun: async () => {
    const at = (await db.read(() => db.get("select min(not_before) as at from runs where state = 'pending'")))?.['at'];
    return at == null ? null : Number(at);
  },
  waitsForPace: async (runs) =>
    (await db.read(() =>
      db.get(
        `select 1 from deliveries d where d.run in (select value from json_each(:runs)) and d.state = 'queued'
         and not exists (select 1 from app_gates g where g.app = d.app) limit 1`,
        { runs: JSON.stringify(runs) },
      ),
    )) !== undefined,
  waitsToUrge: async (runs) =>
    (await db.read(() =>
      db.get(
        `select 1 from deliveries where run in (select value from json_each(:runs)) and state = 'delivered'
         and urgent is not null and urged is null limit 1`,
        { runs: JSON.stringify(runs) },
      ),
    )) !== undefined,
  openIncidents: async () =>
    (await db.read(() => db.all("select * from incidents where state = 'open' order by opened_at"))).map(incidentOf),
  closedIncidents: async (since, limit = Number.MAX_SAFE_INTEGER) =>
    (
      await db.read(() =>
        db.all(
          "select * from incidents where state = 'closed' and closed_at >= :since order by closed_at desc, id desc limit :limit",
          { since, limit },
        ),
      )
    ).map(incidentOf),
  waitingJobs: async (app) =>
    (
      await db.read(() =>
        db.all(
          `select distinct job from runs r where state = 'delivering' and own_audience = 1 and job is not null and exists (
           select 1 from deliveries d where d.run = r.id and d.app = :app and d.settled = 0
             and d.state in ('queued', 'sending', 'retrying', 'unknown'))
         order by job`,
          { app },
        ),
      )
    ).map((row) => String(row['job'])),
  lastTick: async () => {
    const row = await db.read(() => db.get('select ticked_at from meta'));
    return row === undefined || row['ticked_at'] === null ? null : Number(row['ticked_at']);
  },
  lastBeat: async () => {
    const row = await db.read(() => db.get('select max(beat_at) as at from processes'));
    return row === undefined || row['at'] === null ? null : Number(row['at']);
  },
});
