import { readMoment } from '../base/moment.ts';
import { wallClockText } from '../base/zone.ts';
import { failure } from '../model/errors.ts';
import { DAY, type Ms, parseDuration } from '../model/time.ts';
import { cliWords } from './words.ts';

const TIME = { zh: '一个时间,例如 2026-11-22T18:00 或 18:00', en: 'a time, such as 2026-11-22T18:00 or 18:00' };
const DURATION = { zh: '一段时长,例如 30s、5m', en: 'a duration, such as 30s or 5m' };

/** ISO 8601; without an offset it is the wall clock of `zone`; `18:00` is today's. Throws `bad-value` (exit 2). */
export const parseTime = (option: string, value: string, { zone, now }: { zone: string; now: Ms }): Ms => {
  const moment = readMoment(value, { zone, now });
  if (moment !== null) return moment;
  throw failure(cliWords, 'bad-value', { option, value, expected: TIME }, { status: 2 });
};

export const parseWait = (option: string, value: string | null, fallback: Ms): Ms => {
  if (value === null) return fallback;
  const ms = parseDuration(value);
  if (ms === null) throw failure(cliWords, 'bad-value', { option, value, expected: DURATION }, { status: 2 });
  return ms;
};

/** A whole number up to `most`. Throws `bad-value` (status 2). */
export const parseCount = (option: string, value: string | null, fallback: number, most = 100_000): number => {
  if (value === null) return fallback;
  const count = Number(value);
  if (/^\d+$/.test(value) && count <= most) return count;
  const expected = { zh: `0 到 ${most} 的整数`, en: `a whole number from 0 to ${most}` };
  throw failure(cliWords, 'bad-value', { option, value, expected }, { status: 2 });
};

/** A TCP port; 0 is any free one. Throws `bad-value` (status 2). */
export const parsePort = (value: string | null, fallback: number): number =>
  parseCount('--port', value, fallback, 65_535);

/** Throws `forgotten` (status 2) for a due time so old that the ledger may have let its run go: sending could double. */
export const refuseForgotten = (due: Ms, of: { now: Ms; keep: Ms; zone: string }): void => {
  if (of.now - due <= of.keep) return;
  throw failure(
    cliWords,
    'forgotten',
    { time: clockText(due, of.zone), days: Math.floor(of.keep / DAY) },
    { status: 2 },
  );
};

/** `2026-11-22 18:00` on the wall clock of `zone`, seconds only where there are some. */
export const clockText = (ms: Ms, zone: string): string => wallClockText(ms, zone).replace(/:00$/, '');
