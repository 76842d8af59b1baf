import { randomId } from '../../base/ids.ts';
import { lifeOf, type ProcessIdentity, thisProcess } from '../../base/process-identity.ts';
import { UNSURE } from '../../model/settle.ts';
import { DAY, type Ms, SECOND } from '../../model/time.ts';
import type { ProcessRole } from '../browse.ts';
import { watchClock } from './clock-watch.ts';
import type { Database, SqlRow, Steps } from './database.ts';
import { noteNode } from './nodes.ts';

/** A process that nobody can see is dead after this long without a beat; one whose pid lives, after the second. */
const SILENT_BEYOND: Ms = 15 * SECOND;
const SILENT_ALIVE: Ms = 60 * SECOND;
/** A try without an answer after this long is unsure, whoever holds it. */
const TRY_LIMIT: Ms = 60 * SECOND;

const identityOf = (row: SqlRow): ProcessIdentity => ({
  host: String(row['host']),
  boot: String(row['boot']),
  pidns: String(row['pidns']),
  pid: Number(row['pid']),
  pidStart: String(row['pid_start']),
});

/** This process's row, made at its first write; and the burial of those that died. */
export const createProcesses = (
  db: Database,
  {
    now,
    monotonic,
    version,
    role = 'command',
    node,
  }: { now: () => Ms; monotonic: () => Ms; version: string; role?: ProcessRole; node?: string | undefined },
) => {
  const id = randomId();
  const me = thisProcess();
  /** as people call the machine */
  const here = node ?? me.host;
  let entered = false;

  const isDead = (row: SqlRow): boolean => {
    const silent = now() - Number(row['beat_at']);
    const life = lifeOf(identityOf(row), me);
    return life === 'dead' || silent > (life === 'alive' ? SILENT_ALIVE : SILENT_BEYOND);
  };

  /**
   * A process's running runs go back to pending with their planned rows deleted (a plan is atomic); its tries without
   * an answer become unknown, unsure since they began.
   */
  const bury = function* (owner: string): Steps<void> {
    yield* db.run(
      "delete from deliveries where run in (select id from runs where owner = :owner and state = 'running')",
      {
        owner,
      },
    );
    yield* db.run("update runs set state = 'pending', owner = null where owner = :owner and state = 'running'", {
      owner,
    });
    yield* unsure({ owner, before: Number.MAX_SAFE_INTEGER });
    // a token it was asking for is for others to ask for, at once
    yield* db.run('update tokens set refresh_until = 0, refresh_by = null where refresh_by = :owner', { owner });
    yield* db.run('delete from processes where id = :owner', { owner });
  };

  /** Inside a write: what dead processes left is taken over. */
  const rescue = function* (): Steps<void> {
    const dead = (yield* db.all('select * from processes where id <> :id', { id })).filter(isDead);
    for (const row of dead) yield* bury(String(row['id']));
    yield* unsure({ owner: null, before: now() - TRY_LIMIT });
  };

  const unsure = function* (of: { owner: string | null; before: Ms }): Steps<void> {
    yield* db.run(
      `update deliveries set state = 'unknown', owner = null, not_before = :now,
         settled = case when remembers = 0 then 1 else settled end, reason = case when remembers = 0 then :unsure else reason end,
         first_unsure_at = coalesce(first_unsure_at, (select begun_feishu from attempts a where a.delivery = deliveries.id order by n desc limit 1))
       where state = 'sending' and (:owner is null or owner = :owner)
         and (select begun_at from attempts a where a.delivery = deliveries.id order by n desc limit 1) < :before`,
      { ...of, now: now(), unsure: JSON.stringify(UNSURE) },
    );
  };

  const enter = function* (): Steps<void> {
    if (entered) return;
    db.checkRoom();
    yield* db.run(
      `insert into processes (id, node, host, boot, pidns, pid, pid_start, version, role, entered_at, beat_at)
       values (:id, :node, :host, :boot, :pidns, :pid, :pidStart, :version, :role, :now, :now)`,
      { id, node: here, ...me, version, role, now: now() },
    );
    entered = true;
    // a command comes and goes; what stays, or is woken by cron, makes a machine one that takes part
    if (role === 'daemon') yield* noteNode(db, here, now());
    yield* rescue();
  };

  return {
    id,
    node: here,
    /** this machine's uptime, and which boot it is of */
    uptime: () => ({ boot: me.boot, uptime: monotonic() }),
    enter,
    tick: async (): Promise<void> => {
      await db.write(function* () {
        yield* db.run('update meta set ticked_at = :now', { now: now() });
        yield* noteNode(db, here, now());
      });
    },
    beat: (): Promise<void> =>
      db.write(function* () {
        yield* watchClock(db, now());
        // buried while alive (asleep for long): what we held is somebody else's now, and we register anew
        if ((yield* db.run('update processes set beat_at = :now where id = :id', { id, now: now() })) === 0)
          entered = false;
        db.checkRoom();
        if (entered) yield* rescue();
        else yield* enter();
        yield* db.run('delete from processes where beat_at < :old', { old: now() - 30 * DAY });
      }),
    hasDaemon: async (): Promise<boolean> => {
      // one that is drained does nothing for others
      const others = `select * from processes where role = 'daemon' and id <> :id
        and not exists (select 1 from nodes where name = processes.node and drained_at is not null)`;
      return (await db.read(() => db.all(others, { id }))).some((row) => !isDead(row));
    },
    seen: function* () {
      return (yield* db.all('select * from processes order by entered_at')).map((row) => ({
        id: String(row['id']),
        node: String(row['node']) || String(row['host']),
        host: String(row['host']),
        pid: Number(row['pid']),
        role: row['role'] as ProcessRole,
        version: String(row['version']),
        enteredAt: Number(row['entered_at']),
        beatAt: Number(row['beat_at']),
        alive: !isDead(row),
        self: row['id'] === id,
      }));
    },
    leave: async (): Promise<void> => {
      // after a fault there may be something left; nobody else would know that its owner is gone
      if (entered)
        await db.write(function* () {
          return yield* bury(id);
        });
      entered = false;
    },
  };
};

export type Processes = ReturnType<typeof createProcesses>;
