import type { Place } from '../../model/anchor.ts';
import type { Content } from '../../model/delivery.ts';
import { mayProbe, PROBE_EVERY } from '../../model/gate.ts';
import { PRIORITIES } from '../../model/job.ts';
import { appSlot, HORIZON, limitsFor, targetSpacing } from '../../model/pace.ts';
import type { Reason } from '../../model/run.ts';
import type { Limits } from '../../model/settings.ts';
import { EXPIRED, repeatableSince, UNSURE } from '../../model/settle.ts';
import { MINUTE, type Ms, SECOND } from '../../model/time.ts';
import type { Begun, Finished, Ledger } from '../ledger.ts';
import { LATE, SUPERSEDED, UNCHANGED } from '../reasons.ts';
import { createAnchors } from './anchors.ts';
import { watchClock } from './clock-watch.ts';
import type { Database, SqlRow, Steps } from './database.ts';
import { feishuTimeAtLeast } from './feishu-time.ts';
import { NOT_DRAINED } from './nodes.ts';
import { OPEN_DELIVERY } from './open-rows.ts';
import { createPace, targetPace } from './pace.ts';
import type { Processes } from './processes.ts';
import { contentOf, deliveryOf } from './rows.ts';

/** Part 2 waits until part 1 to the same recipient has ended. */
const EARLIER_PART_OPEN = `select 1 from deliveries where run = :run and recipient = :recipient and part < :part
  and (state in ('queued', 'sending', 'retrying') or (state = 'unknown' and settled = 0)) limit 1`;

/** So long after their latest time unsure messages are kept in the hope that Feishu can be asked again. */
const PATIENCE: Ms = 10 * MINUTE;

/** So many rows of one throttled recipient in the way of others are moved to where their turn will come. */
const CROWD = 64;

const EACH_PRIORITY = Object.values(PRIORITIES)
  .map((priority) => `select ${priority} as priority`)
  .join(' union all ');

/** Oldest first, also when a recipient's own pace puts one later than those that follow. */
const insertSorted = (ring: Ms[], slot: Ms): void => {
  let at = ring.length;
  while (at > 0 && (ring[at - 1] as Ms) > slot) at--;
  ring.splice(at, 0, slot);
};

type Which = Parameters<Ledger['deliveries']['begin']>[0];

interface Chosen {
  readonly row: SqlRow;
  readonly slot: Ms;
  readonly key: string;
  readonly learnt: Ms | null;
  readonly place: Place;
}

/** When the first of a priority's open messages may be sent, and the first of those that wait yet. */
interface Head {
  readonly priority: number;
  readonly first: Ms;
  readonly soon: Ms;
}

/** The rows that may be sent now, and the earliest time at which one of the others may. */
interface Choice {
  readonly rows: readonly Chosen[];
  readonly nextAt: Ms | null;
}

/**
 * Choosing rows, their pace and their attempts is one commit (core rule 11). Rows are walked in the order of their
 * priority; a recipient that must wait is passed by, an app that must wait ends the walk.
 */
export const createBegin = (
  db: Database,
  now: () => Ms,
  processes: Processes,
  record: (results: readonly Finished[], limits: Limits, feishuNow: Ms | null) => Steps<void>,
): Ledger['deliveries']['begin'] => {
  const pace = createPace(db);
  const anchors = createAnchors(db);

  const expiredAt = new Map<string, Ms>();
  /** What may no longer be sent ends here, looked at once a second; `unknown` is never ended by the clock. */
  const expire = function* (app: string, at: Ms, blind: boolean): Steps<void> {
    if (Math.abs(at - (expiredAt.get(app) ?? 0)) < SECOND) return;
    expiredAt.set(app, at);
    const end = function* (state: string, reason: Reason, which: string): Steps<void> {
      yield* db.run(
        `update deliveries set state = :state, reason = :reason where app = :app and ${OPEN_DELIVERY} and state <> 'unknown' and deliver_until <= :at and ${which}`,
        { app, at, state, reason: JSON.stringify(reason) },
      );
    };
    yield* end('cancelled', LATE, 'tries = 0');
    yield* end('rejected', EXPIRED, 'tries > 0');
    // Feishu cannot be asked, not even for the time: what is unsure this late is a person's to decide, who must hear of it
    if (blind)
      yield* db.run(
        `update deliveries set settled = 1, reason = :reason where app = :app and ${OPEN_DELIVERY} and state = 'unknown'
         and deliver_until + :patience <= :at`,
        { app, at, patience: PATIENCE, reason: JSON.stringify(UNSURE) },
      );
  };

  /** when the clock ends the next of an app's open messages; for who asks for none of them */
  const firstEnd = function* (app: string): Steps<Ms | null> {
    const row = yield* db.get(
      `select min(deliver_until) as at from deliveries where app = :app and ${OPEN_DELIVERY} and state <> 'unknown'`,
      {
        app,
      },
    );
    return row === undefined || row['at'] === null ? null : Number(row['at']);
  };

  /** While an app's gate is closed one row at a time finds out whether it works again. */
  const probing = function* (app: string, at: Ms): Steps<((row: SqlRow) => boolean) | null> {
    const gate = yield* db.get('select closed_at, probe_at from app_gates where app = :app', { app });
    if (gate === undefined) return null;
    const closed = {
      closedAt: Number(gate['closed_at']),
      probeAt: Math.min(Number(gate['probe_at']), at + PROBE_EVERY),
    };
    return (row) => mayProbe(closed, at, Number(row['run_created']));
  };

  /**
   * Of each priority that has open messages, most urgent first: when the first of them may be sent, and when the next
   * that waits for a time. For a drained node there are none but those it is asked for by name.
   */
  const heads = function* (app: string, at: Ms, named: boolean): Steps<Head[]> {
    const of = `select min(not_before) from deliveries where app = :app and deliveries.priority = p.priority and ${OPEN_DELIVERY}`;
    const rows = yield* db.all(
      `select p.priority, (${of}) as first, (${of} and not_before > :at) as soon from (${EACH_PRIORITY}) p
       ${named ? '' : `where ${NOT_DRAINED}`} order by p.priority`,
      { app, at, node: processes.node },
    );
    return rows
      .filter(({ first }) => first !== null)
      .map(({ priority, first, soon }) => ({
        priority: Number(priority),
        first: Number(first),
        soon: soon == null ? Number.POSITIVE_INFINITY : Number(soon),
      }));
  };

  const choose = function* (
    { app, limit, limits, feishuNow, runs, busy }: Which,
    open: readonly Head[],
    at: Ms,
  ): Steps<Choice> {
    if (limit === 0) return { rows: [], nextAt: yield* firstEnd(app) };
    const appPace = yield* pace.app(`${app}·messages`, at);
    const mayTry = yield* probing(app, at);
    const ours = runs === null ? null : new Set(runs);
    const waiting = new Map<string, number>();
    const rows: Chosen[] = [];
    const stale: SqlRow[] = [];
    const same: SqlRow[] = [];
    let nextAt = Number.POSITIVE_INFINITY;
    let crowd: { key: string; app: string; from: Ms; spacing: Ms } | null = null;

    for (const { priority, first, soon } of open) {
      nextAt = Math.min(nextAt, soon);
      if (first > at) continue;
      const ceiling = limitsFor(priority, limits);
      const due = yield* db.rows(
        `select d.id, d.run, d.recipient, d.part, d.target_type || ':' || d.target as target_key, d.state, r.created_at as run_created,
           d.anchor, d.content, d.renews, d.replies_to, r.job, coalesce(r.due_at, r.created_at) as run_due, p.next_at, p.blocked_until, p.window_ms
         from deliveries d cross join runs r on r.id = d.run left join pace p on p.key = d.target_type || ':' || d.target
         where d.app = :app and d.priority = :priority and d.not_before <= :at and d.state in ('queued', 'retrying', 'unknown')
           and d.settled = 0 and d.deliver_until > :at and r.state = 'delivering'
           and (d.state <> 'unknown' or d.first_unsure_at > :repeatable)
         order by d.not_before, d.rowid`,
        { app, priority, at, repeatable: feishuNow === null ? Number.MAX_SAFE_INTEGER : repeatableSince(feishuNow) },
      );
      let full = false;
      for (let row = yield* db.next(due); row !== undefined; row = yield* db.next(due)) {
        if (ours !== null && !ours.has(String(row['run']))) continue;
        const key = String(row['target_key']);
        const passed = waiting.get(key);
        if (passed !== undefined) {
          waiting.set(key, passed + 1);
          continue;
        }
        if (busy?.has(key) === true) {
          waiting.set(key, 0);
          continue;
        }
        const { run, recipient, part } = row as { run: string; recipient: string; part: number };
        if (part > 1 && (yield* db.get(EARLIER_PART_OPEN, { run, recipient, part })) !== undefined) continue;
        const place: Place =
          row['anchor'] === null ? { is: 'new' } : yield* anchors.placeOf({ ...row, target_key: key }, at);
        if (place.is === 'wait') continue;
        if (place.is === 'stale') {
          stale.push(row);
          continue;
        }
        if (place.is === 'same') {
          same.push(row);
          continue;
        }
        const target = targetPace(row, at);
        if (target.nextAt > at + HORIZON) {
          waiting.set(key, 0);
          nextAt = Math.min(nextAt, target.nextAt - HORIZON);
          continue;
        }
        if (mayTry !== null && !mayTry(row)) {
          nextAt = Math.min(nextAt, at + PROBE_EVERY);
          continue;
        }
        const slot = Math.max(appSlot(appPace.ring, at, ceiling), appPace.blockedUntil, target.nextAt);
        if (slot > at + HORIZON) {
          nextAt = Math.min(nextAt, slot - HORIZON);
          break;
        }
        insertSorted(appPace.ring, slot);
        waiting.set(key, 0);
        rows.push({ row, slot, key, learnt: target.learnt, place });
        full = rows.length >= limit || mayTry !== null;
        if (full) break;
      }
      yield* db.stop(due);
      if (full) break;
    }
    for (const row of stale) yield* endStale(row);
    for (const row of same) yield* endSame(row);
    if (rows.length > 0) yield* pace.keepApp(`${app}·messages`, appPace.ring);
    for (const [key, passed] of waiting) {
      if (passed > CROWD && crowd === null) {
        const { learnt, nextAt: from } = yield* pace.target(key, at);
        crowd = { key, app, from: Math.max(from, at), spacing: targetSpacing(limits, learnt) };
      }
    }
    if (crowd !== null) yield* spread(crowd, at);
    return { rows, nextAt: Number.isFinite(nextAt) ? Math.max(nextAt, at) : null };
  };

  /**
   * A crowd before one recipient would be walked over again and again: each row is moved to its own turn, once. Among
   * the others it then stands as if it had been queued at that time.
   */
  const spread = function* (crowd: { key: string; app: string; from: Ms; spacing: Ms }, at: Ms): Steps<void> {
    yield* db.run(
      `update deliveries set not_before = :from + :spacing * turns.turn
       from (select id, row_number() over (order by priority, not_before, rowid) as turn from deliveries
             where app = :app and target_type || ':' || target = :key and not_before <= :at and ${OPEN_DELIVERY} and state <> 'unknown') turns
       where turns.id = deliveries.id and turns.turn > 1`,
      { ...crowd, at },
    );
  };

  /** A newer run renews the same card: what never left is cancelled, what is unsure is nobody's concern any more. */
  const endStale = function* (row: SqlRow): Steps<void> {
    const set = row['state'] === 'unknown' ? 'settled = 1' : "state = 'cancelled'";
    yield* db.run(`update deliveries set ${set}, reason = :reason where id = :id`, {
      id: row['id'] as string,
      reason: JSON.stringify(SUPERSEDED),
    });
  };

  /** People see just this already: no request, and nothing to be proven. */
  const endSame = function* (row: SqlRow): Steps<void> {
    yield* db.run("update deliveries set state = 'cancelled', reason = :reason where id = :id", {
      id: row['id'] as string,
      reason: JSON.stringify(UNCHANGED),
    });
  };

  const takeAll = function* (all: readonly Chosen[], at: Ms, begunAtFeishu: Ms, { limits }: Which): Steps<Begun[]> {
    if (all.length === 0) return [];
    yield* pace.keepTargets(all, limits);
    const taken = yield* db.many(
      `update deliveries set state = 'sending', owner = :me, tries = tries + 1, renews = :renews, replies_to = :repliesTo
       where id = :id returning *`,
      all.map(({ row, place }) => ({
        id: String(row['id']),
        me: processes.id,
        renews: place.is === 'renew' ? place.messageId : null,
        repliesTo: place.is === 'reply' ? place.messageId : null,
      })),
    );
    const deliveries = taken.map(({ rows: [row = {}] }) => deliveryOf(row));
    yield* db.many(
      'insert into attempts (delivery, n, begun_at, begun_feishu) values (:id, :n, :at, :feishu)',
      deliveries.map(({ id, tries }) => ({ id, n: tries, at, feishu: begunAtFeishu })),
    );
    for (const { row, place } of all) if (row['anchor'] !== null) yield* anchors.begins(String(row['id']), place);
    yield* readContents(deliveries.map(({ content }) => content));
    return all.map(({ slot }, i) => {
      const delivery = deliveries[i] as (typeof deliveries)[number];
      const content = contents.get(delivery.content) as Content;
      return { delivery, content, begunAt: at, begunAtFeishu, waitMs: slot - at };
    });
  };

  // most deliveries of a run share one content, and it may be large: those of the last list are kept
  let contents = new Map<string, Content>();
  const readContents = function* (hashes: readonly string[]): Steps<void> {
    const known = contents;
    const missing = [...new Set(hashes)].filter((hash) => !known.has(hash));
    const rows =
      missing.length === 0
        ? []
        : yield* db.all('select * from contents where hash in (select value from json_each(:hashes))', {
            hashes: JSON.stringify(missing),
          });
    contents = new Map([
      ...hashes.flatMap((hash) => (known.has(hash) ? [[hash, known.get(hash) as Content] as const] : [])),
      ...rows.map((row) => [String(row['hash']), contentOf(row)] as const),
    ]);
  };

  const nothing = { begun: [], nextAt: null, needsFeishuTime: false };
  return async (which) => {
    const { app, feishuNow } = which;
    const finished = which.finished ?? [];
    const named = which.runs !== null;
    if (finished.length === 0 && (await db.read(() => heads(app, now(), named))).length === 0) return nothing;
    return db.write(function* () {
      yield* processes.enter();
      yield* record(finished, which.limits, feishuNow);
      const at = now();
      yield* watchClock(db, at);
      yield* expire(app, at, feishuNow === null && which.blind === true);
      const open = yield* heads(app, at, named);
      if (open.length === 0) return nothing;
      const atLeast = yield* feishuTimeAtLeast(db, { now: at, ...processes.uptime() });
      // a try whose answer is lost is repeated within Feishu's hour, so its begin must be known in Feishu's time
      if (feishuNow === null && !atLeast.sure && which.blind !== true)
        return { begun: [], nextAt: at, needsFeishuTime: true };
      const begunAtFeishu = Math.round(feishuNow ?? (atLeast.sure ? atLeast.at : 0));
      const { rows, nextAt } = yield* choose(which, open, at);
      const begun = yield* takeAll(rows, at, begunAtFeishu, which);
      if (begun.length > 0)
        yield* db.run('update app_gates set probe_at = :next, closed_at = :at where app = :app', {
          app,
          at,
          next: at + PROBE_EVERY,
        });
      const unsure =
        feishuNow === null &&
        (yield* db.get(
          `select 1 from deliveries where app = :app and ${OPEN_DELIVERY} and state = 'unknown' and not_before <= :at limit 1`,
          { app, at },
        )) !== undefined;
      return { begun, nextAt, needsFeishuTime: unsure };
    });
  };
};
