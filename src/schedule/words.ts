import type { Words } from '../model/errors.ts';
import type { Text } from '../model/text.ts';

const FIELDS: Readonly<Record<string, { readonly zh: string; readonly range: string }>> = {
  second: { zh: '秒', range: '0–59' },
  minute: { zh: '分', range: '0–59' },
  hour: { zh: '时', range: '0–23' },
  day: { zh: '日', range: '1–31' },
  month: { zh: '月', range: '1–12, JAN–DEC' },
  weekday: { zh: '星期', range: '0–7, SUN–SAT' },
};

/** Why a cron cannot be: what stands in `bad-cron` behind the colon. */
export const cronFaults = {
  fieldCount: (count: number): Text => ({
    zh: `它有 ${count} 段,须有五段(带秒则六段)`,
    en: `it has ${count} ${count === 1 ? 'field' : 'fields'}, not five (or six with seconds)`,
  }),
  field: (name: string, written: string): Text => ({
    zh: `「${FIELDS[name]?.zh}」不能是 ${written}(可用 ${FIELDS[name]?.range},范围从小到大)`,
    en: `the ${name} cannot be ${written} (${FIELDS[name]?.range}, ranges from low to high)`,
  }),
  nickname: (): Text => ({
    zh: '可用的只有 @hourly @daily @weekly @monthly @yearly',
    en: 'the names are @hourly @daily @weekly @monthly @yearly',
  }),
  never: (): Text => ({ zh: '永远不会到,没有这样的日子', en: 'it never comes, there is no such day' }),
};

export const scheduleWords = {
  'bad-cron': (p: { cron: string; why: Text }) => ({
    message: { zh: `${p.cron} 不是可用的 cron:${p.why.zh}。`, en: `${p.cron} is no usable cron: ${p.why.en}.` },
    hint: {
      zh: '五段:分 时 日 月 星期,例如 "0 18 * * *" 是每天 18:00;六段时最前面是秒。',
      en: 'Five fields: minute hour day month weekday; "0 18 * * *" is every day at 18:00. With six, seconds come first.',
    },
  }),
} satisfies Words;
