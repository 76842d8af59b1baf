import type { Content, Target, Urgency } from '../model/delivery.ts';
import type { Feishu } from './client.ts';
import type { Reply } from './reply.ts';

/** What is sent, and the check that is asked when the socket is ready. */
export interface Outgoing {
  readonly content: Content;
  readonly uuid: string;
  readonly guard?: () => boolean;
}

const guarded = ({ guard }: Outgoing): { guard?: () => boolean } => (guard === undefined ? {} : { guard });

/** The fields of a message where `content` is an object and not a string: custom bots and batches. A card stands in `card`. */
export const bareContent = ({ msgType, body }: Content): { readonly [key: string]: unknown } => {
  const content: unknown = JSON.parse(body);
  if (msgType === 'interactive') return { msg_type: msgType, card: content };
  return { msg_type: msgType, content: msgType === 'post' ? { post: content } : content };
};

/** `POST im/v1/messages` (im-v1/message/create): `content` is a JSON string, `uuid` (≤ 50) makes a repeat harmless for an hour. */
export const sendMessage = (
  feishu: Feishu,
  message: Outgoing & { readonly target: Target },
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
      ...guarded(message),
    },
    signal,
  );

/** `POST im/v1/messages/:message_id/reply` (im-v1/message/reply): in the thread of that message; `uuid` as for a new one. */
export const replyInThread = (feishu: Feishu, to: string, message: Outgoing, signal?: AbortSignal): Promise<Reply> =>
  feishu.call(
    {
      method: 'POST',
      path: `im/v1/messages/${encodeURIComponent(to)}/reply`,
      body: {
        msg_type: message.content.msgType,
        content: message.content.body,
        reply_in_thread: true,
        uuid: message.uuid,
      },
      ...guarded(message),
    },
    signal,
  );

/**
 * `PATCH im/v1/messages/:message_id` (im-v1/message-card/patch): another card in the same message, within 14 days.
 * It has no uuid and needs none: the same card twice is one card.
 */
export const renewCard = (feishu: Feishu, messageId: string, message: Outgoing, signal?: AbortSignal): Promise<Reply> =>
  feishu.call(
    {
      method: 'PATCH',
      path: `im/v1/messages/${encodeURIComponent(messageId)}`,
      body: { content: message.content.body },
      ...guarded(message),
    },
    signal,
  );

/** `DELETE im/v1/messages/:message_id` (im-v1/message/delete): the bot's own, within the time that the tenant's admin allows. */
export const recallMessage = (feishu: Feishu, messageId: string, signal?: AbortSignal): Promise<Reply> =>
  feishu.call({ method: 'DELETE', path: `im/v1/messages/${encodeURIComponent(messageId)}` }, signal);

/**
 * `PATCH im/v1/messages/:message_id/urgent_app|urgent_sms|urgent_phone` (im-v1/buzz-messages): the bot's own message to
 * a person, who is told at once. SMS and calls use the tenant's paid quota. It has no uuid.
 */
export const urge = (
  feishu: Feishu,
  { messageId, by, person }: { messageId: string; by: Urgency; person: Target },
  signal?: AbortSignal,
): Promise<Reply> =>
  feishu.call(
    {
      method: 'PATCH',
      path: `im/v1/messages/${encodeURIComponent(messageId)}/urgent_${by}`,
      query: { user_id_type: person.idType },
      body: { user_id_list: [person.id] },
      fresh: true,
    },
    signal,
  );
