/** Milliseconds since 1970 in UTC. Due times are whole seconds; nothing in larkcron stores a local time. */
export type Ms = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** On time is what is at most this late: cron wakes us within a minute. */
export const ON_TIME: Ms = 90 * SECOND;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY };

/** As people write it in their settings: `4h`, `90m`. */
export const durationText = (ms: Ms): string => {
  const [unit, size] = Object.entries(UNITS).findLast(([, each]) => ms % each === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
};

/** `30s 5m 2h 1d`; null for anything else. Bare numbers are refused: 30 of what? */
export const parseDuration = (text: string): Ms | null => {
  const match = /^(\d{1,6})(ms|s|m|h|d)$/.exec(text.trim());
  return match === null ? null : Number(match[1]) * (UNITS[match[2] as string] as number);
};
