import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { ledgerWords } from '../../src/ledger/words.ts';
import { failure } from '../../src/model/errors.ts';
import { hashOf } from '../../src/web/secrets.ts';
import { startOidcProvider } from '../support/oidc-provider.ts';
import { ask, openTestConsole } from './fixture.ts';

const SECRET = 'oidc-secret-9876';
const settingsWith = (login: string): string => `lang: en
apps:
  default: { id: cli_test, secret: top-secret-1234, endpoint: "\${FEISHU_ENDPOINT}" }
console:
  login:
    ${login}
`;
const FEISHU = settingsWith('feishu: { roles: { admin: [ou_zhang], viewer: [ou_li] } }');

type Desk = Awaited<ReturnType<typeof openTestConsole>>;

/** A browser, as far as it matters: it keeps cookies of the console and follows no redirect by itself. */
const browserAt = (desk: Desk) => {
  const jar = new Map<string, string>();
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await desk.ask(path, { token: null, headers: { ...(cookie === '' ? {} : { cookie }), ...headers } });
    for (const set of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair = ''] = set.split(';');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (/Max-Age=0/i.test(set)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  return { jar, get };
};

/** Goes to the provider as the browser is told to, and gives the address it sends the person back to. */
const agreed = async (location: unknown, more: Record<string, string> = {}): Promise<string> => {
  const url = new URL(String(location));
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  const answer = await ask(url.origin, url.pathname + url.search);
  assert.equal(answer.status, 302, answer.text);
  const back = new URL(String(answer.headers['location']));
  return back.pathname + back.search;
};

const oidcDesk = async (t: TestContext, roles: string) => {
  const provider = await startOidcProvider(SECRET);
  t.after(() => provider.close());
  const login = `oidc: { issuer: "${provider.issuer}", clientId: lark, clientSecret: ${SECRET}, name: ACME, roles: ${roles} }`;
  return { provider, desk: await openTestConsole(t, { settings: settingsWith(login) }) };
};

it('a person logs in with Feishu, has the role of the settings and stands in the audit', async (t) => {
  const desk = await openTestConsole(t, { settings: FEISHU });
  const { jar, get } = browserAt(desk);
  assert.deepEqual((await get('/api/login')).json, { ways: [{ way: 'feishu', name: null, path: '/login/feishu' }] });
  const begun = await get('/login/feishu?back=/jobs/hello');
  assert.equal(begun.status, 302);
  assert.match(String(begun.headers['set-cookie']), /HttpOnly; SameSite=Lax/);
  const come = await get(await agreed(begun.headers['location'], { as: 'ou_zhang' }), {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
  });
  assert.equal(come.status, 200, come.text);
  assert.match(come.text, /content="0;url=\/jobs\/hello"/);
  assert.match(String(come.headers['set-cookie']), /SameSite=Strict/);
  assert.equal(jar.size, 1, 'the slip is gone');
  const { json } = await get('/api/session');
  assert.deepEqual([json.name, json.role], ['feishu:张三 (ou_zhang)', 'admin']);
  const hours = (Date.parse(json.expiresAt) - Date.now()) / 3_600_000;
  assert.ok(hours > 11 && hours <= 12);
  const audit = (await get('/api/audit')).json.items;
  assert.deepEqual([audit[0].what, audit[0].who, audit[0].outcome], ['session.begin', 'feishu:张三 (ou_zhang)', 'ok']);
  const tokens = (await get('/api/tokens')).json.tokens;
  const mine = tokens.find(({ person }: { person: boolean }) => person);
  assert.equal(mine.name, 'feishu:张三 (ou_zhang)');

  // once more: the same person, the same row; and with it their sessions end
  const again = browserAt(desk);
  await again.get(await agreed((await again.get('/login/feishu')).headers['location'], { as: 'ou_zhang' }));
  assert.equal((await again.get('/api/session')).status, 200);
  assert.equal((await get('/api/tokens')).json.tokens.length, tokens.length);
  await desk.ask(`/api/tokens/${mine.id}`, { method: 'DELETE' });
  assert.equal((await again.get('/api/session')).status, 401);
  assert.equal((await get('/api/session')).status, 401);
});

it('nobody is anybody by what stands in the ledger in the place of their token', async (t) => {
  const desk = await openTestConsole(t, { settings: FEISHU });
  const { access } = desk.app().ledger();
  await access.person({ key: 'feishu:ou_zhang', name: 'feishu:张三', role: 'admin' });
  for (const token of ['person:feishu:ou_zhang', 'feishu:ou_zhang', 'ou_zhang'])
    assert.equal((await desk.ask('/api/session', { token })).status, 401, token);
  assert.equal(await access.tokenBy(hashOf('person:feishu:ou_zhang')), null);
});

it('whoever has no role is told whom to ask for what, and stands in the audit', async (t) => {
  const desk = await openTestConsole(t, { settings: FEISHU });
  const { get } = browserAt(desk);
  const come = await get(await agreed((await get('/login/feishu')).headers['location'], { as: 'ou_wang' }));
  assert.equal(come.status, 403);
  assert.match(come.text, /console\.login\.feishu\.roles 里加上 ou_wang/);
  assert.match(come.text, /add ou_wang to console\.login\.feishu\.roles/);
  assert.equal((await get('/api/session')).status, 401);
  const [last] = (await desk.ask('/api/audit')).json.items;
  assert.deepEqual([last.who, last.role, last.outcome], ['feishu:ou_wang', null, 'login-no-role']);
});

it('a login is for the browser that began it, once, and for ten minutes', async (t) => {
  let late = 0;
  const clock = { ...systemClock, now: () => systemClock.now() + late };
  const desk = await openTestConsole(t, { settings: FEISHU, clock });
  const begin = async () => {
    const browser = browserAt(desk);
    return {
      ...browser,
      back: await agreed((await browser.get('/login/feishu')).headers['location'], { as: 'ou_li' }),
    };
  };
  const refusedFor = async (get: ReturnType<typeof browserAt>['get'], path: string, status: number, said: RegExp) => {
    const answer = await get(path);
    assert.equal(answer.status, status, answer.text);
    assert.match(answer.text, said);
  };
  const [one, other] = [await begin(), await begin()];
  // somebody sends their own way back to another browser: nobody is logged in as them there
  await refusedFor(other.get, one.back, 400, /did not begin in this browser/);
  await refusedFor(browserAt(desk).get, one.back, 400, /did not begin in this browser/);
  const third = await begin();
  third.jar.set([...third.jar.keys()][0] ?? '', 'e30.AAAA');
  await refusedFor(third.get, third.back, 400, /did not begin in this browser/);
  assert.equal((await one.get(one.back)).status, 200);
  await refusedFor(one.get, one.back, 400, /did not begin in this browser/);
  const slow = await begin();
  late = 11 * 60_000;
  await refusedFor(slow.get, slow.back, 400, /did not begin in this browser/);
  const denied = browserAt(desk);
  const no = await agreed((await denied.get('/login/feishu')).headers['location'], { as: '' });
  await refusedFor(denied.get, no, 403, /access_denied/);
  const wrongCode = await begin();
  await refusedFor(wrongCode.get, wrongCode.back.replace(/code=\w+/, 'code=0'), 403, /20003/);
});

it('who tries again and again waits, as with wrong tokens', async (t) => {
  const desk = await openTestConsole(t, { settings: FEISHU });
  const { get } = browserAt(desk);
  for (let n = 0; n < 10; n++) assert.equal((await get('/login/feishu/callback?code=x&state=y')).status, 400);
  assert.equal((await get('/login/feishu/callback?code=x&state=y')).status, 429);
});

it('no login leads to another site', async (t) => {
  const desk = await openTestConsole(t, { settings: FEISHU });
  for (const back of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/..//evil.example',
    '/jobs/../..//evil.example',
    'javascript:alert(1)',
    '/login/feishu',
    '/api/x',
    '"><b>',
    // made one by leaving out what means nothing
    '/.//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    `/${'页'.repeat(400)}`,
  ]) {
    const { get } = browserAt(desk);
    const begun = await get(`/login/feishu?back=${encodeURIComponent(back)}`);
    const come = await get(await agreed(begun.headers['location'], { as: 'ou_li' }));
    assert.match(come.text, /content="0;url=\/"/, back);
  }
});

it('what is not set up is not there', async (t) => {
  const desk = await openTestConsole(t);
  assert.deepEqual((await desk.ask('/api/login', { token: null })).json, { ways: [] });
  for (const path of ['/login/feishu', '/login/oidc', '/login/feishu/callback'])
    assert.equal((await desk.ask(path, { token: null })).status, 404, path);
});

it('OpenID Connect: a verified address, a group or the subject gives the role, by the provider’s own discovery', async (t) => {
  const { provider, desk } = await oidcDesk(
    t,
    '{ admin: [Alice@Example.com], operator: ["group:ops"], viewer: ["*"] }',
  );
  const roleFor = async (claims: Record<string, unknown>) => {
    provider.knows(claims);
    const { get } = browserAt(desk);
    const come = await get(await agreed((await get('/login/oidc')).headers['location']));
    assert.equal(come.status, 200, come.text);
    const { json } = await get('/api/session');
    return [json.name, json.role];
  };
  const alice = { sub: 'u-1', email: 'alice@example.com', name: '爱丽丝' };
  assert.deepEqual(await roleFor({ ...alice, email_verified: true }), ['oidc:爱丽丝 (alice@example.com)', 'admin']);
  assert.deepEqual(await roleFor({ ...alice, email_verified: false }), ['oidc:爱丽丝 (u-1)', 'viewer']);
  assert.deepEqual(await roleFor(alice), ['oidc:爱丽丝 (u-1)', 'viewer']);
  assert.deepEqual(await roleFor({ sub: 'u-2', groups: ['ops'] }), ['oidc:u-2', 'operator']);
  assert.equal(provider.asked.filter((path) => path.includes('well-known')).length, 1);
  assert.deepEqual((await desk.ask('/api/login')).json.ways, [{ way: 'oidc', name: 'ACME', path: '/login/oidc' }]);
});

it('OpenID Connect: nobody looks like another, whatever they call themselves', async (t) => {
  const { provider, desk } = await oidcDesk(t, '{ viewer: ["*"] }');
  const nameOf = async (claims: Record<string, unknown>) => {
    provider.knows(claims);
    const { get } = browserAt(desk);
    await get(await agreed((await get('/login/oidc')).headers['location']));
    return (await get('/api/session')).json.name;
  };
  const called = `Alice (alice@example.com)${' '.repeat(100)}`;
  assert.equal(await nameOf({ sub: 'u-9', name: called }), 'oidc:Alice (alice@example.com) (u-9)');
  assert.equal(await nameOf({ sub: 'u-9', name: '爱'.repeat(500) }), `oidc:${'爱'.repeat(39)}… (u-9)`);
  assert.equal(await nameOf({ sub: 'u-9', name: 'a\u001b[2J\u0000\u202eb\n\u200b' }), 'oidc:a [2J b (u-9)');
  assert.equal(await nameOf({ sub: 'u-9', name: '\u200b' }), 'oidc:u-9');
  assert.equal(await nameOf({ sub: `s${'9'.repeat(300)}`, name: 'Bob' }), `oidc:Bob (s${'9'.repeat(253)}…)`);
});

it('OpenID Connect: a subject gives nothing that is an address’s or a group’s, nor another’s by its letters’ case', async (t) => {
  const { provider, desk } = await oidcDesk(
    t,
    '{ admin: [alice@example.com, "group:ops", AbC, "group:Boss", "sub:x@example.com"] }',
  );
  const statusOf = async (claims: Record<string, unknown>) => {
    provider.knows(claims);
    const { get } = browserAt(desk);
    return get(await agreed((await get('/login/oidc')).headers['location']));
  };
  for (const claims of [
    { sub: 'alice@example.com' },
    { sub: 'group:ops' },
    { sub: 'sub:x@example.com' },
    { sub: 'abc' },
    { sub: 'u-1', groups: ['boss'] },
    { sub: 'u-1', groups: 'ops' },
    { sub: 'u-1', email: 'alice@example.com', email_verified: 'false' },
    // the sign of Kelvin is no k
    { sub: 'u-1', email: 'alice@example.com'.replace('ali', '\u212ali'), email_verified: true },
  ])
    assert.equal((await statusOf(claims)).status, 403, JSON.stringify(claims));
  // what they are told to ask for is what would let them in
  assert.match((await statusOf({ sub: 'bob@example.com' })).text, /add sub:bob@example.com to/);
  for (const claims of [{ sub: 'AbC' }, { sub: 'x@example.com' }, { sub: 'u-1', groups: ['Boss'] }])
    assert.equal((await statusOf(claims)).status, 200, JSON.stringify(claims));
});

it('OpenID Connect: a provider that takes the secret in the header only, as its discovery says', async (t) => {
  const { provider, desk } = await oidcDesk(t, '{ viewer: ["*"] }');
  provider.says({ token_endpoint_auth_methods_supported: ['client_secret_basic'] });
  const { get } = browserAt(desk);
  const come = await get(await agreed((await get('/login/oidc')).headers['location']));
  assert.equal(come.status, 200, come.text);
});

it('settings that change while a login is under way are said to be read anew', async (t) => {
  const { provider, desk } = await oidcDesk(t, '{ viewer: ["*"] }');
  const { get } = browserAt(desk);
  const back = await agreed((await get('/login/oidc')).headers['location']);
  provider.beforeToken(async () => {
    const before = desk.app();
    desk.setApp(null);
    await before.close();
  });
  const come = await get(back);
  assert.equal(come.status, 503, come.text);
  assert.match(come.text, /reading its settings again/);
  assert.deepEqual(desk.bugs, []);
  desk.setApp(desk.open());
});

it('behind HTTPS its cookies are this host’s alone, and people come back to the public address whatever they call us', async (t) => {
  const desk = await openTestConsole(t, { settings: FEISHU, url: 'https://cron.example.com' });
  const { get, jar } = browserAt(desk);
  for (const host of ['cron.example.com', `127.0.0.1:${desk.port}`]) {
    const begun = await get('/login/feishu', { host, 'x-forwarded-host': 'evil.example' });
    const to = new URL(String(begun.headers['location']));
    assert.equal(to.searchParams.get('redirect_uri'), 'https://cron.example.com/login/feishu/callback');
    assert.match(
      String(begun.headers['set-cookie']),
      /^__Host-larkcron_\d+_login=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  }
  for (const host of ['evil.example', `127.0.0.1:${desk.port}@evil.example`, 'cron.example.com.evil.example'])
    assert.match(String((await get('/login/feishu', { host })).status), /^40[03]$/, host);
  const begun = await get('/login/feishu', { host: 'cron.example.com' });
  const come = await get(await agreed(begun.headers['location'], { as: 'ou_li' }), { host: 'cron.example.com' });
  assert.match(
    String(come.headers['set-cookie']),
    /__Host-larkcron_\d+=[^;]+; Max-Age=43200; Path=\/; HttpOnly; Secure/,
  );
  assert.equal(jar.size, 1, 'the slip is gone');
});

it('another issuer’s people are others, though it counts them alike', async (t) => {
  const { provider, desk } = await oidcDesk(t, '{ viewer: ["*"] }');
  const inAs = async (name: string) => {
    const browser = browserAt(desk);
    await browser.get(await agreed((await browser.get('/login/oidc')).headers['location']));
    assert.equal((await browser.get('/api/session')).json.name, `oidc:${name} (1)`);
    return browser;
  };
  provider.knows({ sub: '1', name: 'Ann' });
  const ann = await inAs('Ann');
  const other = await startOidcProvider(SECRET);
  t.after(() => other.close());
  other.knows({ sub: '1', name: 'Bob' });
  const login = `oidc: { issuer: "${other.issuer}", clientId: lark, clientSecret: ${SECRET}, roles: { admin: ["1"] } }`;
  desk.project.write('larkcron.yaml', settingsWith(login));
  await desk.app().close();
  desk.setApp(desk.open());
  await inAs('Bob');
  const { json } = await ann.get('/api/session');
  assert.deepEqual([json.name, json.role], ['oidc:Ann (1)', 'viewer']);
});

it('a ledger that is locked is nobody’s failed login', async (t) => {
  const desk = await openTestConsole(t, { settings: FEISHU });
  const locked = () => Promise.reject(failure(ledgerWords, 'ledger-locked', { file: 'x' } as never, { status: 1 }));
  const { mock } = t.mock.method(desk.app().ledger().access, 'person', locked);
  const enter = async () => {
    const { get } = browserAt(desk);
    return (await get(await agreed((await get('/login/feishu')).headers['location'], { as: 'ou_li' }))).status;
  };
  for (let n = 0; n < 11; n++) assert.equal(await enter(), 503);
  mock.restore();
  assert.equal(await enter(), 200);
});

it('a page elsewhere cannot make the address of its visitor wait', async (t) => {
  const desk = await openTestConsole(t, { settings: FEISHU });
  const framed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' };
  for (let n = 0; n < 11; n++)
    assert.equal((await browserAt(desk).get('/login/feishu/callback?code=x&state=y', framed)).status, 403);
  assert.equal((await desk.ask('/api/session')).status, 200);
});

it('OpenID Connect: a token that is wrong in any way lets nobody in, and says nothing secret', async (t) => {
  const { provider, desk } = await oidcDesk(t, '{ viewer: ["*"] }');
  for (const spoilt of [
    { nonce: 'other' },
    { aud: 'other' },
    { exp: 1 },
    { iss: 'https://other.example' },
    { sub: undefined },
  ]) {
    provider.spoils(spoilt);
    const { get } = browserAt(desk);
    const come = await get(await agreed((await get('/login/oidc')).headers['location']));
    assert.equal(come.status, 403, `${JSON.stringify(spoilt)} ${come.text}`);
    assert.equal((await get('/api/session')).status, 401);
    assert.doesNotMatch(come.text, new RegExp(SECRET));
  }
});

it('a provider that is away is said to be away, and tokens work', async (t) => {
  const { provider, desk } = await oidcDesk(t, '{ viewer: ["*"] }');
  provider.close();
  const { get } = browserAt(desk);
  const answer = await get('/login/oidc');
  assert.equal(answer.status, 502, answer.text);
  assert.match(answer.text, /cannot be reached/);
  assert.equal((await desk.ask('/api/jobs')).status, 200);
});
