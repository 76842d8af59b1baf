import { digest } from '../base/ids.ts';
import type { Schedule } from '../model/schedule.ts';

/** What makes a schedule another one: its times. A new fingerprint begins anew and sends nothing for the past. */
export const fingerprint = ({ crons, timezone }: Schedule): string => digest([timezone, ...[...crons].sort()], 16);
