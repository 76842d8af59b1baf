import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const signed = (claims: object): string => {
  const text = `${encoded({ alg: 'RS256', kid: 'k', typ: 'JWT' })}.${encoded(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey).toString('base64url')}`;
};

const bodyOf = async (request: IncomingMessage): Promise<URLSearchParams> => {
  let text = '';
  for await (const chunk of request) text += chunk;
  return new URLSearchParams(text);
};

/** A provider of OpenID Connect on this machine, that lets everybody in; `spoil` makes its ID tokens wrong. */
export const startOidcProvider = async (secret: string) => {
  let claims: Record<string, unknown> = {
    sub: 'u-1',
    email: 'alice@example.com',
    email_verified: true,
    name: '爱丽丝',
  };
  let spoil: Record<string, unknown> = {};
  let more: Record<string, unknown> = {};
  let before: () => Promise<void> = async () => {};
  const codes = new Map<string, { challenge: string; nonce: string; redirect: string; client: string }>();
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', issuer());
    asked.push(url.pathname);
    const answer = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (url.pathname === '/.well-known/openid-configuration')
      return answer(200, {
        issuer: issuer(),
        authorization_endpoint: `${issuer()}/authorize`,
        token_endpoint: `${issuer()}/token`,
        jwks_uri: `${issuer()}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
        ...more,
      });
    if (url.pathname === '/keys')
      return answer(200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] });
    if (url.pathname === '/authorize') {
      const of = (name: string): string => url.searchParams.get(name) ?? '';
      const code = `code-${codes.size}`;
      codes.set(code, {
        challenge: of('code_challenge'),
        nonce: of('nonce'),
        redirect: of('redirect_uri'),
        client: of('client_id'),
      });
      const back = new URL(of('redirect_uri'));
      back.search = new URLSearchParams({ code, state: of('state') }).toString();
      response.writeHead(302, { location: back.href }).end();
      return;
    }
    const body = await bodyOf(request);
    const grant = codes.get(body.get('code') ?? '');
    codes.delete(body.get('code') ?? '');
    const verified = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    await before();
    const methods = more['token_endpoint_auth_methods_supported'] as readonly string[] | undefined;
    const knows =
      decodeURIComponent(
        Buffer.from(request.headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString('utf8'),
      ) === `${grant?.client}:${secret}` ||
      (methods?.includes('client_secret_post') !== false && body.get('client_secret') === secret);
    if (!knows) return answer(401, { error: 'invalid_client' });
    if (grant === undefined || grant.challenge !== verified || grant.redirect !== body.get('redirect_uri'))
      return answer(400, { error: 'invalid_grant', error_description: 'no such code' });
    const now = Math.floor(Date.now() / 1_000);
    const token = {
      iss: issuer(),
      aud: grant.client,
      iat: now,
      exp: now + 300,
      nonce: grant.nonce,
      ...claims,
      ...spoil,
    };
    answer(200, { access_token: 'at', token_type: 'bearer', id_token: signed(token) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer: issuer(),
    asked,
    knows: (of: Record<string, unknown>): void => {
      claims = of;
    },
    spoils: (with_: Record<string, unknown>): void => {
      spoil = with_;
    },
    /** what its discovery says otherwise */
    says: (of: Record<string, unknown>): void => {
      more = of;
    },
    /** happens before it answers with a token */
    beforeToken: (work: () => Promise<void>): void => {
      before = work;
    },
    close: (): void => {
      server.close();
      server.closeAllConnections();
    },
  };
};
