import type { Delivery } from './delivery.ts';

/** Whom a run reached, by people: a batch is many of them in one delivery. */
export interface Reach {
  readonly reached: readonly string[];
  readonly unreached: readonly string[];
  readonly unknown: readonly string[];
}

/**
 * Of the newest deliveries. Who was missed by one part of a message was missed; a row of one's own, as of those whom a
 * batch does not reach, says more than the batch.
 */
export const reachOf = (deliveries: readonly Pick<Delivery, 'target' | 'recipient' | 'state'>[]): Reach => {
  const own = deliveries.filter(({ target }) => target.idType !== 'batch');
  const alone = new Set(own.map(({ recipient }) => recipient));
  const batched = deliveries
    .filter(({ target }) => target.idType === 'batch')
    .flatMap((row) =>
      row.target.id
        .split(',')
        .filter((person) => !alone.has(person))
        .map((person) => ({ person, state: row.state })),
    );
  const all = [...own.map(({ recipient, state }) => ({ person: recipient, state })), ...batched];
  const named = (which: (state: Delivery['state']) => boolean): Set<string> =>
    new Set(all.filter(({ state }) => which(state)).map(({ person }) => person));
  const unknown = named((state) => state === 'unknown');
  const unreached = named((state) => state !== 'delivered' && state !== 'unknown').difference(unknown);
  const reached = named((state) => state === 'delivered')
    .difference(unknown)
    .difference(unreached);
  return { reached: [...reached], unreached: [...unreached], unknown: [...unknown] };
};
