import type { Http, HttpRequest } from '../base/http.ts';
import type { App } from '../model/settings.ts';
import { SECOND } from '../model/time.ts';

/** What a person may be called by at Feishu; `openId` is theirs with this app. */
export interface FeishuUser {
  readonly openId: string;
  readonly name: string;
  readonly unionId: string | null;
  /** needs the scope contact:user.employee_id:readonly */
  readonly userId: string | null;
  /** theirs by the company; `email` beside it is what may be written into a profile, and says nothing */
  readonly enterpriseEmail: string | null;
}

export type LoginAnswer =
  | { readonly is: 'user'; readonly user: FeishuUser }
  /** Feishu's no, in its words; code null: none was given */
  | { readonly is: 'refused'; readonly code: number | null; readonly why: string }
  | { readonly is: 'unreached'; readonly why: string };

const ACCOUNTS: Readonly<Record<string, string>> = {
  'https://open.feishu.cn': 'https://accounts.feishu.cn',
  'https://open.larksuite.com': 'https://accounts.larksuite.com',
};

/**
 * Where a person agrees to log in (Feishu: obtain-oauth-code; a stand-in has it at its own address). The answer is a
 * `code`, good for five minutes and once.
 */
export const loginAddress = (
  { id, endpoint }: Pick<App, 'id' | 'endpoint'>,
  { redirect, state, challenge }: { readonly redirect: string; readonly state: string; readonly challenge: string },
): string => {
  const url = new URL(`${ACCOUNTS[endpoint] ?? endpoint}/open-apis/authen/v1/authorize`);
  url.search = new URLSearchParams({
    client_id: id,
    response_type: 'code',
    redirect_uri: redirect,
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }).toString();
  return url.href;
};

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/**
 * Who agreed: the code for a user_access_token (`POST authen/v2/oauth/token`, get-user-access-token), and with that who
 * they are (`GET authen/v1/user_info`). The token is forgotten: nothing is done in the person's name.
 */
export const userBy = async (
  { app, http, proxy }: { readonly app: App; readonly http: Http; readonly proxy: string | null },
  { code, redirect, verifier }: { readonly code: string; readonly redirect: string; readonly verifier: string },
): Promise<LoginAnswer> => {
  const ask = async (
    request: Pick<HttpRequest, 'method' | 'headers' | 'body'>,
    path: string,
  ): Promise<{ fields: Fields } | Exclude<LoginAnswer, { is: 'user' }>> => {
    const answer = await http.request({
      ...request,
      url: `${app.endpoint}/open-apis/authen/${path}`,
      connectTimeout: 5 * SECOND,
      totalTimeout: 15 * SECOND,
      maxBytes: 256 * 1024,
      proxy,
    });
    if (answer.is !== 'answer') return { is: 'unreached', why: answer.why };
    let fields: Fields;
    try {
      fields = fieldsOf(JSON.parse(answer.body.toString('utf8')));
    } catch {
      return { is: 'unreached', why: `HTTP ${answer.status}` };
    }
    if (fields['code'] === 0) return { fields };
    const why = textOf(fields['error_description']) ?? textOf(fields['msg']) ?? `HTTP ${answer.status}`;
    return { is: 'refused', code: typeof fields['code'] === 'number' ? fields['code'] : null, why };
  };
  const json = { 'Content-Type': 'application/json; charset=utf-8' };
  const body = JSON.stringify({
    grant_type: 'authorization_code',
    client_id: app.id,
    client_secret: app.secret,
    code,
    redirect_uri: redirect,
    code_verifier: verifier,
  });
  const granted = await ask({ method: 'POST', headers: json, body }, 'v2/oauth/token');
  if (!('fields' in granted)) return granted;
  const token = textOf(granted.fields['access_token']);
  if (token === null) return { is: 'unreached', why: 'no access_token' };
  const told = await ask({ method: 'GET', headers: { Authorization: `Bearer ${token}` } }, 'v1/user_info');
  if (!('fields' in told)) return told;
  const data = fieldsOf(told.fields['data']);
  const openId = textOf(data['open_id']);
  if (openId === null) return { is: 'unreached', why: 'no open_id' };
  const user: FeishuUser = {
    openId,
    name: textOf(data['name']) ?? textOf(data['en_name']) ?? openId,
    unionId: textOf(data['union_id']),
    userId: textOf(data['user_id']),
    enterpriseEmail: textOf(data['enterprise_email']),
  };
  return { is: 'user', user };
};
