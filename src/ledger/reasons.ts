import type { Reason } from '../model/run.ts';

/** Why a run ended whose preparation did not. */
export const DEADLINE: Reason = {
  code: 'deadline',
  message: { zh: '准备消息超过 30 分钟没有完成。', en: 'Preparing the message took more than 30 minutes.' },
};

/** Why a delivery ended without an answer of Feishu's to say so. */
export const LATE: Reason = {
  code: 'late',
  message: { zh: '过了最晚送达时间,没有发出。', en: 'Its latest time to arrive had passed before it was sent.' },
};
export const APP_FAULT: Reason = {
  code: 'app-fault',
  message: { zh: '飞书拒绝了这个应用,其余的没有再发。', en: 'Feishu refused the app; the rest was not sent.' },
};
export const PART_REFUSED: Reason = {
  code: 'earlier-part-refused',
  message: { zh: '前一部分没有送达,这一部分没有发。', en: 'An earlier part did not arrive, so this one was not sent.' },
};
export const MISSED: Reason = {
  code: 'missed',
  message: {
    zh: '应发时没有 larkcron 在运行(tick 或 start);再运行时已经太晚,没有补发。',
    en: 'No larkcron was at work when it was due (tick or start), and when one was it was too late to make up for it.',
  },
};
export const TOO_LATE: Reason = {
  code: 'too-late',
  message: { zh: '一直没有轮到它,等到太晚,没有发。', en: 'It waited for its turn until it was too late to be sent.' },
};
export const PAUSED: Reason = {
  code: 'paused',
  message: { zh: '任务已暂停。', en: 'The job is paused.' },
};
export const OVERLAP: Reason = {
  code: 'overlap',
  message: { zh: '到时间时上一次还在准备。', en: 'The run before was still being prepared when it became due.' },
};
export const SUPERSEDED: Reason = {
  code: 'superseded',
  message: { zh: '同一任务更新的一次已经要发出。', en: 'A newer run of the same job took its place.' },
};
export const UNCHANGED: Reason = {
  code: 'unchanged',
  message: { zh: '卡片内容没有变化,没有再发。', en: 'The card there shows just this already.' },
};
export const RECALLED: Reason = {
  code: 'recalled',
  message: { zh: '这次推送已被撤回,没有再发。', en: 'The run was recalled, so this was not sent.' },
};
export const CANNOT_RECALL: Reason = {
  code: 'cannot-recall',
  message: {
    zh: '自定义机器人的消息没有 message_id,撤不回。',
    en: 'A message of a custom bot has no message_id, so it cannot be taken back.',
  },
};
export const APP_GONE: Reason = {
  code: 'app-gone',
  message: {
    zh: '发出它的应用已不在 larkcron.yaml 里,撤不回。',
    en: 'The app that sent it is no longer in larkcron.yaml, so it cannot be taken back.',
  },
};
export const UNREACHED: Reason = {
  code: 'not-reached',
  message: {
    zh: '飞书的批量发送不能到达这个人(已离职,或不在应用的可用范围内)。',
    en: 'The batch does not reach this person (who left, or is outside the availability of the app).',
  },
};
export const REMOVED: Reason = {
  code: 'removed',
  message: { zh: '任务已不存在。', en: 'The job no longer exists.' },
};
export const CALL_LOST: Reason = {
  code: 'interrupted',
  message: {
    zh: '通知的程序还没有结束,启动它的 larkcron 就停了。',
    en: 'larkcron ended before the program that was to tell did.',
  },
};
