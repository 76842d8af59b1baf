import type { Json } from '../../model/dataset.ts';
import type { Lang } from '../../model/text.ts';
import { isObject, type JsonObject, listOf, objectOf, textOf } from '../walk.ts';
import type { Gone } from './pieces.ts';
import { beginningOf } from './text.ts';
import { cutNote } from './words.ts';

/** Longer than any line that a head shows (cards: C-title: four lines of title, one of subtitle). */
const MOST = 120;

/** A card whose title, subtitle, tags and summary leave room for what stands below them: data can be of any length. */
export const withShortHead = (
  card: JsonObject,
  lang: Lang,
): { readonly card: JsonObject; readonly cuts: readonly Gone[] } => {
  const cuts: Gone[] = [];
  const short = (content: Json | undefined, markdown: boolean, spoken: Lang): Json => {
    const text = textOf(content) ?? '';
    if (text.length <= MOST) return content as Json;
    const head = beginningOf(text, MOST, { markdown });
    const gone = { what: 'characters', dataset: null, file: null, shown: head.shown, of: text.length } as const;
    cuts.push({ ...gone, at: null, reason: 'size' });
    return head.text + cutNote(gone)[spoken];
  };
  const shortText = (json: Json | undefined): Json => {
    const text = objectOf(json);
    const markdown = text['tag'] === 'lark_md';
    const others = text['i18n_content'];
    return {
      ...text,
      content: short(text['content'], markdown, lang),
      ...(isObject(others)
        ? {
            i18n_content: Object.fromEntries(
              Object.entries(others).map(([locale, one]) => [
                locale,
                short(one, markdown, locale.startsWith('zh') ? 'zh' : 'en'),
              ]),
            ),
          }
        : {}),
    };
  };
  const header = objectOf(card['header']);
  const config = objectOf(card['config']);
  const inPlace = (of: JsonObject, key: string): JsonObject =>
    textOf(objectOf(of[key])['content']) === null ? {} : { [key]: shortText(of[key]) };
  const tags = listOf(header['text_tag_list']).map((tag) => ({ ...objectOf(tag), ...inPlace(objectOf(tag), 'text') }));
  const made: JsonObject = {
    ...card,
    ...(isObject(card['config']) ? { config: { ...config, ...inPlace(config, 'summary') } } : {}),
    ...(isObject(card['header'])
      ? {
          header: {
            ...header,
            ...inPlace(header, 'title'),
            ...inPlace(header, 'subtitle'),
            ...(Array.isArray(header['text_tag_list']) ? { text_tag_list: tags } : {}),
          },
        }
      : {}),
  };
  return cuts.length === 0 ? { card, cuts } : { card: made, cuts };
};
