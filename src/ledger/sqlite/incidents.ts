import { type Incident, incidentStep } from '../../model/incident.ts';
import type { Run } from '../../model/run.ts';
import type { Ms } from '../../model/time.ts';
import type { Ledger, NewRun } from '../ledger.ts';
import type { Database } from './database.ts';
import { incidentOf } from './rows.ts';

/** Inside the write that ends a run: the incident step of its job, once a run, and what is to be told of it. */
export const countEnd = (db: Database, run: Run, now: Ms): void => {
  if (run.kind !== 'job' || !run.ownAudience) return;
  if (db.run('update runs set counted = 1 where id = :id and counted = 0', { id: run.id }) === 0) return;
  const subject = `job:${run.job}`;
  const row = db.get("select * from incidents where subject = :subject and state = 'open'", { subject });
  const open = row === undefined ? null : incidentOf(row);
  const due = run.dueAt ?? run.createdAt;
  switch (incidentStep(open, { state: run.state, dueAt: due })) {
    case 'open':
      db.run(
        `insert into incidents (subject, state, opened_at, opened_due, last_due, count, run, tell)
         values (:subject, 'open', :now, :due, :due, 1, :run, 'due')`,
        { subject, now, due, run: run.id },
      );
      return;
    case 'count':
      db.run("update incidents set count = count + 1, last_due = :due where subject = :subject and state = 'open'", {
        subject,
        due,
      });
      return;
    case 'close':
      db.run(
        "update incidents set state = 'closed', closed_at = :now, last_due = :due, run = :run, tell = 'due' where subject = :subject and state = 'open'",
        { subject, now, due, run: run.id },
      );
      return;
    case 'none':
      return;
  }
};

export const createIncidents = (db: Database, open: (run: NewRun) => { run: Run }): Ledger['incidents'] => ({
  due: async () => db.all("select * from incidents where tell = 'due' order by id").map(incidentOf),
  told: async (incident: Incident, notice) =>
    db.write(() => {
      // the state is compared, too: closed since it was read means there is something newer to tell
      const marked = db.run("update incidents set tell = 'queued' where id = :id and tell = 'due' and state = :state", {
        id: incident.id,
        state: incident.state,
      });
      return marked === 1 && notice !== null ? open(notice).run : null;
    }),
});
