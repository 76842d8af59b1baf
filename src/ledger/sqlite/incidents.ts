import { type Incident, type Tell, tellingAfterNotice } from '../../model/incident.ts';
import type { Run } from '../../model/run.ts';
import type { Ms } from '../../model/time.ts';
import type { Ledger, NewRun, NoticeStep } from '../ledger.ts';
import type { Database } from './database.ts';
import { stepIncidents } from './incident-steps.ts';
import { incidentOf } from './rows.ts';

/** Inside the write that ends a run, once a run: what it does to incidents, and to the one that it is a notice of. */
export const countEnd = (db: Database, run: Run, now: Ms): void => {
  if (db.run('update runs set counted = 1 where id = :id and counted = 0', { id: run.id }) === 0) return;
  if (run.kind === 'notice') {
    const tell = tellingAfterNotice(run.state);
    db.run(
      `update incidents set tell = :tell where notice_run = :run and tell in ('queued', case :tell when 'told' then 'due' end)`,
      { run: run.id, tell },
    );
  }
  stepIncidents(db, run, now);
};

/** A job that is gone does not fail any more, and nobody is told of that. */
export const closeRemoved = (db: Database, jobs: readonly string[], now: Ms): void => {
  const gone = `state = 'open' and subject like 'job:%' and substr(subject, 5) not in (select value from json_each(:jobs))`;
  const names = { jobs: JSON.stringify(jobs), now };
  if (db.get(`select 1 from incidents where ${gone} limit 1`, names) === undefined) return;
  db.write(() => {
    db.run(`update incidents set state = 'closed', closed_at = :now, tell = 'none' where ${gone}`, names);
  });
};

export const createIncidents = (
  db: Database,
  now: () => Ms,
  open: (run: NewRun) => { run: Run },
): Ledger['incidents'] => {
  /** False when it was told meanwhile, or there is something newer to tell. */
  const mark = (incident: Incident, tell: Tell, step: NoticeStep | null, callUntil: Ms | null = null): boolean =>
    db.run(
      `update incidents set tell = :tell, call_until = :callUntil, notice_run = null, notices = notices + :more,
         notice = coalesce(:kind, notice), tried = :tried, told_to = coalesce(:to, told_to),
         noticed_at = case when :tell = 'none' then noticed_at else :now end
       where id = :id and state = :state and tell = :was and notices = :notices`,
      {
        id: incident.id,
        state: incident.state,
        was: incident.tell,
        notices: incident.notices,
        more: step === null ? 0 : 1,
        tell,
        callUntil,
        kind: step?.kind ?? null,
        tried: JSON.stringify(step?.tried ?? incident.tried),
        to: step?.to ?? null,
        now: now(),
      },
    ) === 1;

  return {
    toTell: async () => {
      // a program that was to tell, and whose process died: that way counts as tried
      if (db.get("select 1 from incidents where tell = 'calling' and call_until < :now", { now: now() }) !== undefined)
        db.write(() => {
          db.run("update incidents set tell = 'due' where tell = 'calling' and call_until < :now", { now: now() });
        });
      return db
        .all(
          "select * from incidents where state = 'open' union select * from incidents where tell = 'due' order by id",
        )
        .map(incidentOf);
    },
    queue: async (incident, step, notice) =>
      db.write(() => {
        if (!mark(incident, 'queued', step)) return null;
        const { run } = open(notice);
        db.run('update incidents set notice_run = :run where id = :id', { run: run.id, id: incident.id });
        return run;
      }),
    call: async (incident, step, until) => db.write(() => mark(incident, 'calling', step, until)),
    called: async (incident, heard) =>
      db.write(() => {
        db.run("update incidents set tell = :tell, call_until = null where id = :incident and tell = 'calling'", {
          incident,
          tell: heard ? 'told' : 'due',
        });
      }),
    giveUp: async (incident, step) => db.write(() => mark(incident, step === null ? 'none' : 'unreachable', step)),
  };
};
