import { LOCALES, type Template } from '../model/card.ts';
import { problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { own } from '../model/own.ts';
import { named, type Shape, template, wrongType } from './shape.ts';
import { configWords } from './words.ts';

/** `zh` and `en` are enough for most. */
const SHORT: Readonly<Record<string, string>> = { zh: 'zh_cn', en: 'en_us' };
const KNOWN = [...Object.keys(SHORT), ...LOCALES];

/** A text in one language, or in several: `{ zh: 门店, en: Stores }`. Who has none of them sees the first. */
export const translatedWhole: Shape<Template> = {
  read: (node, reading, path) => {
    if (node.kind === 'scalar') return template.read(node, reading, path);
    if (node.kind !== 'map' || node.entries.length === 0)
      return wrongType(node, reading, path, {
        zh: '一段文字,或 { zh: 中文, en: English }',
        en: 'text, or { zh: 中文, en: English }',
      });
    let sound = true;
    const read: [locale: string, words: Template][] = [];
    for (const { key, at, value } of node.entries) {
      const locale = own(SHORT, key) ?? key;
      if (!KNOWN.includes(key)) {
        sound = false;
        const suggestion = nearest(key, KNOWN);
        reading.problems.push(
          problem(configWords, 'unknown-key', { key, known: KNOWN, suggestion }, { at, path: `${path}.${key}` }),
        );
        continue;
      }
      const words = template.read(value, reading, `${path}.${key}`);
      if (words === null) sound = false;
      else read.push([locale, words]);
    }
    const [first] = read;
    return sound && first !== undefined ? { ...first[1], translations: Object.fromEntries(read) } : null;
  },
  schema: {
    anyOf: [
      template.schema,
      {
        type: 'object',
        properties: Object.fromEntries(KNOWN.map((key) => [key, template.schema])),
        additionalProperties: false,
      },
    ],
  },
};

export const translated = named('words', translatedWhole);
