import type { ReceiveIdType } from '../model/recipient.ts';
import { SECOND } from '../model/time.ts';
import { chatIdOf, isBotless, isUnpublished, refuseAddressee } from './addressee.ts';
import { type Answer, ok, refuse, refuseField } from './answer.ts';
import { refuseContent } from './content.ts';
import { CHAT_RULES } from './limits.ts';
import { messageData } from './message-data.ts';
import { newMessage } from './new-message.ts';
import { type ApiRequest, type Endpoint, type Fields, fieldsOf, textOf } from './request.ts';
import type { World } from './world.ts';
import type { SandboxMessage } from './world-event.ts';

const NOT_JSON = refuseField('body', 'the request body is not a JSON object');

/** 230020 when five went to this chat within a second. */
export const refuseHurry = (world: World, key: string): Answer | null => {
  const wait = world.windows.take(key, world.now(), CHAT_RULES);
  return wait === 0 ? null : refuse(230020, { ext: `more than 5 requests in ${SECOND} ms` });
};

type Draft = Pick<SandboxMessage, 'chatId' | 'recipient' | 'parentId' | 'rootId' | 'threadId'>;

/** The common end of create and reply. A repeat of a uuid takes no slot of the chat (Feishu does not say whether it does). */
const post = (request: ApiRequest, world: World, fields: Fields, draft: Draft): Answer => {
  const uuid = textOf(fields['uuid']);
  if (uuid.length > 50) return refuseField('uuid', 'the max length of uuid is 50');
  const msgType = textOf(fields['msg_type']);
  const refused = refuseContent(
    { msgType, content: fields['content'], bytes: request.body.length },
    world,
    request.app,
  );
  if (refused !== null) return refused;
  const before = uuid === '' ? null : world.repeated(request.app, uuid);
  if (before !== null) return ok(messageData(before));
  const hurried = refuseHurry(world, draft.chatId);
  if (hurried !== null) return hurried;
  const message = newMessage(world, {
    app: request.app,
    msgType,
    content: textOf(fields['content']),
    uuid: uuid === '' ? null : uuid,
    ...draft,
  });
  world.record({ event: 'sent', message });
  return ok(messageData(message));
};

/** `POST im/v1/messages?receive_id_type=` (im-v1/message/create). */
export const createMessage: Endpoint = (request, world) => {
  const fields = fieldsOf(request.body);
  if (fields === null) return NOT_JSON;
  const idType = request.query.get('receive_id_type') ?? '';
  const id = textOf(fields['receive_id']);
  if (isUnpublished(request.app) || isBotless(request.app)) return refuse(230006);
  const refused = refuseAddressee(world, idType, id);
  if (refused !== null) return refused;
  const recipient = { idType: idType as ReceiveIdType, id };
  const chatId = chatIdOf(world, request.app, recipient.idType, id);
  return post(request, world, fields, { chatId, recipient, parentId: null, rootId: null, threadId: null });
};

/** The thread a message is in, or that was begun under it. */
const threadOf = (message: SandboxMessage, world: World): string | null =>
  message.threadId ??
  [...world.messages.values()].find((each) => each.rootId === message.messageId && each.threadId !== null)?.threadId ??
  null;

/** `POST im/v1/messages/:message_id/reply` (im-v1/message/reply). */
export const replyToMessage: Endpoint = (request, world) => {
  const fields = fieldsOf(request.body);
  if (fields === null) return NOT_JSON;
  const parent = world.messages.get(request.params['message_id'] ?? '');
  if (parent === undefined) return refuse(230001, { ext: 'invalid message_id' });
  if (parent.recalledAt !== null) return refuse(230011);
  const threadId = threadOf(parent, world) ?? (fields['reply_in_thread'] === true ? world.newId('omt') : null);
  return post(request, world, fields, {
    chatId: parent.chatId,
    recipient: parent.recipient,
    parentId: parent.messageId,
    rootId: parent.rootId ?? parent.messageId,
    threadId,
  });
};

/** What a message is addressed to, for faults that are meant for one recipient. */
export const recipientsOf = (request: ApiRequest, world: World): readonly string[] => {
  const bot = request.params['token'];
  if (bot !== undefined) return [bot];
  const before = world.messages.get(request.params['message_id'] ?? '');
  if (before !== undefined) return [before.recipient.id, before.chatId];
  const id = request.method === 'POST' ? textOf(fieldsOf(request.body)?.['receive_id']) : '';
  const idType = (request.query.get('receive_id_type') ?? '') as ReceiveIdType;
  return id === '' ? [] : [id, chatIdOf(world, request.app, idType, id)];
};

/** Two requests with one uuid at once: the second hears 230049. Null when the request carries none. */
export const inFlightKey = (request: ApiRequest): string | null => {
  const uuid = textOf(fieldsOf(request.body)?.['uuid']);
  return uuid === '' ? null : JSON.stringify([request.app, uuid]);
};
