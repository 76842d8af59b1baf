import { randomId, stableId } from '../../base/ids.ts';
import { failure } from '../../model/errors.ts';
import { DAY, HOUR, MINUTE, type Ms } from '../../model/time.ts';
import type { Ledger, MissedSpan, NewRun, Opened } from '../ledger.ts';
import { ledgerWords } from '../words.ts';
import type { Database, Param, SqlRow, Steps } from './database.ts';
import { countEnd } from './incidents.ts';
import { runOf } from './rows.ts';

/** For so long the same `send --key` is the same message. */
const KEY_MEMORY: Ms = 7 * DAY;

/** How runs come to be: one at a time, or as the due times of many jobs; and `insert`, inside somebody else's write. */
export const createOpening = (
  db: Database,
  now: () => Ms,
): Pick<Ledger['runs'], 'cursors' | 'plan' | 'open' | 'backfill'> & {
  insert(run: NewRun): Steps<Opened>;
} => {
  const seedOf = function* (): Steps<string> {
    return String((yield* db.get('select seed from meta'))?.['seed']);
  };

  /**
   * A key of `send` is remembered for seven days; the older run keeps its place in history under another key. How many
   * such there are: a new run's id has to be another. Of due times, and of what stands for one, there is one for ever.
   */
  const released = function* (job: string | null, onceKey: string): Steps<number> {
    if (/^(due|fallback):/.test(onceKey)) return 0;
    yield* db.run(
      `update runs set once_key = once_key || '@' || created_at where coalesce(job, '') = coalesce(:job, '') and once_key = :onceKey
       and created_at < :old`,
      { job, onceKey, old: now() - KEY_MEMORY },
    );
    // `A` is what comes after `@`: a range that the index knows, where LIKE would read all runs of the job
    const row = yield* db.get(
      `select count(*) as n from runs where coalesce(job, '') = coalesce(:job, '')
       and once_key >= :onceKey || '@' and once_key < :onceKey || 'A'`,
      { job, onceKey },
    );
    return Number(row?.['n'] ?? 0);
  };

  const INSERT = `insert into runs (id, kind, job, once_key, due_at, not_before, trigger, own_audience, state, reason, created_at, finished_at, start_until, deliver_until, priority, request)
    values (:id, :kind, :job, :onceKey, :dueAt, :notBefore, :trigger, :own, :state, :reason, :now, :finished, :startUntil, :deliverUntil, :priority, :request)
    on conflict do nothing returning *`;

  const newRow = function* (run: NewRun, seed: string): Steps<Record<string, Param>> {
    const { onceKey } = run;
    const before = onceKey === null ? 0 : yield* released(run.job, onceKey);
    return {
      id: onceKey === null ? randomId() : stableId([seed, run.job ?? '', onceKey, ...(before > 0 ? [before] : [])]),
      kind: run.kind,
      job: run.job,
      onceKey,
      dueAt: run.dueAt,
      notBefore: run.notBefore,
      trigger: run.trigger,
      own: run.ownAudience ? 1 : 0,
      state: run.ended?.state ?? 'pending',
      reason: run.ended === undefined ? null : JSON.stringify(run.ended.reason),
      finished: run.ended === undefined ? null : now(),
      startUntil: run.startUntil ?? null,
      now: now(),
      deliverUntil: run.deliverUntil,
      priority: run.priority,
      request: run.request ?? null,
    };
  };

  /** In their order; of one that is there already, and stands for the same due time or key, nothing. */
  const insertAll = function* (runs: readonly NewRun[]): Steps<(SqlRow | undefined)[]> {
    if (runs.length === 0) return [];
    const seed = yield* seedOf();
    const params: Record<string, Param>[] = [];
    for (const run of runs) params.push(yield* newRow(run, seed));
    const inserted = (yield* db.many(INSERT, params)).map(({ rows: [row] }) => row);
    for (const row of inserted)
      if (row !== undefined && row['state'] === 'missed') yield* countEnd(db, runOf(row), now());
    return inserted;
  };

  const insert = function* (run: NewRun): Steps<Opened> {
    const [inserted] = yield* insertAll([run]);
    const row =
      inserted ??
      (yield* db.get("select * from runs where coalesce(job, '') = coalesce(:job, '') and once_key = :onceKey", {
        job: run.job,
        onceKey: run.onceKey,
      }));
    const request = row?.['request'] ?? null;
    return {
      run: runOf(row ?? {}),
      mine: inserted !== undefined,
      request: request === null ? null : String(request),
    };
  };

  /** Recipients of what somebody named recipients for within the last hour. */
  const addressedByHand = function* (): Steps<number> {
    const rows = yield* db.all(
      `select json_extract(request, '$.to') as people from runs
       where created_at > :since and (kind = 'send' or trigger = 'test') and request is not null`,
      { since: now() - HOUR },
    );
    return rows.reduce((sum, { people }) => sum + (JSON.parse(String(people ?? '[]')) as unknown[]).length, 0);
  };

  const addSpan = function* (job: string, span: MissedSpan): Steps<void> {
    yield* db.run(
      'insert into missed_spans (job, since, until, count, why, noted_at) values (:job, :since, :until, :count, :why, :now)',
      {
        job,
        ...span,
        now: now(),
      },
    );
  };

  return {
    insert,

    cursors: async (of) => {
      const known = function* (): Steps<(Ms | null)[]> {
        const rows = yield* db.all(
          'select job, fingerprint, through from cursors where job in (select value from json_each(:jobs))',
          { jobs: JSON.stringify([...new Set(of.map(({ job }) => job))]) },
        );
        const through = new Map(
          rows.map((row) => [`${String(row['job'])} ${String(row['fingerprint'])}`, Number(row['through'])]),
        );
        return of.map(({ job, fingerprint }) => through.get(`${job} ${fingerprint}`) ?? null);
      };
      // a cursor in the future was written before the clock was set back (core rule 21)
      const sound = (through: Ms): Ms => (through > now() + MINUTE ? now() : through);
      const found = await db.read(known);
      if (found.every((through) => through !== null)) return found.map(sound);
      const through = Math.floor(now() / MINUTE) * MINUTE - 1;
      return db.write(function* () {
        const before = yield* known();
        yield* db.many(
          'insert into cursors (job, fingerprint, through, seen_at) values (:job, :fingerprint, :through, :now) on conflict do nothing',
          of.filter((_, i) => before[i] === null).map((each) => ({ ...each, through, now: now() })),
        );
        return before.map((at) => (at === null ? through : sound(at)));
      });
    },

    plan: async (plans) =>
      plans.length === 0
        ? []
        : db.write(function* () {
            const moves = plans.map(({ job, fingerprint, seen, through }) => ({ job, fingerprint, seen, through }));
            const moved = yield* db.many(
              `update cursors set through = :through where job = :job and fingerprint = :fingerprint and (through = :seen or through > :future)`,
              moves.map((move) => ({ ...move, future: now() + MINUTE })),
            );
            const decided = moved.map(({ changes }) => changes === 1);
            const ours = plans.filter((_, i) => decided[i]);
            yield* insertAll(ours.flatMap(({ runs }) => runs));
            for (const { job, spans } of ours) for (const span of spans) yield* addSpan(job, span);
            return decided;
          }),

    open: async (run, quota = null) =>
      db.write(function* () {
        const before = quota === null ? 0 : yield* addressedByHand();
        const opened = yield* insert(run);
        if (quota !== null && opened.mine && before + quota.people > quota.most)
          throw failure(ledgerWords, 'guard-hour', { before, ...quota }, { status: 2 });
        return opened;
      }),

    backfill: async (wanted) =>
      db.write(function* () {
        const { run, mine } = yield* insert(wanted);
        if (mine) return run;
        const again = yield* db.run(
          `update runs set state = 'pending', reason = null, trigger = 'backfill', tries = 0, finished_at = null, not_before = :notBefore,
             start_until = null, counted = 0, deliver_until = :until where id = :id and state in ('skipped', 'missed', 'failed')
             and not exists (select 1 from deliveries where run = :id)`,
          { id: run.id, notBefore: wanted.notBefore, until: wanted.deliverUntil },
        );
        return again === 1 ? runOf((yield* db.get('select * from runs where id = :id', { id: run.id })) ?? {}) : null;
      }),
  };
};
