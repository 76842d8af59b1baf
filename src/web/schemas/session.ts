import { LOGIN_WAYS } from '../../model/login.ts';
import { TOKEN_NAME } from '../../model/role.ts';
import { role, time } from './primitives.ts';
import { z } from './zod.ts';

export const login = z.object({ token: z.string().min(1).max(200) }).openapi('Login');

export const logins = z
  .object({
    ways: z.array(
      z.object({
        way: z.enum(LOGIN_WAYS),
        name: z.string().nullable().openapi({ description: "what the provider's button says" }),
        path: z.string().openapi({ example: '/login/feishu' }),
      }),
    ),
  })
  .openapi('Logins');

/** Who is speaking. `csrf` goes into the header X-CSRF-Token of every request of a session that changes something. */
export const session = z
  .object({
    name: z.string().openapi({ description: "the token's name", example: 'first' }),
    role,
    csrf: z.string().nullable().openapi({ description: 'null for a bearer token, which needs none' }),
    expiresAt: time.nullable(),
    project: z.string().openapi({ description: 'the folder of larkcron.yaml, by name' }),
    version: z.string(),
    timezone: z.string().openapi({ example: 'Asia/Shanghai' }),
    lang: z.enum(['zh', 'en']).openapi({ description: "the project's language" }),
    owner: z.string().nullable().openapi({ description: 'whom "to me" means; null: nobody' }),
  })
  .openapi('Session');

export const token = z
  .object({
    id: z.string(),
    name: z.string(),
    role,
    createdAt: time,
    lastUsedAt: time.nullable(),
    person: z.boolean().openapi({ description: 'somebody who logs in by a provider, and has no token' }),
  })
  .openapi('Token');

const tokenName = z.string().trim().min(1).max(60).regex(TOKEN_NAME, 'one line, not beginning with cli:');

export const newToken = z.object({ name: tokenName, role }).openapi('NewToken');

export const madeToken = token
  .extend({ token: z.string().openapi({ description: 'shown this once; the ledger keeps a hash of it' }) })
  .openapi('MadeToken');

export const auditEntry = z
  .object({
    id: z.int(),
    at: time,
    who: z.string().openapi({ description: "the token's name, or `cli:` and the user of the machine" }),
    role: role.nullable(),
    what: z.string().openapi({ description: 'a stable code', example: 'run.start' }),
    job: z.string().nullable(),
    run: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    outcome: z.string().openapi({ description: '`ok`, or the code of the error' }),
  })
  .openapi('AuditEntry');
