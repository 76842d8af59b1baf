import { clockText } from '../acts/time.ts';
import type { Text } from '../model/text.ts';
import type { Ms } from '../model/time.ts';

/** Which due times are left alone, or that there were none. */
export const alreadyLines = (already: readonly Ms[], dues: number, zone: string): readonly Text[] => [
  ...already.map((due) => ({
    zh: `– ${clockText(due, zone)} 已经有结果,不补发`,
    en: `– ${clockText(due, zone)} has its outcome already`,
  })),
  ...(dues === 0 ? [{ zh: '这段时间里没有应发的时间。', en: 'Nothing was due in that time.' }] : []),
];

/** What is asked before several go out. */
export const backfillQuestion = (runs: number, recipients: number): Text => ({
  zh: `要补发 ${runs} 次,每次 ${recipients} 个收件人吗?`,
  en: `Send ${runs} runs to ${recipients} recipients each?`,
});
