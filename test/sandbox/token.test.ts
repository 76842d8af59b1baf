import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE, SECOND } from '../../src/model/time.ts';
import { sandboxFor } from './client.ts';

test('the same token comes back, with what is left of its life, while 30 minutes or more remain', async (t) => {
  const { askToken, clock } = await sandboxFor(t);
  const first = (await askToken()).body;
  assert.equal(first['expire'], 7_200);
  clock.pass(90 * MINUTE);
  const second = (await askToken()).body;
  assert.equal(second['tenant_access_token'], first['tenant_access_token']);
  assert.equal(second['expire'], 1_800);
});

test('below 30 minutes a new token comes and the old one serves until its own end', async (t) => {
  const { tokenOf, clock, call } = await sandboxFor(t);
  const old = await tokenOf();
  clock.pass(90 * MINUTE + SECOND);
  const young = await tokenOf();
  assert.notEqual(young, old);
  const codes = async () =>
    Promise.all([old, young].map(async (token) => (await call('GET', 'bot/v3/info', undefined, { token })).body.code));
  assert.deepEqual(await codes(), [0, 0]);
  clock.pass(30 * MINUTE);
  assert.deepEqual(await codes(), [99991663, 0]);
});

test('two apps have two tokens', async (t) => {
  const { tokenOf } = await sandboxFor(t);
  assert.notEqual(await tokenOf('cli_one'), await tokenOf('cli_two'));
});

test('credentials are refused with HTTP 200 and a code', async (t) => {
  const { askToken } = await sandboxFor(t, { app: { id: 'cli_mine', secret: 'right' } });
  const cases = [
    ['', 'right', 10003],
    ['nonsense', 'right', 10003],
    ['cli_mine', '', 10003],
    ['cli_other', 'right', 10014],
    ['cli_mine', 'wrong', 10014],
    ['cli_mine', 'right', 0],
  ] as const;
  for (const [id, secret, code] of cases) {
    const answer = await askToken(id, secret);
    assert.deepEqual([answer.http, answer.body.code], [200, code], `${id}/${secret}`);
  }
});

test('a missing, malformed or unknown token is told apart', async (t) => {
  const { http } = await sandboxFor(t);
  const cases = [
    [{}, 99991661],
    [{ Authorization: 'Basic dTpw' }, 99991661],
    [{ Authorization: 'Bearer abc' }, 99991671],
    [{ Authorization: 'Bearer t-nobody' }, 99991663],
  ] as const;
  for (const [headers, code] of cases) {
    const answer = await http('GET', '/open-apis/bot/v3/info', { headers });
    assert.deepEqual([answer.http, answer.body.code], [400, code]);
  }
});

test('every answer has a Date of the given clock and a log id, and errors repeat the log id', async (t) => {
  const { http, askToken, clock } = await sandboxFor(t);
  const good = await askToken();
  assert.equal(good.headers.get('date'), new Date(clock.now()).toUTCString());
  assert.match(good.headers.get('x-tt-logid') ?? '', /^[0-9A-F]{20,}$/);
  const bad = await http('GET', '/open-apis/bot/v3/info');
  assert.equal(bad.body.error?.['log_id'], bad.headers.get('x-tt-logid'));
});

test('a path that is not there and a method that is not', async (t) => {
  const { http } = await sandboxFor(t);
  const nowhere = await http('GET', '/open-apis/im/v9/nothing');
  assert.deepEqual([nowhere.http, nowhere.body.code], [404, 99991201]);
  assert.equal((await http('PUT', '/open-apis/im/v1/messages')).body.code, 99991301);
});
