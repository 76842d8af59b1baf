import type { RunState } from '../../model/run.ts';
import type { Ms } from '../../model/time.ts';
import type { Browse, SourceRead } from '../browse.ts';
import type { Database, Param, SqlRow } from './database.ts';
import { MOST_LOOKED_AT, readPlace, writePlace } from './places.ts';
import { runOf, spanOf } from './rows.ts';

/** The time a run stands for. */
const AT = 'coalesce(due_at, created_at)';

/** As the index runs_by_day has it (migration 011). */
const OF_JOB = "job is not null and job || '' = :job";

/** Runs as the console pages through them. */
export const createRunBrowse = (
  db: Database,
): Pick<Browse, 'runPage' | 'latestRuns' | 'duesBetween' | 'spansBetween' | 'tallies' | 'lastArrivals' | 'sources'> => {
  /** one statement for each job, and one way to the engine and back for all of them */
  const byJob = async <T>(
    jobs: readonly string[],
    sql: string,
    params: Readonly<Record<string, Param>>,
    read: (row: SqlRow) => T,
  ): Promise<ReadonlyMap<string, readonly T[]>> => {
    const given = await db.read(() =>
      db.many(
        sql,
        jobs.map((job) => ({ ...params, job })),
      ),
    );
    return new Map(jobs.map((job, i) => [job, (given[i]?.rows ?? []).map(read)]));
  };

  return {
    runPage: async ({ job, states, since, until }, { after, limit }) => {
      const [at, id] = after === null ? [Number.MAX_SAFE_INTEGER, ''] : readPlace(after, ['number', 'string']);
      const params: Record<string, Param> = { at, id, limit, looked: MOST_LOOKED_AT };
      const where = ['created_at <= :at', '(created_at < :at or id > :id)'];
      const add = (sql: string, name: string, value: Param | null): void => {
        if (value === null) return;
        where.push(sql);
        params[name] = value;
      };
      add('job = :job', 'job', job);
      add('created_at >= :since', 'since', since);
      add('created_at < :until', 'until', until);
      const looked = `from runs where ${where.join(' and ')} order by created_at desc, id`;
      if (states !== null) params['states'] = JSON.stringify(states);
      const filter = states === null ? '' : 'where state in (select value from json_each(:states))';
      const items = (
        await db.read(() =>
          db.all(
            `select * from (select * ${looked} limit :looked) ${filter} order by created_at desc, id limit :limit`,
            params,
          ),
        )
      ).map(runOf);
      const last = items.at(-1);
      if (last !== undefined && items.length === limit) return { items, next: writePlace([last.createdAt, last.id]) };
      const end = await db.read(() => db.get(`select created_at, id ${looked} limit 1 offset :looked - 1`, params));
      return { items, next: end === undefined ? null : writePlace([Number(end['created_at']), String(end['id'])]) };
    },

    latestRuns: async (jobs, limit) =>
      byJob(
        jobs,
        "select * from runs where job = :job and kind <> 'fallback' order by created_at desc, id limit :limit",
        { limit },
        runOf,
      ),

    duesBetween: async (jobs, within) =>
      byJob(
        jobs,
        `select * from runs where ${OF_JOB} and ${AT} >= :since and ${AT} < :until and own_audience = 1 and kind = 'job'
         and due_at is not null order by ${AT} limit :limit`,
        { ...within },
        runOf,
      ),

    spansBetween: async (jobs, within) =>
      byJob(
        jobs,
        'select * from missed_spans where job = :job and since < :until and until >= :since order by since limit :limit',
        { ...within },
        spanOf,
      ),

    tallies: async (job, stretches, lateBy) =>
      db.read(function* () {
        const given = yield* db.many(
          `select state, case when started_at > ${AT} + :lateBy then 1 else 0 end as late, count(*) as n from runs
         where ${OF_JOB} and ${AT} >= :from and ${AT} < :to and own_audience = 1 and kind = 'job' group by 1, 2`,
          stretches.map(([from, to]) => ({ job, from, to, lateBy })),
        );
        return given.map(({ rows }) => {
          const states: Partial<Record<RunState, number>> = {};
          let late = 0;
          for (const row of rows) {
            const state = row['state'] as RunState;
            states[state] = (states[state] ?? 0) + Number(row['n']);
            if (state === 'delivered' && row['late'] === 1) late += Number(row['n']);
          }
          return { states, late };
        });
      }),

    lastArrivals: async () =>
      new Map(
        (
          await db.read(() =>
            db.all("select name, json_extract(last, '$.deliveredAt') as at from jobs where last is not null"),
          )
        ).flatMap((row): [string, Ms][] => (row['at'] === null ? [] : [[String(row['name']), Number(row['at'])]])),
      ),

    sources: async (run) => {
      const sources = (await db.read(() => db.get('select sources from runs where id = :run', { run })))?.['sources'];
      return typeof sources === 'string' ? (JSON.parse(sources) as readonly SourceRead[]) : null;
    },
  };
};
