/** Feishu's markdown, read for pictures and posts: what people use of it. Anything else is text as it stands. */
export type Inline =
  | { readonly is: 'text' | 'code'; readonly text: string }
  | { readonly is: 'break' }
  | { readonly is: 'bold' | 'italic' | 'strike'; readonly of: readonly Inline[] }
  | { readonly is: 'color' | 'label'; readonly color: string; readonly of: readonly Inline[] }
  | { readonly is: 'link'; readonly address: string; readonly of: readonly Inline[] }
  | { readonly is: 'image'; readonly alt: string; readonly key: string }
  /** `id`: empty where it is by e-mail; `who`: as it is shown */
  | { readonly is: 'mention'; readonly id: string; readonly who: string }
  | { readonly is: 'person'; readonly id: string; readonly words: string; readonly capsule: boolean }
  | {
      readonly is: 'count';
      readonly background: string;
      readonly color: string;
      readonly address: string;
      readonly of: readonly Inline[];
    }
  | { readonly is: 'moment'; readonly ms: number; readonly format: string; readonly address: string };

export type MarkdownBlock =
  | { readonly is: 'paragraph'; readonly of: readonly Inline[] }
  | { readonly is: 'heading'; readonly level: number; readonly of: readonly Inline[] }
  | { readonly is: 'item'; readonly level: number; readonly marker: string; readonly of: readonly Inline[] }
  | { readonly is: 'quote'; readonly of: readonly MarkdownBlock[] }
  | { readonly is: 'code'; readonly text: string }
  | { readonly is: 'rule' }
  | {
      readonly is: 'table';
      readonly aligns: readonly ('left' | 'center' | 'right')[];
      /** the first row is the heading */
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    };

const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", sim: '∼' },
  ...{ nbsp: '\u00a0', ensp: '\u2002', emsp: '\u2003', copy: '©', yen: '¥' },
};
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/iy;
const ESCAPED = /\\([!-/:-@[-`{-~])/y;
const TAG = /<(\/?)([a-z_]+)((?:\s[^<>]*?)?)\s*\/?>/iy;
const LINK = /\[((?:[^[\]\\]|\\.|\[[^[\]]*\])*)\]\(\s*<?((?:[^\s()<>]|\([^\s()]*\))*)>?(?:\s+"[^"]*")?\s*\)/y;
const SPECIAL = /[&\\<`[!*_~\n]/g;
const DEEPEST = 12;

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

const codePoint = (digits: string, base: number): string => {
  const value = Number.parseInt(digits, base);
  return value > 0 && value <= 0x10ffff ? String.fromCodePoint(value) : '\ufffd';
};

const attribute = (attributes: string, name: string): string => {
  const match = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? '';
};

/** Where the tag opened before `from` is closed, inner ones of the same name respected; the text's end if it is not. */
const closing = (text: string, name: string, from: number): readonly [begin: number, end: number] => {
  const tags = new RegExp(`<(/?)${name}\\b[^<>]*>`, 'gi');
  tags.lastIndex = from;
  let open = 1;
  for (let tag = tags.exec(text); tag !== null; tag = tags.exec(text)) {
    open += tag[1] === '/' ? -1 : 1;
    if (open === 0) return [tag.index, tag.index + tag[0].length];
  }
  return [text.length, text.length];
};

const MARKS = { '**': 'bold', __: 'bold', '~~': 'strike', '*': 'italic', _: 'italic' } as const;
type Mark = keyof typeof MARKS;

const beginsEmphasis = (text: string, mark: Mark, at: number): boolean =>
  !/\s/.test(text[at + mark.length] ?? ' ') && !(mark.includes('_') && /\w/.test(text[at - 1] ?? ''));

/** Where emphasis that begins at `at` ends; -1: nowhere, and so does none that begins later. */
const emphasisEnd = (text: string, mark: Mark, at: number): number => {
  for (let end = text.indexOf(mark, at + mark.length + 1); end !== -1; end = text.indexOf(mark, end + 1)) {
    const doubled = mark.length === 1 && (text[end + 1] === mark || text[end - 1] === mark);
    const inWord = mark.includes('_') && /\w/.test(text[end + mark.length] ?? '');
    if (!/\s/.test(text[end - 1] ?? ' ') && !doubled && !inWord) return end;
  }
  return -1;
};

type Piece = readonly [made: readonly Inline[], next: number];

const tagPiece = (text: string, at: number, depth: number): Piece | null => {
  const match = matchAt(TAG, text, at);
  if (match === null) return null;
  const next = at + match[0].length;
  const [, slash, rawName = '', attributes = ''] = match;
  const name = rawName.toLowerCase();
  if (name === 'br' || name === 'hr') return [[{ is: 'break' }], next];
  const known = ['at', 'person', 'font', 'a', 'link', 'text_tag', 'number_tag', 'local_datetime', 'raw'].includes(name);
  if (!known) return null;
  if (slash === '/') return [[], next];
  const [begin, end] = /\/>$/.test(match[0]) ? [next, next] : closing(text, name, next);
  const inner = text.slice(next, begin);
  const of = (): readonly Inline[] => inlines(inner, depth + 1);
  switch (name) {
    case 'at': {
      const ids = attribute(attributes, 'ids?')
        .split(',')
        .map((id) => id.trim());
      const [id = ''] = ids;
      if (inner !== '') return [[{ is: 'mention', id, who: inner.trim() === 'all' ? '所有人' : inner.trim() }], end];
      if (id === '') return [[{ is: 'mention', id, who: attribute(attributes, 'email').trim() }], end];
      return [ids.map((each) => ({ is: 'mention', id: each, who: each === 'all' ? '所有人' : each })), end];
    }
    case 'person': {
      const capsule = attribute(attributes, 'style') === 'capsule';
      return [[{ is: 'person', id: attribute(attributes, 'id'), words: inner, capsule }], end];
    }
    case 'number_tag': {
      const background = attribute(attributes, 'background_color') || 'red';
      const color = attribute(attributes, 'font_color') || 'white';
      return [[{ is: 'count', background, color, address: attribute(attributes, 'url'), of: of() }], end];
    }
    case 'local_datetime': {
      const written = attribute(attributes, 'millisecond');
      if (written === '' || !Number.isFinite(Number(written))) return [[{ is: 'text', text: inner }], end];
      const format = attribute(attributes, 'format_type');
      return [[{ is: 'moment', ms: Number(written), format, address: attribute(attributes, 'link') }], end];
    }
    case 'font':
      return [[{ is: 'color', color: attribute(attributes, 'color'), of: of() }], end];
    case 'text_tag':
      return [[{ is: 'label', color: attribute(attributes, 'color') || 'neutral', of: of() }], end];
    case 'a':
    case 'link':
      return [[{ is: 'link', address: attribute(attributes, 'href') || attribute(attributes, 'url'), of: of() }], end];
    default:
      return [[{ is: 'text', text: inner }], end];
  }
};

const codePiece = (text: string, at: number): Piece => {
  const ticks = /^`+/.exec(text.slice(at))?.[0] ?? '`';
  const from = at + ticks.length;
  const close = new RegExp(`(?<!\`)${ticks}(?!\`)`).exec(text.slice(from));
  if (close === null) return [[{ is: 'text', text: ticks }], from];
  return [[{ is: 'code', text: text.slice(from, from + close.index).trim() }], from + close.index + ticks.length];
};

const linkPiece = (text: string, at: number, depth: number): Piece | null => {
  const image = text[at] === '!';
  const match = matchAt(LINK, text, image ? at + 1 : at);
  if (match === null) return null;
  const [whole, label = '', address = ''] = match;
  const next = at + whole.length + (image ? 1 : 0);
  return [
    [image ? { is: 'image', alt: label, key: address } : { is: 'link', address, of: inlines(label, depth + 1) }],
    next,
  ];
};

const entityPiece = (text: string, at: number): Piece | null => {
  const match = matchAt(ENTITY, text, at);
  if (match === null) return null;
  const [whole, decimal, hex, name] = match;
  const character = decimal ? codePoint(decimal, 10) : hex ? codePoint(hex, 16) : NAMED[(name ?? '').toLowerCase()];
  return character === undefined ? null : [[{ is: 'text', text: character }], at + whole.length];
};

const emphasisPiece = (text: string, at: number, depth: number, hopeless: Set<string>): Piece | null => {
  const marks = [text.slice(at, at + 2), text[at] ?? ''].filter((mark): mark is Mark => mark in MARKS);
  for (const mark of marks) {
    if (hopeless.has(mark) || !beginsEmphasis(text, mark, at)) continue;
    const end = emphasisEnd(text, mark, at);
    if (end !== -1) {
      const of = inlines(text.slice(at + mark.length, end), depth + 1);
      return [[{ is: MARKS[mark], of }], end + mark.length];
    }
    hopeless.add(mark);
  }
  return null;
};

const pieceAt = (text: string, at: number, depth: number, hopeless: Set<string>): Piece | null => {
  switch (text[at]) {
    case '\n':
      return [[{ is: 'break' }], at + 1];
    case '&':
      return entityPiece(text, at);
    case '\\': {
      const match = matchAt(ESCAPED, text, at);
      return match === null ? null : [[{ is: 'text', text: match[1] as string }], at + 2];
    }
    case '`':
      return codePiece(text, at);
    case '<':
      return tagPiece(text, at, depth);
    case '!':
    case '[':
      return linkPiece(text, at, depth);
    default:
      return emphasisPiece(text, at, depth, hopeless);
  }
};

/** What stands in a line: marks, links, tags; entities become the characters they name, and never markup. */
export const inlines = (text: string, depth = 0): readonly Inline[] => {
  if (depth > DEEPEST) return [{ is: 'text', text }];
  const found: Inline[] = [];
  const hopeless = new Set<string>();
  const say = (words: string): void => {
    const last = found.at(-1);
    if (words === '') return;
    if (last?.is === 'text') found[found.length - 1] = { is: 'text', text: last.text + words };
    else found.push({ is: 'text', text: words });
  };
  let at = 0;
  while (at < text.length) {
    SPECIAL.lastIndex = at;
    const special = SPECIAL.exec(text)?.index ?? text.length;
    say(text.slice(at, special));
    if (special === text.length) break;
    const [made, next] = pieceAt(text, special, depth, hopeless) ?? [
      [{ is: 'text', text: text[special] as string }],
      special + 1,
    ];
    for (const one of made) {
      if (one.is === 'text') say(one.text);
      else found.push(one);
    }
    at = next;
  }
  return found;
};

const ITEM = /^(\s*)(?:([-*+])|(\d{1,9})[.)])\s+(.*)$/;
const DASHES = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;
const cellsOf = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
const alignOf = (dashes: string): 'left' | 'center' | 'right' =>
  dashes.endsWith(':') ? (dashes.startsWith(':') ? 'center' : 'right') : 'left';

/** One block from the front of `lines`, and how many lines it took. */
const blockAt = (lines: readonly string[], depth: number): readonly [block: MarkdownBlock | null, took: number] => {
  const [line = '', second = ''] = lines;
  const fence = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
  if (fence !== undefined) {
    const end = lines.findIndex((other, i) => i > 0 && other.trim().startsWith(fence));
    const text = lines.slice(1, end === -1 ? undefined : end).join('\n');
    return [{ is: 'code', text }, end === -1 ? lines.length : end + 1];
  }
  if (/^\s*([-*_])(?:\s*\1){2,}\s*$/.test(line) || /^\s*<hr\s*\/?>\s*$/i.test(line)) return [{ is: 'rule' }, 1];
  const heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  if (heading !== null) return [{ is: 'heading', level: heading[1]!.length, of: inlines(heading[2]!) }, 1];
  if (line.includes('|') && second.includes('-') && DASHES.test(second)) {
    const end = lines.findIndex((other, i) => i > 1 && !other.includes('|'));
    const rows = lines.slice(0, end === -1 ? undefined : end).filter((_, i) => i !== 1);
    const made = rows.map((row) => cellsOf(row).map((cell) => inlines(cell)));
    return [{ is: 'table', aligns: cellsOf(second).map(alignOf), rows: made }, end === -1 ? lines.length : end];
  }
  if (/^\s*>/.test(line) && depth < DEEPEST) {
    const end = lines.findIndex((other) => !/^\s*>/.test(other));
    const quoted = lines.slice(0, end === -1 ? undefined : end);
    return [
      {
        is: 'quote',
        of: blocks(
          quoted.map((other) => other.replace(/^\s*> ?/, '')),
          depth + 1,
        ),
      },
      quoted.length,
    ];
  }
  const item = ITEM.exec(line);
  if (item !== null) {
    // four spaces a level (cards: 3.1); two do as well
    const level = Math.min(5, Math.floor((item[1]!.replaceAll('\t', '    ').length + 2) / 4));
    return [{ is: 'item', level, marker: item[3] === undefined ? '•' : `${item[3]}.`, of: inlines(item[4]!) }, 1];
  }
  return [null, 0];
};

const blocks = (lines: readonly string[], depth: number): MarkdownBlock[] => {
  const found: MarkdownBlock[] = [];
  let paragraph: string[] = [];
  const finish = (): void => {
    if (paragraph.length > 0) found.push({ is: 'paragraph', of: inlines(paragraph.join('\n')) });
    paragraph = [];
  };
  let at = 0;
  while (at < lines.length) {
    if ((lines[at] ?? '').trim() === '') {
      finish();
      at += 1;
      continue;
    }
    const [block, took] = blockAt(lines.slice(at), depth);
    if (took > 0) finish();
    if (block !== null) found.push(block);
    if (took === 0) paragraph.push((lines[at] ?? '').trim());
    at += Math.max(1, took);
  }
  finish();
  return found;
};

/** A markdown text as blocks; a single newline is kept as a break, as the clients show it. */
export const readMarkdown = (text: string): readonly MarkdownBlock[] =>
  blocks(text.replace(/\r\n?/g, '\n').split('\n'), 0);
