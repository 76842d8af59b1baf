import { escapeHtml, safeHref } from './safe-html.ts';

const ENTITY = /&amp;#38;|&#38;(#\d{1,7}|[a-z]+);/g;

/** Author's entities survive the escaping: `&#60;` is a `<` to read, never one to parse. */
const escaped = (text: string): string =>
  escapeHtml(text).replace(ENTITY, (_whole, entity: string | undefined) =>
    entity === undefined ? '&#38;' : `&${entity};`,
  );

/** Tags of Feishu's dialect, after escaping: `&#60;font color='red'&#62;`. */
const TAG = /&#60;(\/?)(br|hr|font|at|person|a|link|text_tag|number_tag|local_datetime|raw)\b(.*?)\/?&#62;/g;

const attribute = (attributes: string, name: string): string =>
  new RegExp(`${name}=(?:&#3[49];)?([^&\\s]+)`).exec(attributes)?.[1] ?? '';

const inline = (line: string): string =>
  line
    .replace(TAG, (_whole, closing: string, tag: string, attributes: string) => {
      const color = attribute(attributes, 'color').replace(/[^\w-]/g, '');
      if (tag === 'br') return '<br>';
      if (tag === 'hr') return '<hr class="lc-hr">';
      if (tag === 'at' || tag === 'person')
        return closing === '/'
          ? ''
          : `<span class="lc-at">@${attribute(attributes, 'ids?') || attribute(attributes, 'email')}</span>`;
      if (closing === '/') return '</span>';
      return tag === 'text_tag'
        ? `<span class="lc-tag lc-tag-${color}">`
        : `<span class="lc-color-${color || 'default'}">`;
    })
    .replace(/!\[([^\]]*)\]\([^)\s]*\)/g, '<span class="lc-image">$1</span>')
    .replace(/\[([^\]]*)\]\(([^)\s]*)\)/g, (_whole, label: string, address: string) => {
      // the address is escaped already; only its beginning is looked at
      const href = safeHref(address.replace(/&#38;/g, '&'));
      return href === null ? label : `<a href="${href}" target="_blank" rel="noreferrer noopener">${label}</a>`;
    })
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '<b>$2</b>')
    .replace(/~~(?=\S)(.+?)(?<=\S)~~/g, '<s>$1</s>')
    .replace(/(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])/g, '<i>$1</i>')
    .replace(/`([^`]+)`/g, '<code>$1</code>');

const balanced = (html: string): string => {
  const missing = (html.match(/<span/g) ?? []).length - (html.match(/<\/span>/g) ?? []).length;
  return missing > 0 ? html + '</span>'.repeat(missing) : html;
};

const block = (line: string): string => {
  const heading = /^(#{1,6}) (.*)$/.exec(line);
  if (heading !== null)
    return `<div class="lc-heading lc-heading-${heading[1]?.length}">${inline(heading[2] ?? '')}</div>`;
  const item = /^(\s*)(?:[-*]|(\d+)\.) (.*)$/.exec(line);
  if (item !== null)
    return `<div class="lc-item">${item[2] === undefined ? '•' : `${item[2]}.`} ${inline(item[3] ?? '')}</div>`;
  const quote = /^(?:&#62;|>) ?(.*)$/.exec(line);
  if (quote !== null) return `<blockquote>${inline(quote[1] ?? '')}</blockquote>`;
  if (/^\s*(-{3,}|\*{3,})\s*$/.test(line)) return '<hr class="lc-hr">';
  return `<div>${inline(line) || '&nbsp;'}</div>`;
};

/** Feishu's markdown as safe HTML: the marks people use; everything else is shown as it is written. */
export const markdownToHtml = (markdown: string): string => {
  const parts = markdown.trimEnd().split(/^```.*$/m);
  return parts
    .map((part, i) =>
      i % 2 === 1
        ? `<pre>${escapeHtml(part.replace(/^\n|\n$/g, ''))}</pre>`
        : part.trim() === ''
          ? ''
          : part
              .replace(/^\n|\n$/g, '')
              .split('\n')
              .map((line) => balanced(block(escaped(line))))
              .join(''),
    )
    .join('');
};
