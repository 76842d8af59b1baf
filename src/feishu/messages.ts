import type { Content, Target } from '../model/delivery.ts';
import type { Feishu } from './client.ts';
import type { Reply } from './reply.ts';

/** `POST im/v1/messages` (im-v1/message/create): `content` is a JSON string, `uuid` (≤ 50) makes a repeat harmless for an hour. */
export const sendMessage = (
  feishu: Feishu,
  message: { target: Target; content: Content; uuid: string; guard?: () => boolean },
  signal?: AbortSignal,
): Promise<Reply> =>
  feishu.call(
    {
      method: 'POST',
      path: 'im/v1/messages',
      query: { receive_id_type: message.target.idType },
      body: {
        receive_id: message.target.id,
        msg_type: message.content.msgType,
        content: message.content.body,
        uuid: message.uuid,
      },
      ...(message.guard === undefined ? {} : { guard: message.guard }),
    },
    signal,
  );

/** `DELETE im/v1/messages/:message_id` (im-v1/message/delete): the bot's own, within the time that the tenant's admin allows. */
export const recallMessage = (feishu: Feishu, messageId: string, signal?: AbortSignal): Promise<Reply> =>
  feishu.call({ method: 'DELETE', path: `im/v1/messages/${encodeURIComponent(messageId)}` }, signal);
