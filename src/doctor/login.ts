import type { Http } from '../base/http.ts';
import type { LoginWay } from '../model/login.ts';
import { own } from '../model/own.ts';
import { CONSOLE_PORT, type Settings } from '../model/settings.ts';
import { SECOND } from '../model/time.ts';
import { type Finding, finding } from './finding.ts';

/** OpenID Connect Discovery 1.0, section 4. */
const discoveryOf = (issuer: string): string => `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;

/** null: the provider is there and calls itself so. */
const faultOf = async (
  issuer: string,
  { http, proxy }: { http: Http; proxy: string | null },
): Promise<string | null> => {
  const url = discoveryOf(issuer);
  const bounds = { connectTimeout: 5 * SECOND, totalTimeout: 10 * SECOND, maxBytes: 1024 * 1024 };
  const answer = await http.request({ method: 'GET', url, proxy, ...bounds });
  if (answer.is !== 'answer') return answer.why;
  if (answer.status !== 200) return `HTTP ${answer.status} ${url}`;
  try {
    const called = String(JSON.parse(answer.body.toString('utf8')).issuer);
    // as it is compared when somebody logs in: a slash at the end of a bare host is none
    const isSame = URL.canParse(called) && new URL(called).href === new URL(issuer).href;
    return isSame ? null : `issuer: ${called.slice(0, 200)}`;
  } catch {
    return `no JSON: ${url}`;
  }
};

/** How people log in at the console: the address that has to be entered with each provider, which nobody can be asked for. */
export const loginFindings = async (
  { console: { url, host, port, login }, apps }: Settings,
  { http, proxyFor }: { readonly http: Http; proxyFor(url: string): string | null },
): Promise<readonly Finding[]> => {
  const listens = host?.includes(':') ? `[${host}]` : (host ?? '127.0.0.1');
  const base = url ?? `http://${listens}:${port ?? CONSOLE_PORT}`;
  const back = (way: LoginWay): string => `${base}/login/${way}/callback`;
  const findings: Finding[] = [];
  const app = login.feishu === null ? undefined : own(apps, login.feishu.app);
  if (app !== undefined)
    findings.push(finding({ check: 'login', app }, 'ok', 'login-address-feishu', { address: back('feishu') }));
  if (login.oidc !== null) {
    const { issuer } = login.oidc;
    const why = await faultOf(issuer, { http, proxy: proxyFor(discoveryOf(issuer)) });
    findings.push(
      why === null
        ? finding({ check: 'login', subject: issuer }, 'ok', 'login-address-oidc', { address: back('oidc') })
        : finding({ check: 'login', subject: issuer }, 'warning', 'login-provider', { why }),
    );
  }
  return findings;
};
