import { batchProgress, recallBatch, sendBatch, unreachedBy } from '../feishu/batch.ts';
import type { Feishu } from '../feishu/client.ts';
import { recallMessage, renewCard, replyInThread, sendMessage, urge } from '../feishu/messages.ts';
import { outcomeOf } from '../feishu/outcomes.ts';
import type { Reply } from '../feishu/reply.ts';
import { markedBody } from '../model/marker.ts';
import { NO_ANSWER, type Outcome } from '../model/outcome.ts';
import type { Channel, Message } from './channel.ts';
import { lookFor } from './look.ts';

/** Recalled or deleted already: what was asked for is so (im-v1/message/delete). */
const GONE: readonly (number | null)[] = [230011, 230110, 230111];
/** Nothing is left to be renewed or answered: too old, no topic, no threads here (im-v1/message-card/patch, reply). */
const NO_PLACE: readonly (number | null)[] = [...GONE, 230012, 230019, 230031, 230050, 230071];

const isGone = ({ code, msg }: Outcome): boolean =>
  NO_PLACE.includes(code) || (code === 230001 && /message_id/.test(msg ?? ''));

/** A batch's id, as `message/v4/batch_send` gives them. */
const isBatch = (messageId: string): boolean => messageId.startsWith('bm-');

/** The one call that this message is: new, in a thread, into a message that is there, or to many at once. */
const post = (feishu: Feishu, message: Message & { guard(): boolean }, signal?: AbortSignal): Promise<Reply> => {
  const { target, renews, repliesTo } = message;
  if (target.idType === 'batch') return sendBatch(feishu, { ...message, people: target.id.split(',') }, signal);
  if (renews !== null) return renewCard(feishu, renews, message, signal);
  if (repliesTo !== null) return replyInThread(feishu, repliesTo, message, signal);
  return sendMessage(feishu, message, signal);
};

const understood = (reply: Reply, { target, renews, repliesTo }: Message): Outcome => {
  if (renews !== null && reply.is === 'answer' && reply.code === 0)
    // the answer to a renewal names no message: it is the one that was named
    return { ...outcomeOf({ ...reply, body: { code: 0, data: { message_id: renews } } }) };
  const outcome = outcomeOf(reply);
  if (target.idType === 'batch' && outcome.is === 'delivered') return { ...outcome, invalid: unreachedBy(reply) };
  if (outcome.is === 'rejected' && (renews ?? repliesTo) !== null && isGone(outcome)) return { ...outcome, gone: true };
  return outcome;
};

/** An app's bot as a channel. */
export const feishuChannel = (feishu: Feishu, appId: string): Channel => ({
  kind: 'feishu',
  send: async (message, signal) => {
    let held = false;
    const guard = (): boolean => {
      held = !message.guard();
      return !held;
    };
    const content = { ...message.content, body: markedBody(message.content.body, message.uuid) };
    const reply = await post(feishu, { ...message, content, guard }, signal);
    return held && reply.is === 'not-sent' ? { ...NO_ANSWER, is: 'unsent' } : understood(reply, message);
  },
  find: (unsent, signal) => lookFor(feishu, appId, unsent, signal),
  recall: async (messageId, signal): Promise<Outcome> => {
    const reply = await (isBatch(messageId) ? recallBatch : recallMessage)(feishu, messageId, signal);
    if (reply.is === 'answer' && (reply.code === 0 || GONE.includes(reply.code)))
      return { ...NO_ANSWER, http: reply.http, code: reply.code, is: 'delivered', messageId, chatId: null };
    return outcomeOf(reply);
  },
  urge: async (message, signal) => {
    const reply = await urge(feishu, message, signal);
    if (reply.is !== 'answer' || reply.code === null) return { ...outcomeOf(reply) };
    return reply.code === 0
      ? { ...NO_ANSWER, http: reply.http, code: 0, is: 'delivered', messageId: message.messageId, chatId: null }
      : outcomeOf(reply);
  },
  progress: (messageId, signal) => batchProgress(feishu, messageId, signal),
  now: () => feishu.now(),
  askTime: () => feishu.askTime(),
});
