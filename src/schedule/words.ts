import type { Words } from '../model/errors.ts';

export const scheduleWords = {
  'bad-cron': (p: { cron: string; why: string }) => ({
    message: { zh: `${p.cron} 不是可用的 cron:${p.why}`, en: `${p.cron} is no usable cron: ${p.why}` },
    hint: {
      zh: '五段:分 时 日 月 周,例如 "0 18 * * *" 是每天 18:00;六段时最前面是秒。',
      en: 'Five fields: minute hour day month weekday; "0 18 * * *" is every day at 18:00. With six, seconds come first.',
    },
  }),
} satisfies Words;
