import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listIn, sandboxFor } from './client.ts';

test('who is outside the availability or denied is told before sending, and refused at sending', async (t) => {
  const { call, send } = await sandboxFor(t);
  const ids = ['ou_lin', 'ou_outside_1', 'ou_denied_1'];
  const path = 'application/v6/applications/cli_test/visibility/check_white_black_list?user_id_type=open_id';
  const list = listIn<{ in_white_list: boolean; in_black_list: boolean }>(
    await call('POST', path, { user_ids: ids }),
    'user_visibility_list',
  );
  assert.deepEqual(
    list.map(({ in_white_list, in_black_list }) => [in_white_list, in_black_list]),
    [
      [true, false],
      [false, false],
      [false, true],
    ],
  );
  const codes = await Promise.all(ids.map(async (id) => (await send({ to: id })).body.code));
  assert.deepEqual(codes, [0, 230013, 230013]);
  assert.equal((await call('POST', path, { user_ids: Array(101).fill('ou_lin') })).body.code, 210001);
  assert.equal((await call('POST', path.replace('cli_test', 'cli_x'), { user_ids: ids })).body.code, 210508);
});

test('a call without its scope is refused with the scopes of which one is needed', async (t) => {
  const { call, send } = await sandboxFor(t, { scopes: ['im:message:readonly'] });
  const { http, body } = await send();
  assert.deepEqual([http, body.code], [400, 99991672]);
  assert.match(
    body.msg ?? '',
    /\[im:message, im:message:send_as_bot, im:message:send\].*\/app\/cli_test\/auth\?q=im:message,/,
  );
  const violations = body.error?.['permission_violations'] as { subject: string }[];
  assert.deepEqual(
    violations.map(({ subject }) => subject),
    ['im:message', 'im:message:send_as_bot', 'im:message:send'],
  );
  assert.equal((await call('GET', 'bot/v3/info')).body.code, 0);
  const scopes = listIn<{ scope_name: string }>(await call('GET', 'application/v6/scopes'), 'scopes');
  assert.deepEqual(
    scopes.map(({ scope_name }) => scope_name),
    ['im:message:readonly'],
  );
});

test('an application’s information needs a language, and names its version', async (t) => {
  const { call, send, tokenOf } = await sandboxFor(t);
  assert.equal((await call('GET', 'application/v6/applications/me')).body.code, 99992402);
  const token = await tokenOf('cli_unpublished_1');
  const { data } = (await call('GET', 'application/v6/applications/me?lang=zh_cn', undefined, { token })).body;
  const app = data?.['app'] as { online_version_id: string } | undefined;
  assert.equal(app?.online_version_id, '');
  assert.equal((await send({}, { token })).body.code, 230006);
});

test('groups that are dissolved or where only some speak', async (t) => {
  const { call, send } = await sandboxFor(t);
  const of = async (id: string) => {
    const { data } = (await call('GET', `im/v1/chats/${id}`)).body;
    const { code } = (await send({ to: id, idType: 'chat_id' })).body;
    return [data?.['chat_status'], data?.['moderation_permission'], code];
  };
  assert.deepEqual(await of('oc_dissolved_1'), ['dissolved', 'all_members', 232009]);
  assert.deepEqual(await of('oc_owners_1'), ['normal', 'only_owner', 230018]);
  assert.deepEqual(await of('oc_moderated_1'), ['normal', 'moderator_list', 0]);
});
