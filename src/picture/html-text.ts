import type { Json } from '../model/dataset.ts';
import { edges, length, margin, styled } from './box.ts';
import { colorLook, type Drawing, sizeClass } from './drawing.ts';
import { iconHtml, iconOf } from './html-icon.ts';
import { markdownToHtml } from './markdown-html.ts';
import * as card from './read-card.ts';
import { escapeHtml } from './safe-html.ts';

type Node = card.Node;
const { node, nodes, text } = card;

export const plainHtml = (words: string): string => escapeHtml(words).replaceAll('\n', '<br>');

export const textHtml = (json: Json | undefined, by: Drawing): string =>
  card.isMarkdown(json) ? markdownToHtml(card.contentOf(json), by) : plainHtml(card.contentOf(json));

/** Class and style of a text: its size, colour, alignment and most lines (cards: C-plain-text, S-COLOR). */
export const textLook = (json: Json | undefined, by: Drawing, name = '', more: Record<string, string | null> = {}) => {
  const { text_size: size, text_color: color, text_align: align, lines } = node(json);
  const tone = colorLook(card.isMarkdown(json) ? '' : text(color), by);
  const most = typeof lines === 'number' && lines >= 1 ? String(Math.min(99, Math.floor(lines))) : null;
  const aligned = card.alignOf(align);
  const classes = [
    name,
    sizeClass(text(size), by),
    tone.classes,
    aligned === null ? '' : `lc-${aligned}`,
    most === null ? '' : 'lc-clamped',
  ].filter((each) => each !== '');
  const style = styled({ color: tone.value, '-webkit-line-clamp': most, ...more });
  return `${classes.length === 0 ? '' : ` class="${classes.join(' ')}"`}${style}`;
};

/** A text with an icon before it stands beside the icon, not under it. */
const besideIcon = (icon: string, html: string): string =>
  icon === '' ? html : `<div class="lc-with-icon">${icon}<div class="lc-grow">${html}</div></div>`;

export const markdownHtml = (element: Node, by: Drawing): string => {
  const look = textLook(element, by, 'lc-markdown', { margin: margin(element) });
  return `<div${look}>${besideIcon(iconHtml(iconOf(element), by), markdownToHtml(text(element['content']), by))}</div>`;
};

export const textElementHtml = (element: Node, by: Drawing): string =>
  `<div${textLook(element, by)}>${textHtml(element, by)}</div>`;

const fieldHtml = (field: Node, by: Drawing): string => {
  const name = field['is_short'] === true ? 'lc-short' : 'lc-long';
  return `<div${textLook(field['text'], by, name)}>${textHtml(field['text'], by)}</div>`;
};

/** Text, fields and what stands beside them (cards: C-plain-text; `extra` is of 1.0). */
export const divHtml = (div: Node, by: Drawing): string => {
  const words = card.contentOf(div['text']);
  const own = words === '' ? '' : `<div${textLook(div['text'], by)}>${textHtml(div['text'], by)}</div>`;
  const fields = nodes(div['fields']).map((field) => fieldHtml(field, by));
  const inner =
    besideIcon(iconHtml(iconOf(div), by), own) +
    (fields.length === 0 ? '' : `<div class="lc-fields">${fields.join('')}</div>`);
  const width = div['width'] === 'auto' ? 'fit-content' : length(div['width'], 16, 999);
  const style = styled({ margin: margin(div), width });
  const extra = Object.keys(node(div['extra'])).length === 0 ? '' : by.elements([node(div['extra'])]);
  return extra === ''
    ? `<div class="lc-div"${style}>${inner}</div>`
    : `<div class="lc-div lc-with-extra"${style}><div class="lc-grow">${inner}</div><div>${extra}</div></div>`;
};

export const noteHtml = (note: Node, by: Drawing): string => {
  const parts = nodes(note['elements']).map((one) =>
    one['tag'] === 'img' || one['tag'] === 'standard_icon' || one['tag'] === 'custom_icon'
      ? iconHtml(one['tag'] === 'img' ? { ...one, tag: 'custom_icon' } : one, by)
      : `<span>${textHtml(one, by)}</span>`,
  );
  const icon = iconHtml(iconOf(note), by);
  return `<div class="lc-note lc-size-notation lc-color-grey"${styled({ margin: margin(note) })}>${icon}${parts.join('')}</div>`;
};

const tagHtml = (tag: Node, by: Drawing): string => {
  const words = textHtml(tag['text'], by);
  const color = text(tag['color']) || 'blue';
  return `<span class="lc-tag lc-tag-${/^[a-z]{1,12}$/.test(color) ? color : 'neutral'}">${words}</span>`;
};

/** At most three tags are shown; a subtitle alone becomes the title (cards: C-title). */
export const headerHtml = (header: Node, by: Drawing): string => {
  const tags = nodes(header['text_tag_list'])
    .slice(0, 3)
    .map((tag) => tagHtml(tag, by));
  const [first, second] = [textHtml(header['title'], by), textHtml(header['subtitle'], by)];
  const title = first === '' ? second : first;
  if (title === '' && tags.length === 0) return '';
  const below = first === '' || second === '' ? '' : `<div class="lc-subtitle">${second}</div>`;
  const words = `<div class="lc-title">${title}${tags.join('')}</div>${below}`;
  const icon = iconHtml(iconOf(header), by, 'lc-header-icon');
  const template = text(header['template']);
  const inner = icon === '' ? words : `<div class="lc-with-icon">${icon}<div class="lc-grow">${words}</div></div>`;
  const name = /^[a-z]{1,12}$/.test(template) ? template : 'default';
  return `<div class="lc-header lc-template-${name}"${styled({ padding: edges(header['padding'], 0, 99) })}>${inner}</div>`;
};
