import type { Fault } from './outcome.ts';
import type { TargetKind } from './recipient.ts';
import type { Reason, RunState } from './run.ts';
import type { Ms } from './time.ts';

export const DELIVERY_STATES = [
  'queued',
  'sending',
  'retrying',
  'delivered',
  'rejected',
  'unknown',
  'cancelled',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Every step a delivery may take. `delivered` is accepted from any state: truth beats fence (core rule 3). */
export const DELIVERY_STEPS: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  queued: ['sending', 'cancelled', 'rejected', 'delivered'],
  sending: ['delivered', 'rejected', 'retrying', 'queued', 'unknown'],
  retrying: ['sending', 'cancelled', 'rejected', 'delivered'],
  unknown: ['sending', 'delivered', 'retrying', 'rejected'],
  delivered: [],
  rejected: ['delivered'],
  cancelled: ['delivered'],
};

/** The final request of a message: `content` is the JSON string that Feishu's `content` field takes, byte for byte. */
export interface Content {
  readonly msgType: string;
  readonly body: string;
}

/** How a person is told at once of a message that has arrived (im-v1/buzz-messages). `sms` and `phone` cost money. */
export const URGENCIES = ['app', 'sms', 'phone'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** How telling at once went. It has no uuid, so it is done at most once: `unknown` is never repeated. */
export interface Urged {
  readonly state: 'done' | 'refused' | 'unknown';
  readonly code: number | null;
}

/** What Feishu says of a batch it took: people it goes to, that have it, that have read it (batch_message/get_progress). */
export interface BatchProgress {
  readonly valid: number;
  readonly success: number;
  readonly read: number;
}

export interface Target {
  readonly idType: TargetKind;
  /** of a batch: the ids of its people, with commas between them */
  readonly id: string;
}

export interface Delivery {
  readonly id: string;
  readonly run: string;
  readonly recipient: string;
  readonly target: Target;
  readonly app: string;
  readonly part: number;
  readonly generation: number;
  readonly kind: string;
  readonly content: string;
  readonly uuid: string;
  readonly state: DeliveryState;
  /** an `unknown` that larkcron will not try again by itself */
  readonly settled: boolean;
  /** the channel drops a repeated uuid; false for webhook bots and batches: a lost answer is never repeated by itself */
  readonly remembers: boolean;
  readonly notBefore: Ms;
  readonly deliverUntil: Ms;
  readonly tries: number;
  /** begin of the first try whose answer is unsure, in Feishu's time: Feishu's hour of uuid memory counts from here */
  readonly firstUnsureAt: Ms | null;
  readonly chatId: string | null;
  readonly messageId: string | null;
  readonly code: number | null;
  readonly http: number | null;
  readonly fault: Fault | null;
  readonly logId: string | null;
  /** Feishu's own words of the last answer */
  readonly message: string | null;
  readonly deliveredAt: Ms | null;
  readonly recalledAt: Ms | null;
  readonly reason: Reason | null;
  /** `update:DAY` or `thread:DAY`: what it shares a message or a thread with (model/anchor) */
  readonly anchor: string | null;
  /** the message whose card it renewed, or that it answered to, as of its last try */
  readonly renews: string | null;
  readonly repliesTo: string | null;
  readonly urgent: Urgency | null;
  readonly urged: Urged | null;
  readonly progress: BatchProgress | null;
}

/** One try of a delivery, written before the request leaves. */
export interface Attempt {
  readonly delivery: string;
  readonly n: number;
  readonly begunAt: Ms;
  readonly endedAt: Ms | null;
  readonly outcome: string | null;
  readonly http: number | null;
  readonly code: number | null;
  readonly logId: string | null;
}

export const isOpen = (delivery: Pick<Delivery, 'state' | 'settled'>): boolean =>
  delivery.state === 'queued' ||
  delivery.state === 'sending' ||
  delivery.state === 'retrying' ||
  (delivery.state === 'unknown' && !delivery.settled);

type Ended = Pick<Delivery, 'state' | 'settled' | 'reason'>;

/** What a newer run made pointless, or what is there already, is nobody's failure. */
const NEEDLESS: readonly (string | undefined)[] = ['superseded', 'unchanged'];
const isNeedless = ({ reason }: Ended): boolean => NEEDLESS.includes(reason?.code);

/** How a run ends, from how its deliveries ended; null while one is still open. Later generations replace earlier ones. */
export const runEnd = (deliveries: readonly Ended[]): RunState | null => {
  if (deliveries.some(isOpen)) return null;
  const meant = deliveries.filter((delivery) => delivery.state === 'delivered' || !isNeedless(delivery));
  if (meant.length === 0) return 'skipped';
  const arrived = meant.filter(({ state }) => state === 'delivered').length;
  if (arrived > 0) return arrived === meant.length ? 'delivered' : 'partial';
  return meant.some(({ state }) => state === 'unknown') ? 'unknown' : 'failed';
};

/** A person's own doing: what it left unsent is no failure of the job (incident.ts). */
export const BY_HAND: readonly string[] = ['cancelled', 'interrupted', 'recalled'];

/** Why a run ended as it did, where all that did not arrive has one reason: a newer run, no change, a person's word. */
export const commonReason = (deliveries: readonly Ended[]): Reason | null => {
  const left = deliveries.filter(({ state }) => state !== 'delivered');
  const [first] = left;
  const code = first?.reason?.code;
  if (left.length > 0 && left.every(isNeedless)) return first?.reason ?? null;
  if (code === undefined || !left.every(({ reason }) => reason?.code === code)) return null;
  return BY_HAND.includes(code) ? (first?.reason ?? null) : null;
};

/** Of each recipient and part the newest generation: a resent delivery stands for the earlier one. */
export const newest = <D extends Pick<Delivery, 'recipient' | 'part' | 'generation'>>(all: readonly D[]): D[] => {
  const found = new Map<string, D>();
  for (const delivery of all) {
    const key = `${delivery.part} ${delivery.recipient}`;
    const known = found.get(key);
    if (known === undefined || known.generation < delivery.generation) found.set(key, delivery);
  }
  return [...found.values()];
};

/** The id of a recipient that is none: an empty cell, or a word where an address was expected. */
export const isNobody = ({ target }: Pick<Delivery, 'target'>): boolean =>
  target.idType === 'nowhere' && target.id.startsWith('none:');

/** What tells whether a delivery can be sent again. */
type Again = Pick<Delivery, 'recipient' | 'part' | 'generation' | 'state' | 'target'>;

/** Recipients that were never resolved: `resend` looks them up anew. */
export const unresolved = <D extends Again>(all: readonly D[], recipients: readonly string[] | null): D[] =>
  newest(all).filter(
    ({ target, recipient }) =>
      target.idType === 'nowhere' && !isNobody({ target }) && (recipients === null || recipients.includes(recipient)),
  );

/** What `resend` would send again: what surely did not arrive, and what nobody knows of when `unknown` says so. */
export const resendable = <D extends Again>(
  all: readonly D[],
  { unknown, recipients }: { unknown: boolean; recipients: readonly string[] | null },
): D[] =>
  newest(all).filter(
    ({ state, recipient, target }) =>
      target.idType !== 'nowhere' &&
      (state === 'rejected' || state === 'cancelled' || (unknown && state === 'unknown')) &&
      (recipients === null || recipients.includes(recipient)),
  );
