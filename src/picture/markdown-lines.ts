import { type Inline, type MarkdownBlock, readMarkdown } from '../card/markdown.ts';
import { grid } from './grid.ts';
import { type Line, type Span, span, wrapped } from './lines.ts';
import { localTime } from './local-time.ts';
import { harmless, harmlessLine, lookOf } from './terminal-look.ts';

const both = (outer: string, inner: string): string => [outer, inner].filter((look) => look !== '').join(';');

const spansOf = (inline: Inline, look: string): Span[] => {
  switch (inline.is) {
    case 'text':
      return [span(harmless(inline.text), look)];
    case 'break':
      return [span('\n', look)];
    case 'code':
      return [span(harmless(inline.text), both(look, '36'))];
    case 'bold':
      return spansOfAll(inline.of, both(look, '1'));
    case 'italic':
      return spansOfAll(inline.of, both(look, '3'));
    case 'strike':
      return spansOfAll(inline.of, both(look, '9'));
    case 'color':
      return spansOfAll(inline.of, both(look, lookOf(inline.color)));
    case 'label':
      return [span('‹', look), ...spansOfAll(inline.of, both(look, lookOf(inline.color))), span('›', look)];
    case 'link': {
      const address = harmlessLine(inline.address);
      const words = spansOfAll(inline.of, both(look, '4'));
      return address === '' || words.map(({ text }) => text).join('') === address
        ? words
        : [...words, span(` (${address})`, both(look, '2'))];
    }
    case 'image':
      return [span(`‹🖼 ${harmlessLine(inline.alt)}›`, look)];
    case 'mention':
      return [span(`@${harmlessLine(inline.who)}`, both(look, '34'))];
    case 'person':
      return [span(`@${harmlessLine(inline.words || inline.id)}`, both(look, '34'))];
    case 'count':
      return [span('‹', look), ...spansOfAll(inline.of, both(look, lookOf(inline.background))), span('›', look)];
    case 'moment':
      return [span(localTime(inline.ms, inline.format, 'zh') ?? '', look)];
  }
};

const spansOfAll = (list: readonly Inline[], look: string): Span[] => list.flatMap((inline) => spansOf(inline, look));

/** Lines set in behind a mark: the mark on the first (or on all), spaces before the others. */
const behind = (lines: readonly Line[], first: string, others: string, look: string): Line[] =>
  lines.map((line, i) => [span(i === 0 ? first : others, look), ...line]);

const linesOf = (block: MarkdownBlock, width: number): Line[] => {
  switch (block.is) {
    case 'paragraph':
      return wrapped(spansOfAll(block.of, ''), width);
    case 'heading':
      return wrapped(spansOfAll(block.of, '1'), width);
    case 'item': {
      const indent = '  '.repeat(block.level);
      const mark = `${indent}${block.marker} `;
      return behind(
        wrapped(spansOfAll(block.of, ''), Math.max(8, width - mark.length)),
        mark,
        ' '.repeat(mark.length),
        '',
      );
    }
    case 'quote':
      return behind(
        block.of.flatMap((inner) => linesOf(inner, Math.max(8, width - 2))),
        '│ ',
        '│ ',
        '2',
      );
    case 'code':
      return behind(wrapped([span(harmless(block.text), '36')], Math.max(8, width - 2)), '  ', '  ', '');
    case 'rule':
      return [[span('─'.repeat(width), '2')]];
    case 'table':
      return grid(
        block.rows.map((row) => row.map((cell) => spansOfAll(cell, ''))),
        block.aligns,
        width,
      );
  }
};

/** Feishu's markdown as terminal lines of at most `width` columns. */
export const markdownLines = (markdown: string, width: number): Line[] =>
  readMarkdown(markdown).flatMap((block) => linesOf(block, width));

/** The same as one line without an end, for cells and titles. */
export const markdownSpans = (markdown: string, look = ''): Span[] =>
  readMarkdown(markdown)
    .flatMap((block, i) => [
      ...(i === 0 ? [] : [span(' ')]),
      ...('of' in block && block.is !== 'quote' ? spansOfAll(block.of, look) : []),
    ])
    .map((one) => span(one.text.replaceAll('\n', ' '), one.look));
