import { DAY, HOUR, type Ms } from '../../model/time.ts';
import type { Keep, Ledger } from '../ledger.ts';
import type { Database, Steps } from './database.ts';

/** So many rows go in one commit: nobody waits for it. */
const ROWS_AT_ONCE = 500;
/** When all that is old has gone, it is looked at again after so long. */
const REST: Ms = HOUR;

const ENDED = "state not in ('pending', 'running', 'delivering')";
/** What an open incident is about is kept as long as that is open. */
const IN_USE =
  "select run from incidents where state = 'open' union select last_run from incidents where state = 'open'";

/** Small tables without an index by age: all of one at once. */
const BY_AGE = [
  'delete from missed_spans where until < :old',
  "delete from incidents where state = 'closed' and closed_at < :old",
  'delete from audit where at < :old',
  'delete from anchors where due_at < :old',
  'delete from uploads where uploaded_at < :old',
  'delete from directory where seen_at < :old',
  'delete from pace where ring is null and window_ms is null and next_at < :old and blocked_until < :old',
];

export const createPruning = (db: Database, now: () => Ms): Ledger['upkeep'] => {
  /** Runs with their messages and tries, the oldest first. */
  const pruneRuns = function* (old: Ms): Steps<boolean> {
    const found = yield* db.all(
      `select id, (select count(*) from deliveries d where d.run = runs.id) as n from runs
       where created_at < :old and ${ENDED} and id not in (${IN_USE}) order by created_at limit 100`,
      { old },
    );
    let rows = 0;
    for (const { id, n } of found) {
      if (rows >= ROWS_AT_ONCE) break;
      yield* db.run('delete from runs where id = :id', { id: id ?? null });
      rows += 1 + Number(n);
    }
    return found.length > 0;
  };

  /** The tries of messages whose runs are older; the messages stay, with what became of them. */
  const pruneAttempts = function* (old: Ms): Steps<boolean> {
    const found = yield* db.all(
      `select id, created_at as at from runs join meta on 1 = 1 where created_at < :old and created_at >= attempts_gone
       and (created_at, id) > (attempts_gone, attempts_gone_run) order by created_at, id limit 100`,
      { old },
    );
    let rows = 0;
    for (const { id, at } of found) {
      if (rows >= ROWS_AT_ONCE) break;
      rows += yield* db.run(
        `delete from attempts where delivery in (select d.id from deliveries d join runs r on r.id = d.run where r.id = :id and r.${ENDED})`,
        { id: id ?? null },
      );
      yield* db.run('update meta set attempts_gone = :at, attempts_gone_run = :id', { at: at ?? 0, id: id ?? '' });
    }
    return found.length > 0;
  };

  /** Bodies that no message shows any more. A run of the time before that is open still may need its own. */
  const pruneContents = async (old: Ms): Promise<boolean> => {
    const older = 'select 1 from runs where created_at < :old limit 1';
    if ((await db.read(() => db.get(older, { old }))) !== undefined) return false;
    const gone = await db.writeUnchecked(() =>
      db.run(
        'delete from contents where hash in (select hash from contents where used_at < :old order by used_at limit :most)',
        { old: old - 2 * DAY, most: ROWS_AT_ONCE },
      ),
    );
    return gone > 0;
  };

  const step = async ({ runs, attempts }: Keep): Promise<boolean> => {
    const [oldRuns, oldAttempts] = [now() - runs, now() - attempts];
    const more = await db.write(function* () {
      return (yield* pruneRuns(oldRuns)) || (yield* pruneAttempts(oldAttempts));
    });
    if (more || (await pruneContents(oldRuns)) || (await db.shrink())) return true;
    await db.write(function* () {
      for (const sql of BY_AGE) yield* db.run(sql, { old: oldRuns });
      yield* db.run('update meta set pruned_at = :now', { now: now() });
    });
    return false;
  };

  return {
    prune: async (keep) => {
      const last = await db.read(() => db.get('select pruned_at from meta'));
      const since = now() - Number(last?.['pruned_at'] ?? 0);
      return since >= 0 && since < REST ? false : step(keep);
    },
  };
};
