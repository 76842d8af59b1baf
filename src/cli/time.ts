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

export const parseCount = (option: string, value: string | null, fallback: number): number => {
  if (value === null) return fallback;
  const count = Number(value);
  if (Number.isInteger(count) && count >= 0 && count <= 100_000) return count;
  throw failure(
    actWords,
    'bad-value',
    { option, value, expected: { zh: '一个整数', en: 'a whole number' } },
    { status: 2 },
  );
};
