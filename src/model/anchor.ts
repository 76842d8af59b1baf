import { type Delivery, isOpen } from './delivery.ts';
import { DAY, type Ms } from './time.ts';

/** How a job's messages of one day belong together: later ones renew the first one's card, or answer in its thread. */
export const TOGETHER = ['update', 'thread'] as const;
export type Together = (typeof TOGETHER)[number];

/** The key that messages of one day share; `day` is a date in the job's zone. */
export const anchorKey = (together: Together, day: string): string => `${together}:${day}`;

const togetherOf = (key: string): Together => (key.startsWith('update:') ? 'update' : 'thread');

/** A card may be renewed for 14 days after it was sent (im-v1/message-card/patch). */
const RENEWABLE: Ms = 14 * DAY;

/** The delivery that an anchor names: the first of the day. */
export type Root = Pick<Delivery, 'id' | 'state' | 'settled' | 'messageId' | 'recalledAt' | 'deliveredAt'>;

/**
 * Where an anchored message goes. new: a message of its own, which the later ones then join · wait: the first one's end
 * is not known · stale: a newer run renews this card, so an older one must not write over it · same: the card shows just
 * this already.
 */
export type Place =
  | { readonly is: 'new' | 'wait' | 'stale' | 'same' }
  | { readonly is: 'renew' | 'reply'; readonly messageId: string };

export const placeOf = (
  mine: { readonly id: string; readonly anchor: string; readonly dueAt: Ms; readonly content: string },
  anchor: {
    readonly root: Root | null;
    readonly dueAt: Ms;
    /** the content that people see for sure; null: not known, as after a lost answer */
    readonly shown: string | null;
  },
  now: Ms,
): Place => {
  const together = togetherOf(mine.anchor);
  const { root } = anchor;
  if (together === 'update' && anchor.dueAt > mine.dueAt) return { is: 'stale' };
  if (root === null || root.id === mine.id) return { is: 'new' };
  if (isOpen(root)) return { is: 'wait' };
  if (root.state !== 'delivered' || root.messageId === null || root.recalledAt !== null) return { is: 'new' };
  if (together === 'thread') return { is: 'reply', messageId: root.messageId };
  if (now - (root.deliveredAt ?? 0) >= RENEWABLE) return { is: 'new' };
  return anchor.shown === mine.content ? { is: 'same' } : { is: 'renew', messageId: root.messageId };
};
