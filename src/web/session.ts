import { basename } from 'node:path';
import type { Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { App } from '../app.ts';
import type { AccessToken, AuditEntry } from '../ledger/access.ts';
import { ledgerWords } from '../ledger/words.ts';
import { failure } from '../model/errors.ts';
import { DAY, type Ms, SECOND } from '../model/time.ts';
import { utc, utcOrNull } from '../report/run-json.ts';
import { VERSION } from '../version.ts';
import { sendJson } from './answer.ts';
import { appOf, askedOf, type Handler, type Office } from './bind.ts';
import { bindLogins } from './login/routes.ts';
import { acts } from './routes/acts.ts';
import type { session as sessionSchema } from './schemas/session.ts';
import type { z } from './schemas/zod.ts';
import { csrfOf, hashOf, newSecret, newToken } from './secrets.ts';
import { type Doorkeeper, mayAsk, tokenFrom, type Who } from './who.ts';
import { webWords } from './words.ts';

/** Then a person logs in again. */
const SESSION: Ms = 7 * DAY;

const sessionRow = (app: App, { token, session }: Who): z.input<typeof sessionSchema> => {
  const { settings } = app.project;
  return {
    name: token.name,
    role: token.role,
    csrf: session?.csrf ?? null,
    expiresAt: utcOrNull(session?.expiresAt ?? null),
    project: basename(settings.directory),
    version: VERSION,
    timezone: settings.timezone,
    lang: settings.lang,
    owner: settings.owner?.shown ?? null,
  };
};

const note = (app: App, who: AccessToken, what: string): Promise<void> => {
  const entry: Omit<AuditEntry, 'at'> = {
    ...{ who: who.name, role: who.role, what, job: null, run: null },
    ...{ details: {}, outcome: 'ok' },
  };
  return app.ledger().audit.note(entry);
};

/** Login, logout and who is speaking: what has to do with cookies. `secure`: the console is reached by HTTPS. */
export const bindSession = (
  hono: Hono,
  office: Office,
  {
    doorkeeper,
    cookie,
    secure,
    url,
  }: { doorkeeper: (app: App) => Doorkeeper; cookie: () => string; secure: boolean; url: string | null },
): void => {
  const options = { httpOnly: true, sameSite: 'Strict', path: '/', secure } as const;
  const begin = async (c: Context, app: App, token: AccessToken, life: Ms): Promise<NonNullable<Who['session']>> => {
    const { access } = app.ledger();
    // the session that this browser had is over: nobody is to go on with it
    const before = getCookie(c, cookie());
    if (before !== undefined) await access.end(hashOf(before));
    const secret = newSecret();
    const expiresAt = office.clock.now() + life;
    await access.open({ hash: hashOf(secret), token: token.id, expiresAt });
    await note(app, token, 'session.begin');
    setCookie(c, cookie(), secret, { ...options, maxAge: life / SECOND });
    return { hash: hashOf(secret), csrf: csrfOf(secret), expiresAt };
  };

  hono.post(acts.login.path, async (c: Context) => {
    const app = appOf(office);
    const { body } = await askedOf(c, acts.login);
    const token = await tokenFrom(body.token, c, doorkeeper(app));
    const session = await begin(c, app, token, SESSION);
    return sendJson(c, sessionRow(app, { token, session }));
  });

  bindLogins(hono, office, {
    ...{ doorkeeper, cookie, secure, url, begin },
  });

  hono.delete(acts.logout.path, async (c: Context) => {
    const app = appOf(office);
    const who = mayAsk(await office.who(c), 'viewer', c);
    if (who.session !== null) await app.ledger().access.end(who.session.hash);
    await note(app, who.token, 'session.end');
    deleteCookie(c, cookie(), options);
    return sendJson(c, { ok: true });
  });
};

export const session: Handler<typeof acts.session> = async (_asked, { app, who }) => sessionRow(app, who);

const tokenRow = ({ id, name, role, createdAt, usedAt, person }: AccessToken) => ({
  ...{ id, name, role, person },
  createdAt: utc(createdAt),
  lastUsedAt: utcOrNull(usedAt),
});

export const tokens: Handler<typeof acts.tokens> = async (_asked, { app }) => ({
  tokens: (await app.ledger().access.tokens()).map(tokenRow),
});

export const makeToken: Handler<typeof acts.makeToken> = async ({ body }, { app }) => {
  const token = newToken();
  const made = await app.ledger().access.make({ ...body, hash: hashOf(token) });
  if (made === null) throw new Error('a token was not made');
  return { ...tokenRow(made), token };
};

export const revokeToken: Handler<typeof acts.revokeToken> = async ({ params }, { app }) => {
  if (!(await app.ledger().access.revoke(params.token)))
    throw failure(webWords, 'no-such-token', undefined, { status: 2 });
  return { ok: true };
};

export const audit: Handler<typeof acts.audit> = async ({ query }, { app }) => {
  const { cursor, limit } = query;
  const before = cursor === undefined ? null : Number(cursor);
  if (before !== null && !/^[1-9]\d{0,14}$/.test(cursor ?? ''))
    throw failure(ledgerWords, 'bad-cursor', undefined, { status: 2 });
  const items = await app.ledger().audit.page({ before, limit });
  return {
    items: items.map(({ at, details, ...entry }) => ({ ...entry, at: utc(at), details: { ...details } })),
    next: items.length === limit ? String(items.at(-1)?.id) : null,
  };
};
