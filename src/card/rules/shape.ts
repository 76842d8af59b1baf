import type { Json } from '../../model/dataset.ts';
import { nearest } from '../../model/nearest.ts';
import type { Text } from '../../model/text.ts';
import { isObject, type JsonObject, join } from '../walk.ts';
import { type CardFinding, finding } from './finding.ts';
import { COLOR_NAMES, isColorName, LOCALES, TEXT_SIZES } from './shapes/colors.ts';
import type { Kind, Shape } from './shapes/kind.ts';
import { isRgba } from './shapes/measures.ts';

/** What one card's own words are, and where the findings go. In 1.0 Feishu takes what it does not know: all are warnings. */
export interface Reading {
  readonly v2: boolean;
  /** names of config.style.color and config.style.text_size */
  readonly colors: readonly string[];
  readonly sizes: readonly string[];
  readonly found: CardFinding[];
}

/** What stands there, as far as it fits into a line. */
const written = (value: Json): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

const A_TEXT: Text = { zh: '文字', en: 'text' };
const A_NUMBER: Text = { zh: '数字', en: 'a number' };
const A_FLAG: Text = { zh: 'true 或 false', en: 'true or false' };
const AN_OBJECT: Text = { zh: '一个对象 { … }', en: 'an object { … }' };
const A_LIST: Text = { zh: '一个数组 [ … ]', en: 'a list [ … ]' };

/** A scalar for another may be read all the same; where an object or a list belongs, nothing else can be read. */
const wrongType = (value: Json, needs: Text, key: string, path: string, { v2, found }: Reading): void => {
  const structure = typeof value === 'object' || needs === AN_OBJECT || needs === A_LIST;
  found.push(
    finding('card-type', { key, needs }, v2 && structure ? { path, feishu: 200621 } : { path, severity: 'warning' }),
  );
};

const wrongValue = (
  value: Json,
  {
    key,
    path,
    allowed,
    among = [],
    firm = false,
  }: Place & { allowed: Text; among?: readonly string[]; firm?: boolean },
  { v2, found }: Reading,
): void => {
  const given = written(value);
  found.push(
    finding(
      'card-value',
      { key, value: given, allowed, suggestion: nearest(given, among) },
      { path, severity: v2 && firm ? 'error' : 'warning' },
    ),
  );
};

interface Place {
  readonly key: string;
  readonly path: string;
}

const checkColor = (
  value: string,
  kind: Extract<Kind, { is: 'color' }>,
  { key, path }: Place,
  { v2, colors, found }: Reading,
): void => {
  if (value === '' || isColorName(value) || colors.includes(value) || kind.also.includes(value)) return;
  if (value.startsWith('#')) {
    found.push(finding('card-color-hex', { key, value }, { path, severity: v2 ? 'error' : 'warning' }));
  } else if (isRgba(value)) {
    if (kind.rgba === 'yes') return;
    const refused = v2 && kind.rgba === 'refused';
    found.push(finding('card-color-rgba', { key }, refused ? { path, feishu: 11310 } : { path, severity: 'warning' }));
  } else {
    const suggestion = nearest(value, [...COLOR_NAMES, ...colors, ...kind.also]);
    found.push(finding('card-color', { key, value, suggestion }, { path, severity: 'warning' }));
  }
};

const checkLanguages = (value: Json, of: Kind, { key, path }: Place, reading: Reading): void => {
  if (!isObject(value)) {
    wrongType(value, AN_OBJECT, key, path, reading);
    return;
  }
  for (const [locale, one] of Object.entries(value)) {
    const at = join(path, locale);
    if (LOCALES.includes(locale)) checkKind(one, of, { key: locale, path: at }, reading);
    else
      reading.found.push(
        finding('card-locale', { locale, suggestion: nearest(locale, LOCALES) }, { path: at, severity: 'warning' }),
      );
  }
};

/** Both ways in one place: `elements` that are no list, and lists with something in them that is no component. */
const checkComponentList = (value: Json, { key, path }: Place, { v2, found }: Reading): void => {
  const refused = v2 ? { feishu: 200621 } : { severity: 'warning' as const };
  if (!Array.isArray(value)) {
    found.push(finding('card-elements-list', { key }, { path, ...refused }));
    return;
  }
  value.forEach((item, i) => {
    if (!isObject(item as Json))
      found.push(
        finding('card-type', { key: `${key}[${i}]`, needs: AN_OBJECT }, { path: `${path}[${i}]`, ...refused }),
      );
  });
};

const TEXT_TAGS = ['plain_text', 'lark_md', 'markdown'];

const checkTextTag = (value: Json, of: readonly string[], place: Place, reading: Reading): void => {
  if (typeof value === 'string' && !TEXT_TAGS.includes(value)) {
    const refused = reading.v2 ? { feishu: 200621 } : { severity: 'warning' as const };
    reading.found.push(
      finding(
        'card-unknown-tag',
        { tag: value, suggestion: nearest(value, of) ?? of[0]! },
        { path: place.path, ...refused },
      ),
    );
  } else if (!of.includes(value as string)) {
    const allowed = of.join(', ');
    wrongValue(value, { ...place, allowed: { zh: allowed, en: allowed } }, reading);
  }
};

const checkKind = (value: Json | undefined, kind: Kind, place: Place, reading: Reading): void => {
  // null is said elsewhere, for all of 2.0 at once; 1.0 takes it
  if (value === undefined || value === null) return;
  const { key, path } = place;
  switch (kind.is) {
    case 'any':
      return;
    case 'text':
      if (typeof value !== 'string') wrongType(value, A_TEXT, key, path, reading);
      return;
    case 'flag':
      if (typeof value !== 'boolean') wrongType(value, A_FLAG, key, path, reading);
      return;
    case 'number':
      if (typeof value !== 'number') wrongType(value, A_NUMBER, key, path, reading);
      else if (value < kind.min || value > kind.max) {
        const allowed = kind.max === Number.POSITIVE_INFINITY ? `≥ ${kind.min}` : `${kind.min}–${kind.max}`;
        wrongValue(value, { ...place, allowed: { zh: allowed, en: allowed }, firm: kind.firm }, reading);
      }
      return;
    case 'text-tag':
      checkTextTag(value, kind.of, place, reading);
      return;
    case 'one-of':
      if (!kind.of.includes(value as string | number)) {
        const among = kind.of.map(String);
        const allowed = among.join(', ');
        wrongValue(value, { ...place, allowed: { zh: allowed, en: allowed }, among, firm: kind.firm }, reading);
      }
      return;
    case 'measure':
      // an empty text is as good as none: examples of the pages have them
      if (typeof value !== 'string' || (value !== '' && !kind.fits(value)))
        wrongValue(value, { ...place, allowed: kind.allowed }, reading);
      return;
    case 'size':
      if (typeof value !== 'string' || !(TEXT_SIZES.includes(value) || reading.sizes.includes(value))) {
        const allowed = TEXT_SIZES.join(', ');
        const among = [...TEXT_SIZES, ...reading.sizes];
        wrongValue(value, { ...place, allowed: { zh: allowed, en: allowed }, among }, reading);
      }
      return;
    case 'color':
      if (typeof value !== 'string') wrongType(value, A_TEXT, key, path, reading);
      else checkColor(value, kind, place, reading);
      return;
    case 'object':
      if (!isObject(value)) wrongType(value, AN_OBJECT, key, path, reading);
      else if (Object.keys(value).length > 0) checkShape(value, kind.shape, path, reading);
      return;
    case 'list':
      if (!Array.isArray(value)) wrongType(value, A_LIST, key, path, reading);
      else
        for (const [i, item] of (value as readonly Json[]).entries())
          checkKind(item, kind.of, { key, path: `${path}[${i}]` }, reading);
      return;
    case 'components':
      checkComponentList(value, place, reading);
      return;
    case 'languages':
      checkLanguages(value, kind.of, place, reading);
      return;
    case 'named':
      if (!isObject(value)) wrongType(value, AN_OBJECT, key, path, reading);
      else
        for (const [name, one] of Object.entries(value))
          checkKind(one, kind.of, { key: name, path: join(path, name) }, reading);
      return;
    case 'old':
      if (reading.v2 || kind.from === 1)
        reading.found.push(finding('card-deprecated', { key, instead: kind.instead }, { path, severity: 'warning' }));
      checkKind(value, kind.of, place, reading);
      return;
    case 'new':
      if (reading.v2) checkKind(value, kind.of, place, reading);
      else reading.found.push(finding('card-v2-only', { key }, { path, severity: 'warning' }));
      return;
  }
};

/**
 * A key that no page has. 2.0 refuses it (Feishu: breaking changes). 1.0 ignores it: only what looks like a slip is
 * told. A language's form of a key that exists may be right.
 */
const unknown = (key: string, { name, has, open }: Shape, path: string, { v2, found }: Reading): string | null => {
  const suggestion = nearest(key, Object.keys(has));
  const doubt = open || (key.startsWith('i18n_') && Object.hasOwn(has, key.slice('i18n_'.length)));
  if (!v2 && suggestion === null) return null;
  found.push(
    finding(
      'card-property',
      { tag: name, key, suggestion, ignored: !v2 },
      v2 && !doubt ? { path: join(path, key), feishu: 200621 } : { path: join(path, key), severity: 'warning' },
    ),
  );
  return suggestion;
};

/** An object against the list of its properties. */
export const checkShape = (node: JsonObject, shape: Shape, path: string, reading: Reading): void => {
  const meant: (string | null)[] = [];
  for (const key of Object.keys(node)) {
    const kind = Object.hasOwn(shape.has, key) ? shape.has[key] : undefined;
    if (kind === undefined) meant.push(unknown(key, shape, path, reading));
    else checkKind(node[key], kind, { key, path: join(path, key) }, reading);
  }
  for (const [key, need] of Object.entries(shape.needs)) {
    const value = node[key];
    // a slip in its name is told already
    if (meant.includes(key)) continue;
    // an empty text is a text, an empty name is none
    if (value !== undefined && value !== null && (value !== '' || key === 'content')) continue;
    const refused = need.doubt || !reading.v2 ? { severity: 'warning' as const } : { feishu: need.feishu };
    reading.found.push(finding('card-required', { tag: shape.name, key }, { path, ...refused }));
  }
};
