import { escapeHtml, safeHref } from '../../picture/safe-html.ts';

/**
 * What Feishu reads in a text (im-v1 message content): at, bold, italic, underline, strike, `[text](url)`; bare
 * addresses become links too. All else is text.
 */
const MARK =
  /<at\s+user_id="([^"]*)"\s*>([^<]*)<\/at>|<(\/?)([bius])>|\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)|(https?:\/\/[^\s<>"'()]+)/g;

/** A link where the address is one that a browser may follow; else only its words. */
export const linkHtml = (address: string, text: string): string => {
  const href = safeHref(address.trim());
  if (href === null) return escapeHtml(text);
  return `<a href="${href}" target="_blank" rel="noopener noreferrer">${escapeHtml(text)}</a>`;
};

export const mentionHtml = (id: string, name: string): string => {
  const shown = name.trim() !== '' ? name.trim() : id === 'all' ? '所有人 all' : id;
  return `<span class="at">@${escapeHtml(shown)}</span>`;
};

const markHtml = ([, at, name, slash, style, label, target, bare]: readonly (string | undefined)[]): string => {
  if (at !== undefined) return mentionHtml(at, name ?? '');
  if (style !== undefined) return `<${slash}${style}>`;
  if (target !== undefined) return linkHtml(target, label ?? target);
  return linkHtml(bare ?? '', bare ?? '');
};

/** Style tags that never close, or close what never opened, must not reach the page around the message. */
const isBalanced = (marks: readonly RegExpMatchArray[]): boolean => {
  const open: string[] = [];
  for (const [, , , slash, style] of marks) {
    if (style === undefined) continue;
    if (slash === '') open.push(style);
    else if (open.pop() !== style) return false;
  }
  return open.length === 0;
};

/** A text message's words as a safe HTML fragment. */
export const textHtml = (text: string): string => {
  const marks = [...text.matchAll(MARK)];
  if (!isBalanced(marks)) return escapeHtml(text);
  let end = 0;
  const pieces = marks.map((mark) => {
    const before = text.slice(end, mark.index);
    end = mark.index + mark[0].length;
    return escapeHtml(before) + markHtml(mark);
  });
  return pieces.join('') + escapeHtml(text.slice(end));
};
