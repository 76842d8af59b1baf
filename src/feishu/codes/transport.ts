import type { Text } from '../../model/text.ts';

/**
 * What came back when no code of Feishu's did. not-sent: surely nothing reached it · lost: it may have, and no whole
 * answer came · answered: something answered, but it says no code, or "ok" without a message_id.
 */
export interface NoCode {
  readonly happened: 'not-sent' | 'lost' | 'answered';
  readonly http: number | null;
  /** 0: "ok" without a message_id */
  readonly code?: number | null;
  /** what the network or the answer said, as it was said */
  readonly raw: string | null;
}

export interface TransportRow {
  readonly words: Text;
  /** empty when there is nothing to look at */
  readonly hint: Text;
}

const row = (zh: string, en: string, hint: Text = { zh: '', en: '' }): TransportRow => ({ words: { zh, en }, hint });

const NETWORK: Text = {
  zh: '检查网络、代理(network.proxy)和 endpoint。',
  en: 'Check the network, the proxy (network.proxy) and `endpoint`.',
};
const PROXY: Text = {
  zh: '检查代理(network.proxy、HTTPS_PROXY)是否在运行、要不要用户名和密码。',
  en: 'See whether the proxy (network.proxy, HTTPS_PROXY) runs and whether it wants a user and password.',
};
const BETWEEN: Text = {
  zh: '多半是中间的代理或网关答的:检查 endpoint 和代理(network.proxy)。',
  en: 'A proxy or gateway in between may have answered: check `endpoint` and the proxy (network.proxy).',
};

/** An answer that says "ok" and yet is without what was asked for. */
export const LACKING = {
  'no-data': row('飞书说成功,回答里却没有内容', 'Feishu says "ok", but its answer is empty'),
  'no-key': row('飞书说成功,却没有给文件的 key', 'Feishu gave no key, though it says "ok"'),
  'list-broken-off': row(
    '飞书说名单还有下一页,却没有说怎么取',
    'Feishu says that the list goes on, but not where its next page is',
  ),
  'list-endless': row('名单太长:400 页还没有完', 'the list is too long: it goes on after 400 pages'),
} as const satisfies Readonly<Record<string, TransportRow>>;

/** Every way in which an answer of Feishu's does not come, by a name of ours. */
export const TRANSPORT = {
  'proxy-failed': row('代理没有接通', 'the proxy did not let it through', PROXY),
  'host-not-found': row('找不到主机:域名解析失败', 'the host was not found: its name does not resolve', NETWORK),
  'connection-refused': row('对方拒绝连接', 'the connection was refused', NETWORK),
  'network-unreachable': row('网络不通', 'the network cannot be reached', NETWORK),
  'connect-timeout': row('连接超时', 'no connection in time', NETWORK),
  'tls-failed': row('TLS 握手失败或证书不被信任', 'TLS failed, or the certificate is not trusted', {
    zh: '公司代理替换了证书就用环境变量 NODE_EXTRA_CA_CERTS 指明它的 CA 文件;再检查系统时间和 endpoint。',
    en: "If a company's proxy puts in a certificate of its own, name its CA file in the environment variable NODE_EXTRA_CA_CERTS; check the system time and `endpoint`, too.",
  }),
  'bad-address': row('地址不可用', 'the address is not usable', NETWORK),
  interrupted: row('被中断', 'it was interrupted'),
  'no-answer': row('没有在限时内回答', 'no answer in time', NETWORK),
  'connection-lost': row('连接中断,没有完整的回答', 'the connection broke, and no whole answer came', NETWORK),
  'answer-too-large': row('回答大得不像飞书的', "the answer is too large to be Feishu's", BETWEEN),
  'http-429': row('请求太快', 'too many requests'),
  'http-5xx': row('飞书或中间的代理出错', 'Feishu, or a proxy in between, had an error', {
    zh: '一直如此就检查 endpoint 和代理(network.proxy)。',
    en: 'If it stays so, check `endpoint` and the proxy (network.proxy).',
  }),
  'no-code': row('回答里没有飞书的错误码', "the answer carries no code of Feishu's", BETWEEN),
  'no-message-id': row('飞书说成功,却没有给 message_id', 'Feishu says "ok" but gives no message_id'),
  'no-answer-known': row('没有得到飞书的回答', 'no answer of Feishu’s was had'),
  'network-error': row('网络出错', 'the network failed', NETWORK),
} as const satisfies Readonly<Record<string, TransportRow>>;

export type TransportKind = keyof typeof TRANSPORT;

/** Words of Node, of TLS and of our own client, the first that fits. */
const SAID: readonly (readonly [RegExp, TransportKind])[] = [
  [/^proxy |the proxy refused/, 'proxy-failed'],
  [/ENOTFOUND|EAI_AGAIN|EAI_NODATA/, 'host-not-found'],
  [/ECONNREFUSED/, 'connection-refused'],
  [/ENETUNREACH|EHOSTUNREACH|ENETDOWN|EADDRNOTAVAIL/, 'network-unreachable'],
  [/^no connection within|ETIMEDOUT/, 'connect-timeout'],
  [/certificate|altnames|self.signed|\bSSL\b|\bTLS\b|EPROTO|CERT_/i, 'tls-failed'],
  [/^not a usable address|Invalid URL/, 'bad-address'],
  [/^interrupted|not sent any more|given up/, 'interrupted'],
  [/^no answer within/, 'no-answer'],
  [/hang up|ECONNRESET|EPIPE|broke off|connection was closed|aborted/, 'connection-lost'],
  [/^the answer has more than/, 'answer-too-large'],
];

export const transportKind = ({ happened, http, code = null, raw }: NoCode): TransportKind => {
  if (happened === 'answered' || http !== null) {
    if (code === 0) return 'no-message-id';
    if (http === 429) return 'http-429';
    return http !== null && http >= 500 ? 'http-5xx' : 'no-code';
  }
  if (raw === null) return 'no-answer-known';
  return SAID.find(([words]) => words.test(raw))?.[1] ?? 'network-error';
};

const bracketed = ({ zh, en }: Text, inside: string | null): Text =>
  inside === null ? { zh, en } : { zh: `${zh}(${inside})`, en: `${en} (${inside})` };

const MAY_HAVE: Text = { zh: ',可能已送达', en: '; it may have arrived' };

/**
 * What happened in words, with the raw ones in parentheses; `unsure` where nobody can say whether it arrived. Only what
 * came back is asked: whether it is tried again is said by whoever knows the delivery.
 */
export const explainTransport = (what: NoCode, { unsure }: { unsure: boolean }): TransportRow => {
  const { words, hint } = TRANSPORT[transportKind(what)];
  const inside = [what.http === null ? null : `HTTP ${what.http}`, what.raw].filter((part) => part !== null);
  const said = bracketed(words, inside.length === 0 ? null : inside.join(': '));
  return { words: unsure ? { zh: `${said.zh}${MAY_HAVE.zh}`, en: `${said.en}${MAY_HAVE.en}` } : said, hint };
};
