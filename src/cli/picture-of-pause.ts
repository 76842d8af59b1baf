import { clockText } from '../acts/time.ts';
import type { Pause } from '../model/pause.ts';
import type { Text } from '../model/text.ts';
import type { Ms } from '../model/time.ts';

export const untilInWords = (until: Ms | null, zone: string): Text =>
  until === null
    ? { zh: '直到 larkcron resume', en: 'until larkcron resume' }
    : { zh: `到 ${clockText(until, zone)}`, en: `until ${clockText(until, zone)}` };

export const pausedInWords = ({ until, reason }: Pause, zone: string): Text => {
  const end = untilInWords(until, zone);
  return {
    zh: `⏸ 已暂停,${end.zh}${reason === null ? '' : `:${reason}`}`,
    en: `⏸ paused ${end.en}${reason === null ? '' : `: ${reason}`}`,
  };
};
