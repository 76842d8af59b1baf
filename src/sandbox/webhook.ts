import { createHmac } from 'node:crypto';
import { digest } from '../base/ids.ts';
import { HOUR, MINUTE, SECOND } from '../model/time.ts';
import { type Answer, okFlat, refuse } from './answer.ts';
import { refuseContent } from './content.ts';
import type { Rule } from './limits.ts';
import { newMessage } from './new-message.ts';
import { type Endpoint, type Fields, fieldsOf, isFields, textOf } from './request.ts';
import type { World } from './world.ts';

/** The whole body (custom bot guide). */
const BODY_LIMIT = 20 * 1024;
/** 5 a second and 100 a minute for each custom bot (custom bot guide). */
const RULES: readonly Rule[] = [
  { count: 5, within: SECOND },
  { count: 100, within: MINUTE },
];

/** A custom bot's no comes as HTTP 200. */
const no = (code: number, msg: string): Answer => ({ ...refuse(code, { msg }), http: 200 });

/** Key `timestamp\nsecret`, HMAC-SHA256 over nothing, at most an hour old (custom bot guide). */
const isSigned = (fields: Fields, secret: string, now: number): boolean => {
  const timestamp = textOf(fields['timestamp']);
  const sign = createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');
  return sign === fields['sign'] && Math.abs(now - Number(timestamp) * SECOND) < HOUR;
};

/** The content as an app's bot would send it: the rules for it are the same. */
const contentOf = (fields: Fields): unknown => {
  const { msg_type: msgType, content, card } = fields;
  if (msgType === 'interactive') return card;
  return msgType === 'post' && isFields(content) ? content['post'] : content;
};

/** `POST bot/v2/hook/:token`: no uuid, no message_id. A bot whose secret the sandbox was told checks signatures. */
export const postToGroup: Endpoint = (request, world: World) => {
  const token = request.params['token'] ?? '';
  const fields = fieldsOf(request.body);
  if (fields === null || request.body.length > BODY_LIMIT) return no(9499, 'Bad Request');
  if (!/^[\w-]{8,64}$/.test(token)) return no(19001, 'param invalid: incoming webhook access token invalid');
  const secret = world.bots[token];
  if (secret !== undefined && !isSigned(fields, secret, world.now()))
    return no(19021, 'sign match fail or timestamp is not within one hour from current time');
  const msgType = textOf(fields['msg_type']);
  if (msgType === '') return no(19002, 'params error, msg_type need');
  const content = JSON.stringify(contentOf(fields) ?? null);
  if (refuseContent({ msgType, content, bytes: request.body.length }, world, '') !== null)
    return no(9499, 'Bad Request');
  if (world.windows.take(`hook ${token}`, world.now(), RULES) > 0) return no(11232, 'frequency limited psm');
  world.record({
    event: 'sent',
    message: newMessage(world, {
      chatId: `oc_${digest(['hook', token])}`,
      app: `webhook ${digest([token], 6)}`,
      recipient: { idType: 'webhook', id: token },
      msgType,
      content,
    }),
  });
  const success = okFlat({ data: {}, StatusCode: 0, StatusMessage: 'success' });
  return success.is === 'json' ? { ...success, body: { ...success.body, msg: 'success' } } : success;
};
