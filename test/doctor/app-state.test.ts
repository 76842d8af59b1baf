import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  callFindings,
  clockFinding,
  proxyFinding,
  publishedFindings,
  tokenFinding,
  withoutCredentials,
} from '../../src/doctor/app-state.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { HOUR, MINUTE, SECOND } from '../../src/model/time.ts';
import { APP, done, refused, said } from './fixture.ts';

const brief = ({ check, status, code }: Finding): string => `${check} ${status} ${code}`;

describe('the clock', () => {
  for (const [ahead, expected, words] of [
    [null, 'clock skipped clock-unknown', /no time/],
    [0, 'clock ok clock-right', /is 0 s off/],
    [-59 * SECOND, 'clock ok clock-right', /is 59 s off/],
    [MINUTE, 'clock warning clock-off', /is \+1 min 0 s off/],
    [-90 * SECOND, 'clock warning clock-off', /is −1 min 30 s off/],
    [HOUR - 1, 'clock warning clock-off', /./],
    [HOUR + 61 * SECOND, 'clock fault clock-off', /is \+1 h 1 min 1 s off/],
  ] as const)
    it(`${ahead} ms ahead`, () => {
      const found = clockFinding(ahead);
      assert.equal(brief(found), expected);
      assert.match(found.message.en, words);
    });
});

describe('the proxy', () => {
  const SECRET = 'http://user:hunter22@proxy.example:3128';
  it('is shown without its credentials, wherever they stand', () => {
    for (const address of [SECRET, 'http://hunter22@proxy.example:3128'])
      assert.equal(withoutCredentials(address), 'http://***@proxy.example:3128');
    assert.equal(withoutCredentials('http://proxy.example:3128/'), 'http://proxy.example:3128');
    const found = proxyFinding(APP, { address: SECRET, from: 'settings', ignored: null }, 'ECONNREFUSED');
    assert.doesNotMatch(JSON.stringify(found), /hunter22/);
    assert.match(found.message.en, /http:\/\/\*\*\*@proxy\.example:3128 \(from network\.proxy\).*ECONNREFUSED/);
  });
  for (const [address, ignored, why, expected] of [
    [null, null, null, 'proxy ok no-proxy'],
    [null, 'socks5://127.0.0.1:1080', null, 'proxy warning proxy-ignored'],
    [SECRET, null, null, 'proxy ok proxy-answers'],
    [SECRET, null, 'ECONNREFUSED', 'proxy fault proxy-unreachable'],
  ] as const)
    it(expected, () =>
      assert.equal(brief(proxyFinding(APP, { address, from: 'environment', ignored }, why)), expected),
    );
});

describe('the token', () => {
  it('given', () => assert.equal(brief(tokenFinding(APP, said(0))), 'token ok token-given'));
  it('refused, with the page where the secret stands', () => {
    const found = tokenFinding(APP, said(10014, { operation: 'token', http: 200 }));
    assert.equal(brief(found), 'token fault refused');
    assert.equal(found.link, 'https://open.feishu.cn/app/cli_a/baseinfo');
    assert.equal(found.logId, 'log1');
    assert.match(found.message.zh, /App ID 或 App Secret 不对\(10014\)/);
  });
});

describe('a real call', () => {
  const after = (bot: Parameters<typeof callFindings>[1]) => callFindings(APP, bot).map(brief);
  it('answered by an enabled bot', () =>
    assert.deepEqual(after(done({ name: 'x', status: 2 })), ['call ok call-answered', 'bot ok bot-on']));
  it('answered by one that is not', () => {
    for (const status of [0, 1, 3, 5, null])
      assert.deepEqual(after(done({ name: 'x', status })), ['call ok call-answered', 'bot fault bot-off']);
  });
  it('kept off by the IP allow-list', () => {
    const [found, ...more] = callFindings(APP, refused(99991401));
    assert.deepEqual(more, []);
    assert.equal(found?.code, 'refused');
    assert.equal(found.link, 'https://open.feishu.cn/app/cli_a/safe');
  });
});

describe('a published app', () => {
  const ready = { status: 1, online: 'oav_1', waiting: null };
  for (const [what, state, expected] of [
    ['is one', done(ready), ['published ok published']],
    [
      'may have a version that waits',
      done({ ...ready, waiting: 'oav_2' }),
      ['published ok published', 'published warning version-waiting'],
    ],
    ['has a version online', done({ ...ready, online: null, waiting: 'oav_2' }), ['published fault not-published']],
    ['is enabled', done({ ...ready, status: 0 }), ['published fault app-off']],
    ['cannot be asked for without the scope', refused(99991672), ['published skipped needs-scope']],
    ['was refused for another reason', refused(99991662), ['published fault refused']],
  ] as const)
    it(what, () => assert.deepEqual(publishedFindings(APP, state).map(brief), expected));
});
