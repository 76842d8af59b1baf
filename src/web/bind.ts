import type { Context, Hono } from 'hono';
import type { App } from '../app.ts';
import type { Clock } from '../base/clock.ts';
import { isDeeper } from '../base/depth.ts';
import { failure, LarkcronError } from '../model/errors.ts';
import type { Lang } from '../model/text.ts';
import { hidden, langOf, sendJson } from './answer.ts';
import { audited, notAllowed } from './audited.ts';
import type { LoginLimit } from './login-limit.ts';
import type { Route } from './routes/route.ts';
import type { z } from './schemas/zod.ts';
import { mayAsk, type Who } from './who.ts';
import { webWords } from './words.ts';

/** What an answer is made from, besides what was asked. */
export interface Desk {
  readonly app: App;
  readonly clock: Clock;
  readonly lang: Lang;
  readonly who: Who;
  /** the Idempotency-Key; null: none was sent */
  readonly key: string | null;
}

export interface Asked<R extends Route> {
  readonly params: z.output<R['params']>;
  readonly query: z.output<R['query']>;
  readonly body: z.output<NonNullable<R['body']>>;
}

export type Handler<R extends Route> = (asked: Asked<R>, desk: Desk) => Promise<z.input<R['answer']>>;

/** Everything the routes share. */
export interface Office {
  /** null: the settings are being read anew */
  readonly app: () => App | null;
  readonly clock: Clock;
  readonly hide: (text: string) => string;
  readonly who: (c: Context) => Promise<Who | null>;
  /** refused acts by token: so many a minute stand in the audit, whoever sends more writes it full */
  readonly refusals: LoginLimit;
}

export const appOf = ({ app }: Pick<Office, 'app'>): App => {
  const current = app();
  if (current === null) throw failure(webWords, 'not-at-work', undefined, { status: 1 });
  return current;
};

const wrong = (where: string, error: z.ZodError): LarkcronError => {
  const [issue] = error.issues;
  const path = [where, ...(issue?.path ?? [])].join('.');
  return failure(webWords, 'bad-request', { where: path, why: issue?.message ?? '' }, { status: 2 });
};

/** More than any request of ours holds. */
const MOST_BYTES = 1024 * 1024;

/** No request of ours comes near; what goes through values step by step inside itself is safe below. */
const DEEPEST = 64;

const tooLarge = (): LarkcronError => failure(webWords, 'body-too-large', { most: MOST_BYTES }, { status: 2 });

/** A body as text, whatever it says of its own length. Throws `body-too-large`. */
const textOf = async (c: Context): Promise<string> => {
  if (Number(c.req.header('content-length') ?? 0) > MOST_BYTES) throw tooLarge();
  const { body } = c.req.raw;
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** Throws `not-json-body`, `body-too-large`, `body-too-deep`. A form of another site can send no JSON. */
const readBody = async (c: Context): Promise<unknown> => {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/json\b/i.test(type)) throw failure(webWords, 'not-json-body', undefined, { status: 2 });
  const text = await textOf(c);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw failure(webWords, 'not-json-body', undefined, { status: 2 });
  }
  if (isDeeper(body, DEEPEST)) throw failure(webWords, 'body-too-deep', { most: DEEPEST }, { status: 2 });
  return body;
};

/** What was asked, read by the route's schemas. Throws `bad-request`, `not-json-body`. */
export const askedOf = async <R extends Route>(c: Context, route: R): Promise<Asked<R>> => {
  const params = route.params.safeParse(c.req.param());
  if (!params.success) throw wrong('path', params.error);
  const query = route.query.strict().safeParse(c.req.query());
  if (!query.success) throw wrong('query', query.error);
  if (route.body === null) return { params: params.data, query: query.data, body: null } as never;
  const body = route.body.safeParse(await readBody(c));
  if (!body.success) throw wrong('body', body.error);
  return { params: params.data, query: query.data, body: body.data } as never;
};

const KEY = /^[\x21-\x7e]{1,200}$/;

const keyOf = (c: Context): string | null => {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return null;
  if (KEY.test(key)) return key;
  throw failure(webWords, 'bad-request', { where: 'Idempotency-Key', why: '1–200 ASCII' }, { status: 2 });
};

/** Who may ask; who may not, though known, stands in the audit with what they set out to do. */
const allowed = async (
  asking: Who | null,
  mayAsk: () => Who,
  {
    c,
    route,
    book,
    refusals,
  }: { c: Context; route: Route; book: Parameters<typeof notAllowed>[2]; refusals: LoginLimit },
): Promise<Who> => {
  try {
    return mayAsk();
  } catch (error) {
    const { id } = asking?.token ?? { id: '' };
    if (asking !== null && error instanceof LarkcronError && refusals.wait(id) === 0) {
      refusals.failed(id);
      await notAllowed({ who: asking, route, params: c.req.param(), body: null }, error.code, book);
    }
    throw error;
  }
};

/** Serves a route by a handler: who may, what is asked, the audit, the answer without secrets. */
export const bind = <R extends Route>(
  hono: Hono,
  route: R,
  handler: Handler<R>,
  office: Office,
  { reveals = false }: { readonly reveals?: boolean } = {},
): void => {
  if (route.needs === 'anybody') throw new Error(`${route.name} is served by itself`);
  const needs = route.needs;
  hono.on(route.method.toUpperCase(), route.path, async (c) => {
    const app = appOf(office);
    const book = { app, hide: office.hide };
    const asking = await office.who(c);
    const who = await allowed(asking, () => mayAsk(asking, needs, c), { c, route, book, refusals: office.refusals });
    const asked = await askedOf(c, route);
    const lang = langOf(c.req.header('accept-language'), app.project.settings.lang);
    const desk = { app, clock: office.clock, lang, who, key: keyOf(c) };
    const answer = async () => {
      try {
        return await handler(asked, desk);
      } catch (error) {
        // its ledger was closed under it: the settings changed while it was at work
        if (!(error instanceof LarkcronError) && office.app() !== app)
          throw failure(webWords, 'not-at-work', undefined, { status: 1, cause: error });
        throw error;
      }
    };
    const { params, body } = asked as { params: Record<string, unknown>; body: unknown };
    const answered = await audited({ who, route, params, body }, book, answer);
    return sendJson(c, reveals ? answered : hidden(answered, office.hide));
  });
};
