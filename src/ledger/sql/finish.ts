import { digest, orderedId } from '../../base/ids.ts';
import { DELIVERY_STEPS, type Delivery, type DeliveryState } from '../../model/delivery.ts';
import type { Outcome } from '../../model/outcome.ts';
import { isLate } from '../../model/pace.ts';
import { personType } from '../../model/recipient.ts';
import type { Limits } from '../../model/settings.ts';
import { afterTry, type Patch } from '../../model/settle.ts';
import { type Ms, SECOND } from '../../model/time.ts';
import type { Finished } from '../ledger.ts';
import { APP_FAULT, PART_REFUSED, UNREACHED } from '../reasons.ts';
import { createAnchors } from './anchors.ts';
import type { Database, Param, Steps } from './database.ts';
import { noteFeishuTime } from './feishu-time.ts';
import { OPEN_DELIVERY } from './open-rows.ts';
import { createPace } from './pace.ts';
import type { Processes } from './processes.ts';

/** A patch as a statement takes it. */
const paramsOf = (id: string, patch: Patch): Record<string, Param> => {
  const params: Record<string, Param> = { id };
  for (const [key, value] of Object.entries(patch)) {
    params[key] =
      value === null || typeof value === 'string' || typeof value === 'number'
        ? value
        : typeof value === 'boolean'
          ? Number(value)
          : JSON.stringify(value);
  }
  return params;
};

/** Sets what a patch names; camelCase names are columns with underscores, objects are JSON. */
export const applyPatch = function* (db: Database, id: string, patch: Patch): Steps<number> {
  return yield* db.run(updateOf(Object.keys(patch), false), paramsOf(id, patch));
};

/** There are few kinds of patches, and each is made thousands of times. */
const updates = new Map<string, string>();
const updateOf = (keys: readonly string[], held: boolean): string => {
  const kind = `${held} ${keys.join()}`;
  const known = updates.get(kind);
  if (known !== undefined) return known;
  const assignments = keys.map((key) => `${key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} = :${key}`);
  const sql = `update deliveries set ${['owner = null', ...assignments].join(', ')}
    where id = :id${held ? " and state = 'sending' and owner = :heldBy" : ''}`;
  updates.set(kind, sql);
  return sql;
};

/** What holds for all that is recorded together. */
interface Recording {
  readonly at: Ms;
  readonly limits: Limits;
  /** rare, so asked once: there are closed gates, or windows that were learnt */
  readonly special: { gates: boolean; learnt: boolean };
  /** grows: the chats that answers told of */
  readonly met: { app: string; ref: string; chatId: string; at: Ms }[];
}

/** Inside a write: records how tries ended. */
export const createRecord = (
  db: Database,
  now: () => Ms,
  processes: Processes,
): ((results: readonly Finished[], limits: Limits, feishuNow: Ms | null) => Steps<void>) => {
  const pace = createPace(db);
  const anchors = createAnchors(db);

  /** Those of a batch whom Feishu says it does not reach: each a row of its own, so that they are seen and can be resent. */
  const refuseUnreached = function* (batch: string, people: readonly string[]): Steps<void> {
    for (const person of people)
      yield* db.run(
        `insert into deliveries (id, run, recipient, target_type, target, app, part, generation, kind, content, uuid, state, priority,
           not_before, deliver_until, max_tries, fault, reason)
         select :id, run, :person, :type, :person, app, part, 1, kind, content, :uuid, 'rejected', priority,
           not_before, deliver_until, max_tries, 'recipient', :reason
         from deliveries where id = :batch on conflict do nothing`,
        {
          id: orderedId(now()),
          batch,
          person,
          type: personType(person),
          // Feishu's dedupe goes by it, when they are written to one by one
          uuid: `lc-${digest([batch, person], 40)}`,
          reason: JSON.stringify(UNREACHED),
        },
      );
  };

  /** The app's own fault would refuse each of them alike: they are not tried, and the others wait for a probe. */
  const closeGate = function* (run: string, app: string, code: number | null, at: Ms): Steps<void> {
    yield* db.run(
      `update deliveries set state = 'rejected', fault = 'app', code = :code, reason = :reason
       where run = :run and app = :app and ${OPEN_DELIVERY} and state <> 'unknown'`,
      { run, app, code, reason: JSON.stringify(APP_FAULT) },
    );
    yield* db.run(
      `insert into app_gates (app, state, code, closed_at, probe_at) values (:app, 'closed', :code, :at, :probe)
       on conflict (app) do update set code = :code, closed_at = :at, probe_at = :probe`,
      { app, code, at, probe: at + 60 * SECOND },
    );
  };

  const arrived = function* (
    { id, app, target, anchor }: Delivery,
    { chatId, invalid }: Extract<Outcome, { is: 'delivered' }>,
    { at, limits, special, met }: Recording,
  ): Steps<void> {
    const key = `${target.idType}:${target.id}`;
    if (invalid !== undefined) yield* refuseUnreached(id, invalid);
    if (target.idType === 'batch')
      yield* db.run('update deliveries set follow_at = :at where id = :id', { id, at: at + 2 * SECOND });
    if (anchor !== null) yield* anchors.ended(id, true);
    if (special.gates) yield* openGate(app);
    if (special.learnt) yield* pace.learn(key, false, limits);
    if (chatId !== null && target.idType !== 'chat_id') met.push({ app, ref: key, chatId, at });
  };

  /** The usual case in few statements: it is in our hands still, so nothing about it has changed. Answers the others. */
  const recordUsual = function* (results: readonly Finished[], recording: Recording): Steps<readonly Finished[]> {
    const usual = results.flatMap((result) => {
      const { begun, outcome, begunAtFeishu } = result;
      if (outcome.is !== 'delivered') return [];
      const when = { now: recording.at, begunAtFeishu, random: 0 };
      const patch = afterTry({ ...begun.delivery, maxTries: 1 }, outcome, when);
      const sql = updateOf(Object.keys(patch), true);
      return [{ result, outcome, sql, params: { ...paramsOf(begun.delivery.id, patch), heldBy: processes.id } }];
    });
    const done = new Set<Finished>();
    for (const [sql, alike] of Map.groupBy(usual, (each) => each.sql)) {
      const given = yield* db.many(
        sql,
        alike.map(({ params }) => params),
      );
      for (const [i, { result, outcome }] of alike.entries()) {
        if (given[i]?.changes !== 1) continue;
        done.add(result);
        yield* arrived(result.begun.delivery, outcome, recording);
      }
    }
    return results.filter((result) => !done.has(result));
  };

  const record = function* ({ begun, outcome, begunAtFeishu }: Finished, recording: Recording): Steps<void> {
    const { id } = begun.delivery;
    const { at, limits, special } = recording;
    const when = { now: at, begunAtFeishu, random: Math.random() };
    const row = yield* db.get('select state, owner, tries, first_unsure_at, max_tries from deliveries where id = :id', {
      id,
    });
    if (row === undefined) return;
    // what may have changed since it was begun, beside what never does
    const before: Delivery = {
      ...begun.delivery,
      state: row['state'] as DeliveryState,
      tries: Number(row['tries']),
      firstUnsureAt: row['first_unsure_at'] === null ? null : Number(row['first_unsure_at']),
    };
    const maxTries = Number(row['max_tries']);
    const patch = afterTry({ ...before, maxTries }, outcome, when);
    if (outcome.is === 'rejected' && outcome.gone === true && patch.state === 'retrying')
      yield* anchors.begins(id, { is: 'new' });
    // truth beats fence: proof is taken from anyone, everything else only from who holds the row
    const ours = before.state === 'sending' && row['owner'] === processes.id;
    const proof = patch.state === 'delivered' && before.state !== 'delivered';
    if (!ours && !proof) return;
    if (patch.state !== undefined && !DELIVERY_STEPS[before.state].includes(patch.state))
      throw new Error(`a delivery cannot go from ${before.state} to ${patch.state}`);
    yield* applyPatch(db, id, patch);
    if (before.anchor !== null && patch.state !== 'unknown' && patch.state !== 'delivered')
      yield* anchors.ended(id, false);
    // proof that comes after the run has ended: it is counted again
    if (!ours)
      yield* db.run(
        "update runs set state = 'delivering', counted = 0 where id = :run and state in ('partial', 'unknown', 'failed')",
        { run: before.run },
      );
    if (patch.state === 'rejected') yield* refuseLaterParts(before.run, before.recipient, before.part);
    const target = `${before.target.idType}:${before.target.id}`;
    switch (outcome.is) {
      case 'delivered':
        yield* arrived(before, outcome, recording);
        return;
      case 'retry':
        if (outcome.pace === null) return;
        yield* pace.block(
          outcome.pace === 'app' ? `${before.app}·messages` : target,
          at + Math.max(outcome.after ?? 0, SECOND),
        );
        if (outcome.pace === 'target') yield* pace.learn(target, true, limits);
        return;
      case 'rejected':
        if (outcome.fault === 'app') {
          yield* closeGate(before.run, before.app, outcome.code, at);
          special.gates = true;
        } else if (special.gates) yield* openGate(before.app);
        return;
      case 'unknown':
      case 'unsent':
        return;
    }
  };

  /** An answer about the message or its recipient shows that the app itself is in order. */
  const openGate = function* (app: string): Steps<void> {
    yield* db.run('delete from app_gates where app = :app', { app });
  };

  /** The chats with people, known from answers: where lost messages can be looked for. */
  const meet = (met: Recording['met']): Steps<unknown> =>
    db.many(
      `insert into directory (app, ref, chat_id, seen_at) values (:app, :ref, :chatId, :at)
       on conflict (app, ref) do update set chat_id = :chatId where directory.chat_id is distinct from :chatId`,
      met,
    );

  const refuseLaterParts = function* (run: string, recipient: string, part: number): Steps<void> {
    yield* db.run(
      "update deliveries set state = 'cancelled', reason = :reason where run = :run and recipient = :recipient and part > :part and state in ('queued', 'retrying')",
      { run, recipient, part, reason: JSON.stringify(PART_REFUSED) },
    );
  };

  /** A slot counts from when its request left: a busy machine must not let two seconds' worth arrive together. */
  const noteLate = function* (results: readonly Finished[], limits: Limits): Steps<void> {
    const late = Map.groupBy(
      results.filter(({ lateBy = 0, outcome }) => isLate(lateBy) && outcome.is !== 'unsent'),
      ({ begun }) => begun.delivery.app,
    );
    for (const [app, those] of late) {
      const moves = those.map(({ begun, lateBy = 0 }) => ({ slot: begun.begunAt + begun.waitMs, by: lateBy }));
      yield* pace.moveApp(`${app}·messages`, moves, now());
      yield* pace.moveTargets(
        those.map(({ begun: { delivery, begunAt, waitMs }, lateBy = 0 }) => ({
          key: `${delivery.target.idType}:${delivery.target.id}`,
          left: begunAt + waitMs + lateBy,
        })),
        limits,
      );
    }
  };

  return function* (results, limits, feishuNow) {
    if (results.length === 0) return;
    if (feishuNow !== null) yield* noteFeishuTime(db, feishuNow, processes.uptime());
    const special = {
      gates: (yield* db.get('select 1 from app_gates limit 1')) !== undefined,
      learnt: (yield* db.get('select 1 from pace where window_ms is not null limit 1')) !== undefined,
    };
    const recording: Recording = { at: now(), limits, special, met: [] };
    yield* db.many(
      'update attempts set ended_at = :at, outcome = :is, http = :http, code = :code, log_id = :logId where delivery = :id and n = :n',
      results.map(({ begun: { delivery }, outcome: { is, http, code, logId } }) => {
        return { id: delivery.id, n: delivery.tries, at: recording.at, is, http, code, logId };
      }),
    );
    for (const result of yield* recordUsual(results, recording)) yield* record(result, recording);
    yield* meet(recording.met);
    yield* noteLate(results, limits);
  };
};
