import type { Cut } from '../../model/cut.ts';
import type { Json } from '../../model/dataset.ts';
import type { Place } from '../../model/errors.ts';
import type { Lang } from '../../model/text.ts';
import { isObject, type JsonObject, listOf, textOf } from '../walk.ts';
import { bytesOf, isTable, tagsOf } from './limits.ts';
import { beginningOf } from './text.ts';
import { cutNote } from './words.ts';

/** What an element shows: a dataset's name, and where the block stands. */
export interface Shown {
  readonly dataset: string;
  readonly at: Place | null;
}

/** Something in an element that can be shown in part: rows, points or a text. */
export interface Leaf {
  readonly what: Exclude<Cut['what'], 'blocks'>;
  readonly dataset: string | null;
  readonly file: string | null;
  readonly at: Place | null;
  readonly of: number;
  /** how many make a page; less than all is a whole number of pages, if it is at least one */
  readonly page: number;
  /** fewer than these help nobody */
  readonly least: number;
  /** of the JSON with so many in it, with the note that says what is missing */
  readonly bytes: (shown: number) => number;
  /** with so many in it; of a text the exact number may be smaller */
  readonly show: (shown: number) => { readonly json: Json; readonly shown: number };
  readonly path: readonly (string | number)[];
}

/** An element of the body: what it takes without its leaves, and these. A cut that was made of it as a whole is in `gone`. */
export interface Piece {
  readonly element: Json;
  readonly bytes: number;
  readonly tags: number;
  readonly tables: number;
  readonly leaves: readonly Leaf[];
  readonly gone: readonly Gone[] | null;
}

export type Gone = Omit<Cut, 'part'> & { readonly at: Place | null };

const LEAST = { rows: 1, points: 5, characters: 80 } as const;
/** A text is worth cutting from here on. */
const LONG_TEXT = 200;

/** A quiet line (as the `note` block has it). */
export const noteElement = (content: string): Json => ({
  tag: 'div',
  text: { tag: 'plain_text', content, text_size: 'notation', text_color: 'grey' },
});
const NOTE_TAGS = 2;

type Facts = Pick<Leaf, 'dataset' | 'file' | 'at' | 'path'>;

const listLeaf = (what: 'rows' | 'points', list: readonly Json[], page: number, facts: Facts, lang: Lang): Leaf => {
  const upTo = [0];
  for (const item of list) upTo.push((upTo.at(-1) as number) + bytesOf(item) + 1);
  const note = (shown: number): number =>
    shown === list.length ? 0 : bytesOf(noteElement(cutNote({ what, shown, of: list.length, ...facts })[lang])) + 1;
  return {
    ...facts,
    what,
    of: list.length,
    page,
    least: Math.min(LEAST[what], list.length),
    bytes: (shown) => (upTo[shown] as number) + note(shown),
    show: (shown) => ({ json: list.slice(0, shown), shown }),
  };
};

const textLeaf = (text: string, markdown: boolean, facts: Facts, lang: Lang): Leaf => {
  const show = (shown: number): { json: string; shown: number } => {
    if (shown === text.length) return { json: text, shown };
    const head = beginningOf(text, shown, { markdown });
    return {
      json: head.text + cutNote({ what: 'characters', shown: head.shown, of: text.length, ...facts })[lang],
      shown: head.shown,
    };
  };
  return {
    ...facts,
    what: 'characters',
    of: text.length,
    page: 1,
    least: Math.min(LEAST.characters, text.length),
    bytes: (shown) => bytesOf(show(shown).json),
    show,
  };
};

type Look = (element: Json) => Omit<Facts, 'path'>;

/** Values of a chart: `data: { values }`, or a list of such (cards: §3.3). */
const valuesOf = (chart: JsonObject): { list: readonly Json[]; path: readonly (string | number)[] }[] => {
  const spec = chart['chart_spec'];
  const data = isObject(spec) ? spec['data'] : undefined;
  const from = (each: Json | undefined, path: readonly (string | number)[]) =>
    isObject(each) && Array.isArray(each['values'])
      ? [{ list: listOf(each['values']), path: [...path, 'values'] }]
      : [];
  return Array.isArray(data)
    ? (data as readonly Json[]).flatMap((each, i) => from(each, ['chart_spec', 'data', i]))
    : from(data, ['chart_spec', 'data']);
};

/** Where values are the user's own: nothing in them is a text of the card. */
const OPAQUE = new Set(['value', 'chart_spec', 'rows', 'template_variable', 'behaviors', 'multi_url']);

const leavesIn = (json: Json, path: readonly (string | number)[], look: Look, lang: Lang): readonly Leaf[] => {
  if (Array.isArray(json))
    return (json as readonly Json[]).flatMap((each, i) => leavesIn(each, [...path, i], look, lang));
  if (!isObject(json)) return [];
  const tag = textOf(json['tag']) ?? '';
  if (tag === 'table' && path.length === 0) {
    const page = typeof json['page_size'] === 'number' ? json['page_size'] : 5;
    return [listLeaf('rows', listOf(json['rows']), page, { ...look(json), path: ['rows'] }, lang)];
  }
  if (tag === 'chart') {
    const facts = look(json);
    return valuesOf(json).map(({ list, path: below }) =>
      listLeaf('points', list, 1, { ...facts, path: [...path, ...below] }, lang),
    );
  }
  if (['markdown', 'lark_md', 'plain_text'].includes(tag)) {
    const other = isObject(json['i18n_content']) ? json['i18n_content'] : {};
    const texts = [
      { content: json['content'], below: ['content'], spoken: lang },
      ...Object.entries(other).map(([locale, content]) => {
        const spoken: Lang = locale.startsWith('zh') ? 'zh' : 'en';
        return { content, below: ['i18n_content', locale], spoken };
      }),
    ];
    return texts.flatMap(({ content, below, spoken }) =>
      typeof content === 'string' && content.length > LONG_TEXT
        ? [textLeaf(content, tag !== 'plain_text', { ...look(json), path: [...path, ...below] }, spoken)]
        : [],
    );
  }
  return Object.entries(json).flatMap(([key, value]) =>
    OPAQUE.has(key) ? [] : leavesIn(value, [...path, key], look, lang),
  );
};

export const pieceOf = (element: Json, look: Look, lang: Lang): Piece => {
  const leaves = leavesIn(element, [], look, lang);
  const noted = leaves.filter(({ what }) => what !== 'characters').length;
  return {
    element,
    bytes: bytesOf(element) + 1 - leaves.reduce((sum, leaf) => sum + leaf.bytes(leaf.of), 0),
    tags: tagsOf(element) + noted * NOTE_TAGS,
    tables: isTable(element) ? 1 : 0,
    leaves,
    gone: null,
  };
};

/** A note in place of one element or of several; `more`: what else went with it. */
export const notePiece = (said: Gone, lang: Lang, more: readonly Gone[] = []): Piece => {
  const element = noteElement(cutNote(said)[lang]);
  const gone = [said, ...more];
  return { element, bytes: bytesOf(element) + 1, tags: NOTE_TAGS, tables: 0, leaves: [], gone };
};

const put = (json: Json, [key, ...rest]: readonly (string | number)[], value: Json): Json => {
  if (key === undefined) return value;
  if (Array.isArray(json))
    return (json as readonly Json[]).map((each, i) => (i === key ? put(each, rest, value) : each));
  const object = json as JsonObject;
  return { ...object, [key]: put(object[key] as Json, rest, value) };
};

/** How many of each leaf are shown; what is not in it is whole. */
export type Amounts = ReadonlyMap<Leaf, number>;
export const amountOf = (leaf: Leaf, amounts: Amounts): number => amounts.get(leaf) ?? leaf.of;

export const sizeOf = ({ bytes, leaves }: Piece, amounts: Amounts): number =>
  leaves.reduce((sum, leaf) => sum + leaf.bytes(amountOf(leaf, amounts)), bytes);

export interface Drawn {
  readonly elements: readonly Json[];
  readonly cuts: readonly Gone[];
}

/** A piece as it stands in the card, its notes after it, and what was cut from it. */
export const drawn = ({ element, leaves, gone }: Piece, amounts: Amounts, lang: Lang): Drawn => {
  if (gone !== null) return { elements: [element], cuts: gone };
  const less = leaves.filter((leaf) => amountOf(leaf, amounts) < leaf.of);
  const cuts = less.map((leaf) => {
    const { what, dataset, file, at, of } = leaf;
    const { shown } = leaf.show(amountOf(leaf, amounts));
    return { what, dataset, file, at, of, shown, reason: 'size' as const };
  });
  const body = less.reduce((json, leaf) => put(json, leaf.path, leaf.show(amountOf(leaf, amounts)).json), element);
  const notes = cuts.filter(({ what }) => what !== 'characters').map((cut) => noteElement(cutNote(cut)[lang]));
  return { elements: [body, ...notes], cuts };
};
