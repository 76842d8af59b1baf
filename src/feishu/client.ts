import type { Clock } from '../base/clock.ts';
import type { Http, HttpAnswer } from '../base/http.ts';
import type { App } from '../model/settings.ts';
import { MINUTE, type Ms, SECOND } from '../model/time.ts';
import { codeRow, type Operation, understand } from './codes.ts';
import { answerOf, type FeishuAnswer, type Reply } from './reply.ts';
import { createTokens, type TokenStore } from './token.ts';

const CONNECT_TIMEOUT: Ms = 5 * SECOND;
const TOTAL_TIMEOUT: Ms = 20 * SECOND;
/** An answer of Feishu's is small; more is no answer of Feishu's. */
const MAX_ANSWER = 4 * 1024 * 1024;

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** below /open-apis/ */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** a body that is no JSON */
  readonly form?: { readonly bytes: Uint8Array; readonly type: string };
  /** what a code in the answer means; left out: an ordinary call */
  readonly operation?: Operation;
  /** numbers of the answer keep all their digits */
  readonly exact?: boolean;
  /** bytes that its answer may have, where it is no small one */
  readonly maxBytes?: number;
  /** over a connection of its own: for calls that may not be repeated */
  readonly fresh?: boolean;
  /** asked when the socket is ready: false means the request does not leave */
  readonly guard?: () => boolean;
}

/** One app at Feishu: calls with its token. `now` is Feishu's own time as of a recent answer, else null. */
export interface Feishu {
  readonly appId: string;
  call(call: Call, signal?: AbortSignal): Promise<Reply>;
  now(): Ms | null;
  /** makes it known, by the token's answer or a call that needs no scope (bot-v3/info); quietly fails to */
  askTime(): Promise<void>;
  /** what the token's endpoint says now, past any kept token, which may be older than its secret; nothing is kept */
  askToken(): Promise<Reply>;
}

/** A refusal or a limit says so about the app; "ok" without a token, a crash or somebody else's page says nothing. */
const isTelling = ({ code, http, msg }: FeishuAnswer): boolean =>
  code !== null && code !== 0 && understand({ code, http, msg, operation: 'token' }).class !== 'unknown' && http < 500;

/**
 * A thin client on node:http(s). A token that Feishu calls invalid is dropped and asked for again once, and the call
 * repeated once; nothing else is ever repeated here.
 */
export const createFeishu = ({
  app,
  http,
  store,
  clock,
  proxy,
  onToken,
}: {
  app: App;
  http: Http;
  store: TokenStore;
  clock: Clock;
  proxy: string | null;
  /** hears that a token was asked for, and what Feishu or the network said where there is none */
  onToken?: ((refused: string | null) => void) | undefined;
}): Feishu => {
  // by the monotonic clock: the wall clock may be set while we wait
  let offset: { date: Ms; at: Ms } | null = null;

  const request = async (
    {
      method,
      path,
      query,
      body,
      form,
      guard,
      operation = 'call',
      fresh = false,
      exact = false,
      maxBytes = MAX_ANSWER,
    }: Call,
    token: string | null,
    signal?: AbortSignal,
  ): Promise<Reply> => {
    const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
    const answer: HttpAnswer = await http.request({
      method,
      url: `${app.endpoint}/open-apis/${path}${search}`,
      headers: {
        'Content-Type': form?.type ?? 'application/json; charset=utf-8',
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      },
      ...(form === undefined ? (body === undefined ? {} : { body: JSON.stringify(body) }) : { body: form.bytes }),
      connectTimeout: CONNECT_TIMEOUT,
      totalTimeout: TOTAL_TIMEOUT,
      maxBytes,
      proxy,
      fresh,
      ...(guard === undefined ? {} : { beforeSend: guard }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (answer.is !== 'answer') return { is: answer.is, why: answer.why };
    const reply = answerOf(answer, token === null ? 'token' : operation, exact);
    if (reply.feishuDate !== null) offset = { date: reply.feishuDate, at: clock.monotonic() };
    return reply;
  };

  const askToken = async (): Promise<Reply> => {
    const reply = await request(
      {
        method: 'POST',
        path: 'auth/v3/tenant_access_token/internal',
        body: { app_id: app.id, app_secret: app.secret },
      },
      null,
    );
    onToken?.(reply.is !== 'answer' ? reply.why : reply.code === 0 ? null : String(reply.code ?? reply.http));
    return reply;
  };
  const tokens = createTokens({ app: `${app.name}:${app.id}`, store, clock, ask: askToken });

  const withToken = async (call: Call, signal?: AbortSignal): Promise<{ reply: Reply; token: string | null }> => {
    const token = await tokens.get();
    if (token.is === 'token') return { reply: await request(call, token.token, signal), token: token.token };
    // whatever went wrong with the token, the call itself never left
    if (token.is === 'lost') return { reply: { is: 'not-sent', why: token.why }, token: null };
    const telling = token.is === 'answer' && isTelling(token);
    if (telling || token.is === 'not-sent') return { reply: token, token: null };
    return { reply: { is: 'not-sent', why: `no token: HTTP ${token.http} ${token.msg ?? ''}`.trim() }, token: null };
  };

  const call: Feishu['call'] = async (wanted, signal) => {
    const first = await withToken(wanted, signal);
    const invalid =
      first.reply.is === 'answer' && first.reply.code !== null && codeRow(first.reply.code)?.class === 'token';
    if (!invalid || first.token === null) return first.reply;
    await tokens.drop(first.token);
    return (await withToken(wanted, signal)).reply;
  };
  const now = (): Ms | null => {
    if (offset === null) return null;
    const age = clock.monotonic() - offset.at;
    return age < MINUTE ? offset.date + age : null;
  };
  return {
    appId: app.id,
    call,
    now,
    askToken,
    askTime: async () => {
      await tokens.get();
      if (now() === null) await call({ method: 'GET', path: 'bot/v3/info' });
    },
  };
};
