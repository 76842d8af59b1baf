import { type Align, cut, type Line, padded, span, widthOfLine, wrapped } from './lines.ts';

const GAP = 2;
const LEAST = 4;
/** A cell that is longer is wrapped so far and then cut. */
const CELL_LINES = 3;

/** Widths that fit: what is narrow keeps its own, the wide ones share what is left. */
const fitted = (natural: readonly number[], room: number): number[] => {
  const widths = [...natural];
  let over = widths.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const widest = Math.max(...widths);
    if (widest <= LEAST) break;
    const at = widths.indexOf(widest);
    const next = Math.max(LEAST, ...widths.filter((width) => width < widest));
    const count = widths.filter((width) => width === widest).length;
    const step = Math.max(1, Math.min(widest - next, Math.floor(over / count)));
    widths[at] = widest - step;
    over -= step;
  }
  return widths;
};

const cellLines = (cell: Line, width: number): readonly Line[] => {
  const lines = wrapped(cell, width);
  if (lines.length <= CELL_LINES) return lines;
  const last = lines[CELL_LINES - 1] ?? [];
  return [...lines.slice(0, CELL_LINES - 1), cut([...last, span(' '.repeat(width))], width)];
};

/** Columns that do not fit beside each other even at their narrowest: the rest is said to be missing. */
const shownOf = (count: number, width: number): number =>
  Math.max(1, Math.min(count, Math.floor((width + GAP) / (LEAST + GAP))));

/** A table of `rows` (the first is the heading) whose columns stand below each other, at most `width` wide. */
export const grid = (rows: readonly (readonly Line[])[], aligns: readonly Align[], width: number): Line[] => {
  const count = aligns.length;
  const shown = shownOf(count, width);
  const natural = Array.from({ length: shown }, (_, i) => Math.max(1, ...rows.map((row) => widthOfLine(row[i] ?? []))));
  const widths = fitted(natural, width - GAP * (shown - 1));
  const drawn = rows.map((row) => {
    const cells = widths.map((each, i) => cellLines(row[i] ?? [], each));
    const height = Math.max(1, ...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      widths.flatMap((each, i) => [
        ...(i === 0 ? [] : [span(' '.repeat(GAP))]),
        ...padded(cut(cells[i]?.[line] ?? [], each), each, aligns[i]),
      ]),
    );
  });
  const [head = [], ...body] = drawn;
  const bar = '─'.repeat(
    Math.min(
      width,
      widths.reduce((sum, each) => sum + each + GAP, -GAP),
    ),
  );
  const more = count > shown ? [[span(`… +${count - shown}`, '2')]] : [];
  return [
    ...head.map((line) => line.map(({ text, look }) => span(text, look || '1'))),
    [span(bar, '2')],
    ...body.flat(),
    ...more,
  ];
};
