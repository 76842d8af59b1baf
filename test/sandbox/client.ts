import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Ms } from '../../src/model/time.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';

export const NOON = Date.UTC(2026, 2, 2, 4);

/** A clock that stands until it is moved. */
export const standingClock = (at: Ms = NOON) => {
  let now = at;
  return {
    now: (): Ms => now,
    pass: (ms: Ms): void => {
      now += ms;
    },
  };
};

export interface Reply {
  readonly http: number;
  readonly headers: Headers;
  readonly text: string;
  /** the answer's JSON; the shape is what each test looks at */
  readonly body: Body;
}
export interface Body {
  readonly code?: number;
  readonly msg?: string;
  readonly data?: { readonly [key: string]: unknown };
  readonly error?: { readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** A list in an answer's `data`; the test says of what. */
export const listIn = <T>(reply: Reply, name: string): readonly T[] => {
  const list = reply.body.data?.[name];
  assert.ok(Array.isArray(list), `${name} in ${reply.text}`);
  return list as T[];
};

const bodyOf = (text: string): Body => {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return {};
  }
};

/** A sandbox that ends with the test, and calls to it with a token of the app cli_test. */
export const sandboxFor = async (t: TestContext, options: Partial<SandboxOptions> = {}) => {
  const clock = standingClock();
  const sandbox: Sandbox = await startSandbox({ port: 0, clock, keep: null, ...options });
  t.after(sandbox.close);

  const http = async (method: string, path: string, init: RequestInit = {}): Promise<Reply> => {
    const answer = await fetch(`${sandbox.url}${path}`, { method, ...init });
    const text = await answer.text();
    return { http: answer.status, headers: answer.headers, text, body: bodyOf(text) };
  };

  const askToken = (app = 'cli_test', secret = 'secret'): Promise<Reply> =>
    http('POST', '/open-apis/auth/v3/tenant_access_token/internal', {
      body: JSON.stringify({ app_id: app, app_secret: secret }),
    });

  const tokenOf = async (app?: string): Promise<string> => String((await askToken(app)).body['tenant_access_token']);

  /** a call below /open-apis/ */
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    more: { token?: string; signal?: AbortSignal } = {},
  ): Promise<Reply> => {
    const form = body instanceof FormData;
    return http(method, `/open-apis/${path}`, {
      headers: {
        Authorization: `Bearer ${more.token ?? (await tokenOf())}`,
        ...(form ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      ...(more.signal === undefined ? {} : { signal: more.signal }),
    });
  };

  /** a text to a person, unless told otherwise */
  const send = (
    fields: { to?: string; idType?: string; type?: string; content?: unknown; uuid?: string } = {},
    more?: { token?: string; signal?: AbortSignal },
  ): Promise<Reply> =>
    call(
      'POST',
      `im/v1/messages?receive_id_type=${fields.idType ?? 'open_id'}`,
      {
        receive_id: fields.to ?? 'ou_lin',
        msg_type: fields.type ?? 'text',
        content:
          typeof fields.content === 'string' ? fields.content : JSON.stringify(fields.content ?? { text: 'hello' }),
        ...(fields.uuid === undefined ? {} : { uuid: fields.uuid }),
      },
      more,
    );

  return { sandbox, clock, http, askToken, tokenOf, call, send };
};

/** The smallest picture there is. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

export const CARD = {
  schema: '2.0',
  config: { update_multi: true },
  header: { title: { tag: 'plain_text', content: 'Stores' }, template: 'blue' },
  body: { elements: [{ tag: 'markdown', content: 'All is well' }] },
};
