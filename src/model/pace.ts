import type { Limits } from './settings.ts';
import type { Ms } from './time.ts';

/**
 * The sender's windows are longer than Feishu's second and minute, because requests that leave exactly a second apart
 * arrive up to some 50 ms closer: at 1,000 ms 8.5 % were refused, at 1,050 ms 0.3 % (docs/decisions/0007).
 */
export const SECOND_WINDOW: Ms = 1_050;
export const MINUTE_WINDOW: Ms = 61_000;

/** Slots kept for an app: as many as the minute's quota may be. */
export const RING = 1_000;

/** A slot this near is waited for by the sender; one further off is left to a later `begin`. */
export const HORIZON: Ms = 200;

/** When the next request of an app may leave, given the times of its last ones (oldest first). */
export const appSlot = (ring: readonly Ms[], now: Ms, limits: Limits): Ms =>
  Math.max(
    now,
    (ring.at(-limits.perSecond) ?? Number.NEGATIVE_INFINITY) + SECOND_WINDOW,
    (ring.at(-limits.perMinute) ?? Number.NEGATIVE_INFINITY) + MINUTE_WINDOW,
  );

/** The distance between two requests to one person or group. */
export const targetSpacing = (limits: Limits): Ms => Math.ceil(SECOND_WINDOW / limits.perTarget);

/** A stored time far ahead of now means the clock was set back since: it would silence the app, so it does not count. */
export const believable = (at: Ms, now: Ms): Ms => (at > now + MINUTE_WINDOW + 4_000 ? now : at);
