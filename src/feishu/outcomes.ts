import { NO_ANSWER, type Outcome } from '../model/outcome.ts';
import { faultOf, understand } from './codes.ts';
import { dataOf, type Reply } from './reply.ts';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/**
 * What the reply to a send means for its delivery. Delivered only with `code` 0 and, but for custom bots, a `message_id`; anything that may
 * have arrived unseen is unknown; what a code asks for stands in feishu/codes.
 */
export const outcomeOf = (reply: Reply): Outcome => {
  if (reply.is === 'lost') return { ...NO_ANSWER, msg: reply.why, is: 'unknown' };
  if (reply.is === 'not-sent') return { ...NO_ANSWER, msg: reply.why, is: 'retry', after: null, pace: null };
  const { http, code, msg, logId, feishuDate, resetAfter, operation } = reply;
  const answer = { http, code, msg, logId, feishuDate };
  if (code === 0) {
    const data = dataOf(reply);
    const messageId = text(data['message_id']);
    // "ok" without an id proves nothing, but for a custom bot, which gives none
    return messageId === null && operation !== 'webhook'
      ? { ...answer, is: 'unknown' }
      : { ...answer, is: 'delivered', messageId, chatId: text(data['chat_id']) };
  }
  if (code === null) {
    if (http === 429) return { ...answer, is: 'retry', after: resetAfter, pace: 'app' };
    // no code of Feishu's in it: a proxy or a crash answered, and what happened behind it nobody knows
    return { ...answer, is: 'unknown' };
  }
  const row = understand({ code, http, msg, operation });
  switch (row.class) {
    case 'unknown':
      return { ...answer, is: 'unknown' };
    case 'retry':
      return { ...answer, is: 'retry', after: resetAfter, pace: row.pace ?? null };
    default:
      return { ...answer, is: 'rejected', fault: faultOf(row.class) };
  }
};
