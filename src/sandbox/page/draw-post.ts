import { markdownToHtml } from '../../picture/markdown-html.ts';
import { escapeHtml } from '../../picture/safe-html.ts';
import { type Fields, isFields, textOf } from '../request.ts';
import { linkHtml, mentionHtml } from './draw-text.ts';

const STYLES: Readonly<Record<string, string>> = { bold: 'b', italic: 'i', underline: 'u', lineThrough: 's' };

const styled = (node: Fields, html: string): string => {
  const styles = Array.isArray(node['style']) ? node['style'].map((one) => STYLES[String(one)]) : [];
  return styles.reduce((inner: string, tag) => (tag === undefined ? inner : `<${tag}>${inner}</${tag}>`), html);
};

const nodeHtml = (node: Fields, pictureHtml: (key: string) => string): string => {
  const text = textOf(node['text']);
  switch (node['tag']) {
    case 'text':
      return styled(node, escapeHtml(text));
    case 'a':
      return styled(node, linkHtml(textOf(node['href']), text));
    case 'at':
      return mentionHtml(textOf(node['user_id']), textOf(node['user_name']));
    case 'img':
      return pictureHtml(textOf(node['image_key']));
    case 'hr':
      return '<hr>';
    case 'emotion':
      return `<span class="at">:${escapeHtml(textOf(node['emoji_type']))}:</span>`;
    case 'code_block':
      return `<pre>${escapeHtml(text)}</pre>`;
    case 'md':
      return `<div class="lc-markdown">${markdownToHtml(text)}</div>`;
    default:
      return `<code>${escapeHtml(JSON.stringify(node))}</code>`;
  }
};

/** A post message (`{zh_cn: {title, content}}`) as a safe HTML fragment, in the language asked for or its first. */
export const postHtml = (content: Fields, locale: string, pictureHtml: (key: string) => string): string => {
  const post = content[locale] ?? Object.values(content)[0];
  if (!isFields(post)) return '';
  const lines = Array.isArray(post['content']) ? post['content'] : [];
  const paragraphs = lines.map((line) => {
    const nodes = Array.isArray(line) ? line.filter(isFields) : [];
    return `<div class="line">${nodes.map((node) => nodeHtml(node, pictureHtml)).join('')}</div>`;
  });
  const title = textOf(post['title']);
  return `${title === '' ? '' : `<h3>${escapeHtml(title)}</h3>`}${paragraphs.join('')}`;
};
