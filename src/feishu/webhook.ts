import { createHmac } from 'node:crypto';
import type { Http } from '../base/http.ts';
import type { Content } from '../model/delivery.ts';
import { type Ms, SECOND } from '../model/time.ts';
import { bareContent } from './messages.ts';
import { answerOf, type Reply } from './reply.ts';

/** Key `timestamp\nsecret` over an empty message, HMAC-SHA256, Base64; the timestamp in seconds, at most an hour off (custom bot guide). */
export const webhookSign = (secret: string, timestamp: number): string =>
  createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');

/** What a custom bot is posted: a message's content as an object, cards under `card`. */
export const webhookBody = (content: Content, secret: string | null, now: Ms): string => {
  const timestamp = Math.floor(now / SECOND);
  const signed = secret === null ? {} : { timestamp: String(timestamp), sign: webhookSign(secret, timestamp) };
  return JSON.stringify({ ...signed, ...bareContent(content) });
};

/**
 * `POST bot/v2/hook/…` (custom bot guide): no token, no uuid and no message_id, so over a connection of its own, and
 * never repeated when the answer is lost. Most refusals come as HTTP 200.
 */
export const postWebhook = async (
  http: Http,
  { url, body, proxy, guard }: { url: string; body: string; proxy: string | null; guard: () => boolean },
  signal?: AbortSignal,
): Promise<Reply> => {
  const answer = await http.request({
    method: 'POST',
    url,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body,
    connectTimeout: 5 * SECOND,
    totalTimeout: 20 * SECOND,
    maxBytes: 1024 * 1024,
    proxy,
    fresh: true,
    beforeSend: guard,
    ...(signal === undefined ? {} : { signal }),
  });
  return answer.is === 'answer' ? answerOf(answer, 'webhook') : { is: answer.is, why: answer.why };
};
