import { NO_WATCH, type Watch } from '../../model/conditions.ts';
import type { Candidate, Last, Memory, Moves } from '../../model/memory.ts';
import type { Run } from '../../model/run.ts';
import type { Ms } from '../../model/time.ts';
import type { Database, Steps } from './database.ts';

const dueOf = ({ dueAt, createdAt }: Pick<Run, 'dueAt' | 'createdAt'>): Ms => dueAt ?? createdAt;

/** Runs to other people, `send` and notices move nothing; what was taken back was not said. */
const moves = (run: Run): run is Run & { job: string } =>
  run.kind === 'job' && run.job !== null && run.ownAudience && !run.recalled;

export const readMemory = function* (db: Database, job: string): Steps<Memory> {
  const row = yield* db.get('select last, baseline, watch from jobs where name = :job', { job });
  const text = (name: string): string | null => (row?.[name] == null ? null : String(row[name]));
  const [last, watch] = [text('last'), text('watch')];
  return {
    last: last === null ? null : (JSON.parse(last) as Last),
    kept: text('baseline'),
    watch: watch === null ? NO_WATCH : (JSON.parse(watch) as Watch),
  };
};

/** Inside the write that makes a run's deliveries visible: what it will move if one of them arrives. */
export const keepCandidate = function* (db: Database, run: Run, { kept, figures, since }: Candidate): Steps<void> {
  if (!moves(run)) return;
  yield* db.run('update runs set candidate_baseline = :kept, candidate_last = :last where id = :id', {
    id: run.id,
    kept,
    last: JSON.stringify({ figures, since }),
  });
  if (kept === null) return;
  // snapshots may be large: of runs that did not arrive only the newest one's is worth its room
  yield* db.run(
    `update runs set candidate_baseline = null, candidate_last = null where job = :job and candidate_baseline is not null
     and id <> :id and coalesce(due_at, created_at) < :due and state in ('partial', 'unknown', 'failed', 'skipped')`,
    { id: run.id, job: run.job, due: dueOf(run) },
  );
};

/** Inside the write that ends a run's preparation: what its decision alone moves, if it is newer than what did before. */
export const moveByDecision = function* (db: Database, run: Run, { watch, kept }: Moves, now: Ms): Steps<void> {
  if (!moves(run)) return;
  const of = { job: run.job, due: dueOf(run), now };
  if (watch !== null)
    yield* db.run(
      `insert into jobs (name, seen_at, watch, watch_due) values (:job, :now, :watch, :due)
       on conflict (name) do update set watch = :watch, watch_due = :due where jobs.watch_due is null or jobs.watch_due < :due`,
      { ...of, watch: JSON.stringify(watch) },
    );
  if (kept !== undefined)
    yield* db.run(
      `insert into jobs (name, seen_at, baseline, baseline_due) values (:job, :now, :kept, :due)
       on conflict (name) do update set baseline = :kept, baseline_due = :due
       where jobs.baseline_due is null or jobs.baseline_due < :due`,
      { ...of, kept },
    );
};

/** Inside the write that ends a run: a message has arrived, so the job's memory moves, if the run is newer (T8). */
export const moveByArrival = function* (db: Database, run: Run, now: Ms): Steps<void> {
  if (!moves(run)) return;
  // part 1 is the message: a file that is attached to a lost one says nothing of it
  const arrived = (yield* db.get(
    "select min(delivered_at) as at from deliveries where run = :run and part = 1 and state = 'delivered'",
    { run: run.id },
  ))?.['at'];
  if (arrived == null) return;
  const due = dueOf(run);
  const row = yield* db.get('select candidate_baseline, candidate_last from runs where id = :id', { id: run.id });
  // none: it was given up for a newer run's
  if (row?.['candidate_last'] == null) return;
  const { figures, since } = JSON.parse(String(row['candidate_last'])) as Pick<Candidate, 'figures' | 'since'>;
  const last: Last = { dueAt: due, deliveredAt: Number(arrived), since, figures };
  const moved = yield* db.run(
    `insert into jobs (name, seen_at, last, baseline, baseline_due) values (:job, :now, :last, :kept, :due)
     on conflict (name) do update set last = :last, baseline = :kept, baseline_due = :due,
       watch = case when jobs.watch is null then null else json_set(jobs.watch, '$.heldBack', 0) end
     where jobs.baseline_due is null or jobs.baseline_due < :due`,
    {
      job: run.job,
      now,
      last: JSON.stringify(last),
      kept: row['candidate_baseline'] == null ? null : String(row['candidate_baseline']),
      due,
    },
  );
  if (moved === 0) return;
  // those that are older now never count any more
  yield* db.run(
    `update runs set candidate_baseline = null, candidate_last = null where job = :job and candidate_baseline is not null
     and coalesce(due_at, created_at) <= :due`,
    { job: run.job, due },
  );
};
