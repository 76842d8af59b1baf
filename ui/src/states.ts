import type { Text } from './lang.ts';

/** What a colour means, on every page: in the style sheet `--tone-…`. */
export type Tone = 'good' | 'late' | 'bad' | 'unsure' | 'idle' | 'busy';
export interface Look {
  readonly text: Text;
  readonly tone: Tone;
  /** so that it is not the colour alone that says it */
  readonly mark: string;
}

const look = (zh: string, en: string, tone: Tone, mark: string): Look => ({ text: { zh, en }, tone, mark });

/** How runs, deliveries and due times stand; states that have one name mean the same thing. */
export const LOOKS: Readonly<Record<string, Look>> = {
  delivered: look('已送达', 'delivered', 'good', '✓'),
  done: look('已送达', 'done', 'good', '✓'),
  ok: look('正常', 'ok', 'good', '✓'),
  late: look('晚了', 'late', 'late', '✓'),
  partial: look('部分送达', 'partial', 'late', '◐'),
  warning: look('注意', 'warning', 'late', '!'),
  unknown: look('不确定', 'unknown', 'unsure', '?'),
  failed: look('失败', 'failed', 'bad', '✗'),
  rejected: look('被拒绝', 'rejected', 'bad', '✗'),
  missed: look('错过', 'missed', 'bad', '✗'),
  fault: look('有问题', 'fault', 'bad', '✗'),
  skipped: look('跳过', 'skipped', 'idle', '–'),
  cancelled: look('已取消', 'cancelled', 'idle', '–'),
  pending: look('等待', 'pending', 'busy', '…'),
  queued: look('排队', 'queued', 'busy', '…'),
  coming: look('将要', 'coming', 'idle', '○'),
  running: look('准备中', 'preparing', 'busy', '…'),
  delivering: look('发送中', 'delivering', 'busy', '…'),
  sending: look('发送中', 'sending', 'busy', '…'),
  retrying: look('重试中', 'retrying', 'busy', '↻'),
};

export const lookOf = (state: string): Look => LOOKS[state] ?? look(state, state, 'idle', '·');

export const RUN_FILTER = [
  'delivered',
  'partial',
  'unknown',
  'failed',
  'missed',
  'skipped',
  'delivering',
  'running',
  'pending',
];
export const DELIVERY_FILTER = ['delivered', 'rejected', 'unknown', 'cancelled', 'queued', 'sending', 'retrying'];

export const TRIGGERS: Readonly<Record<string, Text>> = {
  schedule: { zh: '按时', en: 'schedule' },
  'catch-up': { zh: '补发', en: 'catch-up' },
  manual: { zh: '手动', en: 'by hand' },
  test: { zh: '测试', en: 'test' },
  api: { zh: 'API', en: 'API' },
  backfill: { zh: '补跑', en: 'backfill' },
};
