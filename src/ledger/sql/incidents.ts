import { newest } from '../../model/delivery.ts';
import { afterWay, type Hearing, missedAll, missOf } from '../../model/hearing.ts';
import { type Incident, type Tell, tellingAfterWay, tellingAtLast } from '../../model/incident.ts';
import type { Way } from '../../model/on-failure.ts';
import type { Run } from '../../model/run.ts';
import type { Ms } from '../../model/time.ts';
import type { Ledger, NewRun, NoticeStep } from '../ledger.ts';
import { CALL_LOST } from '../reasons.ts';
import type { Database, Steps } from './database.ts';
import { stepIncidents } from './incident-steps.ts';
import { deliveryOf, incidentOf } from './rows.ts';

/** Records what the way that was tried last has done, and whether others are to be tried. */
const endWay = function* (
  db: Database,
  incident: Incident,
  what: (by: Way) => Pick<Hearing, 'heard' | 'misses'>,
): Steps<void> {
  const by = incident.tried.at(-1) ?? 'first';
  const done = what(by);
  const hearing = { tried: incident.tried, ...afterWay(incident, by, done) };
  const told = incident.notice !== 'recovery' && done.heard.length > 0;
  const heardBy = told ? [...new Set([...incident.heardBy, by])] : incident.heardBy;
  yield* db.run(
    `update incidents set tell = :tell, call_until = null, heard = :heard, misses = :misses, heard_by = :heardBy
     where id = :id`,
    {
      id: incident.id,
      tell: tellingAfterWay(hearing, { notice: incident.notice, heardBy }),
      heard: JSON.stringify(hearing.heard),
      misses: JSON.stringify(hearing.misses),
      heardBy: JSON.stringify(heardBy),
    },
  );
};

/** A notice has ended, or is proven after its end to have arrived, while nothing newer was told. */
const endNotice = function* (db: Database, run: Run): Steps<void> {
  const row = yield* db.get("select * from incidents where notice_run = :run and tell in ('queued', 'due')", {
    run: run.id,
  });
  if (row === undefined) return;
  const deliveries = newest(
    (yield* db.all('select * from deliveries where run = :run', { run: run.id })).map(deliveryOf),
  );
  yield* endWay(db, incidentOf(row), (by) => ({
    heard: deliveries.filter(({ state }) => state === 'delivered').map(({ recipient }) => recipient),
    misses:
      deliveries.length === 0
        ? [missedAll(by, null, run.reason)]
        : deliveries.filter(({ state }) => state !== 'delivered').map((delivery) => missOf(delivery, by)),
  }));
};

/** Inside the write that ends a run, once a run: what it does to incidents, and to the one that it is a notice of. */
export const countEnd = function* (db: Database, run: Run, now: Ms): Steps<void> {
  if ((yield* db.run('update runs set counted = 1 where id = :id and counted = 0', { id: run.id })) === 0) return;
  if (run.kind === 'notice') yield* endNotice(db, run);
  yield* stepIncidents(db, run, now);
};

/** A job that is gone does not fail any more, and nobody is told of that. */
export const closeRemoved = async (db: Database, jobs: ReadonlySet<string>, now: Ms): Promise<void> => {
  const open = "select id, subject from incidents where state = 'open' and subject like 'job:%'";
  const gone = (await db.read(() => db.all(open))).filter(
    ({ subject }) => !jobs.has(String(subject).slice('job:'.length)),
  );
  if (gone.length === 0) return;
  await db.write(function* () {
    for (const { id } of gone)
      yield* db.run(
        "update incidents set state = 'closed', closed_at = :now, tell = 'none' where id = :id and state = 'open'",
        { id: id ?? null, now },
      );
  });
};

export const createIncidents = (
  db: Database,
  now: () => Ms,
  open: (run: NewRun) => Steps<{ run: Run }>,
): Ledger['incidents'] => {
  /** False when it was told meanwhile, or there is something newer to tell. */
  const mark = function* (
    incident: Incident,
    tell: Tell,
    step: NoticeStep | null,
    { fresh, callUntil = null }: { fresh: boolean; callUntil?: Ms | null },
  ): Steps<boolean> {
    return (
      (yield* db.run(
        `update incidents set tell = :tell, call_until = :callUntil, notice_run = null, notices = notices + :more,
         notice = coalesce(:kind, notice), tried = :tried, told_to = coalesce(:to, told_to),
         heard = case when :fresh = 1 then '[]' else heard end, misses = case when :fresh = 1 then '[]' else misses end,
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
          fresh: fresh ? 1 : 0,
          kind: step?.kind ?? null,
          tried: JSON.stringify(step?.tried ?? incident.tried),
          to: step?.to ?? null,
          now: now(),
        },
      )) === 1
    );
  };

  return {
    toTell: async () => {
      // a program that was to tell, and whose process died: that way counts as tried
      const lost = "tell = 'calling' and call_until < :now";
      if ((await db.read(() => db.get(`select 1 from incidents where ${lost}`, { now: now() }))) !== undefined)
        await db.write(function* () {
          for (const incident of (yield* db.all(`select * from incidents where ${lost}`, { now: now() })).map(
            incidentOf,
          ))
            yield* endWay(db, incident, (by) => ({ heard: [], misses: [missedAll(by, incident.to, CALL_LOST)] }));
        });
      return (
        await db.read(() =>
          db.all(
            "select * from incidents where state = 'open' union select * from incidents where tell = 'due' order by id",
          ),
        )
      ).map(incidentOf);
    },
    queue: async (incident, step, notice) =>
      db.write(function* () {
        if (!(yield* mark(incident, 'queued', step, isFresh(step)))) return null;
        const { run } = yield* open(notice);
        yield* db.run('update incidents set notice_run = :run where id = :id', { run: run.id, id: incident.id });
        return run;
      }),
    call: async (incident, step, callUntil) =>
      db.write(function* () {
        return yield* mark(incident, 'calling', step, { ...isFresh(step), callUntil });
      }),
    called: async (id, failed) =>
      db.write(function* () {
        const row = yield* db.get("select * from incidents where id = :id and tell = 'calling'", { id });
        if (row === undefined) return;
        const incident = incidentOf(row);
        yield* endWay(db, incident, (by) =>
          failed === null
            ? { heard: incident.to === null ? [] : [incident.to], misses: [] }
            : { heard: [], misses: [missedAll(by, incident.to, failed)] },
        );
      }),
    giveUp: async (incident, step) =>
      db.write(function* () {
        return step === null
          ? yield* mark(incident, 'none', null, { fresh: false })
          : yield* mark(incident, step.tried.length === 0 ? 'unreachable' : tellingAtLast(incident), step, {
              fresh: step.tried.length === 0,
            });
      }),
  };
};

/** The first way of a notice begins it anew. */
const isFresh = ({ tried }: NoticeStep): { fresh: boolean } => ({ fresh: tried.length === 1 });
