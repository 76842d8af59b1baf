import type { Words } from '../model/errors.ts';

export const runWords = {
  'condition-false': (p: { when: string }) => ({
    message: { zh: `条件不成立:${p.when}`, en: `The condition does not hold: ${p.when}` },
    hint: { zh: '要照样发送就加 --force。', en: 'Use --force to send in spite of it.' },
  }),
  'condition-fault': (p: { when: string; why: string }) => ({
    message: { zh: `条件 ${p.when} 算不出来:${p.why}`, en: `The condition ${p.when} cannot be worked out: ${p.why}` },
    hint: {
      zh: 'when 用 CEL 写,例如 size(stores.rows) > 0;与、或、非写作 && || !。',
      en: 'when is CEL, such as size(stores.rows) > 0; and, or, not are && || !.',
    },
  }),
  'condition-not-boolean': (p: { when: string }) => ({
    message: { zh: `条件 ${p.when} 的结果不是真或假。`, en: `The condition ${p.when} is neither true nor false.` },
    hint: { zh: '写成比较,例如 size(stores.rows) > 0。', en: 'Write a comparison, such as size(stores.rows) > 0.' },
  }),
  'no-recipients': (p: { job: string }) => ({
    message: { zh: `任务 ${p.job} 没有收件人。`, en: `The job ${p.job} has no recipients.` },
  }),
  'bad-settings': (p: { job: string; first: string }) => ({
    message: { zh: `任务 ${p.job} 的设置有误:${p.first}`, en: `The settings of job ${p.job} are wrong: ${p.first}` },
    hint: { zh: `运行 larkcron check ${p.job}。`, en: `Run larkcron check ${p.job}.` },
  }),
  'source-failed': (p: { dataset: string; why: { zh: string; en: string } }) => ({
    message: { zh: `取不到数据 ${p.dataset}:${p.why.zh}`, en: `The data ${p.dataset} could not be had: ${p.why.en}` },
  }),
  'bad-card': (p: { count: number }) => ({
    message: {
      zh: `卡片有 ${p.count} 处错误,没有发送。`,
      en: `The card has ${p.count} ${p.count === 1 ? 'fault' : 'faults'}; it was not sent.`,
    },
  }),
  'raw-not-json': (p: { from: string; why: string }) => ({
    message: { zh: `${p.from} 不是卡片 JSON:${p.why}`, en: `${p.from} is no card JSON: ${p.why}` },
  }),
  superseded: () => ({ message: { zh: '另一个进程接手了。', en: 'Another process took it over.' } }),
  removed: (p: { job: string }) => ({
    message: { zh: `任务 ${p.job} 已不存在。`, en: `The job ${p.job} no longer exists.` },
  }),
} satisfies Words;
