import { MINUTE, type Ms, SECOND } from '../model/time.ts';

/** At most `count` requests in any stretch of `within`. */
export interface Rule {
  readonly count: number;
  readonly within: Ms;
}

/** 50 a second and 1,000 a minute for an app and API (api-call-guide: rate limits, tier of the message APIs). */
export const APP_RULES: readonly Rule[] = [
  { count: 50, within: SECOND },
  { count: 1_000, within: MINUTE },
];

/** 5 a second to one person, to one group (all bots together), and of updates to one message (im-v1/message). */
export const CHAT_RULES: readonly Rule[] = [{ count: 5, within: SECOND }];

/** How long until one more request is allowed, given the times of the earlier ones (oldest first); 0: now. */
export const waitFor = (times: readonly Ms[], now: Ms, rules: readonly Rule[]): Ms =>
  Math.max(
    0,
    ...rules.map(({ count, within }) => {
      const nth = times.at(-count);
      return nth === undefined ? 0 : nth + within - now;
    }),
  );

/** True sliding windows by key. A refused request takes no slot. */
export interface Windows {
  /** 0 and the slot is taken, or how long to wait */
  take(key: string, now: Ms, rules: readonly Rule[]): Ms;
}

export const createWindows = (): Windows => {
  const slots = new Map<string, Ms[]>();
  return {
    take: (key, now, rules) => {
      const longest = Math.max(...rules.map(({ within }) => within));
      const times = (slots.get(key) ?? []).filter((at) => now - at < longest);
      const wait = waitFor(times, now, rules);
      slots.set(key, wait === 0 ? [...times, now] : times);
      return wait;
    },
  };
};

export const NO_LIMITS: Windows = { take: () => 0 };
