import type { Cut } from './cut.ts';
import type { Text } from './text.ts';
import type { Ms } from './time.ts';

export const RUN_STATES = [
  'pending',
  'running',
  'delivering',
  'delivered',
  'partial',
  'unknown',
  'failed',
  'skipped',
  'missed',
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** Every step a run may take; the ledger refuses all others (table "Run" of docs/decisions/0004). */
export const RUN_STEPS: Readonly<Record<RunState, readonly RunState[]>> = {
  pending: ['running', 'skipped', 'missed', 'failed'],
  running: ['pending', 'delivering', 'skipped', 'failed'],
  // skipped: a newer run made all that was left of it pointless
  delivering: ['delivered', 'partial', 'unknown', 'failed', 'skipped'],
  delivered: ['delivering'],
  partial: ['delivering'],
  unknown: ['delivering'],
  failed: ['delivering', 'pending'],
  skipped: ['pending', 'delivering'],
  missed: ['pending'],
};

export type Trigger = 'schedule' | 'catch-up' | 'manual' | 'test' | 'api' | 'backfill';
/** `fallback`: a plain card in place of one of the job's that Feishu refused (model/fallback). */
export type RunKind = 'job' | 'send' | 'notice' | 'fallback';

/** Why a run or a delivery ended as it did: a stable code, and words. */
export interface Reason {
  readonly code: string;
  readonly message: Text;
}

export interface Run {
  readonly id: string;
  readonly kind: RunKind;
  /** null for `send` and for notices */
  readonly job: string | null;
  /** `due:<ms>` or a caller's key; null for test runs and plain manual ones, which may happen any number of times */
  readonly onceKey: string | null;
  readonly dueAt: Ms | null;
  readonly notBefore: Ms;
  readonly trigger: Trigger;
  /** sent to the job's own recipients: only such runs move incidents and baselines */
  readonly ownAudience: boolean;
  readonly state: RunState;
  readonly reason: Reason | null;
  readonly tries: number;
  readonly createdAt: Ms;
  readonly startedAt: Ms | null;
  readonly finishedAt: Ms | null;
  readonly deliverUntil: Ms;
  readonly priority: number;
  /** what was left out of its cards so that Feishu takes them */
  readonly cuts: readonly Cut[];
  /** a person had its messages taken back: whatever of it arrives later is taken back too */
  readonly recalled: boolean;
}

export const hasEnded = (state: RunState): boolean => !['pending', 'running', 'delivering'].includes(state);

/** The `once_key` of a due time: what makes `tick`, `run --due` and the daemon share one occurrence. */
export const dueKey = (dueAt: Ms): string => `due:${dueAt}`;
