import type { Words } from '../model/errors.ts';

export const shapingWords = {
  'shape-column': (p: { column: string; dataset: string; known: readonly string[]; suggestion: string | null }) => ({
    message: {
      zh: `${p.dataset} 在这一步没有 ${p.column} 这一列。`,
      en: `At this step ${p.dataset} has no column ${p.column}.`,
    },
    hint:
      p.suggestion === null
        ? { zh: `有:${p.known.join('、')}。`, en: `There are: ${p.known.join(', ')}.` }
        : { zh: `是不是想写 ${p.suggestion}?`, en: `Did you mean ${p.suggestion}?` },
  }),
} satisfies Words;
