import { HEADER_COLORS, TAG_COLORS } from '../model/card.ts';
import type { Json } from '../model/dataset.ts';
import { nearest } from '../model/nearest.ts';
import { type CardFinding, finding } from './finding.ts';
import { isObject, type JsonObject, join, listOf, objectOf, objectsOf } from './walk.ts';

const ROOT = ['schema', 'config', 'card_link', 'header', 'body'];
const WIDTH_MODES = ['default', 'compact', 'fill'];

const oneOf = (
  node: JsonObject,
  key: string,
  allowed: readonly string[],
  { path, severity }: { path: string; severity: 'error' | 'warning' },
): CardFinding[] => {
  const value = node[key];
  if (value === undefined || value === null || (typeof value === 'string' && allowed.includes(value))) return [];
  const written = typeof value === 'string' ? value : JSON.stringify(value);
  return [
    finding(
      'card-value',
      { key, value: written, allowed: allowed.join(', '), suggestion: nearest(written, allowed) },
      { path: join(path, key), severity },
    ),
  ];
};

/** Colours of the header and of its tags (Feishu: title component). 1.0 shows its default for a colour it does not know. */
export const checkHeader = (card: JsonObject, { v2 }: { v2: boolean }): CardFinding[] => {
  const { header } = card;
  if (!isObject(header)) return [];
  const severity = v2 ? 'error' : 'warning';
  const tags = listOf(header['text_tag_list']);
  return [
    ...(isObject(header['title'])
      ? []
      : [finding('card-required', { tag: 'header', key: 'title' }, { path: 'header', severity })]),
    ...(v2 && 'tag' in header
      ? [finding('card-property', { tag: 'header', key: 'tag' }, { path: 'header.tag', feishu: 200621 })]
      : []),
    ...oneOf(header, 'template', HEADER_COLORS, { path: 'header', severity }),
    ...tags.flatMap((tag, i) =>
      oneOf(objectOf(tag), 'color', TAG_COLORS, { path: `header.text_tag_list[${i}]`, severity }),
    ),
    ...(tags.length > 3
      ? [finding('card-tags-many', { count: tags.length }, { path: 'header.text_tag_list', severity: 'warning' })]
      : []),
  ];
};

const checkConfig = (card: JsonObject): CardFinding[] => {
  const config = objectOf(card['config']);
  return [
    ...(config['update_multi'] === false
      ? [finding('card-update-multi', undefined, { path: 'config.update_multi', severity: 'warning' })]
      : []),
    // Tolerated in production cards, though the 2.0 page does not have it.
    ...('wide_screen_mode' in config
      ? [
          finding(
            'card-deprecated',
            { key: 'wide_screen_mode', instead: 'width_mode' },
            { path: 'config.wide_screen_mode', severity: 'warning' },
          ),
        ]
      : []),
    ...oneOf(config, 'width_mode', WIDTH_MODES, { path: 'config', severity: 'warning' }),
  ];
};

const nulls = (card: JsonObject): CardFinding[] =>
  objectsOf(card).flatMap(({ node, path }) =>
    Object.entries(node)
      .filter(([, value]) => value === null)
      .map(([key]) => finding('card-null', { key }, { path: join(path, key), feishu: 200621 })),
  );

const isEmpty = (elements: Json | undefined): boolean => Array.isArray(elements) && elements.length === 0;

/** Card JSON 2.0 (Feishu: card JSON 2.0 structure): unknown keys are refused. */
export const checkV2 = (card: JsonObject): CardFinding[] => {
  const { elements } = objectOf(card['body']);
  return [
    ...Object.keys(card)
      .filter((key) => !ROOT.includes(key))
      .map((key) => finding('card-root-key', { key, suggestion: nearest(key, ROOT) }, { path: key, feishu: 200621 })),
    ...(elements !== undefined && !Array.isArray(elements)
      ? [finding('card-elements-list', { key: 'elements' }, { path: 'body.elements', feishu: 200621 })]
      : []),
    ...(card['body'] === undefined || isEmpty(elements)
      ? [finding('card-empty', undefined, { path: 'body', severity: 'warning' })]
      : []),
    ...checkConfig(card),
    ...checkHeader(card, { v2: true }),
    ...nulls(card),
  ];
};
