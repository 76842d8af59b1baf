import type { Feishu } from '../feishu/client.ts';
import { sendMessage } from '../feishu/messages.ts';
import { outcomeOf } from '../feishu/outcomes.ts';
import { NO_ANSWER } from '../model/outcome.ts';
import type { Channel } from './channel.ts';

/** An app's bot as a channel. */
export const feishuChannel = (feishu: Feishu): Channel => ({
  kind: 'feishu',
  send: async (message, signal) => {
    let held = false;
    const guard = (): boolean => {
      held = !message.guard();
      return !held;
    };
    const reply = await sendMessage(feishu, { ...message, guard }, signal);
    return held && reply.is === 'not-sent' ? { ...NO_ANSWER, is: 'unsent' } : outcomeOf(reply);
  },
  now: () => feishu.now(),
  // needs no scope, and its answer carries the Date header (bot-v3/info)
  askTime: async () => {
    await feishu.call({ method: 'GET', path: 'bot/v3/info' });
  },
});
