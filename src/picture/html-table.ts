import type { Json } from '../model/dataset.ts';
import { length, margin, pixels, styled } from './box.ts';
import { colorLook, type Drawing } from './drawing.ts';
import { personsCellHtml } from './html-people.ts';
import { plainHtml } from './html-text.ts';
import { markdownToHtml } from './markdown-html.ts';
import * as card from './read-card.ts';
import { className, escapeHtml } from './safe-html.ts';

type Node = card.Node;
const { node, nodes, text } = card;

const cellHtml = (cell: Json | undefined, column: card.Column, by: Drawing): string => {
  if (column.type === 'options') {
    const tags = card
      .optionsOf(cell)
      .map(({ text: words, color }) => `<span class="lc-tag lc-tag-${className(color)}">${escapeHtml(words)}</span>`);
    return tags.join(' ');
  }
  if (column.type === 'persons') return personsCellHtml(card.personsOf(cell), by);
  const words = card.cellText(cell, column);
  return card.isMarkdownColumn(column)
    ? `<div class="lc-markdown">${markdownToHtml(words, by)}</div>`
    : plainHtml(words);
};

const HEIGHTS: Readonly<Record<string, string>> = { low: 'low', middle: 'middle', high: 'high', auto: 'auto' };

/** Width and vertical alignment of a column's cells; what is usual is left to the style sheet. */
const cellStyle = ({ given }: card.Column): string => {
  const width = given['width'] === 'auto' ? null : length(given['width'], 80, 600);
  const vertical = text(given['vertical_align']);
  return styled({
    'min-width': width?.endsWith('px') ? width : null,
    width,
    'vertical-align': vertical === 'top' || vertical === 'bottom' ? vertical : null,
  });
};

/** A table's first page (cards: C-table), with how many there are. */
export const tableHtml = (table: Node, by: Drawing): string => {
  const columns = card.columnsOf(table);
  const rows = nodes(table['rows']);
  const size = card.pageSizeOf(table);
  const style = node(table['header_style']);
  const align = card.alignOf(style['text_align']) ?? 'left';
  const tone = colorLook(text(style['text_color']), by);
  const looks = [
    style['background_style'] === 'grey' ? 'lc-grey-head' : '',
    style['bold'] === false ? 'lc-light-head' : '',
    style['text_size'] === 'heading' ? 'lc-size-heading' : '',
    tone.classes,
  ].filter((each) => each !== '');
  const head = columns
    .map((column) => `<th class="lc-${align}"${cellStyle(column)}>${escapeHtml(column.label)}</th>`)
    .join('');
  const cells = columns.map((column) => `<td class="lc-${column.align}"${cellStyle(column)}>`);
  const line = (row: Node): string =>
    `<tr>${columns.map((column, i) => `${cells[i]}${cellHtml(row[column.name], column, by)}</td>`).join('')}</tr>`;
  const pages = Math.ceil(rows.length / size);
  const pager = pages > 1 ? `<div class="lc-pager">‹ <b>1</b> / ${pages} ›</div>` : '';
  const height = card.lookUp(HEIGHTS, table['row_height']) ?? 'low';
  const px = pixels(table['row_height'], 32, 124);
  const own = px === null ? `lc-rows-${height}` : 'lc-rows-own';
  const frozen = table['freeze_first_column'] === true ? ' lc-frozen' : '';
  const box = styled({ margin: margin(table), '--lc-row': px === null ? null : `${px}px` });
  const body = rows.slice(0, size).map(line).join('');
  return `<div class="lc-table ${own}${frozen}"${box}><table><thead${looks.length === 0 ? '' : ` class="${looks.join(' ')}"`}${styled({ color: tone.value })}><tr>${head}</tr></thead><tbody>${body}</tbody></table>${pager}</div>`;
};
