import type { Json } from '../model/dataset.ts';
import { displayWidth, headOf } from '../model/display-width.ts';
import type { Lang } from '../model/text.ts';
import { chartLines } from './chart-lines.ts';
import { grid } from './grid.ts';
import { inLanguage } from './in-language.ts';
import { cut, type Line, padded, painted, type Span, span, wrapped } from './lines.ts';
import { markdownLines, markdownSpans } from './markdown-lines.ts';
import * as card from './read-card.ts';
import { beside, columnSetLines, NARROWEST } from './terminal-columns.ts';
import { barLook, harmless, harmlessLine, lookOf } from './terminal-look.ts';
import { partSpans } from './terminal-parts.ts';

type Node = card.Node;
const { node, nodes, text } = card;

const textLook = (json: Json | undefined): string => lookOf(text(node(json)['text_color']));

const textLines = (json: Json | undefined, width: number, look = textLook(json)): Line[] => {
  const content = card.contentOf(json);
  const lines = card.isMarkdown(json) ? markdownLines(content, width) : wrapped([span(harmless(content), look)], width);
  const align = card.alignOf(node(json)['text_align']);
  return align === null || align === 'left' ? lines : lines.map((line) => padded(line, width, align));
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
    if (column.type === 'options')
      return card
        .optionsOf(row[column.name])
        .map(({ text: words, color }) => span(`‹${harmlessLine(words)}›`, lookOf(color)));
    if (column.type === 'persons')
      return [
        span(
          card
            .personsOf(row[column.name])
            .map((id) => `@${harmlessLine(id)}`)
            .join(' '),
          '34',
        ),
      ];
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

/** Short fields stand two in a row, where there is room for them. */
const fieldLines = (fields: readonly Node[], width: number): Line[] => {
  const each = Math.floor((width - 2) / 2);
  const lines: Line[] = [];
  for (let at = 0; at < fields.length; at += 1) {
    const [first, second] = [fields[at], fields[at + 1]];
    if (first?.['is_short'] === true && second?.['is_short'] === true && each >= NARROWEST) {
      const pair = [textLines(first['text'], each), textLines(second['text'], each)];
      lines.push(...beside(pair, [each, each]));
      at += 1;
    } else lines.push(...textLines(first?.['text'], width));
  }
  return lines;
};

const divLines = (div: Node, width: number): Line[] => {
  const own = card.contentOf(div['text']) === '' ? [] : textLines(div['text'], width);
  const extra = Object.keys(node(div['extra'])).length === 0 ? [] : elementLines(node(div['extra']), width);
  return [...own, ...fieldLines(nodes(div['fields']), width), ...extra];
};

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
        nodes(element['elements']).flatMap((one) => [...(partSpans(one) ?? textSpans(one, '2')), span(' ')]),
        width,
      );
    case 'hr':
      return [[span('─'.repeat(width), '2')]];
    case 'table':
      return tableLines(element, width);
    case 'button':
      return buttonLines(element, width);
    case 'chart':
      return [...chartLines(element['chart_spec'], width), []];
    case 'action':
      return nodes(element['actions']).flatMap((action) => elementLines(action, width));
    case 'column_set':
      return columnSetLines(element, width, elementLines);
    case 'column':
    case 'form':
    case 'interactive_container':
      return inner();
    case 'collapsible_panel':
      return [
        [span(element['expanded'] === true ? '▾ ' : '▸ '), ...textSpans(node(element['header'])['title'], '1')],
        ...inner(),
      ];
    default:
      return wrapped(partSpans(element) ?? [span(`‹${harmlessLine(tag) || '?'}›`, '2')], width);
  }
};

const headerLines = (header: Node, width: number): Line[] => {
  const look = barLook(text(header['template']));
  const tags = nodes(header['text_tag_list'])
    .slice(0, 3)
    .flatMap((tag) => [span(' ‹', look), ...textSpans(tag['text'], look), span('›', look)]);
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
export const cardToTerminal = (
  json: Json,
  { width, color, lang }: { width: number; color: boolean; lang?: Lang },
): string => {
  const root = inLanguage(json, lang ?? null);
  const inner = Math.max(LEAST_WIDTH, Math.floor(width)) - 4;
  const header = headerLines(node(root['header']), inner);
  const drawn = card.elementsOfCard(root).flatMap((element) => elementLines(element, inner));
  // a chart leaves a line free below it
  const body = drawn.at(-1)?.length === 0 ? drawn.slice(0, -1) : drawn;
  const bar = '─'.repeat(inner + 2);
  const boxed = (line: Line): string => {
    const look = header.includes(line) ? barLook(text(node(root['header'])['template'])) : '';
    return `│${painted(filled([span(' ', look), ...cut(line, inner)], inner + 1, look), color)}${painted([span(' ', look)], color)}│`;
  };
  const split = header.length > 0 && !color ? [`├${bar}┤`] : [];
  return [`╭${bar}╮`, ...header.map(boxed), ...split, ...body.map(boxed), `╰${bar}╯`].join('\n');
};
