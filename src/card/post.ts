import { wallClockText } from '../base/zone.ts';
import { LOCALES, type Template } from '../model/card.ts';
import type { Json } from '../model/dataset.ts';
import { type Lang, LOCALE } from '../model/text.ts';
import { type Inline, type MarkdownBlock, readMarkdown } from './markdown.ts';
import type { Scope } from './scope.ts';
import { fill } from './template.ts';

/** A rich text as Feishu takes it (create-json: post): by language a title, and lines of nodes. */
export type PostJson = Readonly<
  Record<string, { readonly title: string; readonly content: readonly (readonly PostNode[])[] }>
>;
export type PostNode = { readonly tag: string } & { readonly [key: string]: Json };

export interface PostSpec {
  readonly title: Template | null;
  readonly body: Template;
}

const STYLES = { bold: 'bold', italic: 'italic', strike: 'lineThrough' } as const;
type Style = (typeof STYLES)[keyof typeof STYLES];

/** How `moment`s are written: a post has no time of the reader's own. */
interface Means {
  readonly timezone: string;
}

const styledNode = (node: { tag: string; [key: string]: Json }, styles: readonly Style[]): PostNode =>
  styles.length === 0 ? node : { ...node, style: [...styles] };
const text = (words: string, styles: readonly Style[] = []): PostNode =>
  styledNode({ tag: 'text', text: words }, styles);

const plain = (list: readonly Inline[], means: Means): string =>
  lines(list, [], means)
    .flat()
    .map((node) => String(node['text'] ?? ''))
    .join('');

/** What an inline becomes; null: the line ends here. */
const nodesOf = (inline: Inline, styles: readonly Style[], means: Means): readonly (PostNode | null)[] => {
  const inner = (list: readonly Inline[], more: readonly Style[] = styles) =>
    list.flatMap((one) => nodesOf(one, more, means));
  switch (inline.is) {
    case 'text':
    case 'code':
      return [text(inline.text, styles)];
    case 'break':
      return [null];
    case 'bold':
    case 'italic':
    case 'strike':
      return inner(inline.of, [...new Set([...styles, STYLES[inline.is]])]);
    case 'color':
    case 'label':
    case 'count':
      return inner(inline.of);
    case 'link': {
      const words = plain(inline.of, means);
      return [styledNode({ tag: 'a', href: inline.address, text: words === '' ? inline.address : words }, styles)];
    }
    case 'image':
      return [text(inline.alt, styles)];
    case 'mention':
      return [inline.id === '' ? text(`@${inline.who}`, styles) : { tag: 'at', user_id: inline.id }];
    case 'person':
      return [{ tag: 'at', user_id: inline.id }];
    case 'moment':
      return [text(wallClockText(inline.ms, means.timezone), styles)];
  }
};

const lines = (list: readonly Inline[], styles: readonly Style[], means: Means): PostNode[][] => {
  const found: PostNode[][] = [[]];
  for (const node of list.flatMap((one) => nodesOf(one, styles, means)))
    if (node === null) found.push([]);
    else found.at(-1)?.push(node);
  return found;
};

const behind = (mark: string, [first = [], ...others]: readonly (readonly PostNode[])[]): PostNode[][] => [
  [text(mark), ...first],
  ...others.map((line) => [...line]),
];

const blockLines = (block: MarkdownBlock, means: Means): PostNode[][] => {
  switch (block.is) {
    case 'paragraph':
      return lines(block.of, [], means);
    case 'heading':
      return lines(block.of, ['bold'], means);
    case 'item':
      return behind(`${'    '.repeat(block.level)}${block.marker} `, lines(block.of, [], means));
    case 'quote':
      return block.of.flatMap((inner) => blockLines(inner, means)).flatMap((line) => behind('│ ', [line]));
    case 'code':
      return [[{ tag: 'code_block', text: block.text }]];
    case 'rule':
      return [[{ tag: 'hr' }]];
    case 'table':
      return block.rows.map((row, i) => [
        text(row.map((cell) => plain(cell, means)).join(' | '), i === 0 ? ['bold'] : []),
      ]);
  }
};

/**
 * A post from Feishu's markdown, made of nodes that every client and every way takes (text, a, at, hr, code_block): `md`
 * nodes exist (create-json), but nowhere it is said how they read data that is escaped. What a post cannot show is shown
 * plainly: headings bold, tables as lines, colours not at all. Throws LarkcronError (status 2) for what a template refuses.
 */
export const makePost = (
  { title, body }: PostSpec,
  { scope, lang, timezone, mark }: { scope: Scope; lang: Lang; timezone: string; mark: string | null },
): PostJson => {
  const given = new Set([...Object.keys(title?.translations ?? {}), ...Object.keys(body.translations ?? {})]);
  const locales = given.size === 0 ? [LOCALE[lang]] : LOCALES.filter((locale) => given.has(locale));
  const inLocale = (template: Template, locale: string): Template => template.translations?.[locale] ?? template;
  return Object.fromEntries(
    locales.map((locale) => {
      const words =
        title === null
          ? ''
          : fill(inLocale(title, locale), 'plain', scope)
              .replace(/\s*\n\s*/g, ' ')
              .trim();
      const markdown = fill(inLocale(body, locale), 'lark_md', scope);
      const content = readMarkdown(markdown).flatMap((block) => blockLines(block, { timezone }));
      return [locale, { title: (mark ?? '') + words, content: content.filter((line) => line.length > 0) }];
    }),
  );
};

/** A post as plain text, for a terminal or a list: in this language, or its first. */
export const plainPost = (post: Json, lang: Lang): string => {
  const all = post as unknown as PostJson;
  const one = all[LOCALE[lang]] ?? Object.values(all)[0];
  if (one === undefined || !Array.isArray(one.content)) return '';
  const shown = (node: PostNode): string =>
    node.tag === 'at'
      ? `@${String(node['user_id'])}`
      : node.tag === 'hr'
        ? '———'
        : node.tag === 'a'
          ? `${String(node['text'])} (${String(node['href'])})`
          : String(node['text'] ?? '');
  return [...(one.title === '' ? [] : [one.title, '']), ...one.content.map((line) => line.map(shown).join(''))].join(
    '\n',
  );
};
