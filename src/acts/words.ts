import type { Words } from '../model/errors.ts';
import { afterHan } from '../model/text.ts';

/** What may have been meant, or what there is. */
export const maybe = (suggestion: string | null, known: readonly string[]) =>
  suggestion === null
    ? { hint: { zh: `可用的:${known.join('、')}。`, en: `There are: ${known.join(', ')}.` } }
    : { hint: { zh: `是不是想写 ${suggestion}?`, en: `Did you mean ${suggestion}?` } };

/** What may be wrong in what a person asks for, by whichever way. */
export const actWords = {
  'guard-recipient': (p: { recipients: readonly string[] }) => ({
    message: {
      zh: `guard.recipients 里没有 ${p.recipients.slice(0, 5).join('、')}${p.recipients.length > 5 ? ` 等 ${p.recipients.length} 个` : ''},没有发送。`,
      en: `guard.recipients has no ${p.recipients.slice(0, 5).join(', ')}${p.recipients.length > 5 ? ` … (${p.recipients.length})` : ''}; nothing was sent.`,
    },
    hint: {
      zh: '手动发的(send、run --to、API)只能发给 larkcron.yaml 里 guard.recipients 列出的和 owner。',
      en: 'By hand (send, run --to, the API) only those in guard.recipients of larkcron.yaml, and the owner, may be written to.',
    },
  }),
  'guard-run': (p: { count: number; most: number }) => ({
    message: {
      zh: `手动发给 ${p.count} 个收件人,guard.maxPerRun 最多 ${p.most} 个;没有发送。`,
      en: `Addressed by hand to ${p.count} recipients, guard.maxPerRun allows ${p.most}; nothing was sent.`,
    },
    hint: {
      zh: '分几次发,或者改大 larkcron.yaml 里的 guard.maxPerRun。',
      en: 'Send to fewer, or set a higher guard.maxPerRun in larkcron.yaml.',
    },
  }),
  'unknown-node': (p: { name: string; known: readonly string[]; suggestion: string | null }) => ({
    message: { zh: `没有节点 ${p.name}。`, en: `There is no node ${p.name}.` },
    ...(p.known.length === 0
      ? {
          hint: {
            zh: '还没有节点在这本账里工作过。',
            en: 'No node has worked with this ledger yet.',
          },
        }
      : {
          hint: {
            zh: `${p.suggestion === null ? '' : `是不是想写 ${p.suggestion}?`}有这些:${p.known.join('、')}。`,
            en: `${p.suggestion === null ? '' : `Did you mean ${p.suggestion}? `}There are: ${p.known.join(', ')}.`,
          },
        }),
  }),
  'until-past': (p: { value: string }) => ({
    message: { zh: `until 的时间 ${p.value} 已经过去。`, en: `The time of until, ${p.value}, is past.` },
    hint: {
      zh: '写将来的时间,例如 2026-12-01T09:00;或写完整日期。',
      en: 'Name a time to come, such as 2026-12-01T09:00.',
    },
  }),
  'bad-value': (p: { option: string; value: string; expected: { zh: string; en: string } }) => ({
    message: { zh: `${p.option} 不能是 ${p.value}。`, en: `${p.option} cannot be ${p.value}.` },
    hint: { zh: `应当是${afterHan(p.expected.zh)}。`, en: `It should be ${p.expected.en}.` },
  }),
  'no-schedule': (p: { job: string }) => ({
    message: { zh: `任务 ${p.job} 没有 schedule。`, en: `The job ${p.job} has no schedule.` },
    hint: { zh: '去掉 --due,或在任务里写 schedule。', en: 'Leave --due out, or give the job a schedule.' },
  }),
  forgotten: (p: { time: string; days: number }) => ({
    message: {
      zh: `${p.time} 太早:运行只留 ${p.days} 天,当时发没发已经查不到,再发可能重复。`,
      en: `${p.time} is too long ago: runs are kept for ${p.days} days, so whether it was sent then is not known any more.`,
    },
    hint: {
      zh: '要留得更久,改 larkcron.yaml 的 retention.runs;只想看看就加 --to 自己。',
      en: '`retention.runs` in larkcron.yaml keeps them longer; to see it all the same, add --to and yourself.',
    },
  }),
  'not-due': (p: { job: string; time: string; before: string; after: string }) => ({
    message: { zh: `${p.time} 不是 ${p.job} 的应发时间。`, en: `${p.time} is no due time of ${p.job}.` },
    hint: { zh: `最近的两个是 ${p.before} 和 ${p.after}。`, en: `The nearest are ${p.before} and ${p.after}.` },
  }),
  'due-ahead': (p: { time: string }) => ({
    message: { zh: `${p.time} 还没到。`, en: `${p.time} has not come yet.` },
    hint: { zh: '要现在就发,去掉 --due。', en: 'To send now, leave --due out.' },
  }),
  'backfill-many': (p: { count: number; most: number }) => ({
    message: {
      zh: `这段时间里有 ${p.count} 次,超过上限 ${p.most},一次也没有发。`,
      en: `There are ${p.count} due times in it, more than the ${p.most} allowed; nothing was sent.`,
    },
    hint: { zh: '缩短这段时间,或写 --max。', en: 'Take a shorter time, or write --max.' },
  }),
  'not-in-run': (p: { recipient: string; suggestion: string | null; known: readonly string[] }) => ({
    message: { zh: `${p.recipient} 不是这次运行的收件人。`, en: `${p.recipient} is no recipient of this run.` },
    ...maybe(p.suggestion, p.known),
  }),
  'not-renderable': (p: { run: string }) => ({
    message: {
      zh: `运行 ${p.run} 没有任务可以重新做卡片。`,
      en: `There is no job to make a new card for run ${p.run}.`,
    },
    hint: { zh: '去掉 --render,按原样重发。', en: 'Leave --render out to send the stored bytes.' },
  }),
  'own-messages': (p: { job: string }) => ({
    message: {
      zh: `任务 ${p.job} 给每个人发各自的消息,--render 不能代替它们。`,
      en: `The job ${p.job} sends everybody a message of their own, which --render cannot replace.`,
    },
    hint: {
      zh: '去掉 --render(重发存下的内容),或用 larkcron run 新发一次。',
      en: 'Leave --render out (the stored messages are resent), or send anew with larkcron run.',
    },
  }),
  'no-rows-of': (p: { recipient: string; job: string }) => ({
    message: {
      zh: `任务 ${p.job} 的数据里没有 ${p.recipient} 的行。`,
      en: `The data of job ${p.job} have no rows of ${p.recipient}.`,
    },
    hint: { zh: '去掉 --for 就显示第一个收件人的。', en: 'Without --for the first recipient is shown.' },
  }),
  'other-parts': (p: { job: string }) => ({
    message: {
      zh: '重新做出的消息和原来的部分对不上(卡片张数或附件变了),不能逐个替换。',
      en: 'The new message has other parts than the old one (more or fewer cards, other files), so it cannot take its place.',
    },
    hint: {
      zh: `去掉 --render 按原样重发,或 larkcron run ${p.job} 发一条新的。`,
      en: `Leave --render out to send the stored bytes, or send a new one: larkcron run ${p.job}.`,
    },
  }),
  'was-recalled': (p: { run: string; job: string | null }) => ({
    message: {
      zh: `运行 ${p.run} 已被撤回:再发出去的也会马上被撤回,所以没有重发。`,
      en: `Run ${p.run} was recalled: whatever of it went out would be taken back at once, so nothing was resent.`,
    },
    hint:
      p.job === null
        ? { zh: '要发就重新 larkcron send(收件人用 --to 给出)。', en: 'Send it anew with larkcron send and --to.' }
        : {
            zh: `要发就用 larkcron run ${p.job} 新发一次,只发给一部分人就加 --to。`,
            en: `Send it anew with larkcron run ${p.job}; add --to for some of its people only.`,
          },
  }),
  'no-owner': () => ({
    message: { zh: '不知道 me 是谁:larkcron.yaml 里没有 owner。', en: 'Who is me? larkcron.yaml has no owner.' },
    hint: { zh: '写上 owner: ou_…,或给出收件人。', en: 'Write owner: ou_…, or name the recipient.' },
  }),
  'unknown-run': (p: { run: string }) => ({
    message: { zh: `账本里没有 ${p.run} 这次运行。`, en: `The ledger has no run ${p.run}.` },
    hint: { zh: '用 larkcron history 找它的编号。', en: 'Find its id with larkcron history.' },
  }),
} satisfies Words;
