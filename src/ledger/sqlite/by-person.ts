import { digest, orderedId } from '../../base/ids.ts';
import { type Content, type Delivery, resendable, unresolved } from '../../model/delivery.ts';
import { hasEnded, type Reason, RUN_STEPS, type Run, type RunState } from '../../model/run.ts';
import { mayRepeat } from '../../model/settle.ts';
import type { Ms } from '../../model/time.ts';
import type { Ledger, Resend } from '../ledger.ts';
import { OVERLAP, PAUSED, RECALLED, REMOVED } from '../reasons.ts';
import type { Database } from './database.ts';
import { closeRemoved } from './incidents.ts';
import { openRun } from './open-rows.ts';
import { deliveryOf, runOf } from './rows.ts';
import { nextUuid } from './settling.ts';

/** What a person asks of a run, whoever holds it: cancel, resend, recall; and the end of runs whose job is gone. */
export const createByPerson = (
  db: Database,
  now: () => Ms,
): Pick<Ledger['runs'], 'cancel' | 'resend' | 'recall' | 'leaveOut' | 'dropRemoved'> => {
  const read = (id: string): Run | null => {
    const row = db.get('select * from runs where id = :id', { id });
    return row === undefined ? null : runOf(row);
  };

  const endUnplanned = (id: string, reason: Reason): number => {
    db.run("delete from deliveries where run = (select id from runs where id = :id and state = 'running')", { id });
    return db.run(
      "update runs set state = 'skipped', reason = :reason, finished_at = :now, owner = null where id = :id and state in ('pending', 'running')",
      { id, now: now(), reason: JSON.stringify(reason) },
    );
  };

  const cancelUnsent = (run: string, reason: Reason): number =>
    db.run(
      "update deliveries set state = 'cancelled', reason = :reason where run = :run and state in ('queued', 'retrying')",
      { run, reason: JSON.stringify(reason) },
    );

  const step = (run: Run, to: RunState, deliverUntil: Ms): void => {
    if (run.state !== to && !RUN_STEPS[run.state].includes(to))
      throw new Error(`a run cannot go from ${run.state} to ${to}`);
    db.run(
      `update runs set state = :to, reason = null, finished_at = null, counted = 0, tries = 0, not_before = min(not_before, :now),
         deliver_until = max(deliver_until, :deliverUntil) where id = :id`,
      { id: run.id, to, now: now(), deliverUntil },
    );
  };

  const contentHash = (content: Content): string => {
    const hash = digest([content.msgType, content.body], 64);
    db.run('insert into contents (hash, msg_type, body) values (:hash, :msgType, :body) on conflict do nothing', {
      hash,
      msgType: content.msgType,
      body: content.body,
    });
    return hash;
  };

  /** Inside Feishu's memory the same uuid goes out again, which cannot make two; after it a new generation does. */
  const again = (delivery: Delivery, { contents, deliverUntil, feishuNow }: Resend): void => {
    const unsure = delivery.state === 'unknown' && delivery.remembers && !delivery.settled;
    const content = contents[delivery.part];
    if (unsure && content === undefined && mayRepeat(delivery.firstUnsureAt ?? 0, feishuNow ?? now())) {
      db.run(
        'update deliveries set not_before = :now, deliver_until = max(deliver_until, :deliverUntil) where id = :id',
        { id: delivery.id, now: now(), deliverUntil },
      );
      return;
    }
    db.run("update deliveries set settled = 1 where id = :id and state = 'unknown'", { id: delivery.id });
    db.run(
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
        content: content === undefined ? null : contentHash(content),
      },
    );
  };

  /**
   * Replaces a row that went nowhere by messages of every part to whom it was meant for; who is in the run already is not
   * written to again. Nothing of it ever left, so nothing is lost with it.
   */
  const address = (nowhere: Delivery, { contents, deliverUntil, found }: Resend): number => {
    const { id, run } = nowhere;
    const own = db.get('select 1 from runs where id = :run and own_messages = 1', { run }) !== undefined;
    const parts = own
      ? [{ part: nowhere.part, kind: nowhere.kind, content: nowhere.content }]
      : db.all('select part, kind, content from deliveries where run = :run group by part', { run });
    let made = 0;
    for (const { recipient, target } of found?.[id] ?? []) {
      for (const { part, kind, content } of parts) {
        const given = contents[Number(part)];
        made += db.run(
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
            content: given === undefined ? (content as string) : contentHash(given),
            uuid: `lc-${digest([run, target.idType, target.id, Number(part), 'found'], 40)}`,
            now: now(),
            deliverUntil,
          },
        );
      }
    }
    if (found?.[id] !== undefined) db.run("delete from deliveries where id = :id and target_type = 'nowhere'", { id });
    return made;
  };

  return {
    cancel: async (run, reason) => db.write(() => endUnplanned(run, reason) + cancelUnsent(run, reason)),

    resend: async (resend) =>
      db.write(() => {
        const run = read(resend.run);
        // what of a recalled run arrives is taken back: nobody is to see it for a second
        if (run === null || run.recalled) return 0;
        const all = db.all('select * from deliveries where run = :run', { run: run.id }).map(deliveryOf);
        if (all.length === 0 && run.state === 'failed') {
          step(run, 'pending', resend.deliverUntil);
          return 1;
        }
        if (run.state === 'pending' || run.state === 'running') return 0;
        const wanted = resendable(all, resend);
        for (const delivery of wanted) again(delivery, resend);
        const lost = unresolved(all, resend.recipients).filter(({ id }) => resend.found?.[id] !== undefined);
        const made = lost.reduce((sum, delivery) => sum + address(delivery, resend), 0);
        if (wanted.length + lost.length > 0) step(run, 'delivering', resend.deliverUntil);
        return wanted.length + made;
      }),

    recall: async (run) =>
      db.write(() => {
        db.run('update runs set recall = 1 where id = :run', { run });
        // who asks again may have mended what stood in the way; what has no message_id stays as it is
        db.run(
          `update deliveries set recall_refused = null, reason = null, recall_since = null
           where run = :run and json_extract(recall_refused, '$.code') in ('recall-refused', 'app-gone')`,
          { run },
        );
        endUnplanned(run, RECALLED);
        cancelUnsent(run, RECALLED);
      }),

    leaveOut: async (skipOverlap) => {
      const open = `${openRun('r.')} and r.state = 'pending' and r.due_at is not null and r.own_audience = 1`;
      const paused = `${open} and r.trigger in ('schedule', 'catch-up') and exists (select 1 from jobs j where j.name = r.job
        and j.paused_at <= :now and (j.paused_until is null or j.paused_until > :now))`;
      // what is caught up waits; a process that was dead by then held nothing up
      const overlapping = `${open} and r.trigger = 'schedule' and r.not_before <= :now and r.tries = 0
        and r.job in (select value from json_each(:names))
        and exists (select 1 from runs o join processes p on p.id = o.owner where o.job = r.job and o.state = 'running'
          and o.once_key is not null and o.id <> r.id and o.started_at < r.due_at and p.beat_at >= r.due_at)`;
      const found = db.all(
        `select r.id, 1 as paused from runs r indexed by runs_open where ${paused} union all select r.id, 0 from runs r indexed by runs_open where ${overlapping}`,
        { now: now(), names: JSON.stringify(skipOverlap) },
      );
      if (found.length === 0) return [];
      return db.write(() =>
        found.flatMap((row) => {
          const [id, why] = [String(row['id']), Number(row['paused']) === 1 ? PAUSED : OVERLAP];
          // unless somebody has begun with it meanwhile
          const ended = db.run(
            "update runs set state = 'skipped', reason = :reason, finished_at = :now where id = :id and state = 'pending'",
            { id, now: now(), reason: JSON.stringify(why) },
          );
          const run = ended === 1 ? read(id) : null;
          return run === null ? [] : [run];
        }),
      );
    },

    dropRemoved: async (jobs) => {
      closeRemoved(db, jobs, now());
      const where = `${openRun()} and state = 'pending' and job is not null and job not in (select value from json_each(:jobs))`;
      const names = JSON.stringify(jobs);
      if (db.get(`select 1 from runs where ${where} limit 1`, { jobs: names }) === undefined) return [];
      return db.write(() =>
        db.all(`select id from runs where ${where}`, { jobs: names }).flatMap(({ id }) => {
          endUnplanned(String(id), REMOVED);
          const ended = read(String(id));
          return ended !== null && hasEnded(ended.state) ? [ended] : [];
        }),
      );
    },
  };
};
