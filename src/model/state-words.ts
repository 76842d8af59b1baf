import type { DeliveryState } from './delivery.ts';
import type { RunState } from './run.ts';
import type { Text } from './text.ts';

/** How the states of runs and deliveries are called, on the command line and in the console. */
export const STATE_WORDS: Readonly<Record<RunState | DeliveryState, Text>> = {
  pending: { zh: '等待中', en: 'pending' },
  running: { zh: '准备中', en: 'running' },
  delivering: { zh: '发送中', en: 'delivering' },
  delivered: { zh: '已送达', en: 'delivered' },
  partial: { zh: '部分送达', en: 'partial' },
  unknown: { zh: '不确定', en: 'unknown' },
  failed: { zh: '失败', en: 'failed' },
  skipped: { zh: '跳过', en: 'skipped' },
  missed: { zh: '错过', en: 'missed' },
  queued: { zh: '排队', en: 'queued' },
  sending: { zh: '发送中', en: 'sending' },
  retrying: { zh: '等待重试', en: 'retrying' },
  rejected: { zh: '被拒绝', en: 'rejected' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};

/** One letter beside the word, so that it is not a colour alone that says it. */
export const MARKS: Readonly<Record<RunState | DeliveryState, string>> = {
  pending: '…',
  running: '…',
  delivering: '…',
  queued: '…',
  sending: '…',
  retrying: '↻',
  delivered: '✓',
  partial: '!',
  unknown: '?',
  failed: '✗',
  rejected: '✗',
  skipped: '-',
  missed: '-',
  cancelled: '-',
};
