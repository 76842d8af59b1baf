import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isElsewhere } from '../../src/source/screenshot/elsewhere.ts';
import { shownOf } from '../../src/source/screenshot/fault.ts';
import { boundedHeight } from '../../src/source/screenshot/limits.ts';
import { trackRequests } from '../../src/source/screenshot/requests.ts';

const HOST = 'https://board.example.com';

describe('whether another page came than was asked for', () => {
  for (const [asked, came, hasPassword, is] of [
    ['/d/abc', '/d/abc', false, false],
    ['/d/abc', '/d/abc/sales?orgId=1', false, false],
    ['/d/abc', '/d/abc/', true, false],
    ['/d/abc?kiosk', '/d/abc#top', true, false],
    ['/d/abc', '/login?next=/d/abc', false, true],
    ['/d/abc', '/accounts/sign-in', false, true],
    ['/d/abc', '/login.jsp', false, true],
    ['/d/abc', '/d/abc/login-errors', false, false],
    ['/d/abc', '/d/abc/auth-and-sso', false, false],
    ['/d/abc', '/#/signin', false, true],
    ['/#/board', '/#/login', false, true],
    ['/d/abc', '/welcome', true, true],
    ['/d/abc', '/welcome', false, false],
    ['/login/stats', '/login/stats/2026', false, false],
    ['/blog/authors', '/blog/authors/1', false, false],
    ['/d/abc', 'https://sso.example.com/', false, true],
    ['http://board.example.com/', 'https://board.example.com/', false, false],
    ['https://board.example.com/', 'http://board.example.com/', false, true],
    ['/d/abc', 'about:blank', false, true],
    ['/d/abc', 'chrome-error://chromewebdata/', false, true],
  ] as const)
    it(`${asked} → ${came}${hasPassword ? ', which asks for a password' : ''}: ${is ? 'yes' : 'no'}`, () => {
      const whole = (path: string): string => (path.startsWith('/') ? HOST + path : path);
      assert.equal(isElsewhere(whole(asked), whole(came), hasPassword), is);
    });
});

it('a picture is never larger than Feishu takes, nor than its page', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50_000 }),
      fc.integer({ min: 1, max: 200_000 }),
      fc.integer({ min: 1, max: 3 }),
      (width, height, scale) => {
        const bound = boundedHeight({ width, height }, scale);
        assert.ok(bound.width >= 1 && bound.height >= 1);
        assert.ok(bound.width <= width && bound.height <= height);
        assert.ok(bound.width * scale <= 12_000 && bound.height * scale <= 12_000);
        assert.ok(bound.width * bound.height * scale * scale <= 40_000_000);
        assert.equal(bound.cut, bound.width < width || bound.height < height);
      },
    ),
  );
});

it('an address is shown without what may be secret in it', () => {
  assert.equal(shownOf('https://me:pw@h.example/a/b?token=1#access_token=2'), 'https://h.example/a/b');
});

it('requests are counted until they end, or the page that made them is left', () => {
  let now = 0;
  const requests = trackRequests(() => now);
  const hear = (method: string, params: object) => requests.hear(method, params as never, 'page', 'main');
  const asks = (requestId: string, url: string, more: object = {}) =>
    hear('Network.requestWillBeSent', {
      requestId,
      request: { url },
      frameId: 'main',
      loaderId: 'one',
      type: 'Fetch',
      ...more,
    });
  asks('1', 'http://h/a');
  asks('2', 'http://h/live', { type: 'EventSource' });
  asks('3', 'data:image/png;base64,AA==');
  assert.deepEqual([requests.quietSince(), requests.busyWith()], [null, ['http://h/a']]);
  now = 10;
  hear('Network.loadingFinished', { requestId: '1' });
  hear('Network.loadingFinished', { requestId: 'never heard of' });
  assert.equal(requests.quietSince(), 10);
  asks('4', 'http://h/endless');
  now = 20;
  hear('Page.frameNavigated', { frame: { id: 'main', loaderId: 'two' } });
  assert.equal(requests.quietSince(), 20);
});
