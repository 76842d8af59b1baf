import type { BatchProgress, Content, Target, Urgency } from '../model/delivery.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Limits } from '../model/settings.ts';
import type { Look } from '../model/settle.ts';
import type { Ms } from '../model/time.ts';

/** A message that may not be repeated and whose end nobody knows. */
export interface Unsent {
  readonly content: Content;
  readonly uuid: string;
  /** where it would be; null: not known */
  readonly chatId: string | null;
  /** begin of its first try and end of its last, in the receiving side's time */
  readonly since: Ms;
  readonly until: Ms;
  /** whether a message found there is one that the ledger knows already */
  known(messageId: string): Promise<boolean>;
}

/** What one try sends, and where: `renews` and `repliesTo` name a message that is there already. */
export interface Message {
  readonly target: Target;
  readonly content: Content;
  readonly uuid: string;
  readonly renews: string | null;
  readonly repliesTo: string | null;
}

/** The way out: one try of one message to one recipient. It never tries again by itself and never throws for a refusal. */
export interface Channel {
  readonly kind: string;
  /** what it may send, where that differs from an app's limits */
  readonly limits?: Limits;
  send(message: Message & { guard(): boolean }, signal?: AbortSignal): Promise<Outcome>;
  /** looks where the message would be; left out: it can be seen nowhere */
  find?(message: Unsent, signal?: AbortSignal): Promise<Look>;
  /** takes a message back; left out: it cannot be */
  recall?(messageId: string, signal?: AbortSignal): Promise<Outcome>;
  /** tells a person at once of a message that has arrived; left out: it cannot */
  urge?(message: { messageId: string; by: Urgency; person: Target }, signal?: AbortSignal): Promise<Outcome>;
  /** how far a batch has come; null: not known. Left out: it sends none */
  progress?(messageId: string, signal?: AbortSignal): Promise<BatchProgress | null>;
  /** the receiving side's own time, from a recent answer; null when none came lately */
  now(): Ms | null;
  /** asks for it: a call that sends nothing */
  askTime(): Promise<void>;
}
