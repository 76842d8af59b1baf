import type { Json } from '../model/dataset.ts';
import type { Lang } from '../model/text.ts';
import { type Node, node } from './read-card.ts';

const LOCALES: Readonly<Record<Lang, string>> = { zh: 'zh_cn', en: 'en_us' };

/** What carries its own languages, and the property they are languages of (cards: S-I18N). */
const TRANSLATED: Readonly<Record<string, string>> = {
  i18n_content: 'content',
  i18n: 'content',
  i18n_elements: 'elements',
  i18n_header: 'header',
  i18n_text_tag_list: 'text_tag_list',
  i18n_img_key: 'img_key',
  i18n_default_value: 'default_value',
};

const DEEPEST = 60;

const translated = (json: Json, locale: string, depth: number): Json => {
  if (typeof json !== 'object' || json === null || depth > DEEPEST) return json;
  if (Array.isArray(json)) return (json as readonly Json[]).map((each) => translated(each, locale, depth + 1));
  const own = json as Node;
  const made: Record<string, Json> = Object.fromEntries(
    Object.entries(own).map(([name, value]) => [
      name,
      name === 'chart_spec' || Object.hasOwn(TRANSLATED, name) ? value : translated(value, locale, depth + 1),
    ]),
  );
  for (const [name, property] of Object.entries(TRANSLATED)) {
    const choice = node(own[name])[locale];
    if (choice !== undefined) made[property] = translated(choice, locale, depth + 1);
  }
  return made;
};

/** The card as a reader with this language sees it: texts, elements, header and pictures that have it in theirs. */
export const inLanguage = (card: Json, lang: Lang | null): Node =>
  node(lang === null ? card : translated(card, LOCALES[lang], 0));
