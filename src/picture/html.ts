import type { Json } from '../model/dataset.ts';
import { CARD_CSS } from './card-css.ts';
import { markdownToHtml } from './markdown-html.ts';
import { escapeHtml, safeHref } from './safe-html.ts';

export { CARD_CSS } from './card-css.ts';

type Node = { readonly [key: string]: Json };
const node = (json: Json | undefined): Node =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Node) : {};
const nodes = (json: Json | undefined): Node[] => (Array.isArray(json) ? json.map(node) : []);
const text = (json: Json | undefined): string =>
  typeof json === 'string' || typeof json === 'number' ? String(json) : '';
const word = (json: Json | undefined): string => text(json).replace(/[^\w-]/g, '');

const textHtml = (json: Json | undefined): string => {
  const at = node(json);
  const content = text(at['content']);
  return at['tag'] === 'lark_md' || at['tag'] === 'markdown'
    ? markdownToHtml(content)
    : escapeHtml(content).replaceAll('\n', '<br>');
};

/** The named sizes and colours that a text may have (cards: C-rich-text, S-COLOR). */
const textClasses = (json: Json | undefined): string => {
  const at = node(json);
  return [`lc-size-${word(at['text_size']) || 'normal'}`, `lc-color-${word(at['text_color']) || 'default'}`].join(' ');
};

const linkOf = (button: Node): string | null => {
  const behavior = nodes(button['behaviors']).find((each) => each['type'] === 'open_url') ?? {};
  const addresses = [behavior['default_url'], button['url'], node(button['multi_url'])['url'], behavior['pc_url']];
  return safeHref(addresses.map(text).find((address) => address !== '') ?? '');
};

const buttonHtml = (button: Node): string => {
  const href = linkOf(button);
  const attributes = `class="lc-button lc-button-${word(button['type']) || 'default'}"`;
  const label = textHtml(button['text']);
  return href === null
    ? `<span ${attributes}>${label}</span>`
    : `<a ${attributes} href="${href}" target="_blank" rel="noreferrer noopener">${label}</a>`;
};

const cellHtml = (cell: Json | undefined, type: string): string => {
  if (Array.isArray(cell))
    return cell
      .map(
        (each) =>
          `<span class="lc-option">${escapeHtml(text(typeof each === 'object' ? node(each)['text'] : each))}</span>`,
      )
      .join(' ');
  if (type === 'lark_md' || type === 'markdown') return markdownToHtml(text(cell));
  return escapeHtml(text(cell));
};

const tableHtml = (table: Node): string => {
  const columns = nodes(table['columns']);
  const rows = nodes(table['rows']);
  const pageSize = Math.min(10, Math.max(1, Number(table['page_size'] ?? 5)));
  const align = (column: Node): string =>
    `lc-${word(column['horizontal_align']) || (column['data_type'] === 'number' ? 'right' : 'left')}`;
  const head = columns
    .map((column) => `<th class="${align(column)}">${escapeHtml(text(column['display_name'] ?? column['name']))}</th>`)
    .join('');
  const body = rows
    .slice(0, pageSize)
    .map(
      (row) =>
        `<tr>${columns.map((column) => `<td class="${align(column)}">${cellHtml(row[text(column['name'])], text(column['data_type']))}</td>`).join('')}</tr>`,
    )
    .join('');
  const pages = Math.ceil(rows.length / pageSize);
  const pager = pages > 1 ? `<div class="lc-pager">‹ <b>1</b> / ${pages} ›</div>` : '';
  return `<div class="lc-table"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>${pager}</div>`;
};

const elementHtml = (element: Node): string => {
  const tag = text(element['tag']);
  switch (tag) {
    case 'markdown':
      return `<div class="lc-markdown ${textClasses(element)}">${markdownToHtml(text(element['content']))}</div>`;
    case 'div': {
      const fields = nodes(element['fields']);
      const own =
        node(element['text'])['content'] === undefined
          ? ''
          : `<div class="${textClasses(element['text'])}">${textHtml(element['text'])}</div>`;
      const listed = fields
        .map(
          (field) =>
            `<div class="${field['is_short'] === true ? 'lc-short' : 'lc-long'}">${textHtml(field['text'])}</div>`,
        )
        .join('');
      return own + (fields.length === 0 ? '' : `<div class="lc-fields">${listed}</div>`);
    }
    case 'note':
      return `<div class="lc-size-notation lc-color-grey">${nodes(element['elements']).map(textHtml).join(' ')}</div>`;
    case 'hr':
      return '<hr class="lc-hr">';
    case 'table':
      return tableHtml(element);
    case 'button':
      return `<div class="lc-buttons">${buttonHtml(element)}</div>`;
    case 'action':
      return `<div class="lc-buttons">${nodes(element['actions'])
        .map((action) => (action['tag'] === 'button' ? buttonHtml(action) : elementHtml(action)))
        .join('')}</div>`;
    case 'column_set':
      return `<div class="lc-columns lc-flex-${word(element['flex_mode']) || 'none'}">${nodes(element['columns']).map(columnHtml).join('')}</div>`;
    case 'form':
    case 'interactive_container':
      return `<div class="lc-box">${elementsHtml(element['elements'])}</div>`;
    case 'collapsible_panel':
      return `<details class="lc-box"${element['expanded'] === true ? ' open' : ''}><summary>${textHtml(node(element['header'])['title'])}</summary>${elementsHtml(element['elements'])}</details>`;
    default:
      return `<div class="lc-unknown">‹${escapeHtml(tag || '?')}›</div>`;
  }
};

const columnHtml = (column: Node): string => {
  const weight = Math.min(5, Math.max(1, Number(column['weight'] ?? 1))) || 1;
  const grow = column['width'] === 'auto' ? '' : ` lc-grow-${weight}`;
  return `<div class="lc-column${grow}">${elementsHtml(column['elements'])}</div>`;
};

const elementsHtml = (elements: Json | undefined): string => nodes(elements).map(elementHtml).join('');

/** A card 1.0 or 2.0 as a safe HTML fragment, as Feishu's desktop client would show it. Needs CARD_CSS beside it. */
export const cardToHtml = (card: Json): string => {
  const root = node(card);
  const header = node(root['header']);
  const tags = nodes(header['text_tag_list'])
    .map((tag) => `<span class="lc-tag lc-tag-${word(tag['color']) || 'neutral'}">${textHtml(tag['text'])}</span>`)
    .join('');
  const title = textHtml(header['title']);
  const subtitle = textHtml(header['subtitle']);
  const heading =
    title === '' && tags === ''
      ? ''
      : `<div class="lc-header lc-template-${word(header['template']) || 'default'}"><div class="lc-title">${title}${tags}</div>${subtitle === '' ? '' : `<div class="lc-subtitle">${subtitle}</div>`}</div>`;
  return `<article class="lc-card">${heading}<div class="lc-body">${elementsHtml(node(root['body'])['elements'] ?? root['elements'])}</div></article>`;
};

/** One self-contained file: nothing in it is fetched from anywhere. */
export const cardPage = (card: Json, { title, lang }: { title: string; lang: 'zh' | 'en' }): string => `<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark }
body { margin: 0; padding: 32px 16px; display: grid; justify-items: center; background: light-dark(#f5f6f7, #1a1a1a) }
main { width: min(600px, 100%) }
${CARD_CSS}
</style>
<main>${cardToHtml(card)}</main>
</html>
`;
