import { readMoment } from '../base/moment.ts';
import { wallClockText } from '../base/zone.ts';
import { failure } from '../model/errors.ts';
import { DAY, type Ms } from '../model/time.ts';
import { actWords } from './words.ts';

const TIME = { zh: '一个时间,例如 2026-11-22T18:00 或 18:00', en: 'a time, such as 2026-11-22T18:00 or 18:00' };

/** ISO 8601; without an offset it is the wall clock of `zone`; `18:00` is today's. Throws `bad-value` (exit 2). */
export const parseTime = (option: string, value: string, { zone, now }: { zone: string; now: Ms }): Ms => {
  const moment = readMoment(value, { zone, now });
  if (moment !== null) return moment;
  throw failure(actWords, 'bad-value', { option, value, expected: TIME }, { status: 2 });
};

/** Throws `forgotten` (status 2) for a due time so old that the ledger may have let its run go: sending could double. */
export const refuseForgotten = (due: Ms, of: { now: Ms; keep: Ms; zone: string }): void => {
  if (of.now - due <= of.keep) return;
  throw failure(
    actWords,
    'forgotten',
    { time: clockText(due, of.zone), days: Math.floor(of.keep / DAY) },
    { status: 2 },
  );
};

/** `2026-11-22 18:00` on the wall clock of `zone`, seconds only where there are some. */
export const clockText = (ms: Ms, zone: string): string => wallClockText(ms, zone).replace(/:00$/, '');
