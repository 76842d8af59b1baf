import { REFUSED } from '../../browser/devtools.ts';
import type { Place } from '../../model/errors.ts';
import type { ScreenshotSource } from '../../model/screenshot.ts';
import type { Text } from '../../model/text.ts';
import type { SourceContext } from '../source.ts';
import { fault } from './fault.ts';
import { webAddress } from './net.ts';
import type { Page } from './page.ts';

/** The address, and what the page's own origin is told beside it, filled in. */
export interface Credentials {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly { readonly name: string; readonly value: string; readonly at: Place | null }[];
  /** what must never be shown */
  readonly secrets: readonly string[];
}

const HEADER: Text = { zh: '请求头', en: 'header' };
const COOKIE: Text = { zh: 'Cookie', en: 'cookie' };
/** RFC 9110, token. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const LINE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** These are the connection's own: Chrome sends no request that they are given for. */
const ITS_OWN =
  /^(host|content-length|connection|keep-alive|proxy-connection|transfer-encoding|te|trailer|upgrade|set-cookie)$/i;

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** Throws `screenshot-url`, `screenshot-header` (status 2). */
export const credentialsOf = (spec: ScreenshotSource, { fillText }: Pick<SourceContext, 'fillText'>): Credentials => {
  const address = new URL(webAddress(fillText(spec.url), spec.url.at));
  const filled = (kind: Text, group: ScreenshotSource['headers'], value: RegExp): Record<string, string> =>
    Object.fromEntries(
      Object.entries(group).map(([name, template]) => {
        const text = fillText(template).trim();
        if (NAME.test(name) && !ITS_OWN.test(name) && value.test(text)) return [name, text];
        throw fault('screenshot-header', { name, kind }, { at: template.at, status: 2 });
      }),
    );
  const { auth } = spec;
  const asked =
    auth === null
      ? null
      : 'bearer' in auth
        ? { whole: `Bearer ${fillText(auth.bearer)}`, secret: fillText(auth.bearer) }
        : { whole: basic(fillText(auth.user), fillText(auth.password)), secret: fillText(auth.password) };
  // Chrome would hide user and password from the address as well, but only after it has asked without them
  const { username, password } = address;
  const inAddress =
    username === ''
      ? null
      : { whole: basic(decodeURIComponent(username), decodeURIComponent(password)), secret: password };
  [address.username, address.password] = ['', ''];
  const authorization = asked ?? inAddress;
  const headers = filled(HEADER, spec.headers, LINE);
  const cookies = filled(COOKIE, spec.cookies, /^[\x20-\x7e]*$/);
  const typed = spec.login.flatMap((step) =>
    step.step === 'fill' ? step.fields.map(({ value }) => fillText(value)) : [],
  );
  return {
    url: address.href,
    headers: { ...(authorization === null ? {} : { Authorization: authorization.whole }), ...headers },
    cookies: Object.entries(cookies).map(([name, value]) => ({ name, value, at: spec.cookies[name]?.at ?? null })),
    secrets: [
      ...(authorization === null ? [] : [authorization.whole, authorization.secret]),
      ...Object.values(headers).flatMap((value) => [value, ...value.split(' ')]),
      ...Object.values(cookies),
      ...typed,
      ...address.searchParams.values(),
    ],
  };
};

type HeaderEntry = { readonly name: string; readonly value: string };

/** The headers of a request with ours in place of those of the same names. */
const withOurs = (
  given: Readonly<Record<string, string>>,
  ours: Readonly<Record<string, string>>,
): readonly HeaderEntry[] => {
  const names = Object.keys(ours).map((name) => name.toLowerCase());
  return [
    ...Object.entries(given).filter(([name]) => !names.includes(name.toLowerCase())),
    ...Object.entries(ours),
  ].map(([name, value]) => ({ name, value }));
};

/**
 * Cookies for the page's host, headers for each request to its origin and no other one: a redirect is a request of its
 * own. A proxy that asks is told the user and password in its address.
 */
export const present = async (
  page: Page,
  { url, headers, cookies }: Credentials,
  proxy: string | null,
): Promise<void> => {
  const { origin } = new URL(url);
  for (const { name, value, at } of cookies) {
    const cookie = { name, value, url, path: '/', secure: url.startsWith('https:') };
    const set = await page.call('Network.setCookie', cookie).catch((error: Error) => {
      if (error.name === REFUSED) return { success: false };
      throw error;
    });
    if (set['success'] === false) throw fault('screenshot-header', { name, kind: COOKIE }, { at, status: 2 });
  }
  const { username, password } = new URL(proxy ?? 'http://none');
  if (Object.keys(headers).length === 0 && username === '') return;
  const asked = new Set<unknown>();
  page.listen((method, params) => {
    const { requestId } = params;
    if (method === 'Fetch.requestPaused') {
      const request = params['request'] as { url: string; headers: Record<string, string> };
      const isOwn = URL.canParse(request.url) && new URL(request.url).origin === origin;
      const more = isOwn ? { headers: withOurs(request.headers, headers) } : {};
      page
        .call('Fetch.continueRequest', { requestId, ...more })
        // a header that it refuses would leave the request waiting for ever
        .catch(() => page.call('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }))
        .catch(() => {});
    }
    if (method === 'Fetch.authRequired') {
      const isProxy = (params['authChallenge'] as { source?: string }).source === 'Proxy';
      const answer =
        isProxy && !asked.has(requestId)
          ? {
              response: 'ProvideCredentials',
              username: decodeURIComponent(username),
              password: decodeURIComponent(password),
            }
          : { response: 'CancelAuth' };
      asked.add(requestId);
      page.call('Fetch.continueWithAuth', { requestId, authChallengeResponse: answer }).catch(() => {});
    }
  });
  await page.call(
    'Fetch.enable',
    username === ''
      ? { patterns: [{ urlPattern: `${origin}/*` }] }
      : { patterns: [{ urlPattern: '*' }], handleAuthRequests: true },
  );
};
