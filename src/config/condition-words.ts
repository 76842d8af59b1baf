import type { Words } from '../model/errors.ts';

const list = (names: readonly string[]): string => (names.length === 0 ? '–' : names.join(', '));

export const conditionWords = {
  'was-still-there': (p: { name: string; was: string }) => ({
    message: {
      zh: `${p.name} 说自己以前叫 ${p.was},可是 ${p.was} 的文件还在。`,
      en: `${p.name} was ${p.was}, it says, but the file of ${p.was} is still there.`,
    },
    hint: { zh: '删掉旧文件,或去掉 was。', en: 'Remove the old file, or take `was` out.' },
  }),
  'bad-tolerance': (p: { value: string }) => ({
    message: { zh: `tolerance 不能是 ${p.value}。`, en: `tolerance cannot be ${p.value}.` },
    hint: {
      zh: '写一个数(0.05:差这么多以内不算变),或百分比(0.5%:旧值的千分之五以内不算变)。',
      en: 'Write a number (0.05: a difference up to it is no change) or a percentage (0.5% of the old value).',
    },
  }),
  'changed-of': (p: { of: string | null; known: readonly string[]; suggestion: string | null }) => ({
    message:
      p.of === null
        ? {
            zh: `有不止一个(或没有)数据集,changed 要用 of 写明看哪一个。`,
            en: 'There is not exactly one dataset, so `changed` has to name the one it means with `of`.',
          }
        : { zh: `changed 的 of 写的 ${p.of} 不是数据集。`, en: `changed: of names ${p.of}, which is no dataset.` },
    hint:
      p.suggestion === null
        ? { zh: `有:${list(p.known)}。`, en: `There are: ${list(p.known)}.` }
        : { zh: `是不是想写 ${p.suggestion}?`, en: `Did you mean ${p.suggestion}?` },
  }),
  'needs-when': (p: { key: string }) => ({
    message: {
      zh: `${p.key} 数的是 when 连续成立的次数,任务里却没有 when(也没有 empty: skip)。`,
      en: `${p.key} counts the runs for which \`when\` holds, but the job has no \`when\` (nor \`empty: skip\`).`,
    },
    hint: { zh: '写上 when,或去掉它。', en: 'Write `when`, or leave it out.' },
  }),
  'each-alone': () => ({
    message: {
      zh: 'to 里写了 { from, column },就不能再写别的收件人:每人只收自己的那几行。',
      en: '{ from, column } has to stand alone in `to`: everybody gets the rows of their own.',
    },
    hint: {
      zh: '要给别人发全部数据,另写一个任务。',
      en: 'To send all of the data to others, make another job for them.',
    },
  }),
} satisfies Words;
