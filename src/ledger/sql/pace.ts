import { believable, blockedUntil, learntSpacing, RING, targetSpacing } from '../../model/pace.ts';
import type { Limits } from '../../model/settings.ts';
import type { Ms } from '../../model/time.ts';
import type { Database, SqlRow, Steps } from './database.ts';

/** The last slots of an app and API, oldest first, and until when Feishu asked it to wait. */
export interface AppPace {
  readonly ring: Ms[];
  readonly blockedUntil: Ms;
}

/** A row of `pace`, or one joined to it, as a recipient's pace; nothing is known of who was never written to. */
export const targetPace = (row: SqlRow, at: Ms): { nextAt: Ms; learnt: Ms | null } => ({
  nextAt: Math.max(believable(Number(row['next_at'] ?? 0), at), blockedUntil(Number(row['blocked_until'] ?? 0), at)),
  learnt: row['window_ms'] == null ? null : Number(row['window_ms']),
});

/** The pace of apps and of recipients, kept in the ledger so that all processes share it. Inside writes only. */
export const createPace = (db: Database) => ({
  app: function* (key: string, at: Ms): Steps<AppPace> {
    const row = yield* db.get('select ring, blocked_until from pace where key = :key', { key });
    if (row === undefined) return { ring: [], blockedUntil: 0 };
    const ring = row['ring'] === null ? [] : (JSON.parse(String(row['ring'])) as Ms[]);
    return {
      ring: ring.filter((slot) => slot === believable(slot, at)),
      blockedUntil: blockedUntil(Number(row['blocked_until']), at),
    };
  },

  keepApp: function* (key: string, ring: readonly Ms[]): Steps<void> {
    yield* db.run('insert into pace (key, ring) values (:key, :ring) on conflict (key) do update set ring = :ring', {
      key,
      ring: JSON.stringify(ring.slice(-RING)),
    });
  },

  /** requests that left later than their slots */
  moveApp: function* (key: string, moves: readonly { slot: Ms; by: Ms }[], at: Ms): Steps<void> {
    const row = yield* db.get('select ring from pace where key = :key', { key });
    const ring = JSON.parse(String(row?.['ring'] ?? '[]')) as Ms[];
    for (const { slot, by } of moves) {
      const found = ring.lastIndexOf(slot);
      if (found >= 0 && slot + by <= at) ring[found] = slot + by;
    }
    yield* db.run('update pace set ring = :ring where key = :key', {
      key,
      ring: JSON.stringify(ring.sort((a, b) => a - b)),
    });
  },

  /** … and when each of them left: the next to its recipient waits from then on */
  moveTargets: function* (all: readonly { key: string; left: Ms }[], limits: Limits): Steps<void> {
    yield* db.many(
      'update pace set next_at = max(next_at, :next) where key = :key',
      all.map(({ key, left }) => ({ key, next: left + targetSpacing(limits) })),
    );
  },

  /** when the next message to this recipient may leave */
  target: function* (key: string, at: Ms): Steps<{ nextAt: Ms; learnt: Ms | null }> {
    const row = yield* db.get('select next_at, blocked_until, window_ms from pace where key = :key', { key });
    return targetPace(row ?? {}, at);
  },

  keepTargets: function* (
    all: readonly { readonly key: string; readonly slot: Ms; readonly learnt: Ms | null }[],
    limits: Limits,
  ): Steps<void> {
    yield* db.many(
      'insert into pace (key, next_at) values (:key, :at) on conflict (key) do update set next_at = :at',
      all.map(({ key, slot, learnt }) => ({ key, at: slot + targetSpacing(limits, learnt) })),
    );
  },

  /** waits are a maximum: an older, longer one stays */
  block: function* (key: string, until: Ms): Steps<void> {
    yield* db.run(
      `insert into pace (key, blocked_until) values (:key, :until)
       on conflict (key) do update set blocked_until = max(pace.blocked_until, :until)`,
      { key, until },
    );
  },

  /** what an answer teaches of the share that other bots leave us in this chat */
  learn: function* (key: string, refused: boolean, limits: Limits): Steps<void> {
    const row = yield* db.get('select window_ms from pace where key = :key', { key });
    const before = row === undefined || row['window_ms'] === null ? null : Number(row['window_ms']);
    if (before === null && !refused) return;
    yield* db.run(
      'insert into pace (key, window_ms) values (:key, :after) on conflict (key) do update set window_ms = :after',
      { key, after: learntSpacing(before, refused, limits) },
    );
  },
});
