/** Tags of Feishu's markdown that have no end of their own (cards: C-rich-text). */
const VOID = new Set(['br', 'hr']);

/** Tags that were opened and not closed, the last one first. */
const openTags = (markdown: string): readonly string[] => {
  const open: string[] = [];
  for (const [, end, name = ''] of markdown.matchAll(/<(\/?)([a-z_]+)(?:\s[^<>]*)?>/gi)) {
    if (end === '/') open.splice(open.lastIndexOf(name), open.includes(name) ? 1 : 0);
    else if (!VOID.has(name.toLowerCase())) open.push(name);
  }
  return open.reverse();
};

/** The fence of code that was opened and not closed. */
const openFence = (markdown: string): string | null => {
  let open: string | null = null;
  for (const [, mark = ''] of markdown.matchAll(/^[ \t]*(`{3,}|~{3,})/gm))
    open = open === null ? mark : mark.startsWith(open) ? null : open;
  return open;
};

const isHalf = (text: string): boolean => /[\uD800-\uDBFF]$/.test(text);

/** Where a line ends, if that is not much earlier. */
const wholeLines = (head: string): string => {
  const end = head.lastIndexOf('\n');
  return end > head.length * 0.6 ? head.slice(0, end) : head;
};

const LINK_STUMP = /^\[[^\]\n]*(?:\](?:\([^)\n]*)?)?$/;

/** Where the bracket opens that the last one closes; a text in a link may have brackets of its own. */
const openingOf = (head: string, end: number): number => {
  let depth = 0;
  for (let i = end; i >= 0; i--) {
    if (head[i] === ']') depth += 1;
    else if (head[i] === '[') depth -= 1;
    if (depth === 0) return i;
  }
  return -1;
};

const withoutLinkStump = (head: string): string => {
  const target = /\]\([^)\n]*$/.exec(head);
  const last = head.lastIndexOf('[');
  const start = target === null ? (LINK_STUMP.test(head.slice(last)) ? last : -1) : openingOf(head, target.index);
  return start >= 0 ? head.slice(0, start).replace(/!$/, '') : head;
};

const withoutMarks = (head: string): string => {
  let end = head.length;
  while (end > 0 && '`*_~'.includes(head[end - 1] as string)) end--;
  return head.slice(0, end);
};

/** An entity, a tag or a link that the end has cut in two is left out as a whole. */
const withoutStumps = (head: string): string =>
  withoutMarks(withoutLinkStump(head.replace(/&#?\w{0,12}$/, '').replace(/<[^<>]*$/, '')));

/**
 * The beginning of a text, at most `length` long, that can stand alone: nothing in it is half a character, half markup or
 * left open. What is left out comes after it (`rest`); what closes it is added.
 */
export const beginningOf = (
  text: string,
  length: number,
  { markdown }: { readonly markdown: boolean },
): { readonly shown: number; readonly text: string } => {
  const cut = text.slice(0, length);
  const whole = isHalf(cut) ? cut.slice(0, -1) : cut;
  if (!markdown) return { shown: whole.length, text: whole };
  const head = withoutStumps(wholeLines(whole));
  const fence = openFence(head);
  const ends = openTags(head).map((name) => `</${name}>`);
  return { shown: head.length, text: `${head}${fence === null ? '' : `\n${fence}\n`}${ends.join('')}` };
};
