import { actWords } from '../acts/words.ts';
import { failure } from '../model/errors.ts';
import { type Ms, parseDuration } from '../model/time.ts';

const DURATION = { zh: '一段时长,例如 30s、5m', en: 'a duration, such as 30s or 5m' };

export const parseWait = (option: string, value: string | null, fallback: Ms): Ms => {
  if (value === null) return fallback;
  const ms = parseDuration(value);
  if (ms === null) throw failure(actWords, 'bad-value', { option, value, expected: DURATION }, { status: 2 });
  return ms;
};

/** A whole number up to `most`. Throws `bad-value` (status 2). */
export const parseCount = (option: string, value: string | null, fallback: number, most = 100_000): number => {
  if (value === null) return fallback;
  const count = Number(value);
  if (/^\d+$/.test(value) && count <= most) return count;
  const expected = { zh: `0 到 ${most} 的整数`, en: `a whole number from 0 to ${most}` };
  throw failure(actWords, 'bad-value', { option, value, expected }, { status: 2 });
};

/** A TCP port; 0 is any free one. Throws `bad-value` (status 2). */
export const parsePort = (value: string | null, fallback: number): number =>
  parseCount('--port', value, fallback, 65_535);
