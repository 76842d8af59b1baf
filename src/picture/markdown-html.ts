import { type Inline, type MarkdownBlock, readMarkdown } from './markdown.ts';
import { className, escapeHtml, linkHtml } from './safe-html.ts';

const inlineHtml = (inline: Inline): string => {
  switch (inline.is) {
    case 'text':
      return escapeHtml(inline.text);
    case 'break':
      return '<br>';
    case 'code':
      return `<code>${escapeHtml(inline.text)}</code>`;
    case 'bold':
      return `<b>${inlinesHtml(inline.of)}</b>`;
    case 'italic':
      return `<i>${inlinesHtml(inline.of)}</i>`;
    case 'strike':
      return `<s>${inlinesHtml(inline.of)}</s>`;
    case 'color':
      return `<span class="lc-color-${className(inline.color)}">${inlinesHtml(inline.of)}</span>`;
    case 'label':
      return `<span class="lc-tag lc-tag-${className(inline.color)}">${inlinesHtml(inline.of)}</span>`;
    case 'link':
      return linkHtml(inline.address, inlinesHtml(inline.of) || escapeHtml(inline.address));
    case 'image':
      return `<span class="lc-image">🖼 ${escapeHtml(inline.alt)}</span>`;
    case 'mention':
      return `<span class="lc-at">@${escapeHtml(inline.who)}</span>`;
  }
};

const inlinesHtml = (list: readonly Inline[]): string => list.map(inlineHtml).join('');

type Table = Extract<MarkdownBlock, { is: 'table' }>;

const tableHtml = ({ aligns, rows }: Table): string => {
  const [head = [], ...body] = rows;
  const row = (cells: readonly (readonly Inline[])[], tag: 'th' | 'td'): string =>
    `<tr>${head.map((_, i) => `<${tag} class="lc-${aligns[i] ?? 'left'}">${inlinesHtml(cells[i] ?? [])}</${tag}>`).join('')}</tr>`;
  const lines = body.map((cells) => row(cells, 'td')).join('');
  return `<div class="lc-table"><table><thead>${row(head, 'th')}</thead><tbody>${lines}</tbody></table></div>`;
};

const blockHtml = (block: MarkdownBlock): string => {
  switch (block.is) {
    case 'paragraph':
      return `<div>${inlinesHtml(block.of)}</div>`;
    case 'heading':
      return `<div class="lc-heading lc-heading-${block.level}">${inlinesHtml(block.of)}</div>`;
    case 'item':
      return `<div class="lc-item lc-indent-${block.level}"><span class="lc-marker">${escapeHtml(block.marker)}</span><span>${inlinesHtml(block.of)}</span></div>`;
    case 'quote':
      return `<blockquote>${block.of.map(blockHtml).join('')}</blockquote>`;
    case 'code':
      return `<pre>${escapeHtml(block.text)}</pre>`;
    case 'rule':
      return '<hr class="lc-hr">';
    case 'table':
      return tableHtml(block);
  }
};

/** Feishu's markdown as safe HTML: everything in it is escaped, and links lead to http, https and applink only. */
export const markdownToHtml = (markdown: string): string => readMarkdown(markdown).map(blockHtml).join('');
