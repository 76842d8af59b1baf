import { backoff } from './backoff.ts';
import type { Delivery } from './delivery.ts';
import type { Outcome } from './outcome.ts';
import type { Reason } from './run.ts';
import { MINUTE, type Ms, SECOND } from './time.ts';

/** Feishu drops a repeated uuid for one hour (im-v1/message/create); the last try leaves well before that. */
const SAFE_WINDOW: Ms = 50 * MINUTE;

/** Still inside Feishu's memory of the uuid, counted in Feishu's time from the first unsure try. */
export const mayRepeat = (firstUnsureAt: Ms, feishuNow: Ms): boolean =>
  feishuNow + MINUTE < firstUnsureAt + SAFE_WINDOW + 5 * MINUTE;

/** What a finished try changes about its delivery. */
export type Patch = Partial<
  Pick<
    Delivery,
    | 'state'
    | 'settled'
    | 'notBefore'
    | 'firstUnsureAt'
    | 'chatId'
    | 'messageId'
    | 'code'
    | 'http'
    | 'fault'
    | 'logId'
    | 'message'
    | 'deliveredAt'
    | 'reason'
  >
>;

const GAVE_UP: Reason = {
  code: 'gave-up',
  message: { zh: '已试满次数,不再重试。', en: 'It was tried as often as it may be.' },
};

/**
 * The one decision after a try (docs/decisions/0004, table "Delivery"): a refusal after an unsure try proves nothing
 * about that try, so such a delivery stays `unknown`, whatever the later answer said.
 */
export const afterTry = (
  before: Pick<Delivery, 'tries' | 'firstUnsureAt'> & { readonly maxTries: number },
  outcome: Outcome,
  { now, begunAtFeishu, random }: { now: Ms; begunAtFeishu: Ms; random: number },
): Patch => {
  const answer = { code: outcome.code, http: outcome.http, logId: outcome.logId, message: outcome.msg };
  const wait = backoff(before.tries, random);
  switch (outcome.is) {
    case 'delivered':
      return {
        ...answer,
        state: 'delivered',
        messageId: outcome.messageId,
        chatId: outcome.chatId,
        deliveredAt: now,
        fault: null,
        reason: null,
      };
    case 'unsent':
      return { state: before.firstUnsureAt === null ? 'queued' : 'unknown', notBefore: now + SECOND };
    case 'unknown':
      return {
        ...answer,
        state: 'unknown',
        firstUnsureAt: before.firstUnsureAt ?? begunAtFeishu,
        notBefore: now + Math.max(SECOND, wait),
      };
    case 'retry': {
      const notBefore = now + Math.max(wait, outcome.after ?? 0);
      if (before.firstUnsureAt !== null) return { ...answer, state: 'unknown', notBefore };
      if (before.tries >= before.maxTries) return { ...answer, state: 'rejected', reason: GAVE_UP };
      return { ...answer, state: 'retrying', notBefore };
    }
    case 'rejected':
      return before.firstUnsureAt === null
        ? { ...answer, state: 'rejected', fault: outcome.fault }
        : { ...answer, state: 'unknown', notBefore: now + Math.max(10 * SECOND, wait) };
  }
};
