import { TOKEN, TOKEN_START } from './token.ts';

/**
 * Where a value stands in Feishu's markdown. `target` is a whole link address, `part` a piece of one, `image` the key of an
 * image; inside a tag or inside code no value can be made harmless (entities are not decoded there).
 */
export type Spot = 'text' | 'target' | 'part' | 'image' | 'tag' | 'code';

type Range = readonly [from: number, to: number];
interface Mark {
  readonly range: Range;
  readonly spot: Exclude<Spot, 'text' | 'part'>;
}

const PREFIX = /^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]))*[ \t]*/;

/** Fenced code, also inside quotes and lists; an unclosed fence reaches to the end. */
const fencesOf = (text: string): Range[] => {
  const ranges: Range[] = [];
  let open: { at: number; mark: string } | null = null;
  let at = 0;
  for (const line of text.split('\n')) {
    const rest = line.slice(PREFIX.exec(line)?.[0].length ?? 0);
    const mark = /^(`{3,}|~{3,})/.exec(rest)?.[1] ?? null;
    if (open === null && mark !== null && !(mark.startsWith('`') && rest.slice(mark.length).includes('`'))) {
      open = { at, mark };
    } else if (open && mark?.startsWith(open.mark) && rest.trim() === mark) {
      ranges.push([open.at, at + line.length]);
      open = null;
    }
    at += line.length + 1;
  }
  if (open !== null) ranges.push([open.at, text.length]);
  return ranges;
};

/** The end (behind the `>`) of a tag that begins at `from`, quotes respected where they are balanced; null: no tag. */
const tagEnd = (text: string, from: number): number | null => {
  const match = /^<\/?(?:[^<>"']|"[^"]*"|'[^']*')*>/.exec(text.slice(from)) ?? /^<[^<>]*>/.exec(text.slice(from));
  return match === null ? null : from + match[0].length;
};

const ADDRESS = /\b(?:href|url|pc_url|ios_url|android_url|link)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/dg;

const marksOfTag = (text: string, from: number, to: number): Mark[] => {
  const tag = text.slice(from, to);
  if (/^<https?:\/\//i.test(tag)) return [{ range: [from + 1, to - 1], spot: 'target' }];
  const marks: Mark[] = [{ range: [from, to], spot: 'tag' }];
  if (!/^<(?:a|link|number_tag|local_datetime)\s/i.test(tag)) return marks;
  for (const match of tag.matchAll(ADDRESS)) {
    const at = match.indices?.[1] ?? match.indices?.[2] ?? match.indices?.[3];
    if (at !== undefined) marks.push({ range: [from + at[0], from + at[1]], spot: 'target' });
  }
  return marks;
};

/** `](address "title")`: where the address stands and where all of it ends; null when it is not closed. */
const destination = (text: string, from: number): { address: Range; end: number } | null => {
  const rest = text.slice(from);
  const match =
    /^\]\(\s*<([^<>\n]*)>\s*(?:"[^"]*"|'[^']*')?\s*\)/d.exec(rest) ??
    /^\]\(\s*((?:[^\s()]|\([^\s()]*\))*)\s*(?:"[^"]*"|'[^']*')?\s*\)/d.exec(rest);
  const address = match?.indices?.[1];
  if (match === null || address === undefined) return null;
  return { address: [from + address[0], from + address[1]], end: from + match[0].length };
};

const marksBetween = (text: string, from: number, to: number): Mark[] => {
  const marks: Mark[] = [];
  const brackets: boolean[] = [];
  let at = from;
  while (at < to) {
    const here = text[at];
    if (here === '\\' && text[at + 1] !== TOKEN_START) at += 2;
    else if (here === '`') {
      const ticks = /^`+/.exec(text.slice(at, to))?.[0] ?? '`';
      const paragraph = text.slice(at + ticks.length, to).split(/\n[ \t]*\n/, 1)[0] ?? '';
      const close = new RegExp(`(?<!\`)${ticks}(?!\`)`).exec(paragraph);
      const end = close === null ? at + ticks.length : at + ticks.length + close.index + ticks.length;
      if (close !== null) marks.push({ range: [at, end], spot: 'code' });
      at = end;
    } else if (here === '<' && /[A-Za-z/!?\uF8F1]/.test(text[at + 1] ?? '')) {
      const end = tagEnd(text, at);
      if (end !== null) marks.push(...marksOfTag(text, at, end));
      at = end ?? at + 1;
    } else if (here === '[') {
      brackets.push(text[at - 1] === '!');
      at += 1;
    } else if (here === ']') {
      const image = brackets.pop() ?? false;
      const found = destination(text, at);
      if (found !== null) marks.push({ range: found.address, spot: image ? 'image' : 'target' });
      at = found?.end ?? at + 1;
    } else at += 1;
  }
  return marks;
};

/** `[label]: address` */
const definitions = (text: string): Mark[] =>
  [...text.matchAll(/^[ \t>]*\[[^\]\n]+\]:[ \t]*(\S+)/dgm)].flatMap((match) => {
    const at = match.indices?.[1];
    return at === undefined ? [] : [{ range: at as Range, spot: 'target' as const }];
  });

/** `<raw>…</raw>`: shown as it stands, so entities would show as entities. */
const raws = (text: string): Mark[] =>
  [...text.matchAll(/<raw>.*?(?:<\/raw>|$)/gis)].map((match) => ({
    range: [match.index, match.index + match[0].length],
    spot: 'code',
  }));

/** The spot of each token in an author's markdown, in their order. Tokens are plain characters to it. */
export const spotsOf = (text: string): readonly Spot[] => {
  const fences = fencesOf(text);
  const marks: Mark[] = [...definitions(text), ...raws(text)];
  let at = 0;
  for (const fence of [...fences, [text.length, text.length] as Range]) {
    marks.push(...marksBetween(text, at, fence[0]));
    at = fence[1];
  }
  marks.push(...fences.map((range) => ({ range, spot: 'code' as const })));
  return [...text.matchAll(TOKEN)].map((token) => {
    const end = token.index + token[0].length;
    const around = marks.filter(({ range }) => range[0] <= token.index && end <= range[1]);
    if (around.some(({ spot }) => spot === 'code')) return 'code';
    const mark = around.at(-1);
    if (mark === undefined) return 'text';
    const whole = text.slice(...mark.range) === token[0];
    return mark.spot === 'target' && !whole ? 'part' : mark.spot;
  });
};
