import type { Json } from '../model/dataset.ts';
import type { Lang } from '../model/text.ts';
import { CARD_CSS } from './card-css.ts';
import { markdownToHtml } from './markdown-html.ts';
import * as card from './read-card.ts';
import { className, escapeHtml, linkHtml } from './safe-html.ts';

export { CARD_CSS } from './card-css.ts';

type Node = card.Node;
const { node, nodes, text } = card;

const plainHtml = (words: string): string => escapeHtml(words).replaceAll('\n', '<br>');

const textHtml = (json: Json | undefined): string =>
  card.isMarkdown(json) ? markdownToHtml(card.contentOf(json)) : plainHtml(card.contentOf(json));

/** The named sizes and colours that a text may have (cards: C-rich-text, S-COLOR). */
const textClasses = (json: Json | undefined): string => {
  const { text_size: size, text_color: color, text_align: align } = node(json);
  const aligned = text(align) === '' ? '' : ` lc-${className(text(align))}`;
  return `lc-size-${className(text(size))} lc-color-${className(text(color))}${aligned}`;
};

const buttonHtml = (button: Node): string => {
  const look = `lc-button lc-button-${className(text(button['type']))}${button['disabled'] === true ? ' lc-disabled' : ''}${button['width'] === 'fill' ? ' lc-fill' : ''}`;
  return linkHtml(card.addressOf(button), plainHtml(card.contentOf(button['text'])), look);
};

const cellHtml = (cell: Json | undefined, column: card.Column): string => {
  const words = card.cellText(cell, column);
  if (card.isMarkdownColumn(column)) return `<div class="lc-markdown">${markdownToHtml(words)}</div>`;
  return column.type === 'options' && words !== ''
    ? `<span class="lc-tag lc-tag-blue">${escapeHtml(words)}</span>`
    : plainHtml(words);
};

const tableHtml = (table: Node): string => {
  const columns = card.columnsOf(table);
  const rows = nodes(table['rows']);
  const size = card.pageSizeOf(table);
  const head = columns.map(({ label, align }) => `<th class="lc-${align}">${escapeHtml(label)}</th>`).join('');
  const line = (row: Node): string =>
    `<tr>${columns.map((column) => `<td class="lc-${column.align}">${cellHtml(row[column.name], column)}</td>`).join('')}</tr>`;
  const pages = Math.ceil(rows.length / size);
  const pager = pages > 1 ? `<div class="lc-pager">‹ <b>1</b> / ${pages} ›</div>` : '';
  const body = rows.slice(0, size).map(line).join('');
  return `<div class="lc-table"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>${pager}</div>`;
};

const divHtml = (div: Node): string => {
  const own =
    card.contentOf(div['text']) === '' ? '' : `<div class="${textClasses(div['text'])}">${textHtml(div['text'])}</div>`;
  const fields = nodes(div['fields']).map(
    (field) => `<div class="${field['is_short'] === true ? 'lc-short' : 'lc-long'}">${textHtml(field['text'])}</div>`,
  );
  const extra = Object.keys(node(div['extra'])).length === 0 ? '' : elementHtml(node(div['extra']));
  return own + (fields.length === 0 ? '' : `<div class="lc-fields">${fields.join('')}</div>`) + extra;
};

const columnHtml = (column: Node): string => {
  const weight = Math.min(5, Math.max(1, Math.floor(Number(column['weight'] ?? 1)))) || 1;
  const grow = column['width'] === 'auto' ? 'lc-auto' : `lc-grow-${weight}`;
  return `<div class="lc-column ${grow}">${elementsHtml(nodes(column['elements']))}</div>`;
};

const actionHtml = (action: Node): string => (action['tag'] === 'button' ? buttonHtml(action) : elementHtml(action));

const panelHtml = (panel: Node): string =>
  `<details class="lc-box"${panel['expanded'] === true ? ' open' : ''}><summary>${textHtml(node(panel['header'])['title'])}</summary><div class="lc-column">${elementsHtml(nodes(panel['elements']))}</div></details>`;

const imageHtml = (image: Node): string =>
  `<div class="lc-image">🖼 ${escapeHtml(card.contentOf(image['alt']) || card.contentOf(image['title']) || text(image['img_key']))}</div>`;

const elementHtml = (element: Node): string => {
  const tag = text(element['tag']);
  switch (tag) {
    case 'markdown':
      return `<div class="lc-markdown ${textClasses(element)}">${markdownToHtml(text(element['content']))}</div>`;
    case 'plain_text':
    case 'lark_md':
      return `<div class="${textClasses(element)}">${textHtml(element)}</div>`;
    case 'div':
      return divHtml(element);
    case 'note':
      return `<div class="lc-note lc-size-notation lc-color-grey">${nodes(element['elements'])
        .map((one) => (one['tag'] === 'img' ? imageHtml(one) : textHtml(one)))
        .join(' ')}</div>`;
    case 'hr':
      return '<hr class="lc-hr">';
    case 'table':
      return tableHtml(element);
    case 'img':
      return imageHtml(element);
    case 'button':
      return `<div class="lc-buttons">${buttonHtml(element)}</div>`;
    case 'action':
      return `<div class="lc-buttons">${nodes(element['actions']).map(actionHtml).join('')}</div>`;
    case 'column_set':
      return `<div class="lc-columns lc-flex-${className(text(element['flex_mode']))}">${nodes(element['columns']).map(columnHtml).join('')}</div>`;
    case 'form':
      return `<div class="lc-column">${elementsHtml(nodes(element['elements']))}</div>`;
    case 'interactive_container':
      return `<div class="lc-box lc-column">${elementsHtml(nodes(element['elements']))}</div>`;
    case 'collapsible_panel':
      return panelHtml(element);
    default:
      return `<div class="lc-unknown">‹${escapeHtml(tag || '?')}›</div>`;
  }
};

const elementsHtml = (elements: readonly Node[]): string => elements.map(elementHtml).join('');

const headerHtml = (header: Node): string => {
  const tag = (one: Node): string =>
    `<span class="lc-tag lc-tag-${className(text(one['color']) || 'neutral')}">${textHtml(one['text'])}</span>`;
  const tags = nodes(header['text_tag_list']).map(tag).join('');
  const title = textHtml(header['title']);
  if (title === '' && tags === '') return '';
  const subtitle = textHtml(header['subtitle']);
  const below = subtitle === '' ? '' : `<div class="lc-subtitle">${subtitle}</div>`;
  return `<div class="lc-header lc-template-${className(text(header['template']))}"><div class="lc-title">${title}${tags}</div>${below}</div>`;
};

/** A card 1.0 or 2.0 as a safe HTML fragment, as Feishu's desktop client would show it. Needs CARD_CSS beside it. */
export const cardToHtml = (json: Json): string => {
  const root = node(json);
  const body = elementsHtml(card.elementsOfCard(root));
  return `<article class="lc-card">${headerHtml(node(root['header']))}<div class="lc-body">${body}</div></article>`;
};

/** One self-contained file: nothing in it is fetched from anywhere, and no script runs. */
export const cardPage = (json: Json, { title, lang }: { title: string; lang: Lang }): string => `<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark }
body { margin: 0; padding: 32px 16px; display: grid; justify-items: center; background: light-dark(#f5f6f7, #1a1a1a) }
main { width: min(${node(node(json)['config'])['width_mode'] === 'fill' ? 760 : 600}px, 100%) }
${CARD_CSS}
</style>
<main>${cardToHtml(json)}</main>
</html>
`;
