import type { Clock } from '../base/clock.ts';
import { MINUTE, type Ms, SECOND } from '../model/time.ts';
import type { FeishuAnswer, Reply } from './reply.ts';

/** Where an app's token is kept, for all processes that share it. */
export interface TokenStore {
  token(app: string): Promise<{ readonly token: string; readonly expiresAt: Ms } | null>;
  /** true: ask for a new one. False: another process is asking, or the token is not the one that was seen any more */
  claimRefresh(app: string, which: { readonly seen: string | null; readonly leaseMs: Ms }): Promise<boolean>;
  keepToken(app: string, token: { token: string; expiresAt: Ms }): Promise<void>;
  releaseRefresh(app: string): Promise<void>;
  dropToken(app: string, token: string): Promise<void>;
}

/** Tokens of this process alone, for when there is nowhere to keep them. */
export const createMemoryTokens = (): TokenStore => {
  const tokens = new Map<string, { token: string; expiresAt: Ms }>();
  return {
    token: async (app) => tokens.get(app) ?? null,
    claimRefresh: async () => true,
    keepToken: async (app, token) => void tokens.set(app, token),
    releaseRefresh: async () => {},
    dropToken: async (app) => void tokens.delete(app),
  };
};

/** Asked with less than 30 minutes left Feishu gives a new token, and the old one lives on; with more, the same one
 * comes back (tenant_access_token_internal). */
const REFRESH_BELOW: Ms = 30 * MINUTE;
const LEASE: Ms = 20 * SECOND;
const STILL_GOOD: Ms = 5 * SECOND;
/** For so long what was read is used again: another process that found it invalid is heard of after that. */
const BELIEVED: Ms = SECOND;

export type TokenAnswer = { readonly is: 'token'; readonly token: string } | Reply;

/**
 * The token of one app: kept in the store, refreshed by one process at a time and once within this one. `ask` makes
 * the call. Whatever is not a token is the reply that stood in the way.
 */
export const createTokens = ({
  app,
  store,
  clock,
  ask,
}: {
  app: string;
  store: TokenStore;
  clock: Clock;
  ask(): Promise<Reply>;
}) => {
  let underWay: Promise<TokenAnswer> | null = null;

  const mint = async (): Promise<TokenAnswer> => {
    const asked = clock.now();
    const reply = await ask();
    const token = reply.is === 'answer' ? tokenIn(reply) : null;
    if (token === null) {
      await store.releaseRefresh(app);
      return reply;
    }
    await store.keepToken(app, { token: token.token, expiresAt: asked + token.expire * SECOND });
    return { is: 'token', token: token.token };
  };

  // thousands of calls in a row need not look it up each time
  let fresh: { readonly token: string; readonly expiresAt: Ms; readonly seenAt: Ms } | null = null;

  const obtain = async (): Promise<TokenAnswer> => {
    for (;;) {
      const known = await store.token(app);
      const left = known === null ? 0 : known.expiresAt - clock.now();
      if (known !== null && left >= REFRESH_BELOW) {
        fresh = { ...known, seenAt: clock.monotonic() };
        return { is: 'token', token: known.token };
      }
      if (await store.claimRefresh(app, { seen: known?.token ?? null, leaseMs: LEASE })) return mint();
      // another process asks, or has just asked: the old token serves meanwhile, and without one we wait for theirs
      if (known !== null && left > STILL_GOOD) return { is: 'token', token: known.token };
      await clock.sleep(25);
    }
  };

  return {
    get: async (): Promise<TokenAnswer> => {
      if (
        fresh !== null &&
        clock.monotonic() - fresh.seenAt < BELIEVED &&
        fresh.expiresAt - clock.now() >= REFRESH_BELOW
      )
        return { is: 'token', token: fresh.token };
      underWay ??= obtain().finally(() => {
        underWay = null;
      });
      return underWay;
    },
    drop: async (token: string): Promise<void> => {
      if (fresh?.token === token) fresh = null;
      await store.dropToken(app, token);
    },
  };
};

const tokenIn = (answer: FeishuAnswer): { token: string; expire: number } | null => {
  const token = answer.body?.['tenant_access_token'];
  const expire = answer.body?.['expire'];
  return answer.code === 0 && typeof token === 'string' && token !== '' && typeof expire === 'number'
    ? { token, expire }
    : null;
};
