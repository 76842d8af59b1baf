import type { Cut } from '../../model/cut.ts';
import type { Json } from '../../model/dataset.ts';
import type { Place } from '../../model/errors.ts';
import { withMarkerPlace } from '../../model/marker.ts';
import type { Lang } from '../../model/text.ts';
import { isObject, type JsonObject, listOf, objectOf, textOf } from '../walk.ts';
import { withShortHead } from './head.ts';
import { bytesOf, elementsOf, fits, type Room, tagsOf } from './limits.ts';
import { filled, fitTogether, largest, leastAmounts, leavesOf, packed } from './pack.ts';
import { type Amounts, drawn, type Gone, notePiece, type Piece, pieceOf, type Shown } from './pieces.ts';

export interface Fitted {
  /** the first is the message itself */
  readonly cards: readonly Json[];
  readonly cuts: readonly (Cut & { readonly at: Place | null })[];
}

export interface HowToFit {
  /** a card within this is left as it is */
  readonly whole: Room;
  /** what a card has that was cut */
  readonly cut: Room;
  /** how many cards the message may become */
  readonly cards: number;
  readonly lang: Lang;
  /** what the tables and charts of the card show */
  readonly shows: ReadonlyMap<Json, Shown>;
  /** the attached file that has all of a dataset; null: none has */
  readonly fileOf: (dataset: string) => string | null;
}

const PER_ROW: Readonly<Record<string, number>> = { bisect: 2, trisect: 3, flow: 1 };
const CHUNK = { tags: 60, bytes: 8_000 };

/** Many fields or buttons stand in one element: cut between its rows it looks the same. */
const split = (element: Json): readonly Json[] => {
  if (!isObject(element) || element['tag'] !== 'column_set' || element['element_id'] !== undefined) return [element];
  const perRow = PER_ROW[textOf(element['flex_mode']) ?? ''];
  if (perRow === undefined || (tagsOf(element) <= CHUNK.tags && bytesOf(element) <= CHUNK.bytes)) return [element];
  const sets: Json[][] = [];
  const columns = listOf(element['columns']);
  for (let from = 0; from < columns.length; from += perRow) {
    const row = columns.slice(from, from + perRow);
    const open = sets.at(-1);
    const joined = [...(open ?? []), ...row];
    if (open !== undefined && tagsOf(joined) <= CHUNK.tags && bytesOf(joined) <= CHUNK.bytes) open.push(...row);
    else sets.push([...row]);
  }
  return sets.map((each) => ({ ...element, columns: each }));
};

/** The card without what stands in it, as the n-th of several: the same head, with `(2/3)` behind the title. */
const shell = (card: JsonObject, n: number, of: number): JsonObject => {
  if (n === 1) return card;
  const count = ` (${n}/${of})`;
  const header = objectOf(card['header']);
  const title = objectOf(header['title']);
  const config = objectOf(card['config']);
  const summary = objectOf(config['summary']);
  const counted = (text: JsonObject): JsonObject => ({
    ...text,
    content: (textOf(text['content']) ?? '') + count,
    ...(isObject(text['i18n_content'])
      ? {
          i18n_content: Object.fromEntries(
            Object.entries(text['i18n_content']).map(([locale, each]) => [locale, `${textOf(each) ?? ''}${count}`]),
          ),
        }
      : {}),
  });
  return {
    ...card,
    ...(isObject(config['summary']) ? { config: { ...config, summary: counted(summary) } } : {}),
    ...(isObject(header['title']) ? { header: { ...header, title: counted(title) } } : {}),
  };
};

const withElements = (card: JsonObject, elements: readonly Json[]): JsonObject => ({
  ...card,
  body: { ...objectOf(card['body']), elements },
});

/** Room for what stands in the body. */
const inside = (card: JsonObject, room: Room): Room => {
  const empty = withElements(shell(card, 2, 9), [{ tag: 'hr' }]);
  return { ...room, bytes: Math.max(0, room.bytes - bytesOf(withMarkerPlace(empty)) - 16) };
};

/** What of datasets goes with a piece. */
const goneIn = ({ leaves }: Piece, reason: Cut['reason']): readonly Gone[] =>
  leaves
    .filter(({ what }) => what !== 'characters')
    .map(({ what, dataset, file, at, of }) => ({ what, dataset, file, at, of, shown: 0, reason }));

const goneOf = (piece: Piece, reason: Cut['reason'], how: HowToFit): Piece => {
  const table = piece.leaves.find(({ what }) => what === 'rows');
  const of = table?.of ?? 1;
  const { dataset = null, file = null, at = null } = table ?? {};
  return notePiece(
    { what: table === undefined ? 'blocks' : 'rows', dataset, file, at, shown: 0, of, reason },
    how.lang,
  );
};

/** What cannot be on any card, however much of it is cut, becomes a note; of too many tables the last ones do. */
const possible = (pieces: readonly Piece[], room: Room, how: HowToFit): readonly Piece[] => {
  const least = leastAmounts(leavesOf(pieces), 0);
  let tables = how.cards * room.tables;
  return pieces.map((piece) => {
    if (!fitTogether([piece], least, room)) return goneOf(piece, piece.tags > room.tags ? 'elements' : 'size', how);
    tables -= piece.tables;
    return piece.tables > 0 && tables < 0 ? goneOf(piece, 'tables', how) : piece;
  });
};

/** As many of the first pieces as fit on the cards there may be, and a note of how many do not. */
const firstOnes = (
  pieces: readonly Piece[],
  amounts: Amounts,
  room: Room,
  how: HowToFit,
): readonly (readonly Piece[])[] => {
  const cards = packed(pieces, amounts, room).slice(0, how.cards);
  const last = [...(cards.at(-1) ?? [])];
  const before = cards.slice(0, -1).reduce((sum, { length }) => sum + length, 0);
  const tags = pieces.reduce((sum, piece) => sum + piece.tags, 0);
  const reason = tags > how.cards * room.tags ? ('elements' as const) : ('size' as const);
  for (;;) {
    const left = pieces.slice(before + last.length);
    const more = left.flatMap((piece) => piece.gone ?? goneIn(piece, reason));
    const files = new Set(more.flatMap(({ file }) => file ?? []));
    const file = files.size === 0 ? null : [...files].join(', ');
    const shown = before + last.length;
    const gone = { what: 'blocks' as const, dataset: null, file, at: null, shown, of: pieces.length, reason };
    const note = notePiece(gone, how.lang, more);
    if (last.length === 0 || fitTogether([...last, note], amounts, room))
      return [...cards.slice(0, -1), [...last, note]];
    last.pop();
  }
};

/**
 * A compiled card 2.0 as cards that Feishu takes, by these rules, in this order:
 * 1. What fits stays as it is, byte for byte; else a very long title, subtitle, tag or summary is cut before all else.
 * 2. A table is cut to its first page, if it has to be; then the blocks go on as many cards as that needs, in order:
 *    five tables, 200 elements, so many bytes a card. A short text goes with what comes after it.
 * 3. If that are too many cards, the largest texts, charts and pages are cut further, until they are not.
 * 4. What is too large all the same is a note in its place; of too many tables the last ones, of too many blocks the end.
 * 5. Each card is filled up again with whole pages, the smallest table first: so the largest is cut most.
 * Each cut is said where it was made, and nothing is left out that is not said. What a table or chart shows that was cut
 * is all in a file, where one can be attached.
 */
export const fitCard = (given: Json, how: HowToFit): Fitted => {
  if (!isObject(given) || fits(given, how.whole)) return { cards: [given], cuts: [] };
  const { card, cuts: above } = withShortHead(given, how.lang);
  const cuts: Fitted['cuts'][number][] = above.map((cut) => ({ ...cut, part: 1 }));
  if (cuts.length > 0 && fits(card, how.cut)) return { cards: [card], cuts };
  const room = inside(card, how.cut);
  const look = (element: Json) => {
    const shown = how.shows.get(element);
    return shown === undefined
      ? { dataset: null, file: null, at: null }
      : { ...shown, file: how.fileOf(shown.dataset) };
  };
  const all = elementsOf(card).flatMap(split);
  const pieces = possible(
    all.map((element) => pieceOf(element, look, how.lang)),
    room,
    how,
  );
  const leaves = leavesOf(pieces);
  const cardsAt = (level: number) => packed(pieces, leastAmounts(leaves, level), room);
  const enough = (level: number): boolean => {
    const cards = cardsAt(level);
    return cards.length <= how.cards && cards.every((each) => fitTogether(each, leastAmounts(leaves, level), room));
  };
  const level = largest(room.bytes, enough);
  const amounts = leastAmounts(leaves, level);
  const groups = enough(level) ? cardsAt(level) : firstOnes(pieces, amounts, room, how);
  const cards = groups.map((group, i) => {
    const full = filled(group, amounts, room);
    const parts = group.map((piece) => drawn(piece, full, how.lang));
    cuts.push(...parts.flatMap((each) => each.cuts.map((cut) => ({ ...cut, part: i + 1 }))));
    const elements = parts.flatMap((each) => each.elements);
    return withElements(shell(card, i + 1, groups.length), elements);
  });
  return { cards, cuts };
};
