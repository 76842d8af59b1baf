import {
  type Incident,
  incidentStep,
  isAppBack,
  isAppsOwn,
  isFailure,
  tellingAfterClose,
  tellingAfterFailure,
  waysHeard,
} from '../../model/incident.ts';
import type { Run } from '../../model/run.ts';
import type { Ms } from '../../model/time.ts';
import type { Database, Steps } from './database.ts';
import { incidentOf } from './rows.ts';

/** What of a delivery's row is the latest word on its recipient; a custom bot is no app. */
const NEWEST = `d.run = :run and d.target_type <> 'webhook' and not exists (select 1 from deliveries n where n.run = d.run
  and n.recipient = d.recipient and n.part = d.part and n.generation > d.generation)`;

/** Inside the write that ends a run: the incidents of its app and of its job. */
export const stepIncidents = function* (db: Database, run: Run, now: Ms): Steps<void> {
  const openOf = function* (subject: string): Steps<Incident | null> {
    const row = yield* db.get("select * from incidents where subject = :subject and state = 'open'", { subject });
    return row === undefined ? null : incidentOf(row);
  };

  const countedIn = JSON.parse(
    String((yield* db.get('select counted_in from runs where id = :run', { run: run.id }))?.['counted_in'] ?? '[]'),
  ) as number[];

  /** The run counts in this incident from now on, and never again. */
  const remember = function* (id: number): Steps<void> {
    const all = JSON.stringify([...countedIn, id]);
    yield* db.run('update runs set counted_in = :all where id = :run', { run: run.id, all });
    countedIn.push(id);
  };

  const insert = function* (
    subject: string,
    of: { due: Ms; jobs: readonly string[]; because: number | null; tell: string },
  ): Steps<number> {
    const id = Number(
      (yield* db.get(
        `insert into incidents (subject, state, opened_at, opened_due, last_due, count, run, last_run, tell, because, jobs)
         values (:subject, 'open', :now, :due, :due, 1, :run, :run, :tell, :because, :jobs) returning id`,
        { subject, now, run: run.id, ...of, jobs: JSON.stringify(of.jobs) },
      ))?.['id'],
    );
    yield* remember(id);
    return id;
  };

  const close = function* (incident: Incident, due: Ms): Steps<void> {
    yield* db.run(
      `update incidents set state = 'closed', closed_at = :now, last_due = :due, tell = :tell, tried = '[]', notice_run = null,
         heard = '[]', misses = '[]', heard_by = :heardBy where id = :id`,
      {
        id: incident.id,
        now,
        due,
        tell: tellingAfterClose(incident),
        heardBy: JSON.stringify(waysHeard(incident)),
      },
    );
  };

  /** The app whose fault it was: it refused, or its gate stayed closed until it was too late. */
  const faultyApp = function* (): Steps<string | null> {
    if (!isFailure(run.state)) return null;
    const row = yield* db.get(
      `select d.app from deliveries d where ${NEWEST} and (d.fault = 'app' and d.state = 'rejected'
         or :failed = 1 and d.state in ('rejected', 'cancelled') and d.fault is null and d.app in (select app from app_gates)) limit 1`,
      { run: run.id, failed: run.state === 'failed' ? 1 : 0 },
    );
    return row === undefined ? null : String(row['app']);
  };

  /** Any message that arrived shows that its app works. */
  const closeApps = function* (faulty: string | null): Steps<void> {
    if (run.state !== 'delivered' && run.state !== 'partial') return;
    const open = (yield* db.all("select * from incidents where state = 'open' and subject like 'app:%'")).map(
      incidentOf,
    );
    for (const incident of open) {
      const app = incident.subject.slice('app:'.length);
      if (app === faulty) continue;
      const row = yield* db.get(
        `select max(d.delivered_at) as at from deliveries d where ${NEWEST} and d.app = :app and d.state = 'delivered'`,
        { run: run.id, app },
      );
      const deliveredAt = row === undefined || row['at'] === null ? null : Number(row['at']);
      if (isAppBack(incident, deliveredAt)) yield* close(incident, now);
    }
  };

  /** Opens or counts; answers the incident's id. */
  const countApp = function* (app: string, job: string): Steps<number> {
    const subject = `app:${app}`;
    const open = yield* openOf(subject);
    if (open === null) return yield* insert(subject, { due: now, jobs: [job], because: null, tell: 'due' });
    const jobs = open.jobs.includes(job) ? open.jobs : [...open.jobs, job];
    const more = countedIn.includes(open.id) ? 0 : 1;
    yield* db.run(
      'update incidents set count = count + :more, last_due = :now, last_run = :run, jobs = :jobs where id = :id',
      {
        id: open.id,
        more,
        now,
        run: run.id,
        jobs: JSON.stringify(jobs),
      },
    );
    if (more === 1) yield* remember(open.id);
    return open.id;
  };

  const stateOf = function* (id: number | null): Steps<{ state: Incident['state'] } | null> {
    const row = id === null ? undefined : yield* db.get('select state from incidents where id = :id', { id });
    return row === undefined ? null : { state: row['state'] as Incident['state'] };
  };

  const sentNothing = function* (id: string): Steps<boolean> {
    return (yield* db.get('select 1 from deliveries where run = :id limit 1', { id })) === undefined;
  };

  const stepJob = function* (job: string, faulty: string | null): Steps<void> {
    const subject = `job:${job}`;
    const open = yield* openOf(subject);
    const due = run.dueAt ?? run.createdAt;
    const step = incidentStep(open === null ? null : { ...open, beforeSending: yield* sentNothing(open.lastRun) }, {
      state: run.state,
      dueAt: due,
      reason: run.reason,
      counted: countedIn.length > 0,
    });
    if (step === 'none') return;
    if (step === 'close') {
      if (open !== null) yield* close(open, due);
      return;
    }
    const appsOwn =
      faulty !== null &&
      isAppsOwn({ because: yield* stateOf(open?.because ?? null) }, (yield* openOf(`app:${faulty}`)) !== null);
    const app = appsOwn ? yield* countApp(faulty, job) : null;
    const { because, tell } = tellingAfterFailure(open, app);
    if (open === null) {
      yield* insert(subject, { due, jobs: [], because, tell });
      return;
    }
    const more = step === 'count' ? 1 : 0;
    yield* db.run(
      `update incidents set count = count + :more, last_due = :due, last_run = :run, because = :because, tell = :tell where id = :id`,
      { id: open.id, more, due, run: run.id, because, tell },
    );
    if (more === 1) yield* remember(open.id);
  };

  const faulty = yield* faultyApp();
  yield* closeApps(faulty);
  if (run.kind === 'job' && run.job !== null && run.ownAudience) yield* stepJob(run.job, faulty);
};
