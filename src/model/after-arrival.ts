import type { Delivery, Urged } from './delivery.ts';
import type { Outcome } from './outcome.ts';
import { DAY, MINUTE, type Ms, SECOND } from './time.ts';

/**
 * When what failed for now is tried again: not before Feishu's own word, and after as long as it has been failing, so
 * that the waits double, from about a second up to five minutes.
 */
const tryAgainAt = (
  since: Ms,
  { after, now, random }: { readonly after: Ms | null; readonly now: Ms; readonly random: number },
): Ms => {
  const doubled = Math.min(5 * MINUTE, Math.max(SECOND, now - since)) * (0.5 + random / 2);
  return now + Math.round(Math.max(after === null ? 0 : after + random * SECOND, doubled));
};

/**
 * The decision after a try to tell a person at once. It has no uuid, so what may have arrived is never repeated; what
 * surely did not is, as long as the message itself would still be worth sending.
 */
export const afterUrge = (
  { deliveredAt, deliverUntil }: Pick<Delivery, 'deliveredAt' | 'deliverUntil'>,
  outcome: Outcome,
  { now, random }: { readonly now: Ms; readonly random: number },
): Urged | { readonly state: 'again'; readonly code: number | null; readonly at: Ms } => {
  const { code } = outcome;
  switch (outcome.is) {
    case 'delivered':
      return { state: 'done', code };
    case 'unknown':
      return { state: 'unknown', code };
    case 'retry': {
      const at = tryAgainAt(deliveredAt ?? now, { after: outcome.after, now, random });
      return at < deliverUntil ? { state: 'again', code, at } : { state: 'refused', code };
    }
    default:
      return { state: 'refused', code };
  }
};

/** Feishu lets nobody take back for ever; who waits for longer is told that it does not succeed. */
const GIVE_UP_RECALLING: Ms = DAY;

/**
 * The decision after a try to take a message back. To take it back twice harms nobody, so whatever is not surely
 * refused is tried again. `wholeApp`: Feishu told the app to wait, not this message alone.
 */
export const afterRecall = (
  { recallSince }: { readonly recallSince: Ms | null },
  outcome: Outcome,
  { now, random }: { readonly now: Ms; readonly random: number },
):
  | { readonly is: 'taken-back' | 'refused' | 'given-up' }
  | { readonly is: 'later'; readonly at: Ms; readonly wholeApp: boolean } => {
  if (outcome.is === 'delivered') return { is: 'taken-back' };
  if (outcome.is === 'rejected') return { is: 'refused' };
  const since = recallSince ?? now;
  if (now - since >= GIVE_UP_RECALLING) return { is: 'given-up' };
  const told = outcome.is === 'retry' ? outcome : { after: null, pace: null };
  const at = tryAgainAt(since, { after: told.after, now, random });
  return { is: 'later', at, wholeApp: told.after !== null && told.pace === 'app' };
};
