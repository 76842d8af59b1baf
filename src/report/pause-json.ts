import type { Pause } from '../model/pause.ts';
import { utc } from './run-json.ts';

/** A pause as programs read it. */
export const pauseJson = ({ since, until, reason }: Pause) => ({
  since: utc(since),
  until: until === null ? null : utc(until),
  reason,
});
