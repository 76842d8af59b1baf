import { randomId } from '../../base/ids.ts';
import { DELIVERY_STEPS } from '../../model/delivery.ts';
import { appSlot, believable, HORIZON, RING, targetSpacing } from '../../model/pace.ts';
import type { Reason } from '../../model/run.ts';
import type { Limits } from '../../model/settings.ts';
import { afterTry, mayRepeat, type Patch } from '../../model/settle.ts';
import { MINUTE, type Ms } from '../../model/time.ts';
import type { Begun, Finished, Ledger } from '../ledger.ts';
import type { Database, Param, SqlRow } from './database.ts';
import type { Processes } from './processes.ts';
import { contentOf, deliveryOf } from './rows.ts';

const LATE: Reason = {
  code: 'late',
  message: { zh: '过了最晚送达时间,没有发出。', en: 'Its latest time to arrive had passed before it was sent.' },
};
const EXPIRED: Reason = {
  code: 'expired',
  message: { zh: '到最晚送达时间仍未成功。', en: 'Its latest time to arrive passed without success.' },
};
const UNSURE: Reason = {
  code: 'unsure',
  message: {
    zh: '飞书没有回答,重复发送又可能出现两条,所以等人决定。',
    en: 'Feishu did not answer, and sending again could make two; a person decides.',
  },
};
const APP_FAULT: Reason = {
  code: 'app-fault',
  message: { zh: '飞书拒绝了这个应用,没有再试。', en: 'Feishu refused the app, so this was not tried.' },
};

const OPEN = "d.state in ('queued', 'retrying', 'unknown') and d.settled = 0 and r.state = 'delivering'";
const TARGET_KEY = "d.target_type || ':' || d.target";
/** Part 2 waits until part 1 to the same recipient has ended. */
const EARLIER_PARTS_ENDED = `not exists (select 1 from deliveries e where e.run = d.run and e.recipient = d.recipient and e.part < d.part
  and (e.state in ('queued', 'sending', 'retrying') or (e.state = 'unknown' and e.settled = 0)))`;

export const createDeliveries = (db: Database, now: () => Ms, processes: Processes): Ledger['deliveries'] => {
  const only = (runs: readonly string[] | null): string =>
    runs === null ? '' : 'and d.run in (select value from json_each(:runs))';

  /** What may no longer be sent ends here; `unknown` past Feishu's memory is left to a person. */
  const expire = (app: string, at: Ms, feishuNow: Ms | null): void => {
    const set = (state: string, reason: Reason, where: string, more: Record<string, Param> = {}): void => {
      db.run(`update deliveries set ${state}, reason = :reason where app = :app and settled = 0 and ${where}`, {
        app,
        at,
        reason: JSON.stringify(reason),
        ...more,
      });
    };
    set("state = 'cancelled'", LATE, "state = 'queued' and tries = 0 and deliver_until <= :at");
    set("state = 'rejected'", EXPIRED, "state in ('queued', 'retrying') and tries > 0 and deliver_until <= :at");
    if (feishuNow === null) return;
    for (const row of db.all(
      "select id, first_unsure_at from deliveries where app = :app and state = 'unknown' and settled = 0",
      { app },
    )) {
      if (!mayRepeat(Number(row['first_unsure_at']), feishuNow))
        set('settled = 1', UNSURE, 'id = :id', { id: row['id'] as string });
    }
  };

  /** Rows whose time has come and whose recipient may be sent to now: one a recipient, urgent ones first. */
  const candidates = (
    app: string,
    limit: number,
    at: Ms,
    runs: readonly string[] | null,
    feishuNow: Ms | null,
  ): SqlRow[] =>
    db.all(
      `select * from (
         select d.*, ${TARGET_KEY} as target_key, r.priority as run_priority, r.created_at as run_created,
           row_number() over (partition by d.target_type, d.target order by r.priority, d.not_before, d.rowid) as turn
         from deliveries d join runs r on r.id = d.run left join pace p on p.key = ${TARGET_KEY}
         where d.app = :app and ${OPEN} and d.not_before <= :at ${only(runs)}
           and (d.state <> 'unknown' or :feishuNow is not null)
           and (p.key is null or max(p.next_at, p.blocked_until) <= :at + ${HORIZON} or max(p.next_at, p.blocked_until) > :at + ${MINUTE})
           and ${EARLIER_PARTS_ENDED})
       where turn = 1 order by run_priority, run_created, not_before limit :limit`,
      { app, at, limit, feishuNow, ...(runs === null ? {} : { runs: JSON.stringify(runs) }) },
    );

  const paceOf = (key: string, at: Ms): { ring: Ms[]; nextAt: Ms } => {
    const row = db.get('select ring, next_at, blocked_until from pace where key = :key', { key });
    if (row === undefined) return { ring: [], nextAt: 0 };
    const ring = row['ring'] === null ? [] : (JSON.parse(String(row['ring'])) as Ms[]);
    return {
      ring: ring.filter((slot) => slot === believable(slot, at)),
      nextAt: Math.max(believable(Number(row['next_at']), at), believable(Number(row['blocked_until']), at)),
    };
  };

  const keepPace = (key: string, ring: readonly Ms[] | null, nextAt: Ms): void => {
    db.run(
      `insert into pace (key, ring, next_at) values (:key, :ring, :nextAt)
       on conflict (key) do update set ring = :ring, next_at = :nextAt`,
      { key, ring: ring === null ? null : JSON.stringify(ring.slice(-RING)), nextAt },
    );
  };

  const take = (row: SqlRow, at: Ms, slot: Ms, feishuNow: Ms | null): Begun => {
    const attempt = randomId();
    const id = String(row['id']);
    db.run("update deliveries set state = 'sending', owner = :me, tries = tries + 1 where id = :id", {
      id,
      me: processes.id,
    });
    db.run(
      'insert into attempts (id, delivery, n, begun_at, begun_feishu) select :attempt, id, tries, :at, :feishu from deliveries where id = :id',
      { attempt, id, at, feishu: feishuNow ?? at },
    );
    return {
      delivery: deliveryOf(db.get('select * from deliveries where id = :id', { id }) ?? {}),
      content: contentOf(db.get('select * from contents where hash = :hash', { hash: row['content'] as string }) ?? {}),
      attempt,
      begunAt: at,
      waitMs: slot - at,
    };
  };

  /** When looking again makes sense: the earliest row's time, or its recipient's pace. */
  const nextAt = (app: string, at: Ms, runs: readonly string[] | null): Ms | null => {
    const row = db.get(
      `select min(max(d.not_before, coalesce(p.next_at, 0), coalesce(p.blocked_until, 0))) as at
       from deliveries d join runs r on r.id = d.run left join pace p on p.key = ${TARGET_KEY}
       where d.app = :app and ${OPEN} ${only(runs)}`,
      { app, ...(runs === null ? {} : { runs: JSON.stringify(runs) }) },
    );
    return row === undefined || row['at'] === null ? null : Math.max(believable(Number(row['at']), at), at);
  };

  return {
    begin: async ({ app, limit, limits, feishuNow, runs }) => {
      if (
        db.get(
          "select 1 from deliveries where app = :app and settled = 0 and state in ('queued', 'retrying', 'unknown') limit 1",
          { app },
        ) === undefined
      ) {
        return { begun: [], nextAt: null, needsFeishuTime: false };
      }
      return db.write(() => {
        processes.enter();
        const at = now();
        expire(app, at, feishuNow);
        const { begun, blocked } = choose(candidates(app, limit, at, runs, feishuNow), app, at, limits, feishuNow);
        const unsure =
          feishuNow === null &&
          db.get(
            `select 1 from deliveries d join runs r on r.id = d.run where d.app = :app and ${OPEN} and d.state = 'unknown' and d.not_before <= :at ${only(runs)}`,
            {
              app,
              at,
              ...(runs === null ? {} : { runs: JSON.stringify(runs) }),
            },
          ) !== undefined;
        return { begun, nextAt: blocked ?? nextAt(app, at, runs), needsFeishuTime: unsure };
      });
    },

    finish: async (results) => {
      if (results.length > 0) db.write(() => results.forEach(record));
    },

    cancel: async (run, reason) =>
      db.write(() =>
        db.run(
          "update deliveries set state = 'cancelled', reason = :reason where run = :run and state in ('queued', 'retrying')",
          {
            run,
            reason: JSON.stringify(reason),
          },
        ),
      ),
  };

  function choose(
    rows: readonly SqlRow[],
    app: string,
    at: Ms,
    limits: Limits,
    feishuNow: Ms | null,
  ): { begun: Begun[]; blocked: Ms | null } {
    const appKey = `${app}·messages`;
    const { ring, nextAt: open } = paceOf(appKey, at);
    const begun: Begun[] = [];
    let blocked: Ms | null = null;
    for (const row of rows) {
      const key = String(row['target_key']);
      const slot = Math.max(appSlot(ring, at, limits), open, paceOf(key, at).nextAt);
      if (slot > at + HORIZON) {
        blocked = slot;
        break;
      }
      ring.push(slot);
      keepPace(key, null, slot + targetSpacing(limits));
      begun.push(take(row, at, slot, feishuNow));
    }
    if (begun.length > 0) keepPace(appKey, ring, open);
    return { begun, blocked };
  }

  function record({ begun, outcome, begunAtFeishu }: Finished): void {
    const { id } = begun.delivery;
    const at = now();
    db.run(
      'update attempts set ended_at = :at, outcome = :is, http = :http, code = :code, log_id = :logId where id = :attempt',
      {
        at,
        is: outcome.is,
        http: outcome.http,
        code: outcome.code,
        logId: outcome.logId,
        attempt: begun.attempt,
      },
    );
    const row = db.get('select * from deliveries where id = :id', { id });
    if (row === undefined) return;
    const before = { ...deliveryOf(row), maxTries: Number(row['max_tries']) };
    const patch = afterTry(before, outcome, { now: at, begunAtFeishu, random: Math.random() });
    // proof is taken from whoever brings it; everything else only while the row is still ours
    const ours = before.state === 'sending' && row['owner'] === processes.id;
    const proof = patch.state === 'delivered' && before.state !== 'delivered';
    if (!ours && !proof) return;
    if (patch.state !== undefined && !DELIVERY_STEPS[before.state].includes(patch.state))
      throw new Error(`a delivery cannot go from ${before.state} to ${patch.state}`);
    apply(id, patch);
    if (outcome.is === 'retry' && outcome.pace !== null)
      block(
        outcome.pace === 'app' ? `${before.app}·messages` : `${before.target.idType}:${before.target.id}`,
        at + (outcome.after ?? 1_000),
      );
    if (outcome.is === 'rejected' && outcome.fault === 'app') refuseRest(before.run, before.app);
    if (patch.state === 'rejected' && before.part === 1) refuseLaterParts(before.run, before.recipient);
  }

  function block(key: string, until: Ms): void {
    db.run(
      `insert into pace (key, blocked_until) values (:key, :until)
       on conflict (key) do update set blocked_until = max(blocked_until, :until)`,
      { key, until },
    );
  }

  /** The app's own fault would refuse each of them alike: they are not tried. */
  function refuseRest(run: string, app: string): void {
    db.run(
      "update deliveries set state = 'rejected', fault = 'app', reason = :reason where run = :run and app = :app and state in ('queued', 'retrying')",
      { run, app, reason: JSON.stringify(APP_FAULT) },
    );
  }

  function refuseLaterParts(run: string, recipient: string): void {
    db.run(
      "update deliveries set state = 'cancelled' where run = :run and recipient = :recipient and part > 1 and state in ('queued', 'retrying')",
      {
        run,
        recipient,
      },
    );
  }

  function apply(id: string, patch: Patch): void {
    const set: Record<string, Param> = {};
    for (const [key, value] of Object.entries(patch)) {
      const column = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      set[column] =
        value === null || typeof value === 'string' || typeof value === 'number'
          ? value
          : typeof value === 'boolean'
            ? Number(value)
            : JSON.stringify(value);
    }
    const assignments = Object.keys(set).map((column) => `${column} = :${column}`);
    db.run(`update deliveries set owner = null, ${assignments.join(', ')} where id = :id`, { id, ...set });
  }
};
