import { DAY, HOUR, type Ms } from '../../model/time.ts';
import type { Keep, Ledger } from '../ledger.ts';
import type { Database } from './database.ts';

/** So many rows go in one commit: nobody waits for it. */
const ROWS_AT_ONCE = 500;
const PAGES_AT_ONCE = 500;
/** When all that is old has gone, it is looked at again after so long. */
const REST: Ms = HOUR;
/** This share of the file may be free room, for what comes. */
const FREE_SHARE = 0.2;
const FREE_PAGES = 1_000;

const ENDED = "state not in ('pending', 'running', 'delivering')";
/** What an open incident is about is kept as long as that is open. */
const IN_USE =
  "select run from incidents where state = 'open' union select last_run from incidents where state = 'open'";

/** Small tables without an index by age: all of one at once. */
const BY_AGE = [
  'delete from missed_spans where until < :old',
  "delete from incidents where state = 'closed' and closed_at < :old",
  'delete from anchors where due_at < :old',
  'delete from uploads where uploaded_at < :old',
  'delete from directory where seen_at < :old',
  'delete from pace where ring is null and window_ms is null and next_at < :old and blocked_until < :old',
];

export const createPruning = (db: Database, now: () => Ms): Ledger['upkeep'] => {
  const number = (sql: string): number => Number(Object.values(db.get(sql) ?? {})[0] ?? 0);

  /** Runs with their messages and tries, the oldest first. */
  const pruneRuns = (old: Ms): boolean => {
    const found = db.all(
      `select id, (select count(*) from deliveries d where d.run = runs.id) as n from runs
       where created_at < :old and ${ENDED} and id not in (${IN_USE}) order by created_at limit 100`,
      { old },
    );
    let rows = 0;
    for (const { id, n } of found) {
      if (rows >= ROWS_AT_ONCE) break;
      db.run('delete from runs where id = :id', { id: id ?? null });
      rows += 1 + Number(n);
    }
    return found.length > 0;
  };

  /** The tries of messages whose runs are older; the messages stay, with what became of them. */
  const pruneAttempts = (old: Ms): boolean => {
    const found = db.all(
      `select id, created_at as at from runs, meta where created_at < :old and created_at >= attempts_gone
       and (created_at, id) > (attempts_gone, attempts_gone_run) order by created_at, id limit 100`,
      { old },
    );
    let rows = 0;
    for (const { id, at } of found) {
      if (rows >= ROWS_AT_ONCE) break;
      rows += db.run(
        `delete from attempts where delivery in (select d.id from deliveries d join runs r on r.id = d.run where r.id = :id and r.${ENDED})`,
        { id: id ?? null },
      );
      db.run('update meta set attempts_gone = :at, attempts_gone_run = :id', { at: at ?? 0, id: id ?? '' });
    }
    return found.length > 0;
  };

  /** Bodies that no message shows any more. A run of the time before that is open still may need its own. */
  const pruneContents = (old: Ms): boolean =>
    number(`select count(*) from (select 1 from runs where created_at < ${Number(old)} limit 1)`) === 0 &&
    db.writeUnchecked(() =>
      db.run(
        'delete from contents where hash in (select hash from contents where used_at < :old order by used_at limit :most)',
        { old: old - 2 * DAY, most: ROWS_AT_ONCE },
      ),
    ) > 0;

  /** Free pages at the end of the file go back to the system (files made before that was asked for keep theirs). */
  const shrink = (): boolean => {
    if (number('pragma auto_vacuum') !== 2) return false;
    const free = number('pragma freelist_count');
    if (free <= Math.max(FREE_PAGES, number('pragma page_count') * FREE_SHARE)) return false;
    db.write(() => db.all(`pragma incremental_vacuum(${PAGES_AT_ONCE})`));
    return number('pragma freelist_count') < free;
  };

  const step = ({ runs, attempts }: Keep): boolean => {
    const [oldRuns, oldAttempts] = [now() - runs, now() - attempts];
    if (db.write(() => pruneRuns(oldRuns) || pruneAttempts(oldAttempts))) return true;
    if (pruneContents(oldRuns)) return true;
    if (shrink()) return true;
    db.write(() => {
      for (const sql of BY_AGE) db.run(sql, { old: oldRuns });
      db.run('update meta set pruned_at = :now', { now: now() });
    });
    return false;
  };

  return {
    prune: async (keep) => {
      const since = now() - number('select pruned_at from meta');
      return since >= 0 && since < REST ? false : step(keep);
    },
  };
};
