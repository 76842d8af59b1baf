import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../src/model/time.ts';
import { CARD, listIn, sandboxFor } from './client.ts';

test('a sent message is kept as it came and answered as Feishu answers', async (t) => {
  const { send, sandbox, clock } = await sandboxFor(t);
  const { http, body } = await send({ content: '{ "text":"你好" }' });
  assert.deepEqual([http, body.code, body.msg], [200, 0, 'success']);
  const data = body.data ?? {};
  assert.match(String(data['message_id']), /^om_[0-9a-f]{32}$/);
  assert.match(String(data['chat_id']), /^oc_/);
  assert.equal(data['create_time'], String(clock.now()));
  assert.deepEqual(data['body'], { content: '{ "text":"你好" }' });
  assert.equal(sandbox.messages()[0]?.content, '{ "text":"你好" }');
});

test('a person is one chat, by e-mail and by the open_id given out for it; a group is its own', async (t) => {
  const { send, call, sandbox } = await sandboxFor(t);
  const found = await call('POST', 'contact/v3/users/batch_get_id', { emails: ['lin@example.com'] });
  const [person] = listIn<{ user_id: string }>(found, 'user_list');
  await send({ to: 'lin@example.com', idType: 'email' });
  await send({ to: person?.user_id ?? '' });
  await send({ to: 'ou_other' });
  await send({ to: 'oc_group', idType: 'chat_id' });
  const chats = sandbox.messages().map(({ chatId }) => chatId);
  assert.equal(chats[0], chats[1]);
  assert.notEqual(chats[0], chats[2]);
  assert.equal(chats[3], 'oc_group');
});

test('addressees that Feishu would not know', async (t) => {
  const { send, sandbox } = await sandboxFor(t);
  const cases = [
    ['', 'ou_x', 99992402],
    ['telephone', 'ou_x', 99992402],
    ['open_id', '', 99992402],
    ['open_id', 'oc_x', 99992351],
    ['user_id', 'ou_x', 99992352],
    ['union_id', 'ou_x', 99992353],
    ['email', 'not an address', 230001],
    ['email', 'who@unknown.example', 230001],
    ['chat_id', 'ou_x', 230001],
    ['chat_id', 'oc_absent_group', 230002],
  ] as const;
  for (const [idType, to, code] of cases) {
    const answer = await send({ idType, to });
    assert.deepEqual([answer.http, answer.body.code], [400, code], `${idType} ${to}`);
  }
  assert.equal(sandbox.messages().length, 0);
});

test('content that Feishu would not take', async (t) => {
  const { send, call, sandbox } = await sandboxFor(t, { limits: 'off' });
  const cases: readonly (readonly [string, unknown, number])[] = [
    ['text', 'not json', 230001],
    ['text', { text: '' }, 230001],
    ['text', { text: 'x'.repeat(151 * 1024) }, 230025],
    ['text', { text: 'x'.repeat(400 * 1024) }, 230025],
    ['post', { zh_cn: { title: 'no content' } }, 230001],
    ['post', { zh_cn: { content: [[{ tag: 'text', text: 'x'.repeat(31 * 1024) }]] } }, 230025],
    ['post', { zh_cn: { content: [[{ tag: 'img', image_key: 'img_strange' }]] } }, 230017],
    ['image', { image_key: 'img_strange' }, 230017],
    ['file', {}, 230001],
    ['interactive', 'not json', 230099],
    ['interactive', '"{}"', 230099],
    ['interactive', { ...CARD, body: { elements: [{ tag: 'markdown', content: 'x'.repeat(31 * 1024) }] } }, 230025],
    ['interactive', { type: 'template', data: {} }, 230099],
    ['sticker', { file_key: 'x' }, 230001],
    ['', { text: 'x' }, 99992402],
  ];
  for (const [type, content, code] of cases) {
    const answer = await send({ type, content });
    assert.deepEqual([answer.http, answer.body.code], [400, code], `${type} ${JSON.stringify(content).slice(0, 60)}`);
  }
  const object = { receive_id: 'ou_lin', msg_type: 'text', content: { text: 'an object' } };
  assert.equal((await call('POST', 'im/v1/messages?receive_id_type=open_id', object)).body.code, 99992402);
  assert.equal(sandbox.messages().length, 0);
});

test('a text of nearly 150 KB and a card by reference are taken', async (t) => {
  const { send } = await sandboxFor(t);
  assert.equal((await send({ content: { text: 'x'.repeat(149 * 1024) } })).body.code, 0);
  const template = { type: 'template', data: { template_id: 'AAqk1' } };
  assert.equal((await send({ type: 'interactive', content: template })).body.code, 0);
});

test('a picture that nobody uploaded fails the card with 200570', async (t) => {
  const { send } = await sandboxFor(t);
  const picture = { tag: 'img', img_key: 'img_strange', alt: { tag: 'plain_text', content: '' } };
  const answer = await send({ type: 'interactive', content: { ...CARD, body: { elements: [picture] } } });
  assert.equal(answer.body.code, 230099);
  assert.match(answer.body.msg ?? '', /^Failed to create card content, ext=ErrCode: 200570; /);
});

test('a repeated uuid brings the first message back for one hour and not longer', async (t) => {
  const { send, sandbox, clock } = await sandboxFor(t);
  const idOf = async (uuid: string, text: string) =>
    (await send({ uuid, content: { text } })).body.data?.['message_id'];
  const first = await idOf('one', 'a');
  clock.pass(HOUR - 1);
  assert.equal(await idOf('one', 'b'), first);
  assert.equal(sandbox.messages().length, 1);
  clock.pass(1);
  assert.notEqual(await idOf('one', 'c'), first);
  assert.equal(sandbox.messages().length, 2);
});

test('a uuid is an app’s own, and at most 50 long', async (t) => {
  const { send, sandbox, tokenOf } = await sandboxFor(t);
  await send({ uuid: 'same' });
  await send({ uuid: 'same' }, { token: await tokenOf('cli_other') });
  assert.equal(sandbox.messages().length, 2);
  assert.equal((await send({ uuid: 'x'.repeat(51) })).body.code, 99992402);
});

test('a failed send does not use up its uuid', async (t) => {
  const { send, sandbox } = await sandboxFor(t, { faults: [{ kind: '230020', times: 1 }] });
  assert.equal((await send({ uuid: 'u' })).body.code, 230020);
  assert.equal((await send({ uuid: 'u', content: { text: '' } })).body.code, 230001);
  assert.equal((await send({ uuid: 'u' })).body.code, 0);
  assert.equal(sandbox.messages().length, 1);
});

test('two requests with one uuid at once: one sends, the other hears 230049', async (t) => {
  const { send, sandbox, tokenOf } = await sandboxFor(t, { latency: 100 });
  const token = await tokenOf();
  const codes = (await Promise.all([send({ uuid: 'u' }, { token }), send({ uuid: 'u' }, { token })])).map(
    ({ body }) => body.code,
  );
  assert.deepEqual(codes.sort(), [0, 230049]);
  assert.equal(sandbox.messages().length, 1);
});

test('a reply stands under its message', async (t) => {
  const { send, call } = await sandboxFor(t);
  const first = (await send()).body.data ?? {};
  const reply = await call('POST', `im/v1/messages/${first['message_id']}/reply`, {
    msg_type: 'text',
    content: '{"text":"re"}',
    reply_in_thread: true,
  });
  const data = reply.body.data ?? {};
  assert.deepEqual(
    [data['parent_id'], data['root_id'], data['chat_id']],
    [first['message_id'], first['message_id'], first['chat_id']],
  );
  assert.match(String(data['thread_id']), /^omt_/);
});

test('five in a second to one person; the sixth hears 230020, another person does not', async (t) => {
  const { send, clock } = await sandboxFor(t);
  const code = async (to?: string) => (await send({ ...(to === undefined ? {} : { to }) })).body.code;
  for (let n = 1; n <= 5; n++) assert.equal(await code(), 0);
  assert.equal(await code(), 230020);
  assert.equal(await code('ou_other'), 0);
  clock.pass(SECOND - 1);
  assert.equal(await code(), 230020);
  clock.pass(1);
  assert.equal(await code(), 0);
});

test('51 in a second from one app: 429 with the seconds to wait; switched off: as many as you like', async (t) => {
  const strict = await sandboxFor(t);
  const token = await strict.tokenOf();
  const flood = (send: typeof strict.send, by: string) =>
    Promise.all(Array.from({ length: 51 }, (_, n) => send({ to: `ou_${n}` }, { token: by })));
  const refused = (await flood(strict.send, token)).filter(({ body }) => body.code !== 0);
  assert.equal(refused.length, 1);
  assert.deepEqual([refused[0]?.http, refused[0]?.body.code], [429, 99991400]);
  assert.equal(refused[0]?.headers.get('x-ogw-ratelimit-reset'), '1');
  const loose = await sandboxFor(t, { limits: 'off' });
  assert.ok((await flood(loose.send, await loose.tokenOf())).every(({ body }) => body.code === 0));
});
