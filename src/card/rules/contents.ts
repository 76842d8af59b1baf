import { TAG_COLORS } from '../../model/card.ts';
import { nearest } from '../../model/nearest.ts';
import { type JsonObject, join, objectOf, type Tour, textOf } from '../walk.ts';
import { type CardFinding, finding } from './finding.ts';
import { checkKey, isPersonId } from './media.ts';
import { COLOR_NAMES, isColorName } from './shapes/colors.ts';
import { isRgba } from './shapes/measures.ts';

const URL_KEYS = ['url', 'default_url', 'pc_url', 'ios_url', 'android_url'];

/** Schemes that run or read something. Others are left to the clients: apps of one's own are opened by theirs. */
const DANGEROUS = /^\s*(?:javascript|data|vbscript|file|blob|about)\s*:/i;
/** `lark://`, `tel:`: any scheme that is written out. */
const HAS_SCHEME = /^\s*[a-z][a-z0-9+.-]*:/i;

const checkLink = (link: string, path: string): CardFinding[] => {
  if (link === '') return [];
  if (DANGEROUS.test(link)) return [finding('card-link-scheme', { link, dangerous: true }, { path })];
  return HAS_SCHEME.test(link)
    ? []
    : [finding('card-link-scheme', { link, dangerous: false }, { path, severity: 'warning' })];
};

const checkFontColor = (value: string, path: string, { colors }: Own): CardFinding[] => {
  if (value === '' || isColorName(value) || isRgba(value) || colors.includes(value)) return [];
  return value.startsWith('#')
    ? [finding('card-color-hex', { key: 'color', value }, { path, severity: 'warning' })]
    : [
        finding(
          'card-color',
          { key: 'color', value, suggestion: nearest(value, [...COLOR_NAMES, ...colors]) },
          { path, severity: 'warning' },
        ),
      ];
};

const checkTagColor = (value: string, path: string): CardFinding[] =>
  (TAG_COLORS as readonly string[]).includes(value)
    ? []
    : [
        finding(
          'card-value',
          {
            key: 'color',
            value,
            allowed: { zh: TAG_COLORS.join('、'), en: TAG_COLORS.join(', ') },
            suggestion: nearest(value, TAG_COLORS),
          },
          { path, severity: 'warning' },
        ),
      ];

/** Everyone, or somebody by id: what is no id fails the whole card (100290), who may mention everyone is the group's affair. */
const checkMention = (ids: string, path: string): CardFinding[] =>
  ids.split(',').flatMap((written) => {
    const id = written.trim();
    if (/^all$/i.test(id)) return [finding('card-at-all', undefined, { path, severity: 'warning' })];
    return id === '' || isPersonId(id) ? [] : [finding('card-person-id', { id }, { path, severity: 'warning' })];
  });

const attribute = (tag: string, names: string): string | null => {
  const match = new RegExp(`\\s(?:${names})\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]*))`, 'i').exec(tag);
  return match === null ? null : (match[1] ?? match[2] ?? match[3] ?? '');
};

const checkTags = (text: string, path: string, own: Own): CardFinding[] =>
  [...text.matchAll(/<(a|at|font|text_tag|person|link)\s[^<>]*>/gi)].flatMap(([tag, name]) => {
    switch (name!.toLowerCase()) {
      case 'a':
        return checkLink(attribute(tag, 'href') ?? '', path);
      case 'link':
        return checkLink(attribute(tag, 'url') ?? '', path);
      case 'font':
        return checkFontColor(attribute(tag, 'color') ?? '', path, own);
      case 'text_tag': {
        const color = attribute(tag, 'color');
        return color === null ? [] : checkTagColor(color, path);
      }
      default:
        return checkMention(attribute(tag, 'id|ids|user_id') ?? '', path);
    }
  });

/** Names of the card's own colours. */
interface Own {
  readonly colors: readonly string[];
}

/** Whether `!` stands before the bracket that the one at `end` closes. A text as long as no link's is not searched. */
const isImage = (text: string, end: number): boolean => {
  let depth = 0;
  for (let i = end; i >= 0 && end - i < 1000; i--) {
    if (text[i] === ']') depth += 1;
    else if (text[i] === '[') depth -= 1;
    if (depth === 0) return text[i - 1] === '!';
  }
  return false;
};

/** `[text](address)`, `![text](key)` and the tags of a text that Feishu interprets; code is left out. */
export const checkMarkdown = (content: string, path: string, own: Own): CardFinding[] => {
  const marked = content.includes('](');
  const tagged = content.includes('<');
  if (!marked && !tagged) return [];
  const text =
    content.includes('`') || content.includes('~~~')
      ? content.replace(/^[ \t]*(```|~~~).*?^[ \t]*\1/gms, '').replace(/`[^`\n]*`/g, '')
      : content;
  const targets = marked
    ? [...text.matchAll(/\]\(\s*<?([^)\s>]*)/g)].map(({ index, 1: to }) => ({
        to: to ?? '',
        image: isImage(text, index),
      }))
    : [];
  const links = targets.filter(({ image }) => !image).map(({ to }) => to);
  const images = targets.filter(({ image }) => image).map(({ to }) => to);
  return [
    // `$name` is 1.0's way to name an address under `href`
    ...links.filter((link) => !link.startsWith('$')).flatMap((link) => checkLink(link, path)),
    ...images
      .filter((key) => /[:/]/.test(key))
      .map((key) => finding('card-image-key', { key }, { path, feishu: 200570 })),
    ...(tagged ? checkTags(text, path, own) : []),
  ];
};

const interpreted = (node: JsonObject): boolean => node['tag'] === 'markdown' || node['tag'] === 'lark_md';

/** The text itself and its other languages. */
const textsOf = (node: JsonObject, path: string): readonly { readonly text: string; readonly at: string }[] => {
  const text = textOf(node['content']);
  const others = node['i18n_content'];
  return [
    ...(text === null ? [] : [{ text, at: join(path, 'content') }]),
    ...(typeof others === 'object' && others !== null
      ? Object.entries(others as JsonObject).flatMap(([locale, words]) =>
          typeof words === 'string' ? [{ text: words, at: join(join(path, 'i18n_content'), locale) }] : [],
        )
      : []),
  ];
};

/** Links, images, mentions and colours wherever text is interpreted. */
export const checkContents = ({ objects }: Tour, own: Own): CardFinding[] => {
  const found: CardFinding[] = [];
  for (const { node, path } of objects) {
    for (const key of URL_KEYS) {
      const link = node[key];
      if (typeof link === 'string' && link !== '') found.push(...checkLink(link, join(path, key)));
    }
    const image = node['img_key'];
    if (typeof image === 'string' && image !== '') found.push(...checkKey(image, join(path, 'img_key')));
    for (const [locale, key] of Object.entries(objectOf(node['i18n_img_key'])))
      if (typeof key === 'string' && key !== '') found.push(...checkKey(key, join(join(path, 'i18n_img_key'), locale)));
    if (interpreted(node)) for (const { text, at } of textsOf(node, path)) found.push(...checkMarkdown(text, at, own));
  }
  return found;
};
