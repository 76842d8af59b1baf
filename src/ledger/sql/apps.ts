import { appSlot } from '../../model/pace.ts';
import type { Ms } from '../../model/time.ts';
import type { Ledger } from '../ledger.ts';
import type { Database } from './database.ts';
import { createPace } from './pace.ts';

export const createApps = (db: Database, now: () => Ms, me: string): Ledger['apps'] => {
  const pace = createPace(db);
  return {
    token: async (app) => {
      const row = await db.read(() =>
        db.get('select token, expires_at from tokens where app = :app and token is not null', { app }),
      );
      return row === undefined ? null : { token: String(row['token']), expiresAt: Number(row['expires_at']) };
    },
    claimRefresh: async (app, { seen, leaseMs }) =>
      db.write(function* () {
        yield* db.run('insert into tokens (app) values (:app) on conflict do nothing', { app });
        return (
          (yield* db.run(
            // between the look at a token and this claim another process may have kept a new one
            `update tokens set refresh_until = :until, refresh_by = :me
             where app = :app and token is not distinct from :seen and (refresh_until < :now or refresh_until > :until or refresh_by = :me)`,
            {
              app,
              me,
              seen,
              now: now(),
              until: now() + leaseMs,
            },
          )) === 1
        );
      }),
    keepToken: async (app, { token, expiresAt }) =>
      db.write(function* () {
        yield* db.run(
          `insert into tokens (app, token, expires_at) values (:app, :token, :expiresAt)
         on conflict (app) do update set token = :token, expires_at = :expiresAt, refresh_until = 0, refresh_by = null`,
          { app, token, expiresAt },
        );
      }),
    releaseRefresh: async (app) =>
      db.write(function* () {
        yield* db.run('update tokens set refresh_until = 0, refresh_by = null where app = :app and refresh_by = :me', {
          app,
          me,
        });
      }),
    dropToken: async (app, token) =>
      db.write(function* () {
        yield* db.run('update tokens set token = null, expires_at = 0 where app = :app and token = :token', {
          app,
          token,
        });
      }),
    withWork: async () =>
      (
        await db.read(() =>
          db.all(
            `select distinct app from deliveries where state in ('queued', 'retrying', 'unknown') and settled = 0
         union select distinct d.app from runs r cross join deliveries d on d.run = r.id
         where r.recall = 1 and d.state = 'delivered' and d.recalled_at is null and d.recall_refused is null
           and (d.recall_at is null or d.recall_at <= :at)
         union select app from deliveries where urgent is not null and urged is null and state = 'delivered'
           and (urge_at is null or urge_at <= :at)
         union select app from deliveries where follow_at is not null and follow_at <= :at`,
            { at: now() },
          ),
        )
      ).map((row) => String(row['app'])),
    reserve: async (app, api, limits) =>
      db.write(function* () {
        const [key, at] = [`${app}·${api}`, now()];
        const { ring, blockedUntil } = yield* pace.app(key, at);
        const slot = Math.max(appSlot(ring, at, limits), blockedUntil);
        yield* pace.keepApp(key, [...ring, slot]);
        return slot - at;
      }),
    known: async (app, refs) =>
      new Map(
        (
          await db.read(() =>
            db.all(
              'select ref, open_id, seen_at from directory where app = :app and open_id is not null and ref in (select value from json_each(:refs))',
              { app, refs: JSON.stringify(refs) },
            ),
          )
        ).map((row) => [String(row['ref']), { openId: String(row['open_id']), seenAt: Number(row['seen_at']) }]),
      ),
    learn: async (app, found) => {
      if (found.size === 0) return;
      await db.write(function* () {
        for (const [ref, openId] of found)
          yield* db.run(
            `insert into directory (app, ref, open_id, seen_at) values (:app, :ref, :openId, :at)
             on conflict (app, ref) do update set open_id = :openId, seen_at = :at`,
            { app, ref, openId, at: now() },
          );
      });
    },
    uploaded: async (app, hash) => {
      const row = await db.read(() =>
        db.get('select key, uploaded_at from uploads where app = :app and hash = :hash', { app, hash }),
      );
      return row === undefined ? null : { key: String(row['key']), at: Number(row['uploaded_at']) };
    },
    keepUpload: async (app, hash, key) =>
      db.write(function* () {
        yield* db.run(
          `insert into uploads (app, hash, key, uploaded_at) values (:app, :hash, :key, :at)
           on conflict (app, hash) do update set key = :key, uploaded_at = :at`,
          { app, hash, key, at: now() },
        );
      }),
    gate: async (app) => {
      const row = await db.read(() =>
        db.get('select code, closed_at, probe_at from app_gates where app = :app', { app }),
      );
      if (row === undefined) return null;
      return {
        code: row['code'] === null ? null : Number(row['code']),
        closedAt: Number(row['closed_at']),
        probeAt: Number(row['probe_at']),
      };
    },
  };
};
