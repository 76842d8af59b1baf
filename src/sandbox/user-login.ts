import { createHash, randomBytes } from 'node:crypto';
import { digest } from '../base/ids.ts';
import { MINUTE, type Ms } from '../model/time.ts';
import { escapeHtml } from '../picture/safe-html.ts';
import { type Answer, ok, okFlat, refuse, refuseField } from './answer.ts';
import { type ApiRequest, type Endpoint, fieldsOf, textOf } from './request.ts';
import type { World } from './world.ts';

/** A code lives five minutes and is good once (obtain-oauth-code). */
const LIFE: Ms = 5 * MINUTE;

/** Who can be chosen; anybody else by their open_id. */
const PEOPLE: readonly (readonly [openId: string, name: string])[] = [
  ['ou_zhang', '张三'],
  ['ou_li', '李四'],
];

interface Grant {
  readonly app: string;
  readonly openId: string;
  readonly redirect: string;
  readonly challenge: string | null;
  readonly until: Ms;
}

/** What one sandbox has given out: codes, and the tokens that came of them with their person. */
const given = new WeakMap<World, { readonly codes: Map<string, Grant>; readonly tokens: Map<string, Grant> }>();
const givenBy = (world: World) => {
  const known = given.get(world) ?? { codes: new Map<string, Grant>(), tokens: new Map<string, Grant>() };
  given.set(world, known);
  return known;
};

const chooser = (query: URLSearchParams): string => {
  const here = (as: string): string => escapeHtml(`?${new URLSearchParams([...query, ['as', as]])}`);
  const kept = [...query].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>larkcron sandbox</title><style>body { font: 16px/1.8 system-ui, sans-serif; max-width: 30em; margin: 3em auto; padding: 0 1em; color-scheme: light dark }</style>
<h1>沙盒:以谁登录?</h1><p>Sandbox: log in as whom?</p>
<ul>${PEOPLE.map(([openId, name]) => `<li><a href="${here(openId)}">${name}</a> <code>${openId}</code></li>`).join('')}</ul>
<form>${kept.join('')}<label>open_id <input name="as" value="ou_"></label> <button>登录 Log in</button></form></html>`;
};

const redirectTo = (location: string): Answer => ({
  is: 'bytes',
  http: 302,
  type: 'text/plain',
  headers: { Location: location },
  body: '',
});

/** `GET authen/v1/authorize`: a page that asks who, where Feishu would know it; `as` says it at once. */
export const agreeToLogIn: Endpoint = ({ query }, world) => {
  const redirect = query.get('redirect_uri') ?? '';
  if (!URL.canParse(redirect)) return refuseField('redirect_uri', 'a whole address');
  if (query.get('response_type') !== 'code') return refuseField('response_type', 'options: [code]');
  const as = query.get('as');
  if (as === null) return { is: 'bytes', http: 200, type: 'text/html; charset=utf-8', body: chooser(query) };
  const back = new URL(redirect);
  const state = query.get('state');
  if (state !== null) back.searchParams.set('state', state);
  // nobody: the person said no (obtain-oauth-code: error=access_denied)
  if (as === '') {
    back.searchParams.set('error', 'access_denied');
    return redirectTo(back.href);
  }
  const code = randomBytes(16).toString('hex');
  const challenge = query.get('code_challenge');
  const until = world.now() + LIFE;
  givenBy(world).codes.set(code, { app: query.get('client_id') ?? '', openId: as, redirect, challenge, until });
  back.searchParams.set('code', code);
  return redirectTo(back.href);
};

const hashOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

const refuseGrant = (code: number, error: string, words: string): Answer => ({
  is: 'json',
  http: 400,
  body: { code, error, error_description: words },
});

/** `POST authen/v2/oauth/token`, with the codes of get-user-access-token. */
export const grantUserToken: Endpoint = (request, world) => {
  const fields = fieldsOf(request.body) ?? {};
  const of = (name: string): string => textOf(fields[name]);
  if (of('grant_type') !== 'authorization_code')
    return refuseGrant(20036, 'unsupported_grant_type', 'The specified grant_type is not supported.');
  if (world.app !== null && world.app.id !== of('client_id'))
    return refuseGrant(20048, 'invalid_client', 'The specified app does not exist.');
  if (of('client_secret') === '' || (world.app !== null && world.app.secret !== of('client_secret')))
    return refuseGrant(20002, 'invalid_client', 'The client secret is invalid.');
  const { codes, tokens } = givenBy(world);
  const grant = codes.get(of('code'));
  codes.delete(of('code'));
  if (grant === undefined)
    return refuseGrant(
      20003,
      'invalid_grant',
      'The authorization code is not found. Please note that an authorization code can only be used once.',
    );
  if (grant.until <= world.now()) return refuseGrant(20004, 'invalid_grant', 'The authorization code has expired.');
  if (grant.app !== of('client_id'))
    return refuseGrant(
      20024,
      'invalid_grant',
      'The provided authorization code or refresh token does not match the provided client ID.',
    );
  if (grant.redirect !== of('redirect_uri'))
    return refuseGrant(
      20071,
      'invalid_grant',
      'The provided redirect URI does not match the one used during authorization.',
    );
  if (grant.challenge !== null && hashOf(of('code_verifier')) !== grant.challenge)
    return refuseGrant(20049, 'invalid_grant', 'PKCE code challenge failed.');
  const token = `u-${randomBytes(20).toString('hex')}`;
  tokens.set(token, grant);
  return okFlat({ access_token: token, expires_in: 7200, token_type: 'Bearer', scope: 'auth:user.id:read' });
};

/** `GET authen/v1/user_info`: the person of a user_access_token. */
export const userInfo: Endpoint = ({ authorization }: ApiRequest, world) => {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const grant = givenBy(world).tokens.get(token);
  if (grant === undefined) return refuse(99991668);
  const { openId } = grant;
  const name = PEOPLE.find(([id]) => id === openId)?.[1] ?? openId;
  return ok({ open_id: openId, union_id: `on_${digest([openId], 32)}`, name, en_name: name, tenant_key: 'sandbox' });
};
