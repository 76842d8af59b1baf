import type { Json } from './dataset.ts';

/** Stands in stored cards where the marker of each message goes; no text of a card can look like it, its quotes are escaped. */
const PLACE = '"element_id":"lc_larkcron_marker"';

type JsonObject = { readonly [key: string]: Json };
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A 2.0 card whose last element carries a marker (an `element_id`, at most 20 characters), by which a message whose
 * answer was lost is found in the chat's history. A card of another kind, or with an id there already, stays as it is.
 */
export const withMarkerPlace = (card: Json): Json => {
  if (!isObject(card) || card['schema'] !== '2.0' || !isObject(card['body'])) return card;
  const { elements } = card['body'];
  const last = Array.isArray(elements) ? elements.at(-1) : undefined;
  if (!Array.isArray(elements) || !isObject(last) || last['element_id'] !== undefined) return card;
  const marked = { ...last, element_id: 'lc_larkcron_marker' };
  return { ...card, body: { ...card['body'], elements: [...elements.slice(0, -1), marked] } };
};

/** `lc_` and 15 hash characters; our uuids are `lc-` and 40 of them. */
export const markerOf = (uuid: string): string => `lc_${uuid.replace(/^lc-/, '').slice(0, 15)}`;

export const hasMarkerPlace = (body: string): boolean => body.includes(PLACE);

/** The body as it leaves: the same uuid always gives the same bytes. */
export const markedBody = (body: string, uuid: string): string =>
  body.replace(PLACE, () => `"element_id":"${markerOf(uuid)}"`);

/** Any marker of ours, whichever message's. */
export const ANY_MARKER = /lc_[0-9a-f]{15}(?![0-9a-z_])/i;
