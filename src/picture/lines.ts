import { displayWidth, graphemes, headOf } from '../model/display-width.ts';

/** A run of text with one look: an SGR code such as `1` or `31;1`, '' for none. */
export interface Span {
  readonly text: string;
  readonly look: string;
}
export type Line = readonly Span[];
export type Align = 'left' | 'center' | 'right';

export const span = (text: string, look = ''): Span => ({ text, look });

export const widthOfLine = (line: Line): number => line.reduce((sum, { text }) => sum + displayWidth(text), 0);

export const padded = (line: Line, width: number, align: Align = 'left', look = ''): Line => {
  const room = Math.max(0, width - widthOfLine(line));
  const left = align === 'right' ? room : align === 'center' ? Math.floor(room / 2) : 0;
  return [span(' '.repeat(left), look), ...line, span(' '.repeat(room - left), look)].filter(({ text }) => text !== '');
};

/** The line in at most `width` columns, with … where it was cut. */
export const cut = (line: Line, width: number): Line => {
  if (widthOfLine(line) <= width) return line;
  const kept: Span[] = [];
  let room = width - 1;
  for (const { text, look } of line) {
    const head = headOf(text, room);
    kept.push(span(head, look));
    room -= displayWidth(head);
    if (head.length < text.length) break;
  }
  return [...kept, span('…', kept.at(-1)?.look ?? '')];
};

/** Where a line may break: behind spaces, and round characters of scripts that have none. */
const CJK = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3fffd}]/u;
const breakable = (text: string): string[] => {
  const words: string[] = [];
  for (const one of graphemes(text)) {
    const last = words.at(-1);
    if (last === undefined || CJK.test(one) || CJK.test(last) || /\s$/.test(last)) words.push(one);
    else words[words.length - 1] = last + one;
  }
  return words;
};

/** Breaks spans, which may hold newlines, into lines of at most `width` columns. */
export const wrapped = (spans: Line, width: number): Line[] => {
  const lines: Span[][] = [[]];
  let used = 0;
  const turn = (): void => {
    lines.push([]);
    used = 0;
  };
  const put = (word: string, look: string): void => {
    lines.at(-1)?.push(span(word, look));
    used += displayWidth(word);
  };
  for (const { text, look } of spans) {
    text.split('\n').forEach((paragraph, i) => {
      if (i > 0) turn();
      for (let word of breakable(paragraph)) {
        if (used > 0 && used + displayWidth(word.trimEnd()) > width) turn();
        while (displayWidth(word.trimEnd()) > width) {
          const head = headOf(word, width) || (graphemes(word)[0] as string);
          put(head, look);
          turn();
          word = word.slice(head.length);
        }
        put(used + displayWidth(word) > width ? word.trimEnd() : word, look);
      }
    });
  }
  return lines.map(joined);
};

/** Neighbours with one look as one span. */
const joined = (line: Line): Line => {
  const made: Span[] = [];
  for (const { text, look } of line) {
    const last = made.at(-1);
    if (last?.look === look) made[made.length - 1] = span(last.text + text, look);
    else made.push(span(text, look));
  }
  return made;
};

/** A line as the terminal gets it. */
export const painted = (line: Line, color: boolean): string =>
  line
    .map(({ text, look }) => (color && look !== '' && text !== '' ? `\u001b[${look}m${text}\u001b[0m` : text))
    .join('');
