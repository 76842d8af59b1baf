import { orderedId } from '../../base/ids.ts';
import { type Content, commonReason, type Delivery, newest, runEnd } from '../../model/delivery.ts';
import { fallbackKey, refusedForContent } from '../../model/fallback.ts';
import { hasEnded, type Reason, RUN_STEPS, type Run, type RunState } from '../../model/run.ts';
import { MINUTE, type Ms, ON_TIME } from '../../model/time.ts';
import type { SourceRead } from '../browse.ts';
import type { ClaimedRun, Ledger, NewDelivery, NewRun } from '../ledger.ts';
import { APP_FAULT, DEADLINE, SUPERSEDED, TOO_LATE } from '../reasons.ts';
import { createAnchors } from './anchors.ts';
import { createByPerson } from './by-person.ts';
import { keepContent } from './contents.ts';
import type { Database, Param, SqlRow, Steps } from './database.ts';
import { countEnd } from './incidents.ts';
import { keepCandidate, moveByArrival, moveByDecision } from './memory.ts';
import { NOT_DRAINED } from './nodes.ts';
import { OPEN_DELIVERY } from './open-rows.ts';
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
): Ledger['runs'] & { insert(run: NewRun): Steps<{ run: Run; mine: boolean }> } => {
  const opening = createOpening(db, now);
  const { insert } = opening;

  const read = function* (id: string): Steps<Run> {
    return runOf((yield* db.get('select * from runs where id = :id', { id })) ?? {});
  };

  /** Every step is one of RUN_STEPS, made by the run's owner; 0 rows means it is no longer ours. */
  const step = function* (
    id: string,
    to: RunState,
    set: { reason?: Reason | null; owner?: string | null; finishedAt?: Ms | null },
  ): Steps<boolean> {
    const from = (Object.keys(RUN_STEPS) as RunState[]).filter((state) => RUN_STEPS[state].includes(to));
    return (
      (yield* db.run(
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
      )) === 1
    );
  };

  /** Pending runs whose time has come and whose job has none under way, in order; of one job the first only. */
  const mayBegin = function* (which: Parameters<Ledger['runs']['claim']>[0], most: number): Steps<SqlRow[]> {
    const found: SqlRow[] = [];
    const jobs = new Set<string>();
    const pending = yield* db.rows(
      `select * from runs r where state = 'pending' and not_before <= :now and coalesce(start_until, deliver_until) >= :now
       and ${'ids' in which ? 'id in (select value from json_each(:ids))' : NOT_DRAINED}
       and not (once_key is not null and job is not null
         and exists (select 1 from runs o where o.job = r.job and o.state = 'running' and o.once_key is not null))
       order by priority, not_before, created_at`,
      { now: now(), ids: 'ids' in which ? JSON.stringify(which.ids) : null, node: processes.node },
    );
    for (let row = yield* db.next(pending); row !== undefined; row = yield* db.next(pending)) {
      const job = row['job'] === null ? '' : String(row['job']);
      if ('jobs' in which && !which.jobs.has(job)) continue;
      const oneAtATime = row['once_key'] !== null && job !== '';
      if (oneAtATime && jobs.has(job)) continue;
      if (oneAtATime) jobs.add(job);
      found.push(row);
      if (found.length === most) break;
    }
    yield* db.stop(pending);
    return found;
  };

  const endCrashed = function* (id: string): Steps<void> {
    yield* db.run("update runs set state = 'failed', reason = :reason, finished_at = :now where id = :id", {
      id,
      now: now(),
      reason: JSON.stringify(CRASHED),
    });
    yield* countEnd(db, yield* read(id), now());
  };

  return {
    ...opening,

    claim: async (which, { room, busy } = { room: 1, busy: false }) =>
      db.write(function* (): Steps<readonly ClaimedRun[]> {
        yield* processes.enter();
        const claimed: ClaimedRun[] = [];
        for (const row of yield* mayBegin(which, room)) {
          const run = runOf(row);
          // a reason stands at a run that was put back on purpose: the runner itself ends it when that was often enough
          const crashed = run.tries > 0 && run.reason === null;
          if (crashed && run.tries >= MAX_RUN_TRIES) {
            yield* endCrashed(run.id);
            continue;
          }
          if (crashed && (busy || claimed.length > 0)) break;
          yield* db.run(
            `update runs set state = 'running', reason = null, owner = :me, tries = tries + 1, started_at = coalesce(started_at, :now), deadline_at = :deadline,
               deliver_until = case when start_until is not null and :now - not_before > :onTime
                 then max(deliver_until, :now + deliver_until - not_before) else deliver_until end
             where id = :id`,
            { id: run.id, me: processes.id, now: now(), deadline: now() + RUN_DEADLINE, onTime: ON_TIME },
          );
          const request = row['request'] === null ? null : String(row['request']);
          claimed.push({ ...(yield* read(run.id)), request, alone: crashed });
          if (crashed) break;
        }
        return claimed;
      }),

    addDeliveries: async (run, deliveries) =>
      db.writeTogether(function* () {
        if (
          (yield* db.get("select 1 from runs where id = :run and state = 'running' and owner = :me", {
            run,
            me: processes.id,
          })) === undefined
        )
          return false;
        yield* addAll(run, deliveries);
        return true;
      }),

    toDelivering: async (run, how) =>
      db.writeTogether(function* () {
        const flipped = yield* step(run, 'delivering', {});
        if (flipped) {
          yield* addAll(run, how?.rest ?? []);
          const anchors = createAnchors(db);
          yield* anchors.join(run, now());
          if (how?.evenIfSame === true) yield* anchors.forget(run);
          if (how?.fallback === true) yield* db.run('update runs set fallback = 1 where id = :run', { run });
          if (how?.own === true) yield* db.run('update runs set own_messages = 1 where id = :run', { run });
          if (how?.candidate !== undefined) yield* keepCandidate(db, yield* read(run), how.candidate);
          if (how?.moves !== undefined) yield* moveByDecision(db, yield* read(run), how.moves, now());
          if (how?.sources !== undefined) yield* keepSources(run, how.sources);
          if (how?.cuts !== undefined)
            yield* db.run('update runs set cuts = :cuts where id = :run', { run, cuts: JSON.stringify(how.cuts) });
        }
        if (flipped && how?.supersedes === true) yield* supersede(run);
        return flipped;
      }),

    end: async (run, state, reason, moves, sources) =>
      db.writeTogether(function* () {
        const ended = yield* step(run, state, { reason, finishedAt: now() });
        if (ended && sources !== undefined) yield* keepSources(run, sources);
        if (ended && moves !== undefined) yield* moveByDecision(db, yield* read(run), moves, now());
        if (ended) yield* countEnd(db, yield* read(run), now());
        return ended;
      }),

    again: async (run, notBefore, because) =>
      db.writeTogether(function* () {
        yield* db.run(
          "delete from deliveries where run = :run and exists (select 1 from runs where id = :run and owner = :me and state = 'running')",
          {
            run,
            me: processes.id,
          },
        );
        const back = yield* step(run, 'pending', { reason: because });
        if (back) yield* db.run('update runs set not_before = :notBefore where id = :run', { run, notBefore });
        return back;
      }),

    ...createByPerson(db, now, processes.node),

    sweep: async () => {
      const candidates = await db.read(() =>
        db.all(
          `select id from runs where state = 'delivering' and not exists (select 1 from deliveries d where d.run = runs.id
           and (d.state in ('queued', 'sending', 'retrying') or (d.state = 'unknown' and d.settled = 0)))`,
        ),
      );
      const tooLate = await db.read(() =>
        db.all("select id from runs where state = 'pending' and coalesce(start_until, deliver_until) < :now", {
          now: now(),
        }),
      );
      const overdue = await db.read(() =>
        db.all("select id from runs where state = 'running' and deadline_at < :now", { now: now() }),
      );
      if (candidates.length + overdue.length + tooLate.length === 0) return [];
      return db.write(function* () {
        const ended: Run[] = [];
        for (const { id } of candidates) ended.push(...(yield* endIfDone(String(id))));
        for (const { id } of overdue) ended.push(...(yield* endOverdue(String(id))));
        for (const { id } of tooLate) ended.push(...(yield* endTooLate(String(id))));
        return ended;
      });
    },
  };

  /** Once, whatever becomes of it: it is a run like any other, which any process takes. */
  function* fallBack(run: Run, deliveries: readonly Delivery[]): Steps<void> {
    if (run.kind !== 'job' || run.state === 'delivered' || run.recalled) return;
    const refused = refusedForContent(deliveries);
    if (
      refused === null ||
      (yield* db.get('select 1 from runs where id = :id and fallback = 1', { id: run.id })) === undefined
    )
      return;
    yield* insert({
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

  function* keepSources(run: string, sources: readonly SourceRead[]): Steps<void> {
    if (sources.length > 0)
      yield* db.run('update runs set sources = :sources where id = :run', { run, sources: JSON.stringify(sources) });
  }

  /** In one way to the engine and back, however many: a lock is held meanwhile. */
  function* addAll(run: string, deliveries: readonly NewDelivery[]): Steps<void> {
    const hashes = new Map<Content, string>();
    // most share one content, and it may be large
    for (const { content } of deliveries)
      if (!hashes.has(content)) hashes.set(content, yield* keepContent(db, content, now()));
    yield* db.many(
      `insert into deliveries (id, run, recipient, target_type, target, app, part, generation, kind, content, uuid, state, priority, remembers, not_before, deliver_until, max_tries,
         fault, reason, code, anchor, urgent)
       select :id, id, :recipient, :targetType, :target, :app, :part, 1, :kind, :hash, :uuid, :state, priority, :remembers, :now, :deliverUntil, :maxTries,
         :fault, :reason, :code, :anchor, :urgent
       from runs where id = :run`,
      deliveries.map((delivery) => newRow(run, hashes.get(delivery.content) ?? '', delivery)),
    );
  }

  function newRow(
    run: string,
    hash: string,
    { content: _, target, remembers = true, refused, anchor, urgent, ...delivery }: NewDelivery,
  ): Record<string, Param> {
    return {
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
    };
  }

  /** Of a job that sends often, only the newest is worth sending: older messages to the same recipients that never left. */
  function* supersede(run: string): Steps<void> {
    const older = yield* db.all(
      `select old.id from runs new join runs old on old.job = new.job and old.state = 'delivering'
         and old.id <> new.id and old.own_audience = 1 and old.due_at < new.due_at where new.id = :run`,
      { run },
    );
    if (older.length === 0) return;
    yield* db.run(
      `update deliveries set state = 'cancelled', reason = :reason
       where ${OPEN_DELIVERY} and state in ('queued', 'retrying')
         and run in (select value from json_each(:older)) and exists (select 1 from deliveries mine
           where mine.run = :run and mine.target = deliveries.target and mine.part = deliveries.part)`,
      { run, older: JSON.stringify(older.map(({ id }) => id)), reason: JSON.stringify(SUPERSEDED) },
    );
  }

  /** However alive its process is, a run that hangs must not keep its job from running for ever (core rule 9). */
  function* endOverdue(id: string): Steps<Run[]> {
    const ended = yield* db.run(
      `update runs set state = 'failed', reason = :reason, owner = null, finished_at = :now
       where id = :id and state = 'running' and deadline_at < :now`,
      { id, now: now(), reason: JSON.stringify(DEADLINE) },
    );
    if (ended === 0) return [];
    yield* db.run('delete from deliveries where run = :id', { id });
    yield* countEnd(db, yield* read(id), now());
    return [yield* read(id)];
  }

  /** It waited for its turn, or for somebody to be awake, until it made no sense any more. */
  function* endTooLate(id: string): Steps<Run[]> {
    const ended = yield* db.run(
      `update runs set state = 'missed', reason = :reason, finished_at = :now
       where id = :id and state = 'pending' and coalesce(start_until, deliver_until) < :now`,
      { id, now: now(), reason: JSON.stringify(TOO_LATE) },
    );
    if (ended === 0) return [];
    yield* countEnd(db, yield* read(id), now());
    return [yield* read(id)];
  }

  function* endIfDone(id: string): Steps<Run[]> {
    if ((yield* read(id)).state !== 'delivering') return [];
    const deliveries = newest((yield* db.all('select * from deliveries where run = :id', { id })).map(deliveryOf));
    const state = runEnd(deliveries);
    if (state === null || !hasEnded(state)) return [];
    const appFault = state === 'failed' && deliveries.some(({ fault }) => fault === 'app');
    const reason = appFault ? APP_FAULT : state === 'delivered' ? null : commonReason(deliveries);
    yield* db.run('update runs set state = :state, reason = :reason, finished_at = :now where id = :id', {
      id,
      state,
      now: now(),
      reason: reason === null ? null : JSON.stringify(reason),
    });
    const ended = yield* read(id);
    yield* countEnd(db, ended, now());
    yield* moveByArrival(db, ended, now());
    yield* fallBack(ended, deliveries);
    return [ended];
  }
};
