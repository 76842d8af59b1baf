import type { AppState, Bot } from '../feishu/app-info.ts';
import type { Or } from '../feishu/contact.ts';
import { consoleLink } from '../feishu/explain.ts';
import type { Reply } from '../feishu/reply.ts';
import type { App } from '../model/settings.ts';
import type { Text } from '../model/text.ts';
import { HOUR, MINUTE, type Ms, SECOND } from '../model/time.ts';
import { type Finding, finding, lacksScope, refusal, type Where } from './finding.ts';

/** How calls of an app go out. `ignored`: what the environment names and nobody can use, as socks5://. */
export interface ProxyInUse {
  readonly address: string | null;
  readonly from: 'settings' | 'environment';
  readonly ignored: string | null;
}

const FROM: Readonly<Record<ProxyInUse['from'], Text>> = {
  settings: { zh: '来自 network.proxy', en: 'from network.proxy' },
  environment: { zh: '来自环境变量', en: 'from the environment' },
};

/** An address without the name and password in it. */
export const withoutCredentials = (address: string): string => {
  if (!URL.canParse(address)) return '…';
  const { protocol, username, password, host } = new URL(address);
  return `${protocol}//${username === '' && password === '' ? '' : '***@'}${host}`;
};

/** `why`: what stood in the way of a connection to the proxy; null: it takes connections. */
export const proxyFinding = (app: App, { address, from, ignored }: ProxyInUse, why: string | null): Finding => {
  const where: Where = { check: 'proxy', app };
  if (address === null)
    return ignored === null
      ? finding(where, 'ok', 'no-proxy', undefined)
      : finding(where, 'warning', 'proxy-ignored', { proxy: withoutCredentials(ignored) });
  const proxy = withoutCredentials(address);
  return why === null
    ? finding(where, 'ok', 'proxy-answers', { proxy, from: FROM[from] })
    : finding(where, 'fault', 'proxy-unreachable', { proxy, from: FROM[from], why });
};

/** A token, or what the endpoint says instead; the token itself is not looked at. */
export const tokenFinding = (app: App, reply: Reply): Finding => {
  const where: Where = { check: 'token', app };
  return reply.is === 'answer' && reply.code === 0
    ? finding(where, 'ok', 'token-given', undefined)
    : refusal(where, reply);
};

/** Jobs are a minute early or late, which people see. */
const OFF: Ms = MINUTE;
/** Signatures of webhook bots hold for an hour (custom bot guide), and by then it is another time of day. */
const FAR_OFF: Ms = HOUR;

const inWords = (ms: Ms): string => {
  const seconds = Math.round(Math.abs(ms) / SECOND);
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  const parts = [hours > 0 ? `${hours} h` : '', minutes > 0 ? `${minutes} min` : '', `${seconds % 60} s`];
  return parts.filter((part) => part !== '').join(' ');
};

/** `ahead`: how far this machine's clock is before Feishu's, from a `Date` header, which knows whole seconds only. */
export const clockFinding = (ahead: Ms | null): Finding => {
  const where: Where = { check: 'clock' };
  if (ahead === null) return finding(where, 'skipped', 'clock-unknown', undefined);
  const off = Math.abs(ahead);
  const difference = inWords(ahead);
  if (off < OFF) return finding(where, 'ok', 'clock-right', { difference });
  return finding(where, off < FAR_OFF ? 'warning' : 'fault', 'clock-off', {
    difference: `${ahead > 0 ? '+' : '−'}${difference}`,
  });
};

/** bot/v3/info is a real call: the IP allow-list, which does not guard the token's endpoint, guards this one. */
export const callFindings = (app: App, bot: Or<Bot>): Finding[] => {
  if (bot.is === 'refused') return [refusal({ check: 'call', app }, bot.reply)];
  const { name, status } = bot.value;
  const where: Where = { check: 'bot', app };
  const shown = name ?? app.id;
  return [
    finding({ check: 'call', app }, 'ok', 'call-answered', undefined),
    status === 2
      ? finding(where, 'ok', 'bot-on', { name: shown })
      : finding(
          where,
          'fault',
          'bot-off',
          { name: shown, status: String(status ?? '?') },
          { link: consoleLink('bot', app) },
        ),
  ];
};

/** The scope that questions about the app itself need. */
export const SELF = 'application:application:self_manage';

export const publishedFindings = (app: App, state: Or<AppState>): Finding[] => {
  const where: Where = { check: 'published', app };
  if (state.is === 'refused') {
    if (!lacksScope(state.reply)) return [refusal(where, state.reply)];
    return [finding(where, 'skipped', 'needs-scope', { scope: SELF }, { link: consoleLink('scopes', app, [SELF]) })];
  }
  const { status, online, waiting } = state.value;
  const link = consoleLink('version', app);
  if (online === null) return [finding(where, 'fault', 'not-published', undefined, { link })];
  if (status !== 1) return [finding(where, 'fault', 'app-off', { status: String(status ?? '?') }, { link })];
  const pending = waiting === null ? [] : [finding(where, 'warning', 'version-waiting', undefined, { link })];
  return [finding(where, 'ok', 'published', undefined), ...pending];
};
