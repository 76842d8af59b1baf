import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createHttp } from '../../src/base/http.ts';
import { loginFindings } from '../../src/doctor/login.ts';
import type { LoginSettings } from '../../src/model/login.ts';
import { startOidcProvider } from '../support/oidc-provider.ts';
import { settingsOf } from './fixture.ts';

const roles = { viewer: ['*'], operator: [], admin: [] };

it('says which address each provider must know, and whether the one of OpenID Connect answers', async (t) => {
  const provider = await startOidcProvider('s');
  t.after(() => provider.close());
  const http = createHttp();
  t.after(() => http.close());
  const found = async (login: Partial<LoginSettings>, url: string | null, host: string | null = null) => {
    const console = { host, port: null, url, login: { feishu: null, oidc: null, ...login } };
    const findings = await loginFindings({ ...settingsOf(null), console }, { http, proxyFor: () => null });
    return findings.map(({ status, code, message }) => `${status} ${code} ${message.en}`);
  };
  const oidc = (issuer: string) => ({ issuer, clientId: 'a', clientSecret: 's', name: null, roles });
  assert.deepEqual(await found({}, null), []);
  const [feishu] = await found({ feishu: { app: 'default', roles } }, null);
  assert.match(feishu ?? '', /^ok login-address-feishu .*http:\/\/127\.0\.0\.1:8420\/login\/feishu\/callback/);
  const [there] = await found({ oidc: oidc(provider.issuer) }, 'https://cron.example.com');
  assert.match(there ?? '', /^ok login-address-oidc .*https:\/\/cron\.example\.com\/login\/oidc\/callback/);
  // the same address to whoever logs in
  const [slashed] = await found({ oidc: oidc(`${provider.issuer}/`) }, null);
  assert.match(slashed ?? '', /^ok login-address-oidc /);
  provider.says({ issuer: 'http://other.example' });
  const [other] = await found({ oidc: oidc(provider.issuer) }, null);
  assert.match(other ?? '', /^warning login-provider .*issuer: http/);
  const [v6] = await found({ feishu: { app: 'default', roles } }, null, '::1');
  assert.match(v6 ?? '', /http:\/\/\[::1\]:8420\/login/);
  provider.close();
  const [away] = await found({ oidc: oidc(provider.issuer) }, null);
  assert.match(away ?? '', /^warning login-provider /);
});
