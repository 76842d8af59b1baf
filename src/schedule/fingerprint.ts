import { digest } from '../base/ids.ts';
import type { Times } from '../model/schedule.ts';

/** What limits a schedule beyond its crons; nothing for most, so that their fingerprints stay as they always were. */
const limits = ({ interval, moments, days, from, until }: Times): string[] => [
  ...(interval === null ? [] : [`every ${interval.every} ${interval.anchor}`]),
  ...[...moments].sort((a, b) => a - b).map((at) => `at ${at}`),
  ...(days === null ? [] : [`days ${days.calendar.name} ${days.shift}`]),
  ...(from === null ? [] : [`from ${from}`]),
  ...(until === null ? [] : [`until ${until}`]),
];

/** What makes a schedule another one: its times. A new fingerprint begins anew and sends nothing for the past. */
export const fingerprint = (times: Times): string =>
  digest([times.timezone, ...[...times.crons].sort(), ...limits(times)], 16);
