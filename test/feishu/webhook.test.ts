import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { outcomeOf } from '../../src/feishu/outcomes.ts';
import { answerOf } from '../../src/feishu/reply.ts';
import { webhookBody, webhookSign } from '../../src/feishu/webhook.ts';

describe('what a custom bot is posted', () => {
  it('is signed with timestamp and secret as the key, over nothing', () => {
    // the same by Python: hmac.new(b"1599360473\ndemo", b"", sha256)
    assert.equal(webhookSign('demo', 1_599_360_473), 'l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=');
  });

  for (const [what, msgType, body, expected] of [
    ['a text', 'text', '{"text":"hi"}', { msg_type: 'text', content: { text: 'hi' } }],
    [
      'a card stands in `card`',
      'interactive',
      '{"schema":"2.0"}',
      { msg_type: 'interactive', card: { schema: '2.0' } },
    ],
    ['a post in `post`', 'post', '{"zh_cn":{}}', { msg_type: 'post', content: { post: { zh_cn: {} } } }],
  ] as const) {
    it(what, () => assert.deepEqual(JSON.parse(webhookBody({ msgType, body }, null, 0)), expected));
  }

  it('has the timestamp in seconds', () => {
    const { timestamp, sign } = JSON.parse(webhookBody({ msgType: 'text', body: '{}' }, 'demo', 1_599_360_473_999));
    assert.deepEqual([timestamp, sign], ['1599360473', webhookSign('demo', 1_599_360_473)]);
  });
});

describe('what a custom bot answers', () => {
  const outcome = (status: number, body: object | string) =>
    outcomeOf(
      answerOf(
        { status, headers: {}, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) },
        'webhook',
      ),
    );
  for (const [what, status, body, is] of [
    ['code 0 is proof: there is no message_id', 200, { code: 0, msg: 'success', data: {} }, 'delivered'],
    ['the older form', 200, { StatusCode: 0, StatusMessage: 'success' }, 'delivered'],
    ['a refusal as HTTP 200', 200, { code: 19024, msg: 'Key Words Not Found' }, 'rejected'],
    ['a limit as HTTP 200', 200, { code: 11232 }, 'retry'],
    ['no code proves nothing', 200, {}, 'unknown'],
    ['a page of a proxy', 502, '<html>', 'unknown'],
  ] as const) {
    it(what, () => assert.equal(outcome(status, body).is, is));
  }
});
