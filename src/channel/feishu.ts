import type { Feishu } from '../feishu/client.ts';
import { recallMessage, sendMessage } from '../feishu/messages.ts';
import { outcomeOf } from '../feishu/outcomes.ts';
import { markedBody } from '../model/marker.ts';
import { NO_ANSWER, type Outcome } from '../model/outcome.ts';
import type { Channel } from './channel.ts';
import { lookFor } from './look.ts';

/** Recalled or deleted already: what was asked for is so. */
const GONE: readonly (number | null)[] = [230011, 230110];

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
    const reply = await sendMessage(feishu, { ...message, content, guard }, signal);
    return held && reply.is === 'not-sent' ? { ...NO_ANSWER, is: 'unsent' } : outcomeOf(reply);
  },
  find: (unsent, signal) => lookFor(feishu, appId, unsent, signal),
  recall: async (messageId, signal): Promise<Outcome> => {
    const reply = await recallMessage(feishu, messageId, signal);
    if (reply.is === 'answer' && (reply.code === 0 || GONE.includes(reply.code)))
      return { ...NO_ANSWER, http: reply.http, code: reply.code, is: 'delivered', messageId, chatId: null };
    return outcomeOf(reply);
  },
  now: () => feishu.now(),
  askTime: () => feishu.askTime(),
});
