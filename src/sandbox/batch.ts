import type { ReceiveIdType } from '../model/recipient.ts';
import { chatIdOf, refuseAddressee } from './addressee.ts';
import { ok, refuse } from './answer.ts';
import { refuseContent } from './content.ts';
import { newMessage } from './new-message.ts';
import { type Endpoint, fieldsOf, textOf } from './request.ts';
import type { World } from './world.ts';
import type { SandboxMessage } from './world-event.ts';

const LISTS: Readonly<Record<string, ReceiveIdType>> = {
  open_ids: 'open_id',
  union_ids: 'union_id',
  user_ids: 'user_id',
};
const MOST = 200;

/**
 * `POST message/v4/batch_send/` (im-v1/batch_message): people only, no uuid, refusals as HTTP 200. Who cannot be reached
 * is listed; the others have their message at once, which Feishu does in its own time.
 */
export const sendBatch: Endpoint = (request, world) => {
  const fields = fieldsOf(request.body);
  if (fields === null) return { ...refuse(10002), http: 200 };
  const lists = Object.entries(LISTS).map(([name, idType]) => {
    const ids = Array.isArray(fields[name]) ? fields[name].filter((id) => typeof id === 'string') : [];
    return { name, idType, ids };
  });
  const count = lists.reduce((sum, { ids }) => sum + ids.length, 0);
  if (count === 0 || lists.some(({ ids }) => ids.length > MOST)) return { ...refuse(10003), http: 200 };
  const msgType = textOf(fields['msg_type']);
  if (msgType === 'file') return { ...refuse(10003), http: 200 };
  const content = JSON.stringify((msgType === 'interactive' ? fields['card'] : fields['content']) ?? null);
  if (refuseContent({ msgType, content, bytes: request.body.length }, world, request.app) !== null)
    return { ...refuse(11246), http: 200 };

  const batchId = world.newId('bm').replace('_', '-');
  const invalid = lists.map(({ name, idType, ids }) => {
    const unreached = ids.filter((id) => refuseAddressee(world, idType, id) !== null);
    for (const id of ids)
      if (!unreached.includes(id)) deliver({ batchId, idType, id, msgType, content, app: request.app }, world);
    return [`invalid_${name}`, unreached] as const;
  });
  return ok({ message_id: batchId, ...Object.fromEntries(invalid) });
};

const deliver = (
  {
    idType,
    id,
    ...message
  }: { idType: ReceiveIdType; id: string } & Pick<SandboxMessage, 'batchId' | 'msgType' | 'content' | 'app'>,
  world: World,
): void => {
  const chatId = chatIdOf(world, message.app, idType, id);
  world.record({ event: 'sent', message: newMessage(world, { ...message, chatId, recipient: { idType, id } }) });
};

const messagesOf = (world: World, app: string, id: string): SandboxMessage[] =>
  [...world.messages.values()].filter((message) => message.batchId === id && message.app === app);

/** `GET im/v1/batch_messages/:id/get_progress`. */
export const batchProgress: Endpoint = ({ app, params }, world) => {
  const all = messagesOf(world, app, params['batch_id'] ?? '');
  if (all.length === 0) return refuse(230001, { ext: 'invalid batch_message_id' });
  return ok({
    batch_message_send_progress: {
      valid_user_ids_count: all.length,
      success_user_ids_count: all.length,
      read_user_ids_count: 0,
    },
    batch_message_recall_progress: {
      recall: all.some(({ recalledAt }) => recalledAt !== null),
      recall_count: all.filter(({ recalledAt }) => recalledAt !== null).length,
    },
  });
};

/** `DELETE im/v1/batch_messages/:id`. */
export const recallBatch: Endpoint = ({ app, params }, world) => {
  const all = messagesOf(world, app, params['batch_id'] ?? '');
  if (all.length === 0) return refuse(230001, { ext: 'invalid batch_message_id' });
  for (const { messageId } of all) world.record({ event: 'recalled', messageId, at: world.now() });
  return ok({});
};
