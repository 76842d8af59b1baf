import { digest, orderedId } from '../../base/ids.ts';
import { type Content, commonReason, type Delivery, newest, runEnd } from '../../model/delivery.ts';
import { fallbackKey, refusedForContent } from '../../model/fallback.ts';
import { hasEnded, type Reason, RUN_STEPS, type Run, type RunState } from '../../model/run.ts';
import { MINUTE, type Ms } from '../../model/time.ts';
import type { SourceRead } from '../browse.ts';
import type { ClaimedRun, Ledger, NewDelivery, NewRun } from '../ledger.ts';
import { APP_FAULT, DEADLINE, SUPERSEDED } from '../reasons.ts';
import { createAnchors } from './anchors.ts';
import { createByPerson } from './by-person.ts';
import type { Database } from './database.ts';
import { countEnd } from './incidents.ts';
import { keepCandidate, moveByArrival, moveByDecision } from './memory.ts';
import { OPEN_DELIVERY, openRun } from './open-rows.ts';
import { createOpening } from './opening.ts';
import type { Processes } from './processes.ts';
import { deliveryOf, runOf } from './rows.ts';

/** A crash counts as a try; a run that crashed its process this often is not tried again. */
const MAX_RUN_TRIES = 3;
/** How long a run may take before its deliveries are planned. */
const RUN_DEADLINE: Ms = 30 * MINUTE;

const CRASHED: Reason = {
  code: 'crashed',
  message: { zh: '准备消息时程序三次意外中止。', en: 'Preparing the message ended the program three times.' },
};

/** The verbs of runs, and `insert`, their opening inside somebody else's write. */
export const createRuns = (
  db: Database,
  now: () => Ms,
  processes: Processes,
): Ledger['runs'] & { insert(run: NewRun): { run: Run; mine: boolean } } => {
  const opening = createOpening(db, now);
  const { insert } = opening;

  const read = (id: string): Run => runOf(db.get('select * from runs where id = :id', { id }) ?? {});

  /** Every step is one of RUN_STEPS, made by the run's owner; 0 rows means it is no longer ours. */
  const step = (
    id: string,
    to: RunState,
    set: { reason?: Reason | null; owner?: string | null; finishedAt?: Ms | null },
  ): boolean => {
    const from = (Object.keys(RUN_STEPS) as RunState[]).filter((state) => RUN_STEPS[state].includes(to));
    return (
      db.run(
        `update runs set state = :to, reason = :reason, owner = :next, finished_at = :finishedAt
         where id = :id and owner = :me and state in (${from.map((state) => `'${state}'`).join(', ')})`,
        {
          id,
          to,
          me: processes.id,
          next: set.owner ?? null,
          reason: set.reason ? JSON.stringify(set.reason) : null,
          finishedAt: set.finishedAt ?? null,
        },
      ) === 1
    );
  };

  return {
    ...opening,

    claim: async (which) =>
      db.write((): ClaimedRun | null => {
        processes.enter();
        const names = 'ids' in which ? which.ids : which.jobs;
        const column = 'ids' in which ? 'id' : "coalesce(job, '')";
        for (;;) {
          const row = db.get(
            `select * from runs r where ${openRun()} and state = 'pending' and not_before <= :now
             and ${column} in (select value from json_each(:names))
             and not (once_key is not null and job is not null
               and exists (select 1 from runs o where o.job = r.job and o.state = 'running' and o.once_key is not null))
             order by priority, not_before, created_at limit 1`,
            { now: now(), names: JSON.stringify(names) },
          );
          if (row === undefined) return null;
          const run = runOf(row);
          // a reason stands at a run that was put back on purpose: the runner itself ends it when that was often enough
          if (run.tries >= MAX_RUN_TRIES && run.reason === null) {
            db.run("update runs set state = 'failed', reason = :reason, finished_at = :now where id = :id", {
              id: run.id,
              now: now(),
              reason: JSON.stringify(CRASHED),
            });
            countEnd(db, read(run.id), now());
            continue;
          }
          db.run(
            `update runs set state = 'running', reason = null, owner = :me, tries = tries + 1, started_at = coalesce(started_at, :now), deadline_at = :deadline
             where id = :id`,
            { id: run.id, me: processes.id, now: now(), deadline: now() + RUN_DEADLINE },
          );
          return { ...read(run.id), request: row['request'] === null ? null : String(row['request']) };
        }
      }),

    addDeliveries: async (run, deliveries) =>
      db.write(() => {
        if (
          db.get("select 1 from runs where id = :run and state = 'running' and owner = :me", {
            run,
            me: processes.id,
          }) === undefined
        )
          return false;
        const hashes = new Map<Content, string>();
        for (const delivery of deliveries) {
          // most share one content, and it may be large
          const hash = hashes.get(delivery.content) ?? keepContent(delivery.content);
          hashes.set(delivery.content, hash);
          addDelivery(run, hash, delivery);
        }
        return true;
      }),

    toDelivering: async (run, how) =>
      db.write(() => {
        const flipped = step(run, 'delivering', {});
        if (flipped) {
          const anchors = createAnchors(db);
          anchors.join(run, now());
          if (how?.evenIfSame === true) anchors.forget(run);
          if (how?.fallback === true) db.run('update runs set fallback = 1 where id = :run', { run });
          if (how?.own === true) db.run('update runs set own_messages = 1 where id = :run', { run });
          if (how?.candidate !== undefined) keepCandidate(db, read(run), how.candidate);
          if (how?.moves !== undefined) moveByDecision(db, read(run), how.moves, now());
          if (how?.sources !== undefined) keepSources(run, how.sources);
          if (how?.cuts !== undefined)
            db.run('update runs set cuts = :cuts where id = :run', { run, cuts: JSON.stringify(how.cuts) });
        }
        if (flipped && how?.supersedes === true) supersede(run);
        return flipped;
      }),

    end: async (run, state, reason, moves, sources) =>
      db.write(() => {
        const ended = step(run, state, { reason, finishedAt: now() });
        if (ended && sources !== undefined) keepSources(run, sources);
        if (ended && moves !== undefined) moveByDecision(db, read(run), moves, now());
        if (ended) countEnd(db, read(run), now());
        return ended;
      }),

    again: async (run, notBefore, because) =>
      db.write(() => {
        db.run(
          "delete from deliveries where run = :run and exists (select 1 from runs where id = :run and owner = :me and state = 'running')",
          {
            run,
            me: processes.id,
          },
        );
        const back = step(run, 'pending', { reason: because });
        if (back) db.run('update runs set not_before = :notBefore where id = :run', { run, notBefore });
        return back;
      }),

    ...createByPerson(db, now),

    sweep: async () => {
      const candidates = db.all(
        `select id from runs where ${openRun()} and state = 'delivering' and not exists (select 1 from deliveries d where d.run = runs.id
           and (d.state in ('queued', 'sending', 'retrying') or (d.state = 'unknown' and d.settled = 0)))`,
      );
      const overdue = db.all(`select id from runs where ${openRun()} and state = 'running' and deadline_at < :now`, {
        now: now(),
      });
      if (candidates.length + overdue.length === 0) return [];
      return db.write(() => [
        ...candidates.flatMap(({ id }) => endIfDone(String(id))),
        ...overdue.flatMap(({ id }) => endOverdue(String(id))),
      ]);
    },
  };

  /** Once, whatever becomes of it: it is a run like any other, which any process takes. */
  function fallBack(run: Run, deliveries: readonly Delivery[]): void {
    if (run.kind !== 'job' || run.state === 'delivered' || run.recalled) return;
    const refused = refusedForContent(deliveries);
    if (refused === null || db.get('select 1 from runs where id = :id and fallback = 1', { id: run.id }) === undefined)
      return;
    insert({
      kind: 'fallback',
      job: run.job,
      onceKey: fallbackKey(run),
      dueAt: run.dueAt,
      notBefore: now(),
      trigger: run.trigger,
      ownAudience: false,
      deliverUntil: Math.max(run.deliverUntil, now() + RUN_DEADLINE),
      priority: run.priority,
      request: JSON.stringify(refused),
    });
  }

  function keepSources(run: string, sources: readonly SourceRead[]): void {
    if (sources.length > 0)
      db.run('update runs set sources = :sources where id = :run', { run, sources: JSON.stringify(sources) });
  }

  function keepContent(content: Content): string {
    const hash = digest([content.msgType, content.body], 64);
    db.run('insert into contents (hash, msg_type, body) values (:hash, :msgType, :body) on conflict do nothing', {
      hash,
      msgType: content.msgType,
      body: content.body,
    });
    return hash;
  }

  function addDelivery(
    run: string,
    hash: string,
    { content: _, target, remembers = true, refused, anchor, urgent, ...delivery }: NewDelivery,
  ): void {
    db.run(
      `insert into deliveries (id, run, recipient, target_type, target, app, part, generation, kind, content, uuid, state, priority, remembers, not_before, deliver_until, max_tries,
         fault, reason, code, anchor, urgent)
       select :id, id, :recipient, :targetType, :target, :app, :part, 1, :kind, :hash, :uuid, :state, priority, :remembers, :now, :deliverUntil, :maxTries,
         :fault, :reason, :code, :anchor, :urgent
       from runs where id = :run`,
      {
        id: orderedId(now()),
        run,
        targetType: target.idType,
        target: target.id,
        hash,
        now: now(),
        ...delivery,
        anchor: anchor ?? null,
        urgent: urgent ?? null,
        remembers: remembers ? 1 : 0,
        state: refused === undefined ? 'queued' : 'rejected',
        fault: refused === undefined ? null : 'recipient',
        reason: refused === undefined ? null : JSON.stringify(refused.reason),
        code: refused?.code ?? null,
      },
    );
  }

  /** Of a job that sends often, only the newest is worth sending: older messages to the same recipients that never left. */
  function supersede(run: string): void {
    db.run(
      `update deliveries set state = 'cancelled', reason = :reason
       where ${OPEN_DELIVERY} and state in ('queued', 'retrying') and exists (
         select 1 from runs old join runs new on new.id = :run and new.job = old.job
         join deliveries mine on mine.run = new.id and mine.target = deliveries.target and mine.part = deliveries.part
         where old.id = deliveries.run and old.id <> new.id and old.state = 'delivering' and old.own_audience = 1 and old.due_at < new.due_at)`,
      { run, reason: JSON.stringify(SUPERSEDED) },
    );
  }

  /** However alive its process is, a run that hangs must not keep its job from running for ever (core rule 9). */
  function endOverdue(id: string): Run[] {
    const ended = db.run(
      `update runs set state = 'failed', reason = :reason, owner = null, finished_at = :now
       where id = :id and state = 'running' and deadline_at < :now`,
      { id, now: now(), reason: JSON.stringify(DEADLINE) },
    );
    if (ended === 0) return [];
    db.run('delete from deliveries where run = :id', { id });
    countEnd(db, read(id), now());
    return [read(id)];
  }

  function endIfDone(id: string): Run[] {
    if (read(id).state !== 'delivering') return [];
    const deliveries = newest(db.all('select * from deliveries where run = :id', { id }).map(deliveryOf));
    const state = runEnd(deliveries);
    if (state === null || !hasEnded(state)) return [];
    const appFault = state === 'failed' && deliveries.some(({ fault }) => fault === 'app');
    const reason = appFault ? APP_FAULT : state === 'delivered' ? null : commonReason(deliveries);
    db.run('update runs set state = :state, reason = :reason, finished_at = :now where id = :id', {
      id,
      state,
      now: now(),
      reason: reason === null ? null : JSON.stringify(reason),
    });
    const ended = read(id);
    countEnd(db, ended, now());
    moveByArrival(db, ended, now());
    fallBack(ended, deliveries);
    return [ended];
  }
};
