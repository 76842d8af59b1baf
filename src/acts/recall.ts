import type { Delivery } from '../model/delivery.ts';

/** It has arrived, and was not taken back. */
export const isThere = ({ state, recalledAt }: Pick<Delivery, 'state' | 'recalledAt'>): boolean =>
  state === 'delivered' && recalledAt === null;
