import type { Content } from '../model/delivery.ts';
import type { Recipient } from '../model/recipient.ts';

/** A message that is finished already: what `send` and notices hand over. */
export interface ReadyMessage {
  readonly app: string;
  readonly kind: string;
  readonly content: Content;
}

/** What a run was asked for beyond its job file; kept in the ledger as JSON, so that any process can go on with it. */
export interface RunRequest {
  /** instead of the job's own recipients */
  readonly to?: readonly Recipient[];
  /** marked as a test, claims nothing */
  readonly test?: boolean;
  /** send in spite of `when` */
  readonly force?: boolean;
  readonly message?: ReadyMessage;
  /** a hash of what was asked for with a key: the same key for something else is refused */
  readonly asked?: string;
  /** a plain card in place of one that was refused with this code */
  readonly code?: number;
}

export const writeRequest = (request: RunRequest): string => JSON.stringify(request);

export const readRequest = (json: string | null): RunRequest => (json === null ? {} : (JSON.parse(json) as RunRequest));
