import type { Http } from '../base/http.ts';
import { outcomeOf } from '../feishu/outcomes.ts';
import { postWebhook, webhookBody } from '../feishu/webhook.ts';
import { markedBody } from '../model/marker.ts';
import { NO_ANSWER } from '../model/outcome.ts';
import type { Limits, Webhook } from '../model/settings.ts';
import type { Ms } from '../model/time.ts';
import type { Channel } from './channel.ts';

/** 100 a minute and 5 a second for each custom bot (custom bot guide), less four per cent to leave room for clocks. */
const LIMITS: Limits = { perSecond: 5, perMinute: 96, perTarget: 5 };

/** A group's custom bot. It knows no uuid and gives no message_id: what was lost is never repeated, found or taken back. */
export const webhookChannel = (
  { url, secret }: Webhook,
  { http, now, proxy }: { http: Http; now: () => Ms; proxy: string | null },
): Channel => ({
  kind: 'webhook',
  limits: LIMITS,
  send: async ({ content, uuid, guard }, signal) => {
    let held = false;
    const watch = (): boolean => {
      held = !guard();
      return !held;
    };
    const body = webhookBody({ ...content, body: markedBody(content.body, uuid) }, secret, now());
    const reply = await postWebhook(http, { url, body, proxy, guard: watch }, signal);
    return held && reply.is === 'not-sent' ? { ...NO_ANSWER, is: 'unsent' } : outcomeOf(reply);
  },
  // Feishu's time is asked for where a uuid's hour is to be counted, and there is none here
  now: () => null,
  askTime: async () => {},
});
