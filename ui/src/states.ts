import { MARKS, STATE_WORDS } from '../../src/model/state-words.ts';
import type { Text } from './lang.ts';

/** What a colour means, on every page: in the style sheet `--tone-…`. */
export type Tone = 'good' | 'late' | 'bad' | 'unsure' | 'idle' | 'busy';
export interface Look {
  readonly text: Text;
  readonly tone: Tone;
  /** so that it is not the colour alone that says it */
  readonly mark: string;
}

const TONES: Readonly<Record<keyof typeof STATE_WORDS, Tone>> = {
  delivered: 'good',
  partial: 'late',
  unknown: 'unsure',
  failed: 'bad',
  rejected: 'bad',
  missed: 'bad',
  skipped: 'idle',
  cancelled: 'idle',
  pending: 'busy',
  queued: 'busy',
  running: 'busy',
  delivering: 'busy',
  sending: 'busy',
  retrying: 'busy',
};

const look = (zh: string, en: string, tone: Tone, mark: string): Look => ({ text: { zh, en }, tone, mark });

/** How runs, deliveries, due times and findings stand. */
const LOOKS: Readonly<Record<string, Look>> = {
  ...Object.fromEntries(
    Object.entries(TONES).map(([state, tone]) => {
      const name = state as keyof typeof STATE_WORDS;
      return [state, { text: STATE_WORDS[name], tone, mark: MARKS[name] }];
    }),
  ),
  // what only due times and findings are
  done: { text: STATE_WORDS.delivered, tone: 'good', mark: MARKS.delivered },
  late: look('晚了', 'late', 'late', '✓'),
  coming: look('将要', 'coming', 'idle', '○'),
  ok: look('正常', 'ok', 'good', '✓'),
  warning: look('注意', 'warning', 'late', '!'),
  fault: look('有问题', 'fault', 'bad', '✗'),
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
