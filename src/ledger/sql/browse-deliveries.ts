import type { Attempt, Delivery, DeliveryState } from '../../model/delivery.ts';
import type { Ms } from '../../model/time.ts';
import type { Browse, DeliveryFilter, Paging, Sent } from '../browse.ts';
import type { Database, Param, SqlRow } from './database.ts';
import { firstIdAt, MOST_LOOKED_AT, readPlace, writePlace } from './places.ts';
import { attemptOf, deliveryOf, outlineOf } from './rows.ts';

const sentOf = (row: SqlRow): Sent => ({
  ...deliveryOf(row),
  job: row['run_job'] === null ? null : String(row['run_job']),
});

/** Few of all deliveries, and found by an index of their own (migration 011). */
const NOT_ARRIVED: readonly DeliveryState[] = ['rejected', 'cancelled', 'unknown'];

/**
 * One way to walk through the deliveries, newest first: an index and the condition that it answers. Named, as SQLite does
 * not see that `state = 'rejected'` is within what a partial index holds, and would rather read all rows in order.
 */
interface Lane {
  readonly by: string;
  readonly where: string;
}

const laneOfState = (state: DeliveryState): Lane => {
  if (NOT_ARRIVED.includes(state))
    return {
      by: 'indexed by deliveries_not_arrived',
      where: `d.state in ('rejected', 'cancelled', 'unknown') and d.state = '${state}'`,
    };
  if (state === 'sending') return { by: 'indexed by deliveries_sending', where: "d.state = 'sending'" };
  return {
    by: 'indexed by deliveries_open',
    where: `d.state in ('queued', 'retrying', 'unknown') and d.settled = 0 and d.state = '${state}'`,
  };
};

/** What narrows most is walked, everything else is looked at on the way. */
const lanesOf = ({ recipient, code, states }: DeliveryFilter): readonly Lane[] => {
  if (recipient !== null) return [{ by: 'indexed by deliveries_by_recipient', where: 'd.recipient = :recipient' }];
  if (code !== null && code !== 0)
    return [{ by: 'indexed by deliveries_by_code', where: 'd.code = :code and d.code is not null and d.code <> 0' }];
  if (states !== null && !states.includes('delivered')) return states.map(laneOfState);
  return [{ by: '', where: 'true' }];
};

const conditionsOf = ({ job, recipient, code, states, since, until }: DeliveryFilter) => {
  const params: Record<string, Param> = {};
  const all = (pairs: readonly (readonly [name: string, value: Param | null, sql: string])[]): string =>
    pairs
      .flatMap(([name, value, sql]) => {
        if (value === null) return [];
        params[name] = value;
        return [` and ${sql}`];
      })
      .join('');
  const time = all([
    ['since', since === null ? null : firstIdAt(since), 'd.id >= :since'],
    ['until', until === null ? null : firstIdAt(until), 'd.id < :until'],
  ]);
  const others = all([
    ['recipient', recipient, 'd.recipient = :recipient'],
    ['code', code, 'd.code = :code'],
    ['states', states === null ? null : JSON.stringify(states), 'd.state in (select value from json_each(:states))'],
    ['job', job, 'exists (select 1 from runs r where r.id = d.run and r.job = :job)'],
  ]);
  return { time, others, params };
};

const WITH_JOB = '(select job from runs r where r.id = d.run) as run_job';

/** Of somebody whose latest message did not arrive, so many before it are looked at for one that did. */
const LOOKED_BACK = 50;

/** Deliveries as the console pages through them. */
export const createDeliveryBrowse = (
  db: Database,
): Pick<Browse, 'deliveryPage' | 'delivery' | 'outline' | 'deliveriesOf' | 'triesOf' | 'lastTo'> => {
  const ofRun = function* (filter: DeliveryFilter, { after, limit }: Paging) {
    const id = after === null ? '' : readPlace(after, ['string'])[0];
    const { time, others, params } = conditionsOf(filter);
    const rows = yield* db.all(
      `select d.*, ${WITH_JOB} from deliveries d where d.run = :run and d.id > :id${time}${others} order by d.id limit :limit`,
      { ...params, run: filter.run, id, limit },
    );
    const items = rows.map(sentOf);
    const last = items.at(-1);
    return { items, next: last !== undefined && items.length === limit ? writePlace([last.id]) : null };
  };

  /** of the job's runs, the newest first */
  const ofJob = function* (filter: DeliveryFilter, { after, limit }: Paging) {
    const [at, run, id] =
      after === null ? [Number.MAX_SAFE_INTEGER, '', ''] : readPlace(after, ['number', 'string', 'string']);
    const { time, others, params } = conditionsOf({ ...filter, job: null });
    // what was made before then belongs to a run that was opened before then
    const opened = filter.until === null ? at : Math.min(at, filter.until);
    const given = { ...params, job: filter.job, at, opened, run, id, limit, looked: MOST_LOOKED_AT };
    const looked = `from runs r cross join deliveries d on d.run = r.id
      where r.job = :job and r.created_at <= :opened
        and (r.created_at < :at or r.id > :run or (r.id = :run and d.id < :id))
      order by r.created_at desc, r.id, d.id desc`;
    const rows = yield* db.all(
      `select * from (select d.*, r.job as run_job, r.created_at as run_at ${looked} limit :looked) d where true${time}${others}
         order by d.run_at desc, d.run, d.id desc limit :limit`,
      given,
    );
    const place = (row: SqlRow): string => writePlace([Number(row['run_at']), String(row['run']), String(row['id'])]);
    const last = rows.at(-1);
    if (last !== undefined && rows.length === limit) return { items: rows.map(sentOf), next: place(last) };
    const end = yield* db.get(`select d.id, d.run, r.created_at as run_at ${looked} limit 1 offset :looked - 1`, given);
    return { items: rows.map(sentOf), next: end === undefined ? null : place(end) };
  };

  const inLane = function* (lane: Lane, filter: DeliveryFilter, before: string, limit: number) {
    const { others, params } = conditionsOf(filter);
    // ids rise with time. One bound above and one below: of two on one side SQLite uses the first, and reads on to the other
    const until = filter.until === null ? before : [before, firstIdAt(filter.until)].sort()[0];
    const since = filter.since === null ? '' : firstIdAt(filter.since);
    const given = { ...params, before: until ?? before, from: since, limit, looked: MOST_LOOKED_AT };
    const looked = `from deliveries d ${lane.by} where ${lane.where} and d.id < :before and d.id >= :from order by d.id desc`;
    const rows = yield* db.all(
      `select d.*, ${WITH_JOB} from (select * ${looked} limit :looked) d where true${others} order by d.id desc limit :limit`,
      given,
    );
    const last = rows.at(-1);
    if (last !== undefined && rows.length === limit) return { rows, until: String(last['id']) };
    const end = yield* db.get(`select d.id ${looked} limit 1 offset :looked - 1`, given);
    return { rows, until: end === undefined ? '' : String(end['id']) };
  };

  /** Several lanes side by side are known only down to where the first of them ends. */
  const newestFirst = function* (filter: DeliveryFilter, { after, limit }: Paging) {
    const before = after === null ? '~' : readPlace(after, ['string'])[0];
    const lanes: { readonly rows: readonly SqlRow[]; readonly until: string }[] = [];
    for (const lane of lanesOf(filter)) lanes.push(yield* inLane(lane, filter, before, limit));
    const [until = ''] = lanes
      .map((lane) => lane.until)
      .sort()
      .reverse();
    const items = lanes
      .flatMap(({ rows }) => rows.map(sentOf))
      .filter(({ id }) => id >= until)
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    const shown = items.slice(0, limit);
    const end = items.length > limit ? shown.at(-1)?.id : until;
    return { items: shown, next: end === '' || end === undefined ? null : writePlace([end]) };
  };

  return {
    deliveryPage: async (filter, page) => {
      if (filter.run !== null) return await db.read(() => ofRun(filter, page));
      const { job, recipient, code, states } = filter;
      const fewer =
        recipient !== null || (code !== null && code !== 0) || (states !== null && !states.includes('delivered'));
      return job !== null && !fewer
        ? await db.read(() => ofJob(filter, page))
        : await db.read(() => newestFirst(filter, page));
    },

    delivery: async (id) => {
      const row = await db.read(() => db.get(`select d.*, ${WITH_JOB} from deliveries d where d.id = :id`, { id }));
      return row === undefined ? null : sentOf(row);
    },

    outline: async (run) =>
      (
        await db.read(() =>
          db.all(
            `select id, recipient, part, generation, state, target_type, target, delivered_at, recalled_at
             from deliveries where run = :run order by rowid`,
            { run },
          ),
        )
      ).map(outlineOf),

    deliveriesOf: async (run, ids) => {
      const rows = await db.read(() =>
        db.all('select * from deliveries where run = :run and id in (select value from json_each(:ids))', {
          run,
          ids: JSON.stringify(ids),
        }),
      );
      const found = new Map(rows.map((row) => [String(row['id']), row]));
      return ids.flatMap((id) => {
        const row = found.get(id);
        return row === undefined ? [] : [deliveryOf(row)];
      });
    },

    triesOf: async (deliveries) => {
      const tries = new Map<string, Attempt[]>(deliveries.map(({ id }) => [id, []]));
      for (const row of await db.read(() =>
        db.all(
          `select d.id as of_delivery, a.* from json_each(:ids) j join deliveries d on d.id = j.value
         join deliveries o on o.run = d.run and o.recipient = d.recipient and o.part = d.part
         join attempts a on a.delivery = o.id order by a.begun_at, a.n`,
          { ids: JSON.stringify(deliveries.map(({ id }) => id)) },
        ),
      ))
        tries.get(String(row['of_delivery']))?.push(attemptOf(row));
      return tries;
    },

    lastTo: async (recipients) =>
      db.read(function* () {
        const found = new Map<string, { last: Delivery; deliveredAt: Ms | null }>();
        for (const recipient of recipients) {
          const last = yield* db.get('select * from deliveries where recipient = :recipient order by id desc limit 1', {
            recipient,
          });
          if (last === undefined) continue;
          const before =
            last['delivered_at'] ??
            (yield* db.get(
              `select max(delivered_at) as at from (select delivered_at from deliveries where recipient = :recipient
               order by id desc limit ${LOOKED_BACK})`,
              { recipient },
            ))?.['at'];
          found.set(recipient, { last: deliveryOf(last), deliveredAt: before == null ? null : Number(before) });
        }
        return found;
      }),
  };
};
