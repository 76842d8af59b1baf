import type { Content, Target } from '../model/delivery.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Ms } from '../model/time.ts';

/** The way out: one try of one message to one recipient. It never tries again by itself and never throws for a refusal. */
export interface Channel {
  readonly kind: string;
  send(
    message: { target: Target; content: Content; uuid: string; guard(): boolean },
    signal?: AbortSignal,
  ): Promise<Outcome>;
  /** the receiving side's own time, from a recent answer; null when none came lately */
  now(): Ms | null;
  /** asks for it: a call that sends nothing */
  askTime(): Promise<void>;
}
