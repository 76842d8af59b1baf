import { explainTransport } from '../feishu/codes/transport.ts';
import { type Explained, explain, hintOf, type LinkApp, lastWord } from '../feishu/explain.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Miss } from '../model/hearing.ts';
import type { Text } from '../model/text.ts';
import { hintOfReason, NO_ANSWER_WORDS, NO_REASON_WORDS } from './words.ts';

/** Why something did not arrive: a stable code (Feishu's number, or a reason's), words, and what to do. */
export interface Why {
  readonly code: string;
  readonly words: Text;
  readonly hint: Text | null;
  /** what of it Feishu said; null: nothing */
  readonly said: Explained | null;
}

/** The last word on something that did not arrive, and whether nobody knows so much as that. */
type Last = Pick<Delivery, 'code' | 'http' | 'message' | 'reason'> & {
  readonly idType: Delivery['target']['idType'] | null;
  readonly unknown: boolean;
};

/** Nothing of it left: what the network said, in words. */
const unreached = (code: string, raw: string, ownHint: Text | null): Why => {
  const { words, hint } = explainTransport({ happened: 'not-sent', http: null, raw }, { unsure: false });
  return { code, words, hint: hint.zh === '' ? ownHint : hint, said: null };
};

/** Feishu's word goes before the network's, and that before ours: it says most of what is to be mended. */
const whyOf = ({ code, http, message, reason, idType, unknown }: Last, app: LinkApp | null): Why => {
  const own = reason?.code ?? null;
  const ownHint = own === null ? null : hintOfReason(own);
  const last = idType === null ? null : lastWord({ code, http, message, target: { idType, id: '' } });
  if (last !== null) {
    const said = explain(last, app);
    const hint = hintOf(said);
    return { code: String(said.code), words: said.words, hint: hint.zh === '' ? ownHint : hint, said };
  }
  if (unknown) return { code: own ?? 'unknown', words: NO_ANSWER_WORDS, hint: ownHint, said: null };
  if (http === null && message !== null && message !== '') return unreached(own ?? 'unreachable', message, ownHint);
  return { code: own ?? 'failed', words: reason?.message ?? NO_REASON_WORDS, hint: ownHint, said: null };
};

export const whyNotDelivered = (delivery: Delivery, app: LinkApp | null): Why =>
  whyOf({ ...delivery, idType: delivery.target.idType, unknown: delivery.state === 'unknown' }, app);

export const whyMissed = (miss: Miss, app: LinkApp | null): Why =>
  whyOf({ ...miss, unknown: miss.reason?.code === 'unsure' }, app);
