import { isObject, textOf } from '../walk.ts';
import type { Room } from './limits.ts';
import { type Amounts, amountOf, type Leaf, type Piece, sizeOf } from './pieces.ts';

interface Load {
  readonly bytes: number;
  readonly tags: number;
  readonly tables: number;
}

const NOTHING: Load = { bytes: 0, tags: 0, tables: 0 };

const loadOf = (piece: Piece, amounts: Amounts): Load => ({
  bytes: sizeOf(piece, amounts),
  tags: piece.tags,
  tables: piece.tables,
});

const plus = (a: Load, b: Load): Load => ({
  bytes: a.bytes + b.bytes,
  tags: a.tags + b.tags,
  tables: a.tables + b.tables,
});

const within = (load: Load, room: Room): boolean =>
  load.bytes <= room.bytes && load.tags <= room.tags && load.tables <= room.tables;

export const fitTogether = (pieces: readonly Piece[], amounts: Amounts, room: Room): boolean =>
  within(
    pieces.reduce((sum, piece) => plus(sum, loadOf(piece, amounts)), NOTHING),
    room,
  );

/** A short text is most often the heading of what comes after it, and goes where that goes. */
const SHORT = 400;
const LEADS = ['markdown', 'div', 'hr'];
const isLead = ({ element, bytes, leaves, gone }: Piece): boolean =>
  gone === null &&
  leaves.length === 0 &&
  bytes <= SHORT &&
  isObject(element) &&
  LEADS.includes(textOf(element['tag']) ?? '');

/** The pieces in their order on as few cards as they need; what does not fit a card alone has one to itself. */
export const packed = (pieces: readonly Piece[], amounts: Amounts, room: Room): readonly (readonly Piece[])[] => {
  const cards: Piece[][] = [];
  let load = NOTHING;
  for (const piece of pieces) {
    const mine = loadOf(piece, amounts);
    const open = cards.at(-1);
    if (open !== undefined && within(plus(load, mine), room)) {
      open.push(piece);
      load = plus(load, mine);
      continue;
    }
    const next = [piece];
    load = mine;
    while (open !== undefined && open.length > 1) {
      const last = open.at(-1) as Piece;
      const more = plus(load, loadOf(last, amounts));
      if (!isLead(last) || isLead(piece) || !within(more, room)) break;
      next.unshift(open.pop() as Piece);
      load = more;
    }
    cards.push(next);
  }
  return cards;
};

/** The most of a leaf that takes no more than so many bytes: whole pages, if there is room for one. */
export const amountWithin = (leaf: Leaf, bytes: number): number => {
  if (leaf.bytes(leaf.of) <= bytes) return leaf.of;
  // nothing is shorter than its JSON
  let low = leaf.least;
  let high = Math.max(low, Math.min(leaf.of - 1, bytes));
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (leaf.bytes(middle) <= bytes) low = middle;
    else high = middle - 1;
  }
  return low > leaf.page ? low - (low % leaf.page) : low;
};

/** The largest number up to `most` for which it holds, it being so for all smaller ones, as good as. */
export const largest = (most: number, holds: (n: number) => boolean): number => {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
};

export const leavesOf = (pieces: readonly Piece[]): readonly Leaf[] => pieces.flatMap(({ leaves }) => leaves);

/** No leaf larger than so many bytes, and of a table one page at most. */
export const leastAmounts = (leaves: readonly Leaf[], bytes: number): Amounts =>
  new Map(
    leaves.map((leaf) => {
      const amount = amountWithin(leaf, bytes);
      return [leaf, leaf.what === 'rows' ? Math.min(amount, leaf.page, leaf.of) : amount];
    }),
  );

/** More of what was cut on one card, the smallest first, until the card is full: so the largest is cut most. */
export const filled = (pieces: readonly Piece[], amounts: Amounts, room: Room): Amounts => {
  const grown = (from: Amounts, which: readonly Leaf[]): Amounts => {
    const at = (level: number): Amounts =>
      new Map([
        ...from,
        ...which.map((leaf) => [leaf, Math.max(amountOf(leaf, from), amountWithin(leaf, level))] as const),
      ]);
    return at(largest(room.bytes, (level) => fitTogether(pieces, at(level), room)));
  };
  const leaves = leavesOf(pieces);
  const tables = grown(
    amounts,
    leaves.filter(({ what }) => what === 'rows'),
  );
  return grown(
    tables,
    leaves.filter(({ what }) => what !== 'rows'),
  );
};
