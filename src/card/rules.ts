import type { Json } from '../model/dataset.ts';
import { type CardFinding, finding } from './finding.ts';
import { checkComponents } from './rules-components.ts';
import { checkContents } from './rules-contents.ts';
import { checkLimits } from './rules-limits.ts';
import { checkV1 } from './rules-v1.ts';
import { checkV2 } from './rules-v2.ts';
import { componentsOf, isObject, objectOf } from './walk.ts';

export type { CardFinding };

/** A card kept at Feishu and named by its id is none of ours to check (Feishu: message content, interactive). */
const isReference = (card: { readonly [key: string]: Json }): boolean =>
  (card['type'] === 'template' && objectOf(card['data'])['template_id'] !== undefined) ||
  (card['type'] === 'card' && objectOf(card['data'])['card_id'] !== undefined);

/**
 * Checks a finished card, 1.0 or 2.0, against Feishu's published rules, and against refusals that were observed. An error
 * is what Feishu would refuse or show wrongly; a warning is what it takes, but probably not as meant.
 */
export const checkCard = (card: Json): readonly CardFinding[] => {
  if (!isObject(card)) return [finding('card-not-object', undefined, { path: '', feishu: 200621 })];
  if (isReference(card)) return [];
  const components = componentsOf(card);
  const v2 = card['schema'] === '2.0';
  return [
    ...(v2 ? checkV2(card) : checkV1(card)),
    ...checkComponents(components, { v2 }),
    ...checkContents(card, components, { v2 }),
    ...checkLimits(card, components),
  ];
};
