import type { Json } from '../model/dataset.ts';
import { DAY, type Ms, SECOND } from '../model/time.ts';
import { type Answer, ok, refuse, refuseField } from './answer.ts';
import { refuseContent } from './content.ts';
import { messageData } from './message-data.ts';
import { type ApiRequest, type Endpoint, fieldsOf, isFields, textOf } from './request.ts';
import { refuseHurry } from './send.ts';
import type { World } from './world.ts';
import type { SandboxMessage } from './world-event.ts';

/** A card may be changed for 14 days after it was sent (im-v1/message-card/patch). */
const UPDATABLE: Ms = 14 * DAY;

const messageOf = (request: ApiRequest, world: World): SandboxMessage | null =>
  world.messages.get(request.params['message_id'] ?? '') ?? null;

const NO_SUCH_MESSAGE = refuse(230001, { ext: 'invalid message_id' });

/** A 2.0 card is always shared; a 1.0 card only with `config.update_multi: true` (im-v1/message-card/patch). */
const isShared = (content: string): boolean => {
  const card: unknown = JSON.parse(content);
  if (!isFields(card)) return false;
  const config = isFields(card['config']) ? card['config'] : {};
  if (card['schema'] === '2.0') return config['update_multi'] !== false;
  return config['update_multi'] === true || card['type'] === 'template' || card['type'] === 'card';
};

const refuseUpdate = (message: SandboxMessage, request: ApiRequest, world: World): Answer | null => {
  if (message.app !== request.app) return refuse(230012);
  if (message.recalledAt !== null) return refuse(230011);
  if (message.msgType !== 'interactive') return refuse(230001, { ext: 'This message is NOT a card.' });
  if (world.now() - message.createdAt > UPDATABLE) return refuse(230031);
  const content = fieldsOf(request.body)?.['content'];
  const refused = refuseContent({ msgType: 'interactive', content, bytes: request.body.length }, world, request.app);
  if (refused !== null) return refused;
  if (!isShared(message.content) || !isShared(textOf(content)))
    return refuse(230001, { ext: 'config.update_multi must be true in the old and in the new card' });
  return refuseHurry(world, message.messageId);
};

/** `PATCH im/v1/messages/:message_id`: another card in the same message. */
export const updateCard: Endpoint = (request, world) => {
  const message = messageOf(request, world);
  if (message === null) return NO_SUCH_MESSAGE;
  const refused = refuseUpdate(message, request, world);
  if (refused !== null) return refused;
  const content = textOf(fieldsOf(request.body)?.['content']);
  world.record({ event: 'updated', messageId: message.messageId, content, at: world.now() });
  return ok({});
};

/** `DELETE im/v1/messages/:message_id`: recall. The window that an administrator may set for it does not exist here. */
export const recallMessage: Endpoint = (request, world) => {
  const message = messageOf(request, world);
  if (message === null) return NO_SUCH_MESSAGE;
  if (message.app !== request.app) return refuse(230026);
  if (message.recalledAt !== null) return refuse(230011);
  world.record({ event: 'recalled', messageId: message.messageId, at: world.now() });
  return ok({});
};

/** `GET im/v1/messages/:message_id` (im-v1/message/get). */
export const getMessage: Endpoint = (request, world) => {
  const message = messageOf(request, world);
  return message === null ? NO_SUCH_MESSAGE : ok({ items: [messageData(message)] });
};

const seconds = (text: string | null): Ms | null =>
  text !== null && /^\d+$/.test(text) ? Number(text) * SECOND : null;

/**
 * `GET im/v1/messages`: the history of a chat. `start_time` and `end_time` in seconds, both included, pages of at most
 * 50. Cards come back as they were sent; Feishu itself gives a simplified form of them.
 */
export const listMessages: Endpoint = ({ query }, world) => {
  if (query.get('container_id_type') !== 'chat') return refuseField('container_id_type', 'options: [chat]');
  const chatId = query.get('container_id') ?? '';
  if (!/^oc_/.test(chatId)) return refuse(230001, { ext: 'invalid container_id' });
  const size = Number(query.get('page_size') ?? 20);
  if (!Number.isInteger(size) || size < 1 || size > 50) return refuseField('page_size', 'page_size must be 1 to 50');
  const since = seconds(query.get('start_time')) ?? 0;
  const until = (seconds(query.get('end_time')) ?? Number.POSITIVE_INFINITY) + SECOND;
  const found = [...world.messages.values()].filter(
    (message) => message.chatId === chatId && message.createdAt >= since && message.createdAt < until,
  );
  if (query.get('sort_type') === 'ByCreateTimeDesc') found.reverse();
  const from = Number(query.get('page_token') || 0);
  if (!Number.isInteger(from) || from < 0) return refuse(230001, { ext: 'invalid page_token' });
  const items: readonly Json[] = found.slice(from, from + size).map(messageData);
  const more = from + size < found.length;
  return ok({ has_more: more, page_token: more ? String(from + size) : '', items });
};
