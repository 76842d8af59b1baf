import type { Json } from '../model/dataset.ts';
import { displayWidth, headOf } from '../model/display-width.ts';
import { grid } from './grid.ts';
import { cut, type Line, padded, painted, type Span, span, wrapped } from './lines.ts';
import { markdownLines, markdownSpans } from './markdown-lines.ts';
import * as card from './read-card.ts';
import { barLook, harmless, harmlessLine, lookOf } from './terminal-look.ts';

type Node = card.Node;
const { node, nodes, text } = card;

const textLook = (json: Json | undefined): string => lookOf(text(node(json)['text_color']));

const textLines = (json: Json | undefined, width: number, look = textLook(json)): Line[] => {
  const content = card.contentOf(json);
  return card.isMarkdown(json) ? markdownLines(content, width) : wrapped([span(harmless(content), look)], width);
};

const textSpans = (json: Json | undefined, look = ''): Span[] =>
  card.isMarkdown(json) ? markdownSpans(card.contentOf(json), look) : [span(harmlessLine(card.contentOf(json)), look)];

const buttonLines = (button: Node, width: number): Line[] => {
  const address = harmlessLine(card.addressOf(button));
  const label = span(`[ ${harmlessLine(card.contentOf(button['text']))} ]`, '1');
  return wrapped(address === '' ? [label] : [label, span(` → ${address}`, '2')], width);
};

const tableLines = (table: Node, width: number): Line[] => {
  const columns = card.columnsOf(table);
  const cell = (row: Node, column: card.Column): Line => {
    const words = card.cellText(row[column.name], column);
    return card.isMarkdownColumn(column) ? markdownSpans(words) : [span(harmlessLine(words))];
  };
  const head = columns.map(({ label }) => [span(harmlessLine(label))]);
  const rows = nodes(table['rows']).map((row) => columns.map((column) => cell(row, column)));
  return columns.length === 0
    ? []
    : grid(
        [head, ...rows],
        columns.map(({ align }) => align),
        width,
      );
};

const PER_ROW: Readonly<Record<string, number>> = { bisect: 2, trisect: 3 };
const NARROWEST = 14;

/** Columns beside each other where there is room for them, else one below the other. */
const columnSetLines = (set: Node, width: number): Line[] => {
  const columns = nodes(set['columns']);
  const flex = text(set['flex_mode']);
  const perRow = PER_ROW[flex] ?? columns.length;
  const each = Math.floor((width - 2 * (perRow - 1)) / Math.max(1, perRow));
  // rows of buttons have addresses behind them: these need the whole width
  if (each < NARROWEST || flex === 'flow' || flex === 'stretch')
    return columns.flatMap((column) => elementLines(column, width));
  const rows = Array.from({ length: Math.ceil(columns.length / perRow) }, (_, i) =>
    columns.slice(i * perRow, (i + 1) * perRow),
  );
  return rows.flatMap((row) => {
    const drawn = row.map((column) => elementLines(column, each));
    const height = Math.max(0, ...drawn.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      drawn.flatMap((lines, i) => [...(i === 0 ? [] : [span('  ')]), ...padded(cut(lines[line] ?? [], each), each)]),
    );
  });
};

const divLines = (div: Node, width: number): Line[] => {
  const own = card.contentOf(div['text']) === '' ? [] : textLines(div['text'], width);
  const extra = Object.keys(node(div['extra'])).length === 0 ? [] : elementLines(node(div['extra']), width);
  return [...own, ...nodes(div['fields']).flatMap((field) => textLines(field['text'], width)), ...extra];
};

const imageLine = (image: Node): Line => [
  span(
    `‹🖼 ${harmlessLine(card.contentOf(image['alt']) || card.contentOf(image['title']) || text(image['img_key']))}›`,
    '2',
  ),
];

const elementLines = (element: Node, width: number): Line[] => {
  const tag = text(element['tag']);
  const inner = (): Line[] => nodes(element['elements']).flatMap((one) => elementLines(one, width));
  switch (tag) {
    case 'markdown':
    case 'plain_text':
    case 'lark_md':
      return textLines(element, width);
    case 'div':
      return divLines(element, width);
    case 'note':
      return wrapped(
        nodes(element['elements']).flatMap((one) => [
          ...(one['tag'] === 'img' ? imageLine(one) : textSpans(one, '2')),
          span(' '),
        ]),
        width,
      );
    case 'hr':
      return [[span('─'.repeat(width), '2')]];
    case 'table':
      return tableLines(element, width);
    case 'button':
      return buttonLines(element, width);
    case 'img':
      return [imageLine(element)];
    case 'action':
      return nodes(element['actions']).flatMap((action) => elementLines(action, width));
    case 'column_set':
      return columnSetLines(element, width);
    case 'column':
    case 'form':
    case 'interactive_container':
      return inner();
    case 'collapsible_panel':
      return [[span('▾ '), ...textSpans(node(element['header'])['title'], '1')], ...inner()];
    default:
      return [[span(`‹${harmlessLine(tag) || '?'}›`, '2')]];
  }
};

const headerLines = (header: Node, width: number): Line[] => {
  const look = barLook(text(header['template']));
  const tags = nodes(header['text_tag_list']).flatMap((tag) => [
    span(' ‹', look),
    ...textSpans(tag['text'], look),
    span('›', look),
  ]);
  const title = [...textSpans(header['title'], look), ...tags];
  const subtitle =
    card.contentOf(header['subtitle']) === ''
      ? []
      : wrapped(textSpans(header['subtitle'], look.replace('1;', '')), width);
  if (title.every((part) => part.text === '')) return [];
  return [...wrapped(title, width), ...subtitle].map((line) => padded(line, width, 'left', look));
};

/**
 * A line exactly `width` wide. Measured as a whole: characters at the seams of spans may combine, and a mark without a
 * letter takes the space before it.
 */
const filled = (line: Line, width: number, look: string): Line => {
  const whole = line.map((part) => part.text).join('');
  const room = width - displayWidth(whole);
  if (room >= 0) return [...line, span(' '.repeat(room), look)];
  const head = headOf(whole, width);
  return [span(head, look), span(' '.repeat(width - displayWidth(head)), look)];
};

/** Below this no Chinese table can be read. */
const LEAST_WIDTH = 24;

/**
 * A card 1.0 or 2.0 as text in a box, `width` columns wide (24 at least); each line has the same display width. Unknown
 * elements show their tag. Nothing in the card reaches the terminal as a control sequence.
 */
export const cardToTerminal = (json: Json, { width, color }: { width: number; color: boolean }): string => {
  const root = node(json);
  const inner = Math.max(LEAST_WIDTH, Math.floor(width)) - 4;
  const header = headerLines(node(root['header']), inner);
  const body = card.elementsOfCard(root).flatMap((element) => elementLines(element, inner));
  const bar = '─'.repeat(inner + 2);
  const boxed = (line: Line): string => {
    const look = header.includes(line) ? barLook(text(node(root['header'])['template'])) : '';
    return `│${painted(filled([span(' ', look), ...cut(line, inner)], inner + 1, look), color)}${painted([span(' ', look)], color)}│`;
  };
  const split = header.length > 0 && !color ? [`├${bar}┤`] : [];
  return [`╭${bar}╮`, ...header.map(boxed), ...split, ...body.map(boxed), `╰${bar}╯`].join('\n');
};
