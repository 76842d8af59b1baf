import { DAY, MINUTE, type Ms } from '../../model/time.ts';
import type { NodeSeen } from '../browse.ts';
import type { Ledger } from '../ledger.ts';
import type { Database, SqlRow, Steps } from './database.ts';

/** A machine that nobody has heard of for so long is forgotten, unless it is drained. */
const FORGOTTEN: Ms = 30 * DAY;
/** One that cron wakes each minute was heard of within this. */
const WOKEN: Ms = 2 * MINUTE;

/** For a statement that hands out work: nothing to a node that is drained, whatever it asks. */
export const NOT_DRAINED = 'not exists (select 1 from nodes where name = :node and drained_at is not null)';

/** All that are known; `at work`: a process of it lives, as far as its beat says, or cron woke it just now. */
export const NODES = `select n.name, n.seen_at, n.drained_at, n.jobs,
    case when n.seen_at > :woken or exists (select 1 from processes p where p.node = n.name and p.role = 'daemon' and p.beat_at > :beat)
      then 1 else 0 end as at_work
  from nodes n order by n.name`;

export const nodesParams = (now: Ms): { readonly woken: Ms; readonly beat: Ms } => ({
  woken: now - WOKEN,
  beat: now - MINUTE,
});

export const nodeOf = (row: SqlRow): NodeSeen => ({
  name: String(row['name']),
  seenAt: Number(row['seen_at']),
  drainedAt: row['drained_at'] === null ? null : Number(row['drained_at']),
  atWork: Number(row['at_work']) === 1,
  jobs: new Map(Object.entries(JSON.parse(String(row['jobs'])) as Record<string, string>)),
});

/** Inside a write: this node is there. */
export const noteNode = function* (db: Database, name: string, now: Ms): Steps<void> {
  yield* db.run(
    `insert into nodes (name, seen_at) values (:name, :now) on conflict (name) do update set seen_at = :now`,
    { name, now },
  );
  yield* db.run(
    `delete from nodes where seen_at < :old and drained_at is null and not exists (select 1 from processes p where p.node = nodes.name)`,
    { old: now - FORGOTTEN },
  );
};

/** The verbs of the machines that share a ledger, and what is known of them. */
export const createNodes = (
  db: Database,
  now: () => Ms,
  { node, enter }: { readonly node: string; readonly enter: () => Steps<void> },
): { readonly verbs: Ledger['nodes']; readonly seen: () => Promise<readonly NodeSeen[]> } => {
  const mark = (name: string, at: Ms | null): Promise<boolean> =>
    db.write(function* () {
      const changed = yield* db.run(
        `update nodes set drained_at = :at where name = :name and drained_at is ${at === null ? 'not null' : 'null'}`,
        { name, at },
      );
      return changed === 1;
    });
  return {
    verbs: {
      name: node,
      isDrained: async () =>
        (await db.read(() => db.get('select 1 from nodes where name = :node and drained_at is not null', { node }))) !==
        undefined,
      drain: (name) => mark(name, now()),
      resume: (name) => mark(name, null),
      has: async (jobs) => {
        const text = JSON.stringify(Object.fromEntries([...jobs].sort(([a], [b]) => (a < b ? -1 : 1))));
        const known = await db.read(() => db.get('select jobs from nodes where name = :node', { node }));
        if (known?.['jobs'] === text) return;
        await db.write(function* () {
          yield* enter();
          yield* db.run('update nodes set jobs = :text where name = :node', { node, text });
        });
      },
    },
    seen: () =>
      db.read(function* () {
        return (yield* db.all(NODES, nodesParams(now()))).map(nodeOf);
      }),
  };
};
