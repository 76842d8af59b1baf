import { digest } from '../../base/ids.ts';
import { DELIVERY_STEPS } from '../../model/delivery.ts';
import type { Reason } from '../../model/run.ts';
import { afterLook, repeatableSince } from '../../model/settle.ts';
import { HOUR, MINUTE, type Ms } from '../../model/time.ts';
import type { Ledger, Unsure } from '../ledger.ts';
import type { Database, SqlRow, Steps } from './database.ts';
import { applyPatch } from './finish.ts';
import { OPEN_DELIVERY } from './open-rows.ts';
import type { Processes } from './processes.ts';
import { contentOf, deliveryOf } from './rows.ts';

/** For so long a row that is being looked for, or taken back, is left to who does it. */
const LOOKING: Ms = 2 * MINUTE;

/** A message that is sent anew needs a uuid of its own: the old one may still be in Feishu's memory. */
export const nextUuid = (uuid: string): string => `lc-${digest([uuid, 'again'], 40)}`;

/** What becomes of deliveries that nobody knows the end of, and of those that are to be taken back. */
export const createSettling = (
  db: Database,
  now: () => Ms,
  processes: Processes,
): Pick<Ledger['deliveries'], 'unsure' | 'settle' | 'toRecall' | 'recalled' | 'recallLater'> => {
  const unsureOf = function* (row: SqlRow): Steps<Unsure> {
    const delivery = deliveryOf(row);
    const { app, target } = delivery;
    const tries =
      (yield* db.get(
        // a try that began at an unknown time of Feishu's is taken for within an hour of this machine's
        `select min(case when begun_feishu = 0 then begun_at - :hour else begun_feishu end) as since,
           max(case when begun_feishu = 0 then coalesce(ended_at, begun_at) + :hour else coalesce(ended_at, begun_at) - begun_at + begun_feishu end) as until
         from attempts where delivery = :id`,
        { id: delivery.id, hour: HOUR },
      )) ?? {};
    const met = yield* db.get('select chat_id from directory where app = :app and ref = :ref', {
      app,
      ref: `${target.idType}:${target.id}`,
    });
    const chatId = target.idType === 'chat_id' ? target.id : (delivery.chatId ?? (met?.['chat_id'] as string | null));
    return {
      delivery,
      content: contentOf(
        (yield* db.get('select * from contents where hash = :hash', { hash: delivery.content })) ?? {},
      ),
      chatId: chatId ?? null,
      since: Number(tries['since'] ?? delivery.firstUnsureAt),
      until: Number(tries['until'] ?? delivery.firstUnsureAt),
      known: async (messageId) =>
        (await db.read(() =>
          db.get('select 1 from deliveries where app = :app and message_id = :messageId', { app, messageId }),
        )) !== undefined,
    };
  };

  return {
    unsure: async ({ app, limit, feishuNow }) => {
      const which = `app = :app and ${OPEN_DELIVERY} and state = 'unknown' and not_before <= :at
        and (first_unsure_at <= :repeatable or deliver_until <= :at)`;
      const params = { app, at: now(), repeatable: repeatableSince(feishuNow) };
      if ((await db.read(() => db.get(`select 1 from deliveries where ${which} limit 1`, params))) === undefined)
        return [];
      return db.write(function* () {
        yield* processes.enter();
        const rows = yield* db.all(`select * from deliveries where ${which} order by not_before limit :limit`, {
          ...params,
          limit,
        });
        for (const { id } of rows)
          yield* db.run('update deliveries set not_before = :until where id = :id', {
            id: id as string,
            until: now() + LOOKING,
          });
        const all: Unsure[] = [];
        for (const row of rows) all.push(yield* unsureOf(row));
        return all;
      });
    },

    settle: async (id, look, feishuNow) =>
      db.write(function* () {
        const row = yield* db.get('select * from deliveries where id = :id', { id });
        // settled meanwhile (a person resent it): only proof still counts
        if (row === undefined || row['state'] !== 'unknown' || (row['settled'] === 1 && look.is !== 'found')) return;
        const before = deliveryOf(row);
        const { again, ...patch } = afterLook(before, look, { now: now(), feishuNow });
        if (patch.state !== undefined && !DELIVERY_STEPS.unknown.includes(patch.state))
          throw new Error(`a delivery cannot go from unknown to ${patch.state}`);
        yield* applyPatch(db, id, patch);
        if (again === true)
          yield* db.run('update deliveries set generation = generation + 1, uuid = :uuid where id = :id', {
            id,
            uuid: nextUuid(before.uuid),
          });
      }),

    toRecall: async ({ app, limit }) => {
      if ((await db.read(() => db.get('select 1 from runs where recall = 1 limit 1'))) === undefined) return [];
      const which = `select d.id from runs r cross join deliveries d on d.run = r.id
        where r.recall = 1 and d.app = :app and d.state = 'delivered' and d.recalled_at is null and d.recall_refused is null
          and (d.recall_at is null or d.recall_at <= :at) order by d.recall_at limit :limit`;
      const params = { app, limit, at: now() };
      if ((await db.read(() => db.get(which, params))) === undefined) return [];
      // others would spend the app's quota on the same ones
      const taken = await db.write(() =>
        db.all(`update deliveries set recall_at = :until where id in (${which}) returning *`, {
          ...params,
          until: params.at + LOOKING,
        }),
      );
      return taken.map((row) => ({ ...deliveryOf(row), recallSince: (row['recall_since'] as Ms | null) ?? null }));
    },

    recallLater: async (id, { at, wholeApp }) =>
      db.write(function* () {
        yield* db.run(
          'update deliveries set recall_at = :at, recall_since = coalesce(recall_since, :now) where id = :id',
          {
            id,
            at,
            now: now(),
          },
        );
        if (wholeApp)
          yield* db.run(
            `update deliveries set recall_at = max(coalesce(recall_at, 0), :at)
             where run in (select id from runs where recall = 1) and app = (select app from deliveries where id = :id)
               and recalled_at is null and recall_refused is null`,
            { id, at },
          );
      }),

    recalled: async (id, refused: Reason | null) =>
      db.write(function* () {
        if (refused === null)
          // a renewed card is one message: whichever run takes it back, it is gone for all of them
          yield* db.run(
            `update deliveries set recalled_at = :at where recalled_at is null and id in (
               select :id union all select o.id from deliveries m join deliveries o on o.app = m.app and o.message_id = m.message_id
               where m.id = :id and m.message_id is not null and o.message_id is not null)`,
            { id, at: now() },
          );
        else
          yield* db.run('update deliveries set recall_refused = :refused, reason = :refused where id = :id', {
            id,
            refused: JSON.stringify(refused),
          });
      }),
  };
};
