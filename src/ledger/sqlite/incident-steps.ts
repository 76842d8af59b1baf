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
import type { Database } from './database.ts';
import { incidentOf } from './rows.ts';

/** What of a delivery's row is the latest word on its recipient; a custom bot is no app. */
const NEWEST = `d.run = :run and d.target_type <> 'webhook' and not exists (select 1 from deliveries n where n.run = d.run
  and n.recipient = d.recipient and n.part = d.part and n.generation > d.generation)`;

/** Inside the write that ends a run: the incidents of its app and of its job. */
export const stepIncidents = (db: Database, run: Run, now: Ms): void => {
  const openOf = (subject: string): Incident | null => {
    const row = db.get("select * from incidents where subject = :subject and state = 'open'", { subject });
    return row === undefined ? null : incidentOf(row);
  };

  const countedIn = JSON.parse(
    String(db.get('select counted_in from runs where id = :run', { run: run.id })?.['counted_in'] ?? '[]'),
  ) as readonly number[];

  /** The run counts in this incident from now on, and never again. */
  const remember = (id: number): void => {
    db.run("update runs set counted_in = json_insert(counted_in, '$[#]', :id) where id = :run", { run: run.id, id });
  };

  const insert = (
    subject: string,
    of: { due: Ms; jobs: readonly string[]; because: number | null; tell: string },
  ): number => {
    const id = Number(
      db.get(
        `insert into incidents (subject, state, opened_at, opened_due, last_due, count, run, last_run, tell, because, jobs)
         values (:subject, 'open', :now, :due, :due, 1, :run, :run, :tell, :because, :jobs) returning id`,
        { subject, now, run: run.id, ...of, jobs: JSON.stringify(of.jobs) },
      )?.['id'],
    );
    remember(id);
    return id;
  };

  const close = (incident: Incident, due: Ms): void => {
    db.run(
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
  const faultyApp = (): string | null => {
    if (!isFailure(run.state)) return null;
    const row = db.get(
      `select d.app from deliveries d where ${NEWEST} and (d.fault = 'app' and d.state = 'rejected'
         or :failed and d.state in ('rejected', 'cancelled') and d.fault is null and d.app in (select app from app_gates)) limit 1`,
      { run: run.id, failed: run.state === 'failed' ? 1 : 0 },
    );
    return row === undefined ? null : String(row['app']);
  };

  /** Any message that arrived shows that its app works. */
  const closeApps = (faulty: string | null): void => {
    if (run.state !== 'delivered' && run.state !== 'partial') return;
    const open = db.all("select * from incidents where state = 'open' and subject like 'app:%'").map(incidentOf);
    for (const incident of open) {
      const app = incident.subject.slice('app:'.length);
      if (app === faulty) continue;
      const row = db.get(
        `select max(d.delivered_at) as at from deliveries d where ${NEWEST} and d.app = :app and d.state = 'delivered'`,
        { run: run.id, app },
      );
      const deliveredAt = row === undefined || row['at'] === null ? null : Number(row['at']);
      if (isAppBack(incident, deliveredAt)) close(incident, now);
    }
  };

  /** Opens or counts; answers the incident's id. */
  const countApp = (app: string, job: string): number => {
    const subject = `app:${app}`;
    const open = openOf(subject);
    if (open === null) return insert(subject, { due: now, jobs: [job], because: null, tell: 'due' });
    const jobs = open.jobs.includes(job) ? open.jobs : [...open.jobs, job];
    const more = countedIn.includes(open.id) ? 0 : 1;
    db.run(
      'update incidents set count = count + :more, last_due = :now, last_run = :run, jobs = :jobs where id = :id',
      {
        id: open.id,
        more,
        now,
        run: run.id,
        jobs: JSON.stringify(jobs),
      },
    );
    if (more === 1) remember(open.id);
    return open.id;
  };

  const stateOf = (id: number | null): { state: Incident['state'] } | null => {
    const row = id === null ? undefined : db.get('select state from incidents where id = :id', { id });
    return row === undefined ? null : { state: row['state'] as Incident['state'] };
  };

  const sentNothing = (id: string): boolean =>
    db.get('select 1 from deliveries where run = :id limit 1', { id }) === undefined;

  const stepJob = (job: string, faulty: string | null): void => {
    const subject = `job:${job}`;
    const open = openOf(subject);
    const due = run.dueAt ?? run.createdAt;
    const step = incidentStep(open === null ? null : { ...open, beforeSending: sentNothing(open.lastRun) }, {
      state: run.state,
      dueAt: due,
      reason: run.reason,
      counted: countedIn.length > 0,
    });
    if (step === 'none') return;
    if (step === 'close') {
      if (open !== null) close(open, due);
      return;
    }
    const appsOwn =
      faulty !== null && isAppsOwn({ because: stateOf(open?.because ?? null) }, openOf(`app:${faulty}`) !== null);
    const app = appsOwn ? countApp(faulty, job) : null;
    const { because, tell } = tellingAfterFailure(open, app);
    if (open === null) {
      insert(subject, { due, jobs: [], because, tell });
      return;
    }
    const more = step === 'count' ? 1 : 0;
    db.run(
      `update incidents set count = count + :more, last_due = :due, last_run = :run, because = :because, tell = :tell where id = :id`,
      { id: open.id, more, due, run: run.id, because, tell },
    );
    if (more === 1) remember(open.id);
  };

  const faulty = faultyApp();
  closeApps(faulty);
  if (run.kind === 'job' && run.job !== null && run.ownAudience) stepJob(run.job, faulty);
};
