import type { ClientAuth, Configuration } from 'openid-client';
import type { App } from '../../app.ts';
import type { Http } from '../../base/http.ts';
import { failure, LarkcronError } from '../../model/errors.ts';
import { type OidcLogin, type Person, shownAs } from '../../model/login.ts';
import { SECOND } from '../../model/time.ts';
import { webWords } from '../words.ts';
import type { Provider } from './provider.ts';
import { challengeOf } from './slip.ts';

const unreached = (why: string, cause?: unknown): LarkcronError =>
  failure(webWords, 'login-unreached', { why: why.slice(0, 300) }, { status: 1, cause });

/** By our own way out: its proxy, its authorities, its bounds. */
const fetchBy =
  ({ http, proxyFor }: { http: Http; proxyFor(url: string): string | null }) =>
  async (
    url: string,
    { method, headers, body }: { method: string; headers: Record<string, string>; body?: unknown },
  ) => {
    const answer = await http.request({
      method,
      url,
      headers,
      ...(body === undefined || body === null ? {} : { body: String(body) }),
      connectTimeout: 5 * SECOND,
      totalTimeout: 15 * SECOND,
      maxBytes: 1024 * 1024,
      proxy: proxyFor(url),
    });
    if (answer.is !== 'answer') throw unreached(answer.why);
    const given = Object.entries(answer.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    );
    return new Response(answer.status === 204 ? null : new Uint8Array(answer.body), {
      status: answer.status,
      headers: given,
    });
  };

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A subject that reads like an address or a group is called so that it gives nothing of theirs. */
const nameOf = (subject: string): string => (/@|^(group|sub):|^\*$/.test(subject) ? `sub:${subject}` : subject);

/**
 * Only an address that the provider says it has verified tells who somebody is: with some of them everybody may write any
 * address into their profile, and they leave the claim out.
 */
const personOf = (claims: Readonly<Record<string, unknown>>): Person => {
  const subject = nameOf(String(claims['sub']));
  const email = claims['email_verified'] === true ? textOf(claims['email']) : null;
  const login = textOf(claims['preferred_username']);
  const groups = Array.isArray(claims['groups']) ? claims['groups'].flatMap((each) => textOf(each) ?? []) : [];
  const called = textOf(claims['name']) ?? login ?? email ?? subject;
  const id = email ?? subject;
  const others = [email, subject].filter((each) => each !== null && each !== id) as string[];
  return {
    way: 'oidc',
    // another issuer's subjects are other people
    subject: `${claims['iss']} ${claims['sub']}`,
    shown: shownAs(called, id),
    identities: [id, ...others, ...groups.map((group) => `group:${group}`)],
  };
};

/** Our own way out's, which the library wraps; null: it is the provider's no. */
const unreachedIn = ({ cause }: { cause?: unknown }): LarkcronError | null =>
  cause instanceof LarkcronError ? cause : null;

/** What the library or the network says, without what was sent. */
const whyOf = (error: unknown): string => {
  const { message, cause, error: code, error_description: words } = error as Error & Record<string, unknown>;
  const more = textOf(words) ?? textOf(code) ?? (cause instanceof Error ? cause.message : null);
  return more === null ? message : `${message}: ${more}`;
};

export const oidcProvider = ({ issuer, clientId, clientSecret, name, roles }: OidcLogin, app: App): Provider => {
  let known: Promise<Configuration> | null = null;
  // loaded when somebody logs in so, and never by a push
  const configured = (): Promise<Configuration> => {
    known ??= (async () => {
      const oidc = await import('openid-client');
      const [post, basic] = [oidc.ClientSecretPost(clientSecret), oidc.ClientSecretBasic(clientSecret)];
      // the library's own way is the body, which some do not take
      const authenticated: ClientAuth = (server, ...request) =>
        (server.token_endpoint_auth_methods_supported?.includes('client_secret_post') === false ? basic : post)(
          server,
          ...request,
        );
      const insecure = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
      return oidc.discovery(new URL(issuer), clientId, clientSecret, authenticated, {
        execute: insecure,
        [oidc.customFetch]: fetchBy(app.outside()) as never,
      });
    })().catch((error: unknown) => {
      known = null;
      throw unreachedIn(error as Error) ?? unreached(whyOf(error), error);
    });
    return known;
  };
  return {
    way: 'oidc',
    name,
    roles,
    secret: clientSecret,
    address: async ({ state, nonce, verifier }, redirect) => {
      const config = await configured();
      const { buildAuthorizationUrl } = await import('openid-client');
      return buildAuthorizationUrl(config, {
        redirect_uri: redirect,
        scope: 'openid profile email',
        state,
        nonce,
        code_challenge: challengeOf(verifier),
        code_challenge_method: 'S256',
      }).href;
    },
    person: async ({ state, nonce, verifier }, redirect, came) => {
      const config = await configured();
      const { authorizationCodeGrant } = await import('openid-client');
      const back = new URL(redirect);
      back.search = came.search;
      try {
        const tokens = await authorizationCodeGrant(config, back, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        return personOf(tokens.claims() as Readonly<Record<string, unknown>>);
      } catch (error) {
        throw (
          unreachedIn(error as Error) ??
          failure(webWords, 'login-refused', { why: whyOf(error).slice(0, 300) }, { status: 2, cause: error })
        );
      }
    },
  };
};
