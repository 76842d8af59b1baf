import type { Delivery } from './delivery.ts';
import { personType, type Recipient, type RecipientKind } from './recipient.ts';
import type { Run } from './run.ts';

/** Feishu does not take the content, whoever it goes to (im-v1/message/create: too long, a card it cannot make). */
const REFUSED: readonly (number | null)[] = [230025, 230099];
const CARDS: readonly string[] = ['card', 'raw', 'template'];

/** A plain card in place of one that was refused is a run of its own, once for each that was. */
export const fallbackKey = (run: Pick<Run, 'id'>): string => `fallback:${run.id}`;

/** Who lacks the card because of its content, and Feishu's code for it; null: nobody does. */
export const refusedForContent = (
  newest: readonly Pick<Delivery, 'state' | 'fault' | 'code' | 'kind' | 'target' | 'recipient'>[],
): { readonly to: readonly Recipient[]; readonly code: number } | null => {
  const refused = newest.filter(
    ({ state, fault, code, kind }) =>
      state === 'rejected' && fault === 'message' && REFUSED.includes(code) && CARDS.includes(kind),
  );
  const code = refused[0]?.code ?? null;
  if (code === null) return null;
  const to = refused.flatMap(({ target, recipient }): Recipient[] =>
    target.idType === 'batch'
      ? target.id.split(',').map((id) => ({ shown: id, idType: personType(id), id }))
      : [{ shown: recipient, idType: target.idType as RecipientKind, id: target.id }],
  );
  const seen = new Set<string>();
  return {
    to: to.filter(({ idType, id }) => (seen.has(`${idType}:${id}`) ? false : seen.add(`${idType}:${id}`))),
    code,
  };
};
