import { PRIORITIES } from './job.ts';
import { DEFAULT_LIMITS, type Limits, QUOTA } from './settings.ts';
import { HOUR, type Ms } from './time.ts';

/**
 * The sender's windows are longer than Feishu's second and minute, because requests that leave exactly a second apart
 * arrive up to some 50 ms closer: at 1,000 ms 8.5 % were refused, at 1,050 ms 0.3 % (docs/decisions/0007).
 */
export const SECOND_WINDOW: Ms = 1_050;
export const MINUTE_WINDOW: Ms = 61_000;
/** A steady stream into one group meets the edge of its window again and again. */
const TARGET_WINDOW: Ms = 1_080;

/** Slots kept for an app: as many as the minute's quota may be. */
export const RING = 1_000;

/** A slot this near is waited for by the sender; one further off is left to a later `begin`. */
export const HORIZON: Ms = 200;

/** Less than this the windows have room for. */
const LATE: Ms = 20;
export const isLate = (by: Ms): boolean => by > LATE;

/** When the next request of an app may leave, given the times of its last ones (oldest first). */
export const appSlot = (ring: readonly Ms[], now: Ms, limits: Limits): Ms =>
  Math.max(
    now,
    (ring.at(-limits.perSecond) ?? Number.NEGATIVE_INFINITY) + SECOND_WINDOW,
    (ring.at(-limits.perMinute) ?? Number.NEGATIVE_INFINITY) + MINUTE_WINDOW,
  );

/**
 * What a row of this priority may use. By default routine work leaves four per cent of Feishu's quota (50/s, 1000/min)
 * free, and what is urgent may use them, so that it need not wait for a full window. Limits that were set bind all.
 */
export const limitsFor = (priority: number, limits: Limits): Limits =>
  priority > PRIORITIES.urgent
    ? limits
    : {
        ...limits,
        perSecond: limits.perSecond === DEFAULT_LIMITS.perSecond ? QUOTA.perSecond : limits.perSecond,
        perMinute: limits.perMinute === DEFAULT_LIMITS.perMinute ? QUOTA.perMinute : limits.perMinute,
      };

/** The distance between two requests to one person or group; `learnt` is a longer one that it taught us. */
export const targetSpacing = (limits: Limits, learnt: Ms | null = null): Ms =>
  Math.max(Math.ceil(TARGET_WINDOW / limits.perTarget), learnt ?? 0);

/** Two seconds between messages to a group is as far as learning goes. */
const SLOWEST: Ms = 2_000;

/**
 * 230020 in a group that we sent to slowly enough means that other bots use its share (5/s for all bots together,
 * im-v1/message/create): our distance doubles, and each message that arrives takes a tenth of the excess back.
 * Null: nothing learnt is left.
 */
export const learntSpacing = (learnt: Ms | null, refused: boolean, limits: Limits): Ms | null => {
  const least = targetSpacing(limits);
  if (refused) return Math.min(SLOWEST, Math.max(least, learnt ?? 0) * 2);
  if (learnt === null) return null;
  const nearer = Math.floor(least + (learnt - least) * 0.9);
  return nearer <= least + 1 ? null : nearer;
};

/** A stored time far ahead of now means the clock was set back since: it would silence the app, so it does not count. */
export const believable = (at: Ms, now: Ms): Ms => (at > now + MINUTE_WINDOW + 4_000 ? now : at);

/** The longest wait that Feishu's word is taken for; waits are moved with the clock when it is set back (clock-watch). */
const LONGEST_BLOCK: Ms = HOUR;
export const blockedUntil = (until: Ms, now: Ms): Ms => Math.min(until, now + LONGEST_BLOCK);

/** More than this behind a time that was seen before: the clock was set back. Smaller differences are other hosts'. */
const STEP_BACK: Ms = 60_000;

/** How far the clock was set back since `seen`; 0: it was not. Times stored meanwhile are moved by as much. */
export const clockStep = (seen: Ms, now: Ms): Ms => (now < seen - STEP_BACK ? seen - now : 0);
