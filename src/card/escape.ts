import { cleaned } from './token.ts';

/** Everything that can be markup anywhere in Feishu's markdown (Feishu: rich text, escape table; `&`, `|`, `=` are ours). */
const LIVE = /[&<>*\-!/\\[\]()#:+"'`$_~|=]/g;

const entity = (character: string): string => `&#${character.codePointAt(0)};`;

/** `1. x` and `1) x` begin a list where a line begins, and a value may stand there: the point is written as an entity. */
const LIST_POINT = /(^|\d)\.(?=\s|$)/gm;
/** Four leading spaces make code, two trailing ones a line break. */
const EDGE_SPACE = /^[ \t]+|[ \t]+$/gm;

/**
 * Data as text inside `markdown` or `lark_md`: decoding the entities gives the data back. A newline becomes `newline`,
 * so that a value cannot end the author's table row, heading or list item.
 */
export const asMarkdown = (data: string, newline: '<br>' | '\n'): string =>
  cleaned(data)
    .replace(LIVE, entity)
    .replace(LIST_POINT, (_, before: string) => `${before}&#46;`)
    .replace(EDGE_SPACE, (spaces) => [...spaces].map(entity).join(''))
    .replaceAll('\n', newline);

/**
 * Data of a table column whose author asked for markdown: emphasis, lists and links stay, but no tag (so no mention), no
 * image (a bad key fails the whole card), no table, and no link but http, https and applink.
 */
export const asAllowedMarkdown = (data: string): string =>
  cleaned(data)
    .replace(/[<|]/g, entity)
    .replace(/!(?=\[)/g, entity)
    // looked at, not taken: the target of one bracket may hold the next
    .replace(/\](?=\(\s*([^)\s]{0,500}))/g, (bracket, target: string) =>
      safeLink(target) === null ? entity(bracket) : bracket,
    )
    // `[name]: address` gives `[name]` an address, in lists and quotes too
    .replace(/\](?=:)/g, entity);

const SCHEME = /^(?:https?:\/\/[^/?#\s]|(?:lark|feishu):\/\/applink\.)/i;

/** A web or applink address as it may stand in a link, percent-encoded where it must be; null when it is none. */
export const safeLink = (address: string): string | null => {
  const trimmed = address.trim();
  // A tab or newline inside `java\nscript:` is skipped by browsers: an address has none.
  if (!SCHEME.test(trimmed) || /[\u0000-\u001f\u007f-\u009f\\]/.test(trimmed) || !URL.canParse(trimmed)) return null;
  return trimmed.toWellFormed().replace(/[\s"'<>`{}|^*]/g, percent);
};

/** The same inside markdown: nothing of it may end the link or be read as an entity. */
export const safeMarkdownLink = (address: string): string | null =>
  safeLink(address)?.replace(/[()[\]!;]/g, percent) ?? null;

const percent = (character: string): string =>
  [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');

/** Data as a part of an address: everything that could steer it is percent-encoded. */
export const asLinkPart = (data: string): string => encodeURIComponent(cleaned(data)).replace(/[!'()*]/g, percent);

/** A key that Feishu gave for an uploaded image. */
export const isImageKey = (text: string): boolean => /^img_[\w-]+$/.test(text);

/** open_id, union_id or user_id: nothing in it can end a tag or an attribute, and it is not everybody (`<at id=all>`). */
export const isPersonId = (text: string): boolean => /^(?!all$)[A-Za-z0-9][\w-]{0,63}$/i.test(text);
