import { type Inline, type MarkdownBlock, readMarkdown } from '../card/markdown.ts';
import { styled } from './box.ts';
import { BARE, colorLook, type Drawing } from './drawing.ts';
import { PHOTO } from './html-image.ts';
import { inlinePersonHtml } from './html-people.ts';
import { localTime } from './local-time.ts';
import { colorOf } from './palette.ts';
import { className, escapeHtml, linkHtml, pictureSource } from './safe-html.ts';

const coloredHtml = (color: string, html: string, by: Drawing): string => {
  const { classes, value } = colorLook(color, by);
  return `<span${classes === '' ? '' : ` class="${classes}"`}${styled({ color: value })}>${html}</span>`;
};

const countHtml = (count: Extract<Inline, { is: 'count' }>, by: Drawing): string => {
  const style = styled({ background: colorOf(count.background, by.colors), color: colorOf(count.color, by.colors) });
  const badge = `<span class="lc-count"${style}>${inlinesHtml(count.of, by)}</span>`;
  return count.address === '' ? badge : linkHtml(count.address, badge);
};

const imageHtml = (image: Extract<Inline, { is: 'image' }>, by: Drawing): string => {
  const source = pictureSource(by.picture(image.key));
  return source === null
    ? `<span class="lc-image">${PHOTO}${escapeHtml(image.alt || image.key)}</span>`
    : `<img class="lc-inline-image" src="${source}" alt="${escapeHtml(image.alt)}">`;
};

const inlineHtml = (inline: Inline, by: Drawing): string => {
  switch (inline.is) {
    case 'text':
      return escapeHtml(inline.text);
    case 'break':
      return '<br>';
    case 'code':
      return `<code>${escapeHtml(inline.text)}</code>`;
    case 'bold':
      return `<b>${inlinesHtml(inline.of, by)}</b>`;
    case 'italic':
      return `<i>${inlinesHtml(inline.of, by)}</i>`;
    case 'strike':
      return `<s>${inlinesHtml(inline.of, by)}</s>`;
    case 'color':
      return coloredHtml(inline.color, inlinesHtml(inline.of, by), by);
    case 'label':
      return `<span class="lc-tag lc-tag-${className(inline.color)}">${inlinesHtml(inline.of, by)}</span>`;
    case 'link':
      return linkHtml(inline.address, inlinesHtml(inline.of, by) || escapeHtml(inline.address));
    case 'image':
      return imageHtml(inline, by);
    case 'mention':
      return `<span class="lc-at">@${escapeHtml(by.person(inline.who) ?? inline.who)}</span>`;
    case 'person':
      return inlinePersonHtml(inline.id, inline.words, inline.capsule, by);
    case 'count':
      return countHtml(inline, by);
    case 'moment': {
      const words = escapeHtml(localTime(inline.ms, inline.format, by.lang) ?? '');
      return inline.address === '' ? words : linkHtml(inline.address, words);
    }
  }
};

const inlinesHtml = (list: readonly Inline[], by: Drawing): string => list.map((one) => inlineHtml(one, by)).join('');

type Table = Extract<MarkdownBlock, { is: 'table' }>;

const tableHtml = ({ aligns, rows }: Table, by: Drawing): string => {
  const [head = [], ...body] = rows;
  const row = (cells: readonly (readonly Inline[])[], tag: 'th' | 'td'): string =>
    `<tr>${head.map((_, i) => `<${tag} class="lc-${aligns[i] ?? 'left'}">${inlinesHtml(cells[i] ?? [], by)}</${tag}>`).join('')}</tr>`;
  const lines = body.map((cells) => row(cells, 'td')).join('');
  return `<div class="lc-table"><table><thead>${row(head, 'th')}</thead><tbody>${lines}</tbody></table></div>`;
};

const blockHtml = (block: MarkdownBlock, by: Drawing): string => {
  switch (block.is) {
    case 'paragraph':
      return `<div>${inlinesHtml(block.of, by)}</div>`;
    case 'heading':
      return `<div class="lc-heading lc-heading-${block.level}">${inlinesHtml(block.of, by)}</div>`;
    case 'item':
      return `<div class="lc-item lc-indent-${block.level}"><span class="lc-marker">${escapeHtml(block.marker)}</span><span>${inlinesHtml(block.of, by)}</span></div>`;
    case 'quote':
      return `<blockquote>${block.of.map((inner) => blockHtml(inner, by)).join('')}</blockquote>`;
    case 'code':
      return `<pre>${escapeHtml(block.text)}</pre>`;
    case 'rule':
      return '<hr class="lc-hr">';
    case 'table':
      return tableHtml(block, by);
  }
};

/** Feishu's markdown as safe HTML: everything in it is escaped, and links lead to http, https and applink only. */
export const markdownToHtml = (markdown: string, by: Drawing = BARE): string =>
  readMarkdown(markdown)
    .map((block) => blockHtml(block, by))
    .join('');
