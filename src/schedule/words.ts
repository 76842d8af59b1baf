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

/** Why a due time does not happen on its day. */
export const notOnThisDay = (calendar: string, why: Text): Text => ({
  zh: `${calendar} 里这天不发:${why.zh}`,
  en: `not on this day in ${calendar}: ${why.en}`,
});

export const pausedFor = (reason: string | null): Text =>
  reason === null
    ? { zh: '任务已暂停', en: 'the job is paused' }
    : { zh: `任务已暂停:${reason}`, en: `the job is paused: ${reason}` };

export const QUIET = {
  dropped: { zh: '在安静时段里,不发', en: 'within quiet hours, so it is left out' },
  later: {
    zh: '在安静时段里;这一段的最后一次会在结束时发',
    en: 'within quiet hours; the last one of them goes out at their end',
  },
} as const satisfies Readonly<Record<string, Text>>;

export const scheduleWords = {
  'never-due': (p: { job: string }) => ({
    message: { zh: `${p.job} 以后不会再到时间。`, en: `${p.job} has no due time any more.` },
    hint: {
      zh: 'at 已过、until 已到,或日历里没有这样的日子:改 schedule,或删掉任务文件。',
      en: '`at` or `until` is past, or its calendar has no such day: change `schedule`, or remove the job file.',
    },
  }),
  'no-notice-yet': (p: { job: string; calendar: string; year: number; from: string }) => ({
    message: {
      zh: `日历 ${p.calendar} 还没有 ${p.year} 年的放假安排;从 ${p.from} 起 ${p.job} 会停下并通知 owner。`,
      en: `The calendar ${p.calendar} has no notice for ${p.year} yet; from ${p.from} on ${p.job} stops and tells the owner.`,
    },
    hint: {
      zh: '国务院办公厅的通知一般在十一月前后发布:升级 larkcron,或 larkcron calendar update --file 文件。',
      en: 'The State Council publishes it around November: update larkcron, or larkcron calendar update --file FILE.',
    },
  }),
  'always-quiet': (p: { job: string }) => ({
    message: {
      zh: `${p.job} 的 quiet 加起来没有尽头:一个月里没有一刻能发。`,
      en: `The quiet hours of ${p.job} have no end: there is no moment of a month at which it could send.`,
    },
    hint: {
      zh: '看看 quiet 的各段(任务里的和 larkcron.yaml 里的合起来算),留出能发的时间;要停发就用 larkcron pause。',
      en: 'Look at the windows of `quiet` (those of the job and of larkcron.yaml count together) and leave a time to send; to stop a job, use larkcron pause.',
    },
  }),
  'quiet-without-notice': (p: { job: string; calendar: string; year: number; from: string }) => ({
    message: {
      zh: `日历 ${p.calendar} 还没有 ${p.year} 年的放假安排;从 ${p.from} 起,${p.job} 的 quiet 里写的这个日历不起作用,那些日子照常发。`,
      en: `The calendar ${p.calendar} has no notice for ${p.year} yet; from ${p.from} on \`quiet\` of ${p.job} knows none of its days, and they are not quiet.`,
    },
    hint: {
      zh: '国务院办公厅的通知一般在十一月前后发布:升级 larkcron,或 larkcron calendar update --file 文件。',
      en: 'The State Council publishes it around November: update larkcron, or larkcron calendar update --file FILE.',
    },
  }),
  'bad-cron': (p: { cron: string; why: Text }) => ({
    message: { zh: `${p.cron} 不是可用的 cron:${p.why.zh}。`, en: `${p.cron} is no usable cron: ${p.why.en}.` },
    hint: {
      zh: '五段:分 时 日 月 星期,例如 "0 18 * * *" 是每天 18:00;六段时最前面是秒。',
      en: 'Five fields: minute hour day month weekday; "0 18 * * *" is every day at 18:00. With six, seconds come first.',
    },
  }),
} satisfies Words;
