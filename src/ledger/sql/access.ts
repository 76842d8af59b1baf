import { randomId } from '../../base/ids.ts';
import type { Role } from '../../model/role.ts';
import { MINUTE, type Ms } from '../../model/time.ts';
import type { Access, AccessToken, Audit } from '../access.ts';
import type { Database, SqlRow } from './database.ts';

/** In the place of a hash: no secret has one that looks so, so that nobody can send it as a token. */
const PERSON = 'person:';

const tokenOf = (row: SqlRow): AccessToken => ({
  id: String(row['id']),
  name: String(row['name']),
  role: row['role'] as Role,
  createdAt: Number(row['created_at']),
  usedAt: row['used_at'] === null || row['used_at'] === undefined ? null : Number(row['used_at']),
  person: String(row['hash']).startsWith(PERSON),
});

/** Noted no more often: a durable write for each request would make looking dear. */
const USED_AGAIN: Ms = 10 * MINUTE;

export const createAccess = (db: Database, now: () => Ms): Access => ({
  tokens: async () => (await db.read(() => db.all('select * from access_tokens order by created_at, id'))).map(tokenOf),

  tokenBy: async (hash) => {
    const row = await db.read(() => db.get('select * from access_tokens where hash = :hash', { hash }));
    if (row === undefined) return null;
    const token = tokenOf(row);
    if (token.usedAt === null || now() - token.usedAt > USED_AGAIN)
      await db.write(function* () {
        return yield* db.run('update access_tokens set used_at = :now where id = :id', { id: token.id, now: now() });
      });
    return token;
  },

  make: async ({ name, role, hash, onlyFirst = false }) =>
    db.write(function* () {
      if (
        onlyFirst &&
        (yield* db.get(`select 1 from access_tokens where hash not like '${PERSON}%' limit 1`)) !== undefined
      )
        return null;
      const id = randomId();
      yield* db.run(
        'insert into access_tokens (id, name, role, hash, created_at) values (:id, :name, :role, :hash, :now)',
        {
          id,
          name,
          role,
          hash,
          now: now(),
        },
      );
      return { id, name, role, createdAt: now(), usedAt: null, person: false };
    }),

  person: async ({ key, name, role }) =>
    db.write(function* () {
      const [row = {}] = yield* db.all(
        `insert into access_tokens (id, name, role, hash, created_at, used_at) values (:id, :name, :role, :hash, :now, :now)
         on conflict (hash) do update set name = :name, role = :role, used_at = :now returning *`,
        { id: randomId(), name, role, hash: PERSON + key, now: now() },
      );
      return tokenOf(row);
    }),

  revoke: async (id) =>
    db.write(function* () {
      return (yield* db.run('delete from access_tokens where id = :id', { id })) === 1;
    }),

  open: async ({ hash, token, expiresAt }) =>
    db.write(function* () {
      yield* db.run('delete from sessions where expires_at < :now', { now: now() });
      yield* db.run(
        'insert into sessions (hash, token, created_at, expires_at) values (:hash, :token, :now, :expiresAt)',
        {
          hash,
          token,
          expiresAt,
          now: now(),
        },
      );
    }),

  session: async (hash) => {
    const row = await db.read(() =>
      db.get(
        `select t.*, s.expires_at from sessions s join access_tokens t on t.id = s.token
       where s.hash = :hash and s.expires_at > :now`,
        { hash, now: now() },
      ),
    );
    return row === undefined ? null : { token: tokenOf(row), expiresAt: Number(row['expires_at']) };
  },

  end: async (hash) => {
    await db.write(() => db.run('delete from sessions where hash = :hash', { hash }));
  },
});

export const createAudit = (db: Database, now: () => Ms): Audit => ({
  note: async ({ who, role, what, job, run, details, outcome }) =>
    db.write(function* () {
      yield* db.run(
        `insert into audit (at, who, role, what, job, run, details, outcome)
         values (:at, :who, :role, :what, :job, :run, :details, :outcome)`,
        { at: now(), who, role, what, job, run, details: JSON.stringify(details), outcome },
      );
    }),

  page: async ({ before, limit }) =>
    (
      await db.read(() =>
        db.all('select * from audit where id < :before order by id desc limit :limit', {
          before: before ?? Number.MAX_SAFE_INTEGER,
          limit,
        }),
      )
    ).map((row) => ({
      id: Number(row['id']),
      at: Number(row['at']),
      who: String(row['who']),
      role: row['role'] as Role | null,
      what: String(row['what']),
      job: row['job'] === null ? null : String(row['job']),
      run: row['run'] === null ? null : String(row['run']),
      details: JSON.parse(String(row['details'])) as Record<string, unknown>,
      outcome: String(row['outcome']),
    })),
});
