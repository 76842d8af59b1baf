/**
 * While Liquid works, each value it prints is a token: a number between two private-use characters. Nothing in Liquid or
 * in Feishu's markdown knows them, and data cannot spell one, since these characters are taken out of it first.
 */
const OPEN = '\uF8F1';
const CLOSE = '\uF8F2';
/** Stands for `{` of an environment value that was filled into a template (config/interpolate). */
const SHIELDED_BRACE = '\uF8F0';

export const TOKEN = /\uF8F1(\d+)\uF8F2/g;
export const TOKEN_START = OPEN;

export const tokenOf = (index: number): string => `${OPEN}${index}${CLOSE}`;

/** Author's text before Liquid: token characters in it (an environment value may hold any) become U+FFFD. */
export const withoutTokens = (source: string): string => source.replace(/[\uF8F1\uF8F2]/g, '\uFFFD');

/** Author's text after Liquid: shielded braces are braces again. */
export const unshielded = (text: string): string => text.replaceAll(SHIELDED_BRACE, '{');

/** Text out of data, made harmless for any place a person reads: no token and control characters, one kind of newline. */
export const cleaned = (data: string): string =>
  data
    .toWellFormed()
    .replaceAll(SHIELDED_BRACE, '{')
    .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n')
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\uF8F1\uF8F2]/g, '');
