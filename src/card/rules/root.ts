import type { Json } from '../../model/dataset.ts';
import { nearest } from '../../model/nearest.ts';
import { isObject, type JsonObject, join, listOf, objectOf, type Tour, textOf } from '../walk.ts';
import { type CardFinding, finding } from './finding.ts';
import { checkShape, type Reading } from './shape.ts';
import { LOCALES } from './shapes/colors.ts';
import type { Shape } from './shapes/kind.ts';
import { cardLink } from './shapes/pieces.ts';
import { body, config, fallback, header } from './shapes/root.ts';

const ROOT = ['schema', 'config', 'card_link', 'header', 'body'];
const ROOT_V1 = ['schema', 'config', 'card_link', 'header', 'elements', 'i18n_elements', 'i18n_header', 'fallback'];

/** Feishu shows three tags beside a title (cards: C-title). */
const TAGS = 3;

const checkTags = (title: JsonObject, path: string): CardFinding[] => {
  const languages = Object.entries(objectOf(title['i18n_text_tag_list']));
  const lists = [
    { tags: title['text_tag_list'], at: `${path}.text_tag_list` },
    ...languages.map(([locale, tags]) => ({ tags, at: `${path}.i18n_text_tag_list.${locale}` })),
  ];
  return lists.flatMap(({ tags, at }) =>
    listOf(tags).length > TAGS
      ? [finding('card-tags-many', { count: listOf(tags).length }, { path: at, severity: 'warning' })]
      : [],
  );
};

/** One address for all, or one for each kind of client (cards: §1 card_link). */
const checkCardLink = (card: JsonObject): CardFinding[] => {
  const link = objectOf(card['card_link']);
  const has = (key: string): boolean => (textOf(link[key]) ?? '') !== '';
  const some = ['pc_url', 'ios_url', 'android_url'].filter(has);
  return some.length > 0 && some.length < 3 && !has('url')
    ? [finding('card-link-partial', undefined, { path: 'card_link', severity: 'warning' })]
    : [];
};

const checkLocales = (card: JsonObject): CardFinding[] =>
  listOf(objectOf(card['config'])['locales']).flatMap((locale, i) =>
    typeof locale !== 'string' || LOCALES.includes(locale)
      ? []
      : [
          finding(
            'card-locale',
            { locale, suggestion: nearest(locale, LOCALES) },
            { path: `config.locales[${i}]`, severity: 'warning' },
          ),
        ],
  );

const checkPart = (card: JsonObject, key: string, shape: Shape, reading: Reading): void => {
  const part = card[key];
  if (isObject(part)) checkShape(part, shape, key, reading);
  else if (part !== undefined && part !== null)
    reading.found.push(
      finding(
        'card-type',
        { key, needs: { zh: '一个对象 { … }', en: 'an object { … }' } },
        reading.v2 ? { path: key, feishu: 200621 } : { path: key, severity: 'warning' },
      ),
    );
};

const nulls = ({ objects }: Tour): CardFinding[] =>
  objects.flatMap(({ node, path }) =>
    Object.keys(node)
      .filter((key) => node[key] === null)
      .map((key) => finding('card-null', { key }, { path: join(path, key), feishu: 200621 })),
  );

const isEmpty = (elements: Json | undefined): boolean => Array.isArray(elements) && elements.length === 0;

/** Card JSON 2.0 (Feishu: card JSON 2.0 structure): unknown keys are refused. */
const checkV2 = (tour: Tour, reading: Reading): CardFinding[] => {
  const { card } = tour;
  checkPart(card, 'body', body, reading);
  return [
    ...Object.keys(card)
      .filter((key) => !ROOT.includes(key))
      .map((key) =>
        finding(
          'card-root-key',
          { key, suggestion: nearest(key, ROOT) },
          // an example of the 2.0 pages has it
          key === 'i18n_header' ? { path: key, severity: 'warning' } : { path: key, feishu: 200621 },
        ),
      ),
    ...(card['body'] === undefined || isEmpty(objectOf(card['body'])['elements'])
      ? [finding('card-empty', undefined, { path: 'body', severity: 'warning' })]
      : []),
    ...(objectOf(card['config'])['update_multi'] === false
      ? [finding('card-update-multi', undefined, { path: 'config.update_multi', severity: 'warning' })]
      : []),
    ...checkLocales(card),
    ...nulls(tour),
  ];
};

/** 1.0 has its elements and its header once a language (cards: §1). */
const checkV1Languages = (card: JsonObject, reading: Reading): void => {
  for (const part of ['i18n_elements', 'i18n_header'])
    for (const [locale, value] of Object.entries(objectOf(card[part]))) {
      const path = join(part, locale);
      if (!LOCALES.includes(locale))
        reading.found.push(
          finding('card-locale', { locale, suggestion: nearest(locale, LOCALES) }, { path, severity: 'warning' }),
        );
      else if (part === 'i18n_header' && isObject(value)) checkShape(value, header, path, reading);
    }
};

/** Card JSON 1.0 (no `schema`, or "1.0"): unknown keys are ignored, so a 2.0 card without its schema shows nothing. */
const checkV1 = ({ card }: Tour, reading: Reading): CardFinding[] => {
  const { schema, body: inside, elements } = card;
  const named = schema === undefined || schema === '1.0' || schema === null;
  const looksV2 = named && isObject(inside) && elements === undefined;
  checkPart(card, 'fallback', fallback, reading);
  checkV1Languages(card, reading);
  return [
    ...(named
      ? []
      : [
          finding(
            'card-schema',
            { schema: typeof schema === 'string' ? schema : JSON.stringify(schema) },
            { path: 'schema', feishu: 200621 },
          ),
        ]),
    ...(looksV2 ? [finding('card-looks-v2', undefined, { path: 'body' })] : []),
    ...(elements !== undefined && elements !== null && !Array.isArray(elements)
      ? [finding('card-elements-list', { key: 'elements' }, { path: 'elements', feishu: 200621 })]
      : []),
    ...(looksV2 ? [] : slips(card, reading)),
  ];
};

const slips = (card: JsonObject, reading: Reading): CardFinding[] =>
  Object.keys(card).flatMap((key) => {
    if (ROOT_V1.includes(key)) return [];
    const suggestion = nearest(key, ROOT_V1);
    return suggestion === null || reading.v2
      ? []
      : [finding('card-property', { tag: 'card', key, suggestion, ignored: true }, { path: key, severity: 'warning' })];
  });

/** Everything round the components. */
export const checkRoot = (tour: Tour, reading: Reading): CardFinding[] => {
  const { card } = tour;
  const own = tour.v2 ? checkV2(tour, reading) : checkV1(tour, reading);
  checkPart(card, 'config', config, reading);
  checkPart(card, 'header', header, reading);
  checkPart(card, 'card_link', cardLink, reading);
  return [...own, ...checkTags(objectOf(card['header']), 'header'), ...checkCardLink(card)];
};
