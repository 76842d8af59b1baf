import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { it } from 'node:test';
import { createLoginLimit } from '../../src/web/login-limit.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ask, openTestConsole } from './fixture.ts';

type Desk = Awaited<ReturnType<typeof openTestConsole>>;

/** Logs in as a browser does: the cookie, and what its page sends with whatever changes something. */
const logIn = async (desk: Desk, token: string) => {
  const answer = await desk.ask('/api/session', { method: 'POST', token: null, body: { token } });
  assert.equal(answer.status, 200, answer.text);
  const set = String(answer.headers['set-cookie'] ?? '');
  return { set, cookie: set.split(';')[0] ?? '', csrf: String(answer.json.csrf), json: answer.json };
};

it('without a token there is nothing but the health pages, the login and the pages themselves', async (t) => {
  const desk = await openTestConsole(t);
  const open = ['/healthz', '/readyz', '/api/login', '/', '/drawing/card.css', '/drawing/charts.js'];
  for (const path of open) assert.equal((await desk.ask(path, { token: null })).status, 200, path);
  const description = JSON.parse((await desk.ask('/api/openapi.json')).text) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const closed = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => [method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'x')] as const),
  );
  assert.ok(closed.length > 25);
  for (const [method, path] of [...closed, ['GET', '/metrics'], ['GET', '/api/openapi.json']] as const) {
    // how to come in cannot ask for being in
    if (path === '/api/login' || (path === '/api/session' && method === 'POST')) continue;
    const body = method === 'POST' ? {} : undefined;
    const answer = await desk.ask(path, { method, token: null, ...(body === undefined ? {} : { body }) });
    assert.deepEqual([answer.status, answer.json.code], [401, 'not-logged-in'], `${method} ${path}`);
    assert.equal(answer.headers['www-authenticate'], 'Bearer');
  }
  assert.equal((await desk.ask('/api/jobs', { token: 'lct_wrong' })).json.code, 'wrong-token');
});

it('roles: a viewer looks, an operator acts, an admin sees who did what', async (t) => {
  const desk = await openTestConsole(t);
  const { viewer, operator, admin } = desk.tokens;
  const as = async (token: string, method: string, path: string, body?: unknown): Promise<number> =>
    (await desk.ask(path, { method, token, ...(body === undefined ? {} : { body }) })).status;
  assert.equal(await as(viewer, 'GET', '/api/jobs'), 200);
  // a number would be turned into a person
  assert.equal(await as(viewer, 'GET', '/api/recipients/search?query=13800138000'), 403);
  assert.equal(await as(operator, 'GET', '/api/recipients/search?query='), 200);
  for (const [path, body] of [
    ['/api/jobs/hello/runs', {}],
    ['/api/jobs/hello/pause', {}],
    ['/api/jobs/hello/resume', undefined],
    ['/api/workshop', { text: 'card: { body: [] }' }],
    ['/api/doctor', undefined],
  ] as const)
    assert.equal(await as(viewer, 'POST', path, body), 403, path);
  assert.equal(await as(operator, 'POST', '/api/jobs/hello/pause', {}), 200);
  for (const path of ['/api/audit', '/api/tokens']) {
    assert.equal(await as(viewer, 'GET', path), 403, path);
    assert.equal(await as(operator, 'GET', path), 403, path);
    assert.equal(await as(admin, 'GET', path), 200, path);
  }
  assert.equal(await as(operator, 'POST', '/api/tokens', { name: 'x', role: 'admin' }), 403);
  assert.equal(desk.sandbox.messages().length, 0);
});

it('a session stands in a cookie that no script reads; without the word of our page it changes nothing', async (t) => {
  const desk = await openTestConsole(t);
  const { set, cookie, csrf } = await logIn(desk, desk.tokens.admin);
  assert.match(set, /^larkcron_\d+=[\w-]{43}; .*HttpOnly/);
  assert.match(set, /SameSite=Strict/);
  assert.doesNotMatch(set, /Secure|Domain/);
  const asSession = (path: string, method = 'GET', headers: Record<string, string> = {}, body?: unknown) =>
    desk.ask(path, { method, token: null, headers: { cookie, ...headers }, ...(body === undefined ? {} : { body }) });
  assert.equal((await asSession('/api/jobs')).status, 200);
  assert.equal((await asSession('/api/session')).json.csrf, csrf);
  for (const headers of [{}, { 'x-csrf-token': 'x' }, { 'x-csrf-token': csrf.slice(1) }] as Record<string, string>[]) {
    const refused = await asSession('/api/jobs/hello/pause', 'POST', headers, {});
    assert.deepEqual([refused.status, refused.json.code], [403, 'csrf-missing']);
  }
  const other = await logIn(desk, desk.tokens.operator);
  assert.equal((await asSession('/api/jobs/hello/pause', 'POST', { 'x-csrf-token': other.csrf }, {})).status, 403);
  assert.equal((await asSession('/api/jobs/hello/pause', 'POST', { 'x-csrf-token': csrf }, {})).status, 200);
  // a form can be sent by any site, JSON cannot
  const form = await desk.ask('/api/jobs/hello/pause', {
    method: 'POST',
    token: null,
    raw: 'reason=x',
    headers: { cookie, 'x-csrf-token': csrf, 'content-type': 'application/x-www-form-urlencoded' },
  });
  assert.deepEqual([form.status, form.json.code], [400, 'not-json-body']);
  assert.equal((await asSession('/api/session', 'DELETE', { 'x-csrf-token': csrf })).status, 200);
  assert.equal((await asSession('/api/jobs')).status, 401);
  assert.equal((await desk.ask('/api/jobs', { token: null, headers: { cookie: other.cookie } })).status, 200);
});

it('behind an HTTPS proxy the cookie is for HTTPS only', async (t) => {
  const desk = await openTestConsole(t, { url: 'https://cron.example.com' });
  const { set } = await logIn(desk, desk.tokens.admin);
  assert.match(set, /; Secure/);
  const headers = { host: 'cron.example.com', origin: 'https://cron.example.com' };
  assert.equal((await desk.ask('/api/jobs', { headers })).status, 200);
});

it('revoking a token ends its sessions at once', async (t) => {
  const desk = await openTestConsole(t);
  const { cookie } = await logIn(desk, desk.tokens.operator);
  const asSession = () => desk.ask('/api/jobs', { token: null, headers: { cookie } });
  assert.equal((await asSession()).status, 200);
  const listed = (await desk.ask('/api/tokens')).json.tokens as { id: string; name: string }[];
  const operator = listed.find(({ name }) => name === 'operator');
  assert.equal((await desk.ask(`/api/tokens/${operator?.id}`, { method: 'DELETE' })).status, 200);
  assert.equal((await asSession()).status, 401);
  assert.equal((await desk.ask('/api/jobs', { token: desk.tokens.operator })).json.code, 'wrong-token');
});

it('another name for this address is refused (DNS rebinding), on every page', async (t) => {
  const desk = await openTestConsole(t);
  for (const path of ['/', '/healthz', '/metrics', '/api/jobs', '/api/openapi.json', '/api/session'])
    for (const host of [
      'evil.example.com',
      'evil.example.com:8420',
      '127.0.0.1.evil.example.com',
      'localhost.evil.com',
    ]) {
      const answer = await desk.ask(path, { headers: { host } });
      assert.ok(answer.status === 403 || answer.status === 400, `${host} ${path}: ${answer.status}`);
      assert.doesNotMatch(answer.text, /store-dashboard/);
    }
  for (const host of ['localhost:1234', '127.0.0.1', '[::1]:8420'])
    assert.equal((await desk.ask('/api/jobs', { headers: { host } })).status, 200, host);
  // where it listens for others, an address for a name cannot be somebody's rebinding; a name still can
  const wide = await openTestConsole(t, { host: '0.0.0.0' });
  assert.equal((await wide.ask('/api/jobs', { headers: { host: '10.1.2.3:8420' } })).status, 200);
  assert.equal((await wide.ask('/api/jobs', { headers: { host: 'evil.example.com' } })).status, 403);
});

it('pages of other origins are refused, whatever they hold', async (t) => {
  const desk = await openTestConsole(t);
  const { cookie, csrf } = await logIn(desk, desk.tokens.admin);
  const session = { cookie, 'x-csrf-token': csrf };
  for (const origin of [
    'https://evil.example.com',
    'null',
    'http://127.0.0.1:1',
    `https://127.0.0.1.evil.com`,
    'file://',
  ]) {
    for (const [method, path, body] of [
      ['GET', '/api/jobs', undefined],
      ['POST', '/api/jobs/hello/pause', {}],
      ['POST', '/api/session', { token: desk.tokens.admin }],
    ] as const) {
      const headers = { ...session, origin };
      const answer = await desk.ask(path, { method, token: null, headers, ...(body === undefined ? {} : { body }) });
      assert.deepEqual([answer.status, answer.json.code], [403, 'foreign-origin'], `${origin} ${method} ${path}`);
      assert.equal(answer.headers['access-control-allow-origin'], undefined);
    }
  }
  const preflight = await desk.ask('/api/jobs', {
    method: 'OPTIONS',
    token: null,
    headers: { origin: 'https://evil.example.com', 'access-control-request-method': 'POST' },
  });
  assert.equal(preflight.status, 403);
  for (const site of ['cross-site', 'same-site'])
    assert.equal((await desk.ask('/api/jobs', { headers: { ...session, 'sec-fetch-site': site } })).status, 403);
  // a link in a chat leads to the page
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  assert.equal((await desk.ask('/', { token: null, headers: link })).status, 200);
  assert.equal((await desk.ask('/api/jobs', { headers: link })).status, 403);
  const own = { ...session, origin: desk.url, 'sec-fetch-site': 'same-origin' };
  assert.equal((await desk.ask('/api/jobs', { token: null, headers: own })).status, 200);
});

it('no page may run, frame or fetch what is not ours', async (t) => {
  const desk = await openTestConsole(t);
  for (const path of ['/', '/api/jobs', '/nothing', '/healthz']) {
    const { headers } = await desk.ask(path, { token: null });
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /default-src 'none'/, path);
    assert.match(policy, /script-src 'self'(;|$)/, path);
    assert.match(policy, /frame-ancestors 'none'/, path);
    assert.equal(headers['x-content-type-options'], 'nosniff', path);
    assert.equal(headers['referrer-policy'], 'no-referrer', path);
  }
});

it('wrong tokens are soon not looked at any more, and a session goes on', async (t) => {
  const desk = await openTestConsole(t);
  const { cookie } = await logIn(desk, desk.tokens.admin);
  const codes: string[] = [];
  for (let i = 0; i < 15; i++)
    codes.push(
      (await desk.ask('/api/session', { method: 'POST', token: null, body: { token: `lct_${i}` } })).json.code,
    );
  assert.deepEqual(codes.slice(0, 10), Array(10).fill('wrong-token'));
  assert.deepEqual(codes.slice(10), Array(5).fill('too-many-logins'));
  // the right one is not told from the wrong ones now, neither here nor as a bearer
  const right = await desk.ask('/api/session', { method: 'POST', token: null, body: { token: desk.tokens.admin } });
  assert.deepEqual([right.status, right.json.code, right.headers['retry-after']], [429, 'too-many-logins', '60']);
  assert.equal((await desk.ask('/api/jobs')).status, 429);
  assert.equal((await desk.ask('/api/jobs', { token: null, headers: { cookie } })).status, 200);
});

it('after a minute an address may try again; others never had to wait', () => {
  let now = 0;
  const limit = createLoginLimit(() => now);
  for (let i = 0; i < 10; i++) limit.failed('a');
  assert.deepEqual([limit.wait('a'), limit.wait('b')], [60, 0]);
  now = 59_001;
  assert.equal(limit.wait('a'), 1);
  now = 60_000;
  assert.equal(limit.wait('a'), 0);
  limit.failed('a');
  assert.equal(limit.wait('a'), 0);
});

it('no path leads out of the folder of the pages', async (t) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'ui', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'do not show');
  writeFileSync(join(folder, 'ui', '.env'), 'do not show');
  writeFileSync(join(folder, 'ui', 'index.html'), '<!doctype html><title>console</title>');
  writeFileSync(join(folder, 'ui', 'assets', 'index-B3xY8a2Q.js'), 'console.log(1)');
  writeFileSync(join(folder, 'ui', 'favicon.svg'), '<svg/>');
  const desk = await openTestConsole(t, { pages: join(folder, 'ui') });
  const hashed = await desk.ask('/assets/index-B3xY8a2Q.js', { token: null });
  assert.deepEqual([hashed.status, hashed.headers['cache-control']], [200, 'public, max-age=31536000, immutable']);
  assert.match(String(hashed.headers['content-type']), /javascript/);
  for (const path of ['/', '/jobs/store-dashboard', '/runs?state=failed']) {
    const page = await desk.ask(path, { token: null });
    assert.deepEqual([page.status, page.headers['cache-control']], [200, 'no-cache'], path);
    assert.match(page.text, /<title>console/);
  }
  assert.equal((await desk.ask('/favicon.svg', { token: null })).headers['cache-control'], 'no-cache');
  assert.equal((await desk.ask('/assets/gone-B3xY8a2Q.js', { token: null })).status, 404);
  for (const path of [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/%252e%252e/secret.txt',
    '//secret.txt',
    '/.env',
    '/assets/%00',
  ]) {
    const answer = await desk.ask(path, { token: null });
    assert.doesNotMatch(answer.text, /do not show/, path);
    assert.notEqual(answer.status, 500, path);
  }
  assert.deepEqual(desk.bugs, []);
});

it('a body may be so large and no larger, whatever it says of itself', async (t) => {
  const desk = await openTestConsole(t);
  const large = JSON.stringify({ text: 'x'.repeat(1_100_000) });
  const declared = await desk.ask('/api/workshop', {
    method: 'POST',
    raw: large,
    headers: { 'content-length': String(large.length) },
  });
  assert.deepEqual([declared.status, declared.json.code], [413, 'body-too-large']);
  const chunked = await desk.ask('/api/workshop', {
    method: 'POST',
    raw: large,
    headers: { 'transfer-encoding': 'chunked' },
  });
  assert.deepEqual([chunked.status, chunked.json.code], [413, 'body-too-large']);
  const deep = `{"text":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  assert.equal((await desk.ask('/api/workshop', { method: 'POST', raw: deep })).status, 400);
  assert.equal((await desk.ask('/api/workshop', { method: 'POST', raw: '{"text":' })).json.code, 'not-json-body');
  assert.equal(
    (await desk.ask('/api/workshop', { method: 'POST', body: { text: 'x', color: 1 } })).json.code,
    'bad-request',
  );
  assert.equal((await desk.ask('/api/jobs', { headers: { 'x-large': 'x'.repeat(20_000) } })).status, 431);
  assert.equal((await desk.ask('/api/jobs')).status, 200);
});

it('a client that dawdles is not waited for, and holds up nobody', async (t) => {
  const desk = await openTestConsole(t);
  const dawdlers = Array.from({ length: 30 }, () => connect(desk.port, '127.0.0.1'));
  t.after(() => {
    for (const each of dawdlers) each.destroy();
  });
  for (const each of dawdlers)
    each.on('error', () => {}).write('POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-');
  const at = performance.now();
  assert.equal((await desk.ask('/api/jobs')).status, 200);
  assert.ok(performance.now() - at < 2_000);
  const [first] = dawdlers;
  const closed = await new Promise<boolean>((resolve) => {
    first?.on('data', () => {}).on('close', () => resolve(true));
    setTimeout(() => resolve(false), 20_000).unref();
  });
  assert.equal(closed, true);
});

it('a token is in no log, no list, no audit, no error and not in the ledger', async (t) => {
  const desk = await openTestConsole(t);
  const made = await desk.ask('/api/tokens', { method: 'POST', body: { name: 'new', role: 'viewer' } });
  const token: string = made.json.token;
  assert.match(token, /^lct_[\w-]{43}$/);
  assert.equal((await desk.ask('/api/jobs', { token })).status, 200);
  await desk.ask('/api/session', { method: 'POST', token: null, body: { token } });
  await desk.ask(`/api/jobs/${token}`);
  await desk.ask('/api/jobs/hello/pause', { method: 'POST', body: { reason: `from ${token}` } });
  desk.app().log.error('test', `said ${token}`);
  desk.app().log.flush();
  for (const path of ['/api/tokens', '/api/audit', '/api/session', '/api/jobs', `/api/jobs/${token}`, '/metrics']) {
    const { text } = await desk.ask(path);
    assert.equal(text.includes(token), false, path);
  }
  const folder = join(desk.project.folder, '.larkcron');
  assert.equal(readFileSync(join(folder, 'logs', 'push.log'), 'utf8').includes(token), false);
  const [secret] = [token.slice(4)];
  for (const file of ['ledger.db', 'ledger.db-wal']) {
    const bytes = readFileSync(join(folder, file));
    // a person wrote it into the reason of a pause: that is kept as they wrote it
    const found = bytes.toString('latin1').split(secret ?? '').length - 1;
    assert.ok(found <= 2, `${file}: ${found}`);
  }
});

it('a request that HTTP itself does not allow is refused, and the next one answered', async (t) => {
  const desk = await openTestConsole(t);
  const say = (text: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(desk.port, '127.0.0.1');
      let heard = '';
      socket.on('data', (chunk) => {
        heard += chunk;
      });
      socket.on('close', () => resolve(heard));
      socket.on('error', () => resolve(heard));
      socket.end(text);
    });
  for (const text of [
    'GET /api/jobs HTTP/1.1\r\n\r\n',
    'GET /healthz HTTP/1.1\r\nHost:\r\n\r\n',
    'GET /healthz HTTP/1.0\r\n\r\n',
    'GET /api/jobs HTTP/1.1\r\nHost: a\r\nHost: 127.0.0.1\r\n\r\n',
    'GET http://evil.example.com/api/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    'POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'FOO / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
  ]) {
    const heard = await say(text);
    assert.doesNotMatch(heard, /^HTTP\/1.1 (200|500)/, text);
    assert.doesNotMatch(heard, /store-dashboard/);
  }
  assert.equal((await ask(desk.url, '/healthz')).status, 200);
});
