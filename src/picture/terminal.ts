import type { Json } from '../model/dataset.ts';
import { cutTo, displayWidth, padTo, wrapTo } from './width.ts';

type Node = { readonly [key: string]: Json };
const node = (json: Json | undefined): Node =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Node) : {};
const nodes = (json: Json | undefined): Node[] => (Array.isArray(json) ? json.map(node) : []);
const text = (json: Json | undefined): string =>
  typeof json === 'string' || typeof json === 'number' ? String(json) : '';

/** No data reaches the terminal as a control sequence. */
const harmless = (words: string): string =>
  words.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '');

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  sim: '~',
};
const decoded = (words: string): string =>
  words.replace(/&(?:#(\d{1,7})|([a-z]+));/gi, (whole, digits: string | undefined, name: string | undefined) =>
    digits === undefined
      ? (ENTITIES[(name ?? '').toLowerCase()] ?? whole)
      : Number(digits) <= 0x10ffff
        ? String.fromCodePoint(Number(digits))
        : whole,
  );

/** Markdown as plain lines: marks go, links keep their address, mentions their name. */
const fromMarkdown = (markdown: string): string =>
  decoded(
    markdown
      .replace(/<br\s*\/?>/gi, '\n')
      .replace(/<hr\s*\/?>/gi, '────')
      .replace(/<at\b[^>]*?(?:id|ids|email)=["']?([^"'\s>]+)[^>]*>(?:<\/at>)?/gi, '@$1')
      .replace(/<[^>]+>/g, '')
      .replace(/!\[([^\]]*)\]\([^)]*\)/g, '[$1]')
      .replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 ($2)')
      .replace(/(\*\*|__|~~|`)(.+?)\1/g, '$2')
      .replace(/^#{1,6} /gm, ''),
  );

const CODES: Readonly<Record<string, number>> = {
  blue: 34,
  wathet: 36,
  turquoise: 36,
  green: 32,
  yellow: 33,
  orange: 33,
  red: 31,
  carmine: 35,
  violet: 35,
  purple: 35,
  indigo: 34,
  grey: 37,
  default: 37,
};

interface Drawing {
  readonly width: number;
  readonly color: boolean;
}

const painted = (words: string, code: string, { color }: Drawing): string =>
  color ? `\u001b[${code}m${words}\u001b[0m` : words;

const textOf = (json: Json | undefined): string => {
  const at = node(json);
  const content = harmless(text(at['content']));
  return at['tag'] === 'plain_text' || at['tag'] === undefined ? content : fromMarkdown(content);
};

const linkOf = (button: Node): string => {
  const behavior = nodes(button['behaviors']).find((each) => each['type'] === 'open_url') ?? {};
  const addresses = [behavior['default_url'], button['url'], node(button['multi_url'])['url'], behavior['pc_url']];
  return harmless(addresses.map(text).find((address) => address !== '') ?? '');
};

const cellOf = (cell: Json | undefined, type: string): string => {
  if (Array.isArray(cell))
    return cell.map((each) => (typeof each === 'object' ? text(node(each)['text']) : text(each))).join(' ');
  return type === 'markdown' || type === 'lark_md'
    ? fromMarkdown(text(cell)).replaceAll('\n', ' ')
    : text(cell).replaceAll('\n', ' ');
};

const table = (element: Node, width: number): string[] => {
  const columns = nodes(element['columns']);
  const rows = nodes(element['rows']);
  const lines = [
    columns.map((column) => harmless(text(column['display_name'] ?? column['name']))),
    ...rows.map((row) =>
      columns.map((column) => harmless(cellOf(row[text(column['name'])], text(column['data_type'])))),
    ),
  ];
  const natural = columns.map((_, i) => Math.max(...lines.map((line) => displayWidth(line[i] ?? ''))));
  const room = Math.max(columns.length * 4, width - (columns.length - 1) * 2);
  const sum = natural.reduce((a, b) => a + b, 0);
  const widths = natural.map((each) => (sum <= room ? each : Math.max(4, Math.floor((each * room) / sum))));
  const [head = '', ...body] = lines.map((line) =>
    line
      .map((cell, i) =>
        padTo(
          cutTo(cell, widths[i] ?? 4),
          widths[i] ?? 4,
          columns[i]?.['horizontal_align'] === 'right' ? 'right' : 'left',
        ),
      )
      .join('  '),
  );
  return [head, '─'.repeat(Math.min(width, displayWidth(head))), ...body].map((line) => cutTo(line, width));
};

const columnsOf = (element: Node, drawing: Drawing): string[] => {
  const columns = nodes(element['columns']);
  const each = Math.floor((drawing.width - 2 * (columns.length - 1)) / Math.max(1, columns.length));
  if (each < 10) return columns.flatMap((column) => elementsOf(column['elements'], drawing));
  const drawn = columns.map((column) => elementsOf(column['elements'], { width: each, color: false }));
  const height = Math.max(0, ...drawn.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row) =>
    drawn
      .map((lines) => padTo(cutTo(lines[row] ?? '', each), each))
      .join('  ')
      .trimEnd(),
  );
};

const drawn = (element: Node, drawing: Drawing): string[] => {
  const { width } = drawing;
  const tag = text(element['tag']);
  switch (tag) {
    case 'markdown':
      return wrapTo(fromMarkdown(harmless(text(element['content']))).trimEnd(), width);
    case 'div': {
      const own = node(element['text']);
      const fields = nodes(element['fields']).flatMap((field) => wrapTo(textOf(field['text']), width));
      const lines = own['content'] === undefined ? [] : wrapTo(textOf(own), width);
      return [...(own['text_color'] === 'grey' ? lines.map((line) => painted(line, '2', drawing)) : lines), ...fields];
    }
    case 'note':
      return wrapTo(nodes(element['elements']).map(textOf).join(' '), width).map((line) => painted(line, '2', drawing));
    case 'hr':
      return ['─'.repeat(width)];
    case 'table':
      return table(element, width);
    case 'button': {
      const link = linkOf(element);
      return wrapTo(`[ ${textOf(element['text'])} ]${link === '' ? '' : ` → ${link}`}`, width);
    }
    case 'action':
      return elementsOf(element['actions'], drawing);
    case 'column_set':
      return columnsOf(element, drawing);
    case 'column':
    case 'form':
    case 'interactive_container':
      return elementsOf(element['elements'], drawing);
    case 'collapsible_panel':
      return [`▸ ${textOf(node(element['header'])['title'])}`, ...elementsOf(element['elements'], drawing)];
    default:
      return [`‹${tag || '?'}›`];
  }
};

const elementsOf = (elements: Json | undefined, drawing: Drawing): string[] =>
  nodes(elements).flatMap((element) => drawn(element, drawing));

/** A card 1.0 or 2.0 as terminal lines in a box; every line of the box has the same width. Unknown elements show their tag. */
export const cardToTerminal = (card: Json, { width, color }: { width: number; color: boolean }): string => {
  const root = node(card);
  const inner = Math.max(20, width - 4);
  const drawing: Drawing = { width: inner, color };
  const header = node(root['header']);
  const tags = nodes(header['text_tag_list'])
    .map((tag) => `‹${textOf(tag['text'])}›`)
    .join(' ');
  const title = [textOf(header['title']), tags].filter((part) => part !== '').join('  ');
  const subtitle = textOf(header['subtitle']);
  const tint = `1;${CODES[text(header['template'])] ?? 37}`;
  const heading = [
    ...wrapTo(title, inner).map((line) => painted(line, tint, drawing)),
    ...(subtitle === '' ? [] : wrapTo(subtitle, inner).map((line) => painted(line, '2', drawing))),
  ];
  const body = elementsOf(node(root['body'])['elements'] ?? root['elements'], drawing);
  const boxed = (line: string): string =>
    `│ ${line}${' '.repeat(Math.max(0, inner - displayWidth(line.replace(/\u001b\[[\d;]*m/g, ''))))} │`;
  const bar = '─'.repeat(inner + 2);
  return [
    `╭${bar}╮`,
    ...(title === '' ? [] : [...heading.map(boxed), `├${bar}┤`]),
    ...body.map(boxed),
    `╰${bar}╯`,
  ].join('\n');
};
