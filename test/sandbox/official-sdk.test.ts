import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as lark from '@larksuiteoapi/node-sdk';
import { CARD, PIXEL, sandboxFor } from './client.ts';

const quiet = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {}, trace: () => {} };

/** Each test an app of its own: the SDK keeps tokens by app for the whole process, whatever the address. */
const clientOf = (url: string, id: string) =>
  new lark.Client({ appId: id, appSecret: 'secret', domain: url, logger: quiet, loggerLevel: lark.LoggerLevel.fatal });

/** What the SDK's error carries of Feishu's answer. */
const refusalOf = async (call: Promise<unknown>): Promise<readonly [unknown, unknown]> => {
  try {
    await call;
    return [null, null];
  } catch (error) {
    const { response } = error as { response?: { status: number; data: { code: number } } };
    return [response?.status, response?.data.code];
  }
};

test('Feishu’s own SDK sends, replies, changes, recalls, uploads and finds people', async (t) => {
  const { sandbox } = await sandboxFor(t);
  const client = clientOf(sandbox.url, 'cli_sends');
  const text = await client.im.v1.message.create({
    params: { receive_id_type: 'email' },
    data: { receive_id: 'lin@example.com', msg_type: 'text', content: JSON.stringify({ text: 'hello' }), uuid: 'u1' },
  });
  assert.equal(text.code, 0);
  const card = await client.im.v1.message.create({
    params: { receive_id_type: 'chat_id' },
    data: { receive_id: 'oc_group', msg_type: 'interactive', content: JSON.stringify(CARD) },
  });
  const path = { message_id: card.data?.message_id ?? '' };
  const reply = await client.im.v1.message.reply({ path, data: { msg_type: 'text', content: '{"text":"re"}' } });
  assert.equal(reply.data?.parent_id, path.message_id);
  assert.equal((await client.im.v1.message.patch({ path, data: { content: JSON.stringify(CARD) } })).code, 0);
  assert.equal((await client.im.v1.message.delete({ path })).code, 0);
  const image = await client.im.v1.image.create({ data: { image_type: 'message', image: PIXEL } });
  const sent = await client.im.v1.message.create({
    params: { receive_id_type: 'open_id' },
    data: { receive_id: 'ou_lin', msg_type: 'image', content: JSON.stringify({ image_key: image?.image_key }) },
  });
  assert.equal(sent.code, 0);
  const people = await client.contact.v3.user.batchGetId({ data: { emails: ['lin@example.com'] } });
  assert.match(people.data?.user_list?.[0]?.user_id ?? '', /^ou_/);
  const history = await client.im.v1.message.list({
    params: { container_id_type: 'chat', container_id: text.data?.chat_id ?? '' },
  });
  assert.equal(history.data?.items?.[0]?.message_id, text.data?.message_id);
  const app = await client.application.application.get({ path: { app_id: 'me' }, params: { lang: 'zh_cn' } });
  assert.match(app.data?.app?.online_version_id ?? '', /^oav_/);
  const availability = await client.application.applicationVisibility.checkWhiteBlackList({
    path: { app_id: 'cli_sends' },
    data: { user_ids: ['ou_lin', 'ou_outside_1'] },
  });
  assert.deepEqual(
    availability.data?.user_visibility_list?.map(({ in_white_list }) => in_white_list),
    [true, false],
  );
  const kinds = sandbox
    .messages()
    .map(({ msgType, updatedAt, recalledAt }) => [msgType, updatedAt !== null, recalledAt !== null]);
  assert.deepEqual(kinds, [
    ['text', false, false],
    ['interactive', true, true],
    ['text', false, false],
    ['image', false, false],
  ]);
  assert.equal(sandbox.requests().filter((one) => one.path.includes('tenant_access_token')).length, 1);
});

test('the SDK hears refusals as Feishu’s documented statuses and codes', async (t) => {
  const { sandbox } = await sandboxFor(t);
  const client = clientOf(sandbox.url, 'cli_refused');
  const send = (id: string, content = '{"text":"x"}') =>
    client.im.v1.message.create({
      params: { receive_id_type: 'chat_id' },
      data: { receive_id: id, msg_type: 'text', content },
    });
  assert.deepEqual(await refusalOf(send('oc_absent_group')), [400, 230002]);
  assert.deepEqual(await refusalOf(send('nonsense')), [400, 230001]);
  sandbox.addFault({ kind: '429', times: 1 });
  assert.deepEqual(await refusalOf(send('oc_group')), [429, 99991400]);
  sandbox.addFault({ kind: '99991663', times: 1 });
  assert.deepEqual(await refusalOf(send('oc_group')), [400, 99991663]);
});
