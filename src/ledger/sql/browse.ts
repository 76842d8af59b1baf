import type { DeliveryState } from '../../model/delivery.ts';
import { MINUTE, type Ms } from '../../model/time.ts';
import type { Browse } from '../browse.ts';
import { createDeliveryBrowse } from './browse-deliveries.ts';
import { createRunBrowse } from './browse-runs.ts';
import type { Database } from './database.ts';
import { OPEN_DELIVERY } from './open-rows.ts';
import { createPace } from './pace.ts';
import type { Processes } from './processes.ts';

export const createBrowse = (
  db: Database,
  now: () => Ms,
  processes: Pick<Processes, 'seen'>,
): Omit<Browse, 'nodes'> => ({
  ...createRunBrowse(db),
  ...createDeliveryBrowse(db),

  processes: async () =>
    db.read(function* () {
      const all = [];
      for (const each of yield* processes.seen())
        all.push({
          ...each,
          runs: (yield* db.all(`select id, job from runs where state = 'running' and owner = :id order by started_at`, {
            id: each.id,
          })).map((row) => ({ id: String(row['id']), job: row['job'] === null ? null : String(row['job']) })),
          sending: Number(
            (yield* db.get("select count(*) as n from deliveries where state = 'sending' and owner = :id", {
              id: each.id,
            }))?.['n'],
          ),
        });
      return all;
    }),

  pace: async (app, most) => {
    const at = now();
    const { ring, blockedUntil } = await db.read(() => createPace(db).app(`${app}·messages`, at));
    const waiting = await db.read(() =>
      db.get(
        `select count(*) as n from (select 1 from deliveries where app = :app and ${OPEN_DELIVERY} and state <> 'unknown' limit :most)`,
        { app, most },
      ),
    );
    return { slots: ring.filter((slot) => slot > at - MINUTE), blockedUntil, waiting: Number(waiting?.['n'] ?? 0) };
  },

  queue: async (most) =>
    (
      await db.read(() =>
        db.all(
          `select app, state, count(*) as n from (
           select * from (select app, state from deliveries where ${OPEN_DELIVERY} limit :most)
           union all select * from (select app, state from deliveries where state = 'sending' limit :most))
         group by app, state order by app, state`,
          { most },
        ),
      )
    ).map((row) => ({ app: String(row['app']), state: row['state'] as DeliveryState, count: Number(row['n']) })),
});
