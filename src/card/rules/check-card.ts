import type { Json } from '../../model/dataset.ts';
import { envelopeOf, otherKind } from '../envelope.ts';
import { isBottomless, isObject, type JsonObject, objectOf, tourOf } from '../walk.ts';
import { checkComponents } from './components.ts';
import { checkContents } from './contents.ts';
import { type CardFinding, finding } from './finding.ts';
import { checkLimits } from './limits.ts';
import { checkAudio } from './media.ts';
import { checkRoot } from './root.ts';
import type { Reading } from './shape.ts';

export type { CardFinding };

/** A card kept at Feishu and named by its id is none of ours to check (Feishu: message content, interactive). */
const isReference = (card: JsonObject): boolean =>
  (card['type'] === 'template' && objectOf(card['data'])['template_id'] !== undefined) ||
  (card['type'] === 'card' && objectOf(card['data'])['card_id'] !== undefined);

const readingOf = (card: JsonObject): Reading => {
  const style = objectOf(objectOf(card['config'])['style']);
  return {
    v2: card['schema'] === '2.0',
    colors: Object.keys(objectOf(style['color'])),
    sizes: Object.keys(objectOf(style['text_size'])),
    found: [],
  };
};

/**
 * Checks a finished card, 1.0 or 2.0, against Feishu's published rules, and against refusals that were observed. An error
 * is what Feishu would refuse or show wrongly; a warning is what it takes, but probably not as meant.
 */
export const checkCard = (card: Json): readonly CardFinding[] => {
  if (!isObject(card)) return [finding('card-not-object', undefined, { path: '', feishu: 200621 })];
  if (isReference(card)) return [];
  const kind = otherKind(card);
  const inside = envelopeOf(card)?.path ?? (card['msg_type'] === undefined ? null : '');
  if (inside !== null) return [finding('card-is-message', { path: inside, kind }, { path: '' })];
  if (isBottomless(card)) return [finding('card-depth', { depth: null }, { path: '' })];
  const tour = tourOf(card);
  const reading = readingOf(card);
  const rest = [
    ...checkRoot(tour, reading),
    ...checkComponents(tour, reading),
    ...checkContents(tour, reading),
    ...checkAudio(tour),
    ...checkLimits(tour),
  ];
  return [...reading.found, ...rest];
};
