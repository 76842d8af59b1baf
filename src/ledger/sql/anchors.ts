import { type Place, placeOf } from '../../model/anchor.ts';
import { DAY, type Ms } from '../../model/time.ts';
import type { Database, SqlRow, Steps } from './database.ts';
import { deliveryOf } from './rows.ts';

/** Longer than a card can be renewed; after it an anchor means nothing. */
const KEPT: Ms = 30 * DAY;

/** Which delivery a job's messages of one day to one recipient stand on. All inside somebody else's write. */
export const createAnchors = (db: Database) => ({
  /** the run's rows join the anchors of their day, or become them */
  join: function* (run: string, at: Ms): Steps<void> {
    const joined = yield* db.run(
      `insert into anchors (job, key, recipient, delivery, due_at)
       select r.job, d.anchor, d.target_type || ':' || d.target, d.id, coalesce(r.due_at, r.created_at)
       from deliveries d join runs r on r.id = d.run
       where d.run = :run and d.anchor is not null and d.state = 'queued' order by d.part
       on conflict (job, key, recipient) do update set due_at = max(anchors.due_at, excluded.due_at)`,
      { run },
    );
    if (joined > 0) yield* db.run('delete from anchors where due_at < :old', { old: at - KEPT });
  },

  /** Where the row's message goes now. One that is unsure goes where it went before. */
  placeOf: function* (row: SqlRow, at: Ms): Steps<Place> {
    const mine = {
      id: String(row['id']),
      anchor: String(row['anchor']),
      dueAt: Number(row['run_due']),
      content: String(row['content']),
    };
    const anchor = yield* db.get(
      'select delivery, due_at, shown, writing from anchors where job = :job and key = :key and recipient = :to',
      {
        job: row['job'] as string,
        key: mine.anchor,
        to: row['target_key'] as string,
      },
    );
    const found =
      anchor === undefined
        ? undefined
        : yield* db.get('select * from deliveries where id = :id', { id: anchor['delivery'] as string });
    const place = placeOf(
      mine,
      {
        root: found === undefined ? null : deliveryOf(found),
        dueAt: Number(anchor?.['due_at'] ?? mine.dueAt),
        shown: anchor?.['writing'] === null ? (anchor['shown'] as string | null) : null,
      },
      at,
    );
    if (row['state'] !== 'unknown' || place.is === 'stale') return place;
    if (row['renews'] !== null) return { is: 'renew', messageId: String(row['renews']) };
    return row['replies_to'] === null ? { is: 'new' } : { is: 'reply', messageId: String(row['replies_to']) };
  },

  /** The row's try begins: from now on nobody knows what the card shows, until its end is known. */
  begins: function* (delivery: string, place: Place): Steps<void> {
    if (place.is === 'reply') return;
    yield* db.run(
      place.is === 'new'
        ? // the row's own message is what the later ones stand on
          `update anchors set delivery = :delivery, shown = null, writing = :delivery ${OF_DELIVERY}`
        : `update anchors set writing = case when coalesce(writing, :delivery) = :delivery then :delivery else 'several' end
           ${OF_DELIVERY}`,
      { delivery },
    );
  },

  /** The row's try has ended for sure: the card shows its content, or what it showed before. */
  ended: function* (delivery: string, arrived: boolean): Steps<void> {
    yield* db.run(
      `update anchors set writing = null${arrived ? ', shown = d.content' : ''} ${OF_DELIVERY} and writing = :delivery`,
      { delivery },
    );
  },

  /** What the run's cards show does not count: they are sent all the same. */
  forget: function* (run: string): Steps<void> {
    yield* db.run(
      `update anchors set shown = null from deliveries d join runs r on r.id = d.run
       where d.run = :run and anchors.job = r.job and anchors.key = d.anchor
         and anchors.recipient = d.target_type || ':' || d.target`,
      { run },
    );
  },
});

const OF_DELIVERY = `from deliveries d join runs r on r.id = d.run
  where d.id = :delivery and anchors.job = r.job and anchors.key = d.anchor
    and anchors.recipient = d.target_type || ':' || d.target`;
