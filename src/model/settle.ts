import { backoff, toldWait } from './backoff.ts';
import type { Delivery } from './delivery.ts';
import type { Outcome } from './outcome.ts';
import type { Reason } from './run.ts';
import { DAY, MINUTE, type Ms, SECOND } from './time.ts';

/** Feishu drops a repeated uuid for one hour (im-v1/message/create); the last try leaves well before that. */
const SAFE_WINDOW: Ms = 50 * MINUTE;

/** Still inside Feishu's memory of the uuid, counted in Feishu's time from the first unsure try. */
export const mayRepeat = (firstUnsureAt: Ms, feishuNow: Ms): boolean => firstUnsureAt > repeatableSince(feishuNow);

/** The earliest first unsure try that may still be repeated at this time of Feishu's. */
export const repeatableSince = (feishuNow: Ms): Ms => feishuNow + MINUTE - SAFE_WINDOW - 5 * MINUTE;

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

export const UNSURE: Reason = {
  code: 'unsure',
  message: {
    zh: '飞书没有回答,重复发送又可能出现两条,所以等人决定。',
    en: 'Feishu did not answer, and sending again could make two; a person decides.',
  },
};
export const EXPIRED: Reason = {
  code: 'expired',
  message: { zh: '到最晚送达时间仍未成功。', en: 'Its latest time to arrive passed without success.' },
};
export const GAVE_UP: Reason = {
  code: 'gave-up',
  message: { zh: '已试满次数,不再重试。', en: 'It was tried as often as it may be.' },
};

/** What a look into the chat found. `later`: the look itself failed for now. */
export type Look =
  | { readonly is: 'found'; readonly messageId: string; readonly chatId: string | null }
  | { readonly is: 'absent' }
  | { readonly is: 'cannot-tell' }
  | { readonly is: 'later' };

/** Feishu keeps history for longer, but who waits a day for a look does not wait for the message any more. */
const GIVE_UP_LOOKING: Ms = DAY;

/**
 * The decision after a look, when the uuid may no longer be repeated. Surely absent and still in time it is sent anew,
 * under a new uuid (`again`); whatever stays uncertain is a person's to decide.
 */
export const afterLook = (
  before: Pick<Delivery, 'firstUnsureAt' | 'deliverUntil'>,
  look: Look,
  { now, feishuNow }: { now: Ms; feishuNow: Ms },
): Patch & { readonly again?: boolean } => {
  const tooOld = feishuNow - (before.firstUnsureAt ?? feishuNow) > GIVE_UP_LOOKING;
  switch (look.is) {
    case 'found':
      return {
        state: 'delivered',
        messageId: look.messageId,
        chatId: look.chatId,
        deliveredAt: now,
        fault: null,
        reason: null,
      };
    case 'absent':
      return now < before.deliverUntil
        ? { state: 'retrying', firstUnsureAt: null, notBefore: now, again: true }
        : { state: 'rejected', reason: EXPIRED };
    case 'later':
      return tooOld ? { settled: true, reason: UNSURE } : { notBefore: now + MINUTE };
    case 'cannot-tell':
      return { settled: true, reason: UNSURE };
  }
};

/**
 * The one decision after a try (docs/decisions/0004, table "Delivery"): a refusal after an unsure try proves nothing
 * about that try, so such a delivery stays `unknown`, whatever the later answer said.
 */
export const afterTry = (
  before: Pick<Delivery, 'tries' | 'firstUnsureAt' | 'remembers'> & { readonly maxTries: number },
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
        // without a memory of uuids on the other side a repeat could be a second message: a person decides
        ...(before.remembers ? {} : { settled: true, reason: UNSURE }),
      };
    case 'retry': {
      const least = outcome.pace === null ? 0 : SECOND;
      const notBefore =
        now + (outcome.after === null ? Math.max(wait, least) : toldWait(outcome.after, before.tries, random));
      if (before.firstUnsureAt !== null) return { ...answer, state: 'unknown', notBefore };
      if (before.tries >= before.maxTries) return { ...answer, state: 'rejected', reason: GAVE_UP };
      return { ...answer, state: 'retrying', notBefore };
    }
    case 'rejected':
      if (outcome.gone === true && before.firstUnsureAt === null)
        return { ...answer, state: 'retrying', notBefore: now };
      return before.firstUnsureAt === null
        ? { ...answer, state: 'rejected', fault: outcome.fault }
        : { ...answer, state: 'unknown', notBefore: now + Math.max(10 * SECOND, wait) };
  }
};
