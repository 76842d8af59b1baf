import * as ended from '../ledger/reasons.ts';
import type { Explanation, Words } from '../model/errors.ts';
import type { Reason } from '../model/run.ts';
import { EXPIRED, GAVE_UP, UNSURE } from '../model/settle.ts';
import type { Text } from '../model/text.ts';
import { conditionWords } from '../run/condition-words.ts';
import { runWords } from '../run/words.ts';
import { CANCELLED, INTERRUPTED } from './by-hand.ts';

type Way = { readonly run: string };

const saying =
  ({ message }: Reason, hint: (resend: string, run: string) => Text) =>
  ({ run }: Way): Explanation => ({ message, hint: hint(`larkcron resend ${run}`, run) });

const toSend = (resend: string): Text => ({ zh: `仍要发就 ${resend}。`, en: `To send it all the same: ${resend}.` });
const onceMended = (resend: string): Text => ({ zh: `改好后 ${resend}。`, en: `Once mended: ${resend}.` });

/** Why a run or a delivery ended as it did, where no catalogue of another room has the words; with what to do. */
export const reasonWords = {
  'app-fault': saying(ended.APP_FAULT, (resend) => ({
    zh: `改好应用后(见 larkcron doctor)${resend}。`,
    en: `Mend the app (see larkcron doctor), then ${resend}.`,
  })),
  'not-reached': saying(ended.UNREACHED, () => ({
    zh: '在开发者后台「可用范围」里加上这个人并发布;离职的人从 to 里去掉。',
    en: 'Add the person to the availability of the app and publish; take people who left out of `to`.',
  })),
  late: saying(ended.LATE, (resend) => ({
    zh: `仍要发就 ${resend};常常来不及就加大 deliverWithin。`,
    en: `To send it all the same: ${resend}; if it happens often, raise deliverWithin.`,
  })),
  missed: saying(ended.MISSED, (resend) => ({
    zh: `仍要发就 ${resend}。看看机器、crontab(larkcron crontab show)或 larkcron start 当时是否停了;heartbeat 能让别处及时发现。`,
    en: `To send it all the same: ${resend}. See whether the machine, crontab (larkcron crontab show) or larkcron start was down; with heartbeat it is noticed elsewhere.`,
  })),
  'too-late': saying(ended.TOO_LATE, (resend) => ({
    zh: `仍要发就 ${resend};常常这样就看看前面的任务为什么慢,或加大 catchUp.within。`,
    en: `To send it all the same: ${resend}; if it happens often, see what takes so long before it, or raise catchUp.within.`,
  })),
  paused: saying(ended.PAUSED, () => ({
    zh: '恢复用 larkcron resume 任务;其间的要补就 larkcron backfill 任务 --since 时间。',
    en: 'larkcron resume JOB lets it go on; larkcron backfill JOB --since TIME sends what was left out.',
  })),
  overlap: saying(ended.OVERLAP, () => ({
    zh: '数据源太慢,或时间表太密;要排队就写 overlap: queue。',
    en: 'A source is slow, or the schedule dense; with overlap: queue it waits instead.',
  })),
  'gave-up': saying(GAVE_UP, onceMended),
  expired: saying(EXPIRED, toSend),
  unsure: saying(UNSURE, (resend) => ({
    zh: `请到会话里看一眼;确认没收到就 ${resend} --unknown。`,
    en: `Look into the chat; if it surely did not arrive: ${resend} --unknown.`,
  })),
  'earlier-part-refused': saying(ended.PART_REFUSED, onceMended),
  unchanged: saying(ended.UNCHANGED, () => ({
    zh: '不用处理;要照样更新就 larkcron run 时加 --force。',
    en: 'Nothing is to be done; to renew it all the same, run it with --force.',
  })),
  superseded: saying(ended.SUPERSEDED, toSend),
  recalled: saying(ended.RECALLED, () => ({
    zh: '仍要发就用 larkcron run 新发一次;撤回过的不能 resend。',
    en: 'To send it all the same: larkcron run, anew; what was recalled cannot be resent.',
  })),
  'cannot-recall': saying(ended.CANNOT_RECALL, () => ({
    zh: '请群里的人手动删除。',
    en: 'Somebody in the group has to delete it by hand.',
  })),
  'app-gone': saying(ended.APP_GONE, (_resend, run) => ({
    zh: `把应用写回 apps,再 larkcron recall ${run}。`,
    en: `Write the app back into apps, then larkcron recall ${run}.`,
  })),
  'recall-refused': ({ why }: Way & { why: Text }): Explanation => ({
    message: { zh: `撤不回:${why.zh}`, en: `It could not be taken back: ${why.en}` },
    hint: {
      zh: '用 larkcron explain CODE 看原因;企业管理员可以放宽撤回时限。',
      en: 'See larkcron explain CODE; the administrator can allow a longer time.',
    },
  }),
  cancelled: saying(CANCELLED, toSend),
  interrupted: saying(INTERRUPTED, toSend),
  crashed: ({ run }: Way): Explanation => ({
    message: { zh: '准备消息时程序三次意外中止。', en: 'Preparing the message ended the program three times.' },
    hint: {
      zh: `数据是不是太大?看 .larkcron/logs,改好后 larkcron resend ${run}。`,
      en: `Is the data too large? See .larkcron/logs; once mended: larkcron resend ${run}.`,
    },
  }),
  deadline: saying(ended.DEADLINE, (resend) => ({
    zh: `让数据源快一些(见 timeout),改好后 ${resend}。`,
    en: `Make the sources faster (see timeout); once mended: ${resend}.`,
  })),
  'upload-failed': ({ run, why }: Way & { why: Text }): Explanation => ({
    message: { zh: `文件传不上去:${why.zh}`, en: `A file could not be uploaded: ${why.en}` },
    hint: { zh: `改好后 larkcron resend ${run}。`, en: `Once mended: larkcron resend ${run}.` },
  }),
} satisfies Words;

/** A reason's words are kept with it in the ledger; what to do about it is looked up here, by its code. */
export const reasonHint = ({ code, message }: Reason, run: string, job: string | null = null): Text | null => {
  const catalogue: Words = { ...runWords, ...conditionWords, ...reasonWords };
  const words = Object.hasOwn(catalogue, code) ? catalogue[code] : undefined;
  return words?.({ run, job: job ?? '', why: message }).hint ?? null;
};
