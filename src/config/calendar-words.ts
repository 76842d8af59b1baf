import type { Words } from '../model/errors.ts';
import type { Text } from '../model/text.ts';

export const calendarWords = {
  'unknown-calendar': (p: { name: string; known: readonly string[]; suggestion: string | null }) => ({
    message: { zh: `没有名为 ${p.name} 的日历。`, en: `There is no calendar named ${p.name}.` },
    hint:
      p.suggestion === null
        ? {
            zh: `有:${p.known.join('、')};自己的写在 larkcron.yaml 的 calendars 下。`,
            en: `There are: ${p.known.join(', ')}; your own stand under \`calendars\` in larkcron.yaml.`,
          }
        : { zh: `是不是想写 ${p.suggestion}?`, en: `Did you mean ${p.suggestion}?` },
  }),
  'calendar-circle': (p: { name: string }) => ({
    message: {
      zh: `日历 ${p.name} 绕一圈又包含了自己。`,
      en: `The calendar ${p.name} includes itself, by some way round.`,
    },
    hint: { zh: '去掉其中一个 include。', en: 'Take one `include` out.' },
  }),
  'calendar-name-taken': (p: { name: string }) => ({
    message: { zh: `${p.name} 是自带的日历,不能另外定义。`, en: `${p.name} is a calendar of larkcron's own.` },
    hint: {
      zh: '换个名字,用 include 包含它,再加减日子。',
      en: 'Take another name, `include` it, and add or remove days.',
    },
  }),
  'bad-days': (p: { value: string }) => ({
    message: {
      zh: `${p.value} 不是日期,也不是一年以内的一段日期。`,
      en: `${p.value} is no date, and no span of a year at most.`,
    },
    hint: {
      zh: '写 2026-05-04、2026-05-04..2026-05-08,或每年都有的 05-04。',
      en: 'Write 2026-05-04, 2026-05-04..2026-05-08, or 05-04 for every year.',
    },
  }),
  'bad-hours': (p: { value: string }) => ({
    message: { zh: `${p.value} 不是安静时段。`, en: `${p.value} is no quiet time.` },
    hint: {
      zh: '写成 22:00-08:00(可以跨过零点),或 { hours, days, dates, mode },hours、days、dates 至少一个。',
      en: 'Write 22:00-08:00 (over midnight, too), or { hours, days, dates, mode } with one of hours, days, dates.',
    },
  }),
  'bad-day': (p: { value: string }) => ({
    message: {
      zh: `${p.value} 不是日期,也不是一年以内的一段日期。`,
      en: `${p.value} is no date, and no span of a year at most.`,
    },
    hint: { zh: '写成 2026-05-04。', en: 'Write it as 2026-05-04.' },
  }),
  'bad-moment': (p: { value: string }) => ({
    message: { zh: `${p.value} 不是时间。`, en: `${p.value} is no time.` },
    hint: {
      zh: '写成 2026-05-04T18:00(任务的时区),或带时差的 2026-05-04T18:00:00+08:00。',
      en: 'Write 2026-05-04T18:00 (in the zone of the job), or with an offset: 2026-05-04T18:00:00+08:00.',
    },
  }),
  'bad-interval': () => ({
    message: { zh: 'every 至少是 1s。', en: '`every` is 1s at least.' },
  }),
  'one-kind-of-time': (p: { keys: readonly string[] }) => ({
    message:
      p.keys.length === 0
        ? { zh: 'schedule 没有写时间。', en: 'The schedule names no time.' }
        : {
            zh: `schedule 里 ${p.keys.join('、')} 只能写一个。`,
            en: `A schedule has only one of ${p.keys.join(', ')}.`,
          },
    hint: {
      zh: '写 cron、every、at 之一;cron 和 at 可以是列表。',
      en: 'Write one of cron, every, at; cron and at may be lists.',
    },
  }),
  'anchor-without-every': () => ({
    message: { zh: 'anchor 只和 every 一起用。', en: '`anchor` goes with `every`.' },
  }),
  'ends-before-it-begins': (p: { from: string; until: string }) => ({
    message: { zh: `until(${p.until})在 from(${p.from})之前。`, en: `until (${p.until}) is before from (${p.from}).` },
  }),
  'bad-calendar-file': (p: { file: string; why: Text }) => ({
    message: {
      zh: `日历文件 ${p.file} 不能用:${p.why.zh}`,
      en: `The calendar file ${p.file} cannot be used: ${p.why.en}`,
    },
    hint: {
      zh: '删掉它,再用 larkcron calendar update --file 装一次。',
      en: 'Remove it, and install it again with larkcron calendar update --file.',
    },
  }),
} satisfies Words;
