import { type Line, span } from './lines.ts';

/** Braille's eight dots of a cell, by column and row. */
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;

/** A grid of dots, two by four in each character, each with the look of what was set last. */
export interface Plot {
  readonly width: number;
  readonly height: number;
  set(x: number, y: number, look: string): void;
  line(
    from: readonly [x: number, y: number],
    to: readonly [x: number, y: number],
    look: string,
    filled?: boolean,
  ): void;
  lines(): Line[];
}

/** `width` × `height` dots: even, and a multiple of four. y rises from the bottom. */
export const createPlot = (columns: number, rows: number): Plot => {
  const [width, height] = [columns * 2, rows * 4];
  const cells = new Uint8Array(columns * rows);
  const looks: string[] = Array.from({ length: columns * rows }, () => '');
  const set = (x: number, y: number, look: string): void => {
    if (!(x >= 0 && x < width && y >= 0 && y < height)) return;
    const [column, row] = [Math.floor(x), height - 1 - Math.floor(y)];
    const cell = (row >> 2) * columns + (column >> 1);
    cells[cell] = (cells[cell] as number) | (DOTS[(column & 1) as 0 | 1][(row & 3) as 0 | 1 | 2 | 3] as number);
    looks[cell] = look;
  };
  return {
    width,
    height,
    set,
    line: ([x0, y0], [x1, y1], look, filled = false) => {
      const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))));
      for (let i = 0; i <= steps; i += 1) {
        const [x, y] = [x0 + ((x1 - x0) * i) / steps, y0 + ((y1 - y0) * i) / steps];
        for (let below = filled ? 0 : y; below <= y; below += 1) set(x, below, look);
      }
    },
    lines: () =>
      Array.from({ length: rows }, (_, row) =>
        Array.from({ length: columns }, (_, column) => {
          const cell = row * columns + column;
          return span(String.fromCodePoint(0x2800 + (cells[cell] as number)), looks[cell]);
        }),
      ),
  };
};
