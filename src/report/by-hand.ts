import type { Reason } from '../model/run.ts';

/** Why a person ended what was not sent yet. */
export const CANCELLED: Reason = { code: 'cancelled', message: { zh: '由人取消。', en: 'A person cancelled it.' } };
export const INTERRUPTED: Reason = {
  code: 'interrupted',
  message: { zh: '发送时被中断。', en: 'Sending was interrupted.' },
};
