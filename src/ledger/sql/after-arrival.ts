import type { BatchProgress, Urged } from '../../model/delivery.ts';
import { DAY, MINUTE, type Ms } from '../../model/time.ts';
import type { Ledger } from '../ledger.ts';
import type { Database } from './database.ts';
import { deliveryOf } from './rows.ts';

/** A batch that is not through after this long is asked about no more. */
const FOLLOWED: Ms = DAY;

const UNSURE: Urged = { state: 'unknown', code: null };

const isThrough = ({ valid, success }: BatchProgress): boolean => valid > 0 && success >= valid;

/** What is done about deliveries that have arrived: telling people at once, and asking how far a batch has come. */
export const createAfterArrival = (
  db: Database,
  now: () => Ms,
): Pick<Ledger['deliveries'], 'toUrge' | 'urged' | 'urgeLater' | 'toFollow' | 'followed'> => ({
  toUrge: async ({ app, limit }) => {
    const which = `app = :app and urgent is not null and urged is null and state = 'delivered'
      and (urge_at is null or urge_at <= :at)`;
    const at = now();
    if ((await db.read(() => db.get(`select 1 from deliveries where ${which} limit 1`, { app, at }))) === undefined)
      return [];
    return db.write(function* () {
      // one that was put back and that nobody came for in time: hours later nobody is to be called any more
      yield* db.run(
        `update deliveries set urged = '{"state":"refused","code":' || coalesce('' || urge_code, 'null') || '}'
         where ${which} and urge_at is not null and deliver_until <= :at`,
        { app, at },
      );
      // written before the request leaves: if we die meanwhile nobody knows, and nobody is called twice
      return (yield* db.all(
        `update deliveries set urged = :unsure where id in (select id from deliveries where ${which} limit :limit) returning *`,
        { app, at, limit, unsure: JSON.stringify(UNSURE) },
      )).map(deliveryOf);
    });
  },

  urged: async (id, how) =>
    db.write(function* () {
      yield* db.run('update deliveries set urged = :how where id = :id', { id, how: JSON.stringify(how) });
    }),

  urgeLater: async (id, { at, code }) =>
    db.write(function* () {
      yield* db.run('update deliveries set urged = null, urge_at = :at, urge_code = :code where id = :id', {
        id,
        at,
        code,
      });
    }),

  toFollow: async ({ app, limit }) => {
    const which = 'app = :app and follow_at is not null and follow_at <= :at';
    const at = now();
    if ((await db.read(() => db.get(`select 1 from deliveries where ${which} limit 1`, { app, at }))) === undefined)
      return [];
    return db.write(function* () {
      return (yield* db.all(
        `update deliveries set follow_at = case when delivered_at < :old then null else :next end
           where id in (select id from deliveries where ${which} limit :limit) returning *`,
        { app, at, limit, old: at - FOLLOWED, next: at + MINUTE },
      )).map(deliveryOf);
    });
  },

  followed: async (id, progress) =>
    db.write(function* () {
      const through = isThrough(progress);
      yield* db.run(
        'update deliveries set progress = :progress, follow_at = case when :through = 1 then null else follow_at end where id = :id',
        { id, progress: JSON.stringify(progress), through: through ? 1 : 0 },
      );
    }),
});
