import type { Pause } from '../../model/pause.ts';
import type { Ms } from '../../model/time.ts';
import type { Ledger } from '../ledger.ts';
import type { Database, Steps } from './database.ts';

/** Where jobs are named, and when a row `o` of another job is what this row would become. */
const OF_JOBS: readonly (readonly [table: string, column: string, same: string])[] = [
  ['jobs', 'name', '1 = 1'],
  ['cursors', 'job', 'o.fingerprint = cursors.fingerprint'],
  ['runs', 'job', "(o.once_key = runs.once_key or (o.state = 'running' and runs.state = 'running'))"],
  ['missed_spans', 'job', '1 = 0'],
  ['anchors', 'job', 'o.key = anchors.key and o.recipient = anchors.recipient'],
];

/** What people say of a job, beside its file. */
export const createJobs = (db: Database, now: () => Ms): Ledger['jobs'] => ({
  pause: async (job, { until, reason }) =>
    db.write(function* () {
      yield* db.run(
        `insert into jobs (name, paused_at, paused_until, paused_reason, seen_at) values (:job, :now, :until, :reason, :now)
         on conflict (name) do update set paused_at = :now, paused_until = :until, paused_reason = :reason`,
        { job, until, reason, now: now() },
      );
    }),

  resume: async (job) =>
    db.write(function* () {
      return (
        (yield* db.run(
          'update jobs set paused_at = null, paused_until = null, paused_reason = null where name = :job and paused_at is not null',
          { job },
        )) === 1
      );
    }),

  keep: async (lastGood) => {
    const known = new Map(
      (await db.read(() => db.all('select name, spec from jobs'))).map((row) => [
        String(row['name']),
        row['spec'] === null ? null : String(row['spec']),
      ]),
    );
    const news = [...lastGood].filter(([name, spec]) => known.get(name) !== spec);
    if (news.length === 0) return;
    await db.write(function* () {
      for (const [name, spec] of news)
        yield* db.run(
          'insert into jobs (name, spec, seen_at) values (:name, :spec, :now) on conflict (name) do update set spec = :spec, seen_at = :now',
          { name, spec, now: now() },
        );
    });
  },

  lastGood: async (jobs) =>
    new Map(
      jobs.length === 0
        ? []
        : (
            await db.read(() =>
              db.all(
                'select name, spec from jobs where spec is not null and name in (select value from json_each(:jobs))',
                {
                  jobs: JSON.stringify(jobs),
                },
              ),
            )
          ).map((row): [string, string] => [String(row['name']), String(row['spec'])]),
    ),

  rename: async (was, is) => {
    const names = { was, is };
    const known = function* (name: string): Steps<boolean> {
      return (
        (yield* db.get(
          'select 1 from jobs where name = :name union all select 1 from cursors where job = :name union all select 1 from runs where job = :name limit 1',
          { name },
        )) !== undefined
      );
    };
    if (!(await db.read(() => known(was)))) return false;
    await db.write(function* () {
      // a row that says nothing yet makes room for the one that does
      yield* db.run(
        'delete from jobs where name = :is and baseline is null and last is null and watch is null and paused_at is null',
        { is },
      );
      // an occurrence that both have is one already: the new name's stays
      for (const [table, column, same] of OF_JOBS) {
        yield* db.run(
          `update ${table} set ${column} = :is where ${column} = :was
           and not exists (select 1 from ${table} o where o.${column} = :is and ${same})`,
          names,
        );
        if (table !== 'runs') yield* db.run(`delete from ${table} where ${column} = :was`, { was });
      }
      yield* db.run(
        `update incidents set subject = 'job:' || :is where subject = 'job:' || :was and (state <> 'open'
           or not exists (select 1 from incidents o where o.state = 'open' and o.subject = 'job:' || :is))`,
        names,
      );
    });
    return true;
  },

  pauses: async () =>
    new Map(
      (
        await db.read(() =>
          db.all('select name, paused_at, paused_until, paused_reason from jobs where paused_at is not null'),
        )
      ).map((row): [string, Pause] => [
        String(row['name']),
        {
          since: Number(row['paused_at']),
          until: row['paused_until'] === null ? null : Number(row['paused_until']),
          reason: row['paused_reason'] === null ? null : String(row['paused_reason']),
        },
      ]),
    ),
});
