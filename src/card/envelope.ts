import type { Json } from '../model/dataset.ts';
import { isObject, objectOf } from './walk.ts';

/** The card inside what is sent: where it stands there, and whether it stands there as a text. */
export interface Envelope {
  readonly card: Json;
  /** the way to the card: `card`, `content` */
  readonly path: string;
  /** JSON within JSON: places inside cannot be told from the outer text */
  readonly isText: boolean;
}

const parsed = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
};

const within = (path: string, inside: Json | undefined): Envelope | null => {
  if (isObject(inside)) return { card: inside, path, isText: false };
  if (typeof inside !== 'string') return null;
  const card = parsed(inside);
  return isObject(card) ? { card, path, isText: true } : null;
};

/**
 * The bodies of requests that carry a card: a custom bot's `{ msg_type, card }`, a message's `{ msg_type, content }`, a
 * card entity's `{ type: card_json, data }`, a callback's `{ card: { type: raw, data } }` (cards: §5). Null for a card.
 */
export const envelopeOf = (json: Json): Envelope | null => {
  if (!isObject(json) || otherKind(json) !== null) return null;
  if (['elements', 'i18n_elements', 'body', 'schema'].some((key) => json[key] !== undefined)) return null;
  if (isObject(json['card']) && json['card']['type'] === 'raw') return within('card.data', json['card']['data']);
  if (json['card'] !== undefined) return within('card', json['card']);
  if (json['msg_type'] !== undefined && json['content'] !== undefined) return within('content', json['content']);
  return json['type'] === 'card_json' ? within('data', json['data']) : null;
};

/** A text whose content is a card: it was serialised twice. */
export const cardInText = (json: Json): Json | null => {
  if (typeof json !== 'string') return null;
  const card = parsed(json);
  return isObject(card) ? card : null;
};

/** The kind of message a body is, where that is not a card's. */
export const otherKind = (json: Json): string | null => {
  const kind = objectOf(json)['msg_type'];
  return typeof kind === 'string' && kind !== 'interactive' ? kind : null;
};
