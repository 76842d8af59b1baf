import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, MINUTE, SECOND } from '../../src/model/time.ts';
import { CARD, listIn, NOON, PIXEL, sandboxFor } from './client.ts';

const card = (text: string) => JSON.stringify({ ...CARD, body: { elements: [{ tag: 'markdown', content: text }] } });
const OLD_CARD = { elements: [{ tag: 'hr' }] };

test('a card may be changed for 14 days, by who sent it, until it is recalled', async (t) => {
  const { send, call, clock, tokenOf, sandbox } = await sandboxFor(t);
  const id = String((await send({ type: 'interactive', content: CARD })).body.data?.['message_id']);
  const patch = async (token?: string) =>
    (await call('PATCH', `im/v1/messages/${id}`, { content: card('changed') }, token === undefined ? {} : { token }))
      .body.code;
  assert.equal(await patch(await tokenOf('cli_other')), 230012);
  clock.pass(14 * DAY);
  assert.equal(await patch(), 0);
  assert.equal(sandbox.messages()[0]?.content, card('changed'));
  assert.equal(sandbox.messages()[0]?.updatedAt, clock.now());
  clock.pass(1);
  assert.equal(await patch(), 230031);
  await call('DELETE', `im/v1/messages/${id}`);
  assert.equal(await patch(), 230011);
});

test('what is no shared card cannot be changed', async (t) => {
  const { send, call } = await sandboxFor(t);
  const change = async (type: string, content: unknown, next: string) => {
    const id = (await send({ type, content })).body.data?.['message_id'];
    return (await call('PATCH', `im/v1/messages/${id}`, { content: next })).body.code;
  };
  assert.equal(await change('text', { text: 'x' }, card('x')), 230001);
  assert.equal(await change('interactive', OLD_CARD, JSON.stringify(OLD_CARD)), 230001);
  assert.equal(
    await change('interactive', { ...OLD_CARD, config: { update_multi: true } }, JSON.stringify(OLD_CARD)),
    230001,
  );
  assert.equal(await change('interactive', CARD, 'no json'), 230099);
});

test('one message takes five changes a second', async (t) => {
  const { send, call } = await sandboxFor(t);
  const id = (await send({ type: 'interactive', content: CARD })).body.data?.['message_id'];
  const codes: unknown[] = [];
  for (let n = 0; n < 6; n++)
    codes.push((await call('PATCH', `im/v1/messages/${id}`, { content: card(`${n}`) })).body.code);
  assert.deepEqual(codes, [0, 0, 0, 0, 0, 230020]);
});

test('a recalled message is marked, loses its content for readers, and is not recalled twice', async (t) => {
  const { send, call, tokenOf } = await sandboxFor(t);
  const id = (await send()).body.data?.['message_id'];
  const recall = async (token?: string) =>
    (await call('DELETE', `im/v1/messages/${id}`, undefined, token === undefined ? {} : { token })).body.code;
  assert.equal(await recall(await tokenOf('cli_other')), 230026);
  assert.equal(await recall(), 0);
  assert.equal(await recall(), 230011);
  const [item] = listIn<{
    deleted: boolean;
    body: { content: string };
  }>(await call('GET', `im/v1/messages/${id}`), 'items');
  assert.deepEqual([item?.deleted, item?.body.content], [true, 'This message was recalled']);
  assert.equal(
    (await call('POST', `im/v1/messages/${id}/reply`, { msg_type: 'text', content: '{"text":"x"}' })).body.code,
    230011,
  );
  assert.equal((await call('GET', 'im/v1/messages/om_nobody')).body.code, 230001);
});

test('the history of a chat: by time, in pages, either way round', async (t) => {
  const { send, call, clock } = await sandboxFor(t);
  let chatId = '';
  for (const text of ['1', '2', '3']) {
    chatId = String((await send({ content: { text } })).body.data?.['chat_id']);
    clock.pass(MINUTE);
  }
  const list = async (query: string) => {
    const answer =
      (await call('GET', `im/v1/messages?container_id_type=chat&container_id=${chatId}&${query}`)).body.data ?? {};
    const items = answer['items'] as { body: { content: string } }[];
    return { texts: items.map(({ body }) => (JSON.parse(body.content) as { text: string }).text).join(''), ...answer };
  };
  assert.equal((await list('')).texts, '123');
  assert.equal((await list('sort_type=ByCreateTimeDesc')).texts, '321');
  const second = NOON / SECOND + 60;
  assert.equal((await list(`start_time=${second}&end_time=${second}`)).texts, '2');
  const page = (await list('page_size=2')) as { texts: string; has_more?: boolean; page_token?: string };
  assert.deepEqual([page.texts, page.has_more], ['12', true]);
  const last = (await list(`page_size=2&page_token=${page.page_token}`)) as { texts: string; has_more?: boolean };
  assert.deepEqual([last.texts, last.has_more], ['3', false]);
});

const form = (fields: Record<string, string>, file: readonly [string, Buffer, string]): FormData => {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.append(name, value);
  made.append(file[0], new Blob([new Uint8Array(file[1])]), file[2]);
  return made;
};

test('an uploaded image can be sent, alone and in a card, by the app that uploaded it', async (t) => {
  const { call, send, tokenOf, http } = await sandboxFor(t);
  const key = (await call('POST', 'im/v1/images', form({ image_type: 'message' }, ['image', PIXEL, 'a.png']))).body
    .data?.['image_key'];
  assert.equal((await send({ type: 'image', content: { image_key: key } })).body.code, 0);
  const element = { tag: 'img', img_key: key, alt: { tag: 'plain_text', content: 'a' } };
  assert.equal((await send({ type: 'interactive', content: { ...CARD, body: { elements: [element] } } })).body.code, 0);
  const strange = await send({ type: 'image', content: { image_key: key } }, { token: await tokenOf('cli_other') });
  assert.equal(strange.body.code, 230017);
  const shown = await http('GET', `/sandbox/pictures/${key}`);
  assert.deepEqual([shown.http, shown.headers.get('content-type')], [200, 'image/png']);
});

test('a file keeps its name and size', async (t) => {
  const { call, send } = await sandboxFor(t);
  const bytes = Buffer.from('a,b\r\n1,2\r\n\r\n--not-the-boundary\r\n');
  const key = (
    await call('POST', 'im/v1/files', form({ file_type: 'stream', file_name: '报表.csv' }, ['file', bytes, 'x.csv']))
  ).body.data?.['file_key'];
  assert.equal((await send({ type: 'file', content: { file_key: key } })).body.code, 0);
  assert.equal((await send({ type: 'image', content: { image_key: key } })).body.code, 230017);
});

test('uploads that Feishu would not take', async (t) => {
  const { call } = await sandboxFor(t);
  const image = async (type: string, bytes: Buffer) =>
    (await call('POST', 'im/v1/images', form({ image_type: type }, ['image', bytes, 'a']))).body.code;
  assert.equal(await image('other', PIXEL), 234001);
  assert.equal(await image('message', Buffer.alloc(0)), 234010);
  assert.equal(await image('message', Buffer.from('<svg/>')), 234011);
  assert.equal(await image('message', Buffer.concat([PIXEL, Buffer.alloc(10 * 1024 * 1024)])), 234006);
  const file = async (bytes: number) =>
    (
      await call(
        'POST',
        'im/v1/files',
        form({ file_type: 'pdf', file_name: 'a.pdf' }, ['file', Buffer.alloc(bytes), 'a.pdf']),
      )
    ).body.code;
  assert.equal(await file(30 * 1024 * 1024 + 1), 234006);
  assert.equal(await file(33 * 1024 * 1024), 234006);
  assert.equal((await call('POST', 'im/v1/images', { image_type: 'message' })).body.code, 234001);
});

test('people are found by address, always the same, per app; who is unknown has no id', async (t) => {
  const { call, tokenOf } = await sandboxFor(t, { unknown: ['@unknown.example', '13800000000'] });
  const find = async (body: unknown, more?: { token: string }) =>
    listIn<{
      user_id?: string;
    }>(await call('POST', 'contact/v3/users/batch_get_id?user_id_type=open_id', body, more), 'user_list');
  const found = await find({
    emails: ['a@example.com', 'A@EXAMPLE.com', 'b@unknown.example'],
    mobiles: ['13900000000', '13800000000'],
  });
  assert.match(found[0]?.user_id ?? '', /^ou_[0-9a-f]{32}$/);
  assert.equal(found[1]?.user_id, found[0]?.user_id);
  assert.deepEqual(
    found.map(({ user_id }) => user_id !== undefined),
    [true, true, false, true, false],
  );
  const [elsewhere] = await find({ emails: ['a@example.com'] }, { token: await tokenOf('cli_other') });
  assert.notEqual(elsewhere?.user_id, found[0]?.user_id);
  const many = await call('POST', 'contact/v3/users/batch_get_id', { emails: Array<string>(51).fill('a@example.com') });
  assert.equal(many.body.code, 99992402);
});

test('what doctor asks: the bot, its scopes, its groups and whether it is in one', async (t) => {
  const { call, send } = await sandboxFor(t);
  const bot = (await call('GET', 'bot/v3/info')).body['bot'] as { activate_status: number };
  assert.equal(bot.activate_status, 2);
  const scopes = listIn<{
    scope_name: string;
    grant_status: number;
  }>(await call('GET', 'application/v6/scopes'), 'scopes');
  assert.ok(
    scopes.some(({ scope_name, grant_status }) => scope_name === 'im:message:send_as_bot' && grant_status === 1),
  );
  await send({ to: 'oc_written', idType: 'chat_id' });
  const chats = listIn<{ chat_id: string }>(await call('GET', 'im/v1/chats?page_size=100'), 'items');
  assert.ok(chats.some(({ chat_id }) => chat_id === 'oc_written'));
  assert.equal((await call('GET', 'im/v1/chats/oc_written')).body.data?.['chat_status'], 'normal');
  const isIn = async (id: string) => (await call('GET', `im/v1/chats/${id}/members/is_in_chat`)).body;
  assert.deepEqual((await isIn('oc_written')).data, { is_in_chat: true });
  assert.deepEqual((await isIn('oc_absent_group')).data, { is_in_chat: false });
  assert.equal((await isIn('nonsense')).code, 232006);
});
