import assert from 'node:assert/strict';
import { it } from 'node:test';
import { explainTransport, LACKING, type NoCode, TRANSPORT, transportKind } from '../../src/feishu/codes/transport.ts';

const lost = (raw: string): NoCode => ({ happened: 'lost', http: null, raw });
const unsent = (raw: string): NoCode => ({ happened: 'not-sent', http: null, raw });
const answered = (http: number, code: number | null = null): NoCode => ({
  happened: 'answered',
  http,
  code,
  raw: null,
});

for (const [what, expected] of [
  [unsent('getaddrinfo ENOTFOUND open.feishu.cn'), 'host-not-found'],
  [unsent('getaddrinfo EAI_AGAIN open.feishu.cn'), 'host-not-found'],
  [unsent('connect ECONNREFUSED 127.0.0.1:9'), 'connection-refused'],
  [unsent('connect EHOSTUNREACH 10.0.0.1:443'), 'network-unreachable'],
  [unsent('no connection within 5000 ms'), 'connect-timeout'],
  [unsent('connect ETIMEDOUT 10.0.0.1:443'), 'connect-timeout'],
  [unsent('unable to verify the first certificate'), 'tls-failed'],
  [unsent("Hostname/IP does not match certificate's altnames"), 'tls-failed'],
  [unsent('proxy p.corp:3128: connect ECONNREFUSED 10.0.0.1:3128'), 'proxy-failed'],
  [unsent('proxy p.corp:3128 refused: HTTP 403'), 'proxy-failed'],
  [unsent('the proxy refused: HTTP 407'), 'proxy-failed'],
  [unsent('not a usable address'), 'bad-address'],
  [lost('socket hang up'), 'connection-lost'],
  [lost('read ECONNRESET'), 'connection-lost'],
  [lost('the answer broke off'), 'connection-lost'],
  [lost('no answer within 20000 ms'), 'no-answer'],
  [lost('the answer has more than 1048576 bytes'), 'answer-too-large'],
  [lost('something that nobody has seen'), 'network-error'],
  [{ happened: 'lost', http: null, raw: null }, 'no-answer-known'],
  [answered(502), 'http-5xx'],
  [answered(429), 'http-429'],
  [answered(200), 'no-code'],
  [answered(200, 0), 'no-message-id'],
] as const)
  it(`${what.raw ?? `HTTP ${what.http}, code ${what.code ?? '-'}`}: ${expected}`, () =>
    assert.equal(transportKind(what), expected));

it('each is said in both languages, with the raw words in parentheses', () => {
  for (const { words, hint } of [...Object.values(TRANSPORT), ...Object.values(LACKING)]) {
    assert.match(words.zh, /\p{Script=Han}/u);
    assert.doesNotMatch(words.en, /\p{Script=Han}/u);
    assert.equal(hint.zh === '', hint.en === '');
  }
  const { words } = explainTransport(lost('socket hang up'), { unsure: true });
  assert.equal(words.zh, '连接中断,没有完整的回答(socket hang up),可能已送达');
  assert.equal(words.en, 'the connection broke, and no whole answer came (socket hang up); it may have arrived');
  assert.equal(explainTransport(answered(502), { unsure: true }).words.zh, '飞书或中间的代理出错(HTTP 502),可能已送达');
  const refused = explainTransport(unsent('connect ECONNREFUSED 127.0.0.1:9'), { unsure: false });
  assert.equal(refused.words.zh, '对方拒绝连接(connect ECONNREFUSED 127.0.0.1:9)');
  assert.match(refused.hint.zh, /网络、代理.network\.proxy.和 endpoint/);
});
