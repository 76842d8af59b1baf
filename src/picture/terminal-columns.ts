import { cut, type Line, padded, span, widthOfLine } from './lines.ts';
import { addressOf, lookUp, type Node, nodes, text } from './read-card.ts';

/** A column that is narrower can hardly be read. */
export const NARROWEST = 14;
const GAP = 2;

const PER_ROW: Readonly<Record<string, number>> = { bisect: 2, trisect: 3 };

/** Blocks of lines next to each other, each in its width. */
export const beside = (blocks: readonly (readonly Line[])[], widths: readonly number[]): Line[] => {
  const height = Math.max(0, ...blocks.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    blocks.flatMap((lines, i) => {
      const width = widths[i] ?? 0;
      return [...(i === 0 ? [] : [span(' '.repeat(GAP))]), ...padded(cut(lines[line] ?? [], width), width)];
    }),
  );
};

const weightOf = (column: Node): number => Math.min(5, Math.max(1, Number(text(column['weight'])))) || 1;
const isWeighted = (column: Node): boolean => column['width'] === 'weighted';

/**
 * Widths of columns in one row, as on a desktop: `auto` as wide as what is in it, the others share what is left by their
 * weights. Null where they do not fit.
 */
const widthsOf = (
  columns: readonly Node[],
  natural: (column: Node) => number,
  width: number,
): readonly number[] | null => {
  const room = width - GAP * (columns.length - 1);
  const own = columns.map((column) => (isWeighted(column) ? 0 : natural(column)));
  const left = room - own.reduce((sum, each) => sum + each, 0);
  const weights = columns.reduce((sum, column) => sum + (isWeighted(column) ? weightOf(column) : 0), 0);
  if (left < 0) return null;
  const widths = columns.map((column, i) =>
    isWeighted(column) ? Math.floor((left * weightOf(column)) / weights) : (own[i] ?? 0),
  );
  return columns.some((column, i) => isWeighted(column) && (widths[i] ?? 0) < NARROWEST) ? null : widths;
};

/** Buttons may have addresses behind them: these need the whole width. */
const holdsLinks = (column: Node): boolean =>
  nodes(column['elements']).some((one) => one['tag'] === 'button' && addressOf(one) !== '');

/** Columns in one row where there is room for them; else by the flex_mode for narrow screens, or one below the other. */
export const columnSetLines = (set: Node, width: number, draw: (column: Node, width: number) => Line[]): Line[] => {
  const columns = nodes(set['columns']).map((column): Node => ({ ...column, tag: 'column' }));
  const stacked = (): Line[] => columns.flatMap((column) => draw(column, width));
  if (columns.length === 0 || columns.some(holdsLinks)) return stacked();
  const natural = (column: Node): number => Math.max(1, ...draw(column, width).map(widthOfLine));
  const widths = widthsOf(columns, natural, width);
  if (widths !== null)
    return beside(
      columns.map((column, i) => draw(column, widths[i] ?? width)),
      widths,
    );
  const perRow = lookUp(PER_ROW, set['flex_mode']) ?? columns.length;
  const each = Math.floor((width - GAP * (perRow - 1)) / perRow);
  if (each < NARROWEST) return stacked();
  const rows = Array.from({ length: Math.ceil(columns.length / perRow) }, (_, i) =>
    columns.slice(i * perRow, (i + 1) * perRow),
  );
  return rows.flatMap((row) =>
    beside(
      row.map((column) => draw(column, each)),
      row.map(() => each),
    ),
  );
};
