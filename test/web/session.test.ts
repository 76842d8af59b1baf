import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { failure } from '../../src/model/errors.ts';
import { readiness } from '../../src/web/health.ts';
import { networkOf } from '../../src/web/login-limit.ts';
import { webWords } from '../../src/web/words.ts';
import { openTestConsole } from './fixture.ts';

const post = (body: unknown, headers: Record<string, string> = {}) => ({ method: 'POST', token: null, body, headers });

it('an address counts as its household does', () => {
  assert.deepEqual(
    ['127.0.0.1', '::1', '::ffff:10.1.2.3', '2001:db8:1:2:3:4:5:6', '2001:DB8::1', 'fe80::1%eth0', '?'].map(networkOf),
    ['127.0.0.1', '::1', '10.1.2.3', '2001:db8:1:2::/64', '2001:db8:0:0::/64', 'fe80:0:0:0::/64', '?'],
  );
});

it('behind a proxy on this machine wrong tokens make their own sender wait, and nobody else', async (t) => {
  const desk = await openTestConsole(t, { url: 'https://cron.example.com' });
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const wrong = (address: string) => desk.ask('/api/session', post({ token: 'lct_x' }, from(address)));
  for (let i = 0; i < 10; i++) await wrong(`203.0.113.7, 198.51.100.${i}, 203.0.113.9`);
  assert.equal((await wrong('1.1.1.1, 203.0.113.9')).json.code, 'too-many-logins');
  assert.equal((await wrong('203.0.113.10')).json.code, 'wrong-token');
  assert.equal((await desk.ask('/api/jobs', { headers: from('203.0.113.11') })).status, 200);
  // without a proxy that is known of, what a stranger writes into a header counts for nothing
  const bare = await openTestConsole(t);
  for (let i = 0; i < 10; i++) await bare.ask('/api/session', post({ token: 'lct_x' }, from(`203.0.113.${i}`)));
  assert.equal((await bare.ask('/api/jobs', { headers: from('203.0.113.99') })).json.code, 'too-many-logins');
});

it('a wrong token stands in the log with its address, and its answer says how to log in', async (t) => {
  const desk = await openTestConsole(t);
  const answer = await desk.ask('/api/jobs', { token: 'lct_wrong-wrong-wrong-wrong' });
  assert.deepEqual([answer.status, answer.headers['www-authenticate']], [401, 'Bearer']);
  desk.app().log.flush();
  const log = readFileSync(join(desk.project.folder, '.larkcron', 'logs', 'push.log'), 'utf8');
  assert.match(log, /错误的令牌.*address=127\.0\.0\.1/);
  assert.doesNotMatch(log, /wrong-wrong/);
});

it('who logs in again leaves no session behind, and one that was slipped in is not taken up', async (t) => {
  const desk = await openTestConsole(t);
  const logIn = async (headers: Record<string, string> = {}) => {
    const answer = await desk.ask('/api/session', post({ token: desk.tokens.operator }, headers));
    return String(answer.headers['set-cookie']).split(';')[0] ?? '';
  };
  const first = await logIn();
  const second = await logIn({ cookie: first });
  assert.notEqual(first, second);
  const status = async (cookie: string) => (await desk.ask('/api/jobs', { token: null, headers: { cookie } })).status;
  assert.deepEqual([await status(first), await status(second)], [401, 200]);
  const given = `${first.split('=')[0]}=${'A'.repeat(43)}`;
  const third = await logIn({ cookie: given });
  assert.notEqual(third, given);
  assert.equal(await status(given), 401);
});

it('behind HTTPS the cookie is bound to this very host', async (t) => {
  const desk = await openTestConsole(t, { url: 'https://cron.example.com' });
  const answer = await desk.ask('/api/session', post({ token: desk.tokens.admin }));
  const set = String(answer.headers['set-cookie']);
  assert.match(set, /^__Host-larkcron_\d+=[\w-]{43};/);
  assert.match(set, /Path=\//);
  assert.doesNotMatch(set, /Domain/);
  const [cookie = ''] = set.split(';');
  assert.equal((await desk.ask('/api/jobs', { token: null, headers: { cookie } })).status, 200);
  const bare = cookie.replace('__Host-', '');
  assert.equal((await desk.ask('/api/jobs', { token: null, headers: { cookie: bare } })).status, 401);
});

it('a name of a token is one line and not that of somebody at the machine', async (t) => {
  const desk = await openTestConsole(t);
  for (const name of ['cli:root', 'CLI:root', 'a\u001b[2Jb', 'a\nb', 'a\u202eb', ' ']) {
    const answer = await desk.ask('/api/tokens', { method: 'POST', body: { name, role: 'viewer' } });
    assert.deepEqual([answer.status, answer.json.code], [400, 'bad-request'], JSON.stringify(name));
  }
  const made = await desk.ask('/api/tokens', { method: 'POST', body: { name: ' 看板 ', role: 'viewer' } });
  assert.equal(made.json.name, '看板');
});

it('the audit is paged by its own cursors alone', async (t) => {
  const desk = await openTestConsole(t);
  for (const cursor of ['', 'x', '-5', '0', '1.5', '0x10', '1e3', '99999999999999999999'])
    assert.equal((await desk.ask(`/api/audit?cursor=${cursor}`)).json.code, 'bad-cursor', cursor);
});

it('whether it is ready says a code, and nothing of what a driver says of hosts, files and users', async () => {
  const health = { lastRound: () => 0, monotonic: () => 0 };
  const said = async (error: unknown) =>
    JSON.stringify((await readiness({ ...health, ready: () => Promise.reject(error) })).body);
  assert.equal(
    await said(new Error('password authentication failed for user "sales" at db.internal')),
    '{"ok":false,"why":"fault"}',
  );
  assert.equal(await said(failure(webWords, 'not-at-work', undefined)), '{"ok":false,"why":"not-at-work"}');
});
