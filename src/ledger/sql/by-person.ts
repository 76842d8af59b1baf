import { digest, orderedId } from '../../base/ids.ts';
import { type Delivery, resendable, unresolved } from '../../model/delivery.ts';
import { hasEnded, type Reason, RUN_STEPS, type Run, type RunState } from '../../model/run.ts';
import { mayRepeat } from '../../model/settle.ts';
import type { Ms } from '../../model/time.ts';
import type { Ledger, Resend } from '../ledger.ts';
import { OVERLAP, PAUSED, RECALLED, REMOVED } from '../reasons.ts';
import { keepContent } from './contents.ts';
import type { Database, Steps } from './database.ts';
import { closeRemoved } from './incidents.ts';
import { NODES, nodeOf, nodesParams } from './nodes.ts';
import { deliveryOf, runOf } from './rows.ts';
import { nextUuid } from './settling.ts';

/** What a person asks of a run, whoever holds it: cancel, resend, recall; and the end of runs whose job is gone. */
export const createByPerson = (
  db: Database,
  now: () => Ms,
  node: string,
): Pick<Ledger['runs'], 'cancel' | 'resend' | 'recall' | 'leaveOut' | 'dropRemoved'> => {
  const read = function* (id: string): Steps<Run | null> {
    const row = yield* db.get('select * from runs where id = :id', { id });
    return row === undefined ? null : runOf(row);
  };

  const endUnplanned = function* (id: string, reason: Reason): Steps<number> {
    yield* db.run("delete from deliveries where run = (select id from runs where id = :id and state = 'running')", {
      id,
    });
    return yield* db.run(
      "update runs set state = 'skipped', reason = :reason, finished_at = :now, owner = null where id = :id and state in ('pending', 'running')",
      { id, now: now(), reason: JSON.stringify(reason) },
    );
  };

  const cancelUnsent = function* (run: string, reason: Reason): Steps<number> {
    return yield* db.run(
      "update deliveries set state = 'cancelled', reason = :reason where run = :run and state in ('queued', 'retrying')",
      { run, reason: JSON.stringify(reason) },
    );
  };

  const step = function* (run: Run, to: RunState, deliverUntil: Ms): Steps<void> {
    if (run.state !== to && !RUN_STEPS[run.state].includes(to))
      throw new Error(`a run cannot go from ${run.state} to ${to}`);
    yield* db.run(
      `update runs set state = :to, reason = null, finished_at = null, counted = 0, tries = 0, not_before = min(not_before, :now),
         start_until = null, deliver_until = max(deliver_until, :deliverUntil) where id = :id`,
      { id: run.id, to, now: now(), deliverUntil },
    );
  };

  /** Inside Feishu's memory the same uuid goes out again, which cannot make two; after it a new generation does. */
  const again = function* (delivery: Delivery, { contents, deliverUntil, feishuNow }: Resend): Steps<void> {
    const unsure = delivery.state === 'unknown' && delivery.remembers && !delivery.settled;
    const content = contents[delivery.part];
    if (unsure && content === undefined && mayRepeat(delivery.firstUnsureAt ?? 0, feishuNow ?? now())) {
      yield* db.run(
        'update deliveries set not_before = :now, deliver_until = max(deliver_until, :deliverUntil) where id = :id',
        { id: delivery.id, now: now(), deliverUntil },
      );
      return;
    }
    yield* db.run("update deliveries set settled = 1 where id = :id and state = 'unknown'", { id: delivery.id });
    yield* db.run(
      `insert into deliveries (id, run, recipient, target_type, target, app, part, generation, kind, content, uuid, state, priority, remembers,
         not_before, deliver_until, max_tries, anchor)
       select :next, run, recipient, target_type, target, app, part, generation + 1, kind, coalesce(:content, content), :uuid, 'queued',
         priority, remembers, :now, :deliverUntil, max_tries, anchor from deliveries where id = :id`,
      {
        id: delivery.id,
        next: orderedId(now()),
        uuid: nextUuid(delivery.uuid),
        now: now(),
        deliverUntil,
        content: content === undefined ? null : yield* keepContent(db, content, now()),
      },
    );
  };

  /**
   * Replaces a row that went nowhere by messages of every part to whom it was meant for; who is in the run already is not
   * written to again. Nothing of it ever left, so nothing is lost with it.
   */
  const address = function* (nowhere: Delivery, { contents, deliverUntil, found }: Resend): Steps<number> {
    const { id, run } = nowhere;
    const own = (yield* db.get('select 1 from runs where id = :run and own_messages = 1', { run })) !== undefined;
    const parts = own
      ? [{ part: nowhere.part, kind: nowhere.kind, content: nowhere.content }]
      : yield* db.all(
          'select part, min(kind) as kind, min(content) as content from deliveries where run = :run group by part',
          { run },
        );
    let made = 0;
    for (const { recipient, target } of found?.[id] ?? []) {
      for (const { part, kind, content } of parts) {
        const given = contents[Number(part)];
        made += yield* db.run(
          `insert into deliveries (id, run, recipient, target_type, target, app, part, generation, kind, content, uuid, state, priority,
             remembers, not_before, deliver_until, max_tries, anchor)
           select :next, run, :recipient, :type, :target, app, :part,
             1 + (select coalesce(max(generation), 0) from deliveries o where o.run = d.run and o.recipient = :recipient and o.part = :part),
             :kind, :content, :uuid, 'queued', priority, 1, :now, :deliverUntil, max_tries, anchor
           from deliveries d where id = :id and not exists (
             select 1 from deliveries o where o.run = d.run and o.target_type = :type and o.target = :target and o.part = :part)`,
          {
            id,
            next: orderedId(now()),
            recipient,
            type: target.idType,
            target: target.id,
            part: part as number,
            kind: kind as string,
            content: given === undefined ? (content as string) : yield* keepContent(db, given, now()),
            uuid: `lc-${digest([run, target.idType, target.id, Number(part), 'found'], 40)}`,
            now: now(),
            deliverUntil,
          },
        );
      }
    }
    if (found?.[id] !== undefined)
      yield* db.run("delete from deliveries where id = :id and target_type = 'nowhere'", { id });
    return made;
  };

  return {
    cancel: async (run, reason) =>
      db.write(function* () {
        return (yield* endUnplanned(run, reason)) + (yield* cancelUnsent(run, reason));
      }),

    resend: async (resend) =>
      db.write(function* () {
        const run = yield* read(resend.run);
        // what of a recalled run arrives is taken back: nobody is to see it for a second
        if (run === null || run.recalled) return 0;
        const all = (yield* db.all('select * from deliveries where run = :run', { run: run.id })).map(deliveryOf);
        if (all.length === 0 && (run.state === 'failed' || run.state === 'missed')) {
          yield* step(run, 'pending', resend.deliverUntil);
          return 1;
        }
        if (run.state === 'pending' || run.state === 'running') return 0;
        const wanted = resendable(all, resend);
        for (const delivery of wanted) yield* again(delivery, resend);
        const lost = unresolved(all, resend.recipients).filter(({ id }) => resend.found?.[id] !== undefined);
        let made = 0;
        for (const delivery of lost) made += yield* address(delivery, resend);
        if (wanted.length + lost.length > 0) yield* step(run, 'delivering', resend.deliverUntil);
        return wanted.length + made;
      }),

    recall: async (run) =>
      db.write(function* () {
        yield* db.run('update runs set recall = 1 where id = :run', { run });
        // who asks again may have mended what stood in the way; what has no message_id stays as it is
        yield* db.run(
          `update deliveries set recall_refused = null, reason = null, recall_since = null, recall_at = null
           where run = :run and json_extract(recall_refused, '$.code') in ('recall-refused', 'app-gone')`,
          { run },
        );
        yield* endUnplanned(run, RECALLED);
        yield* cancelUnsent(run, RECALLED);
      }),

    leaveOut: async (skipOverlap) => {
      const open = "r.state = 'pending' and r.due_at is not null and r.own_audience = 1";
      const paused = `${open} and r.trigger in ('schedule', 'catch-up') and exists (select 1 from jobs j where j.name = r.job
        and j.paused_at <= :now and (j.paused_until is null or j.paused_until > :now))`;
      // what is caught up waits; a process that was dead by then held nothing up
      const overlapping = `${open} and r.trigger = 'schedule' and r.not_before <= :now and r.tries = 0
        and exists (select 1 from runs o join processes p on p.id = o.owner where o.job = r.job and o.state = 'running'
          and o.once_key is not null and o.id <> r.id and o.started_at < r.due_at and p.beat_at >= r.due_at)`;
      const found = (
        await db.read(() =>
          db.all(
            `select r.id, r.job, 1 as paused from runs r indexed by runs_pending where ${paused} union all select r.id, r.job, 0 from runs r indexed by runs_pending where ${overlapping}`,
            { now: now() },
          ),
        )
      ).filter((row) => Number(row['paused']) === 1 || skipOverlap.has(String(row['job'])));
      if (found.length === 0) return [];
      return db.write(function* () {
        const ended: Run[] = [];
        for (const row of found) {
          const [id, why] = [String(row['id']), Number(row['paused']) === 1 ? PAUSED : OVERLAP];
          // unless somebody has begun with it meanwhile
          const changed = yield* db.run(
            "update runs set state = 'skipped', reason = :reason, finished_at = :now where id = :id and state = 'pending'",
            { id, now: now(), reason: JSON.stringify(why) },
          );
          const run = changed === 1 ? yield* read(id) : null;
          if (run !== null) ended.push(run);
        }
        return ended;
      });
    },

    dropRemoved: async (own) => {
      // what is gone here may be there on another machine that is at work: its file is newer, or only there
      const others = (await db.read(() => db.all(NODES, nodesParams(now())))).map(nodeOf);
      const elsewhere = others.filter(({ name, atWork }) => atWork && name !== node);
      const jobs = new Set([...own, ...elsewhere.flatMap(({ jobs: theirs }) => [...theirs.keys()])]);
      await closeRemoved(db, jobs, now());
      const removed = (
        await db.read(() => db.all("select id, job from runs where state = 'pending' and job is not null"))
      ).filter(({ job }) => !jobs.has(String(job)));
      if (removed.length === 0) return [];
      return db.write(function* () {
        const ended: Run[] = [];
        for (const { id } of removed) {
          yield* endUnplanned(String(id), REMOVED);
          const run = yield* read(String(id));
          if (run !== null && hasEnded(run.state)) ended.push(run);
        }
        return ended;
      });
    },
  };
};
