/** The languages every message, help text and page exists in. */
export type Lang = 'zh' | 'en';

/** One thing said in each language; `say` picks. Kept whole in the ledger, so that it can be read in either later. */
export type Text = Readonly<Record<Lang, string>>;

/** The locale Feishu knows each by. */
export const LOCALE: Readonly<Record<Lang, string>> = { zh: 'zh_cn', en: 'en_us' };

export const say = (text: Text, lang: Lang): string => text[lang];

/** The same words in every language: names, ids, what a database said. */
export const verbatim = (words: string): Text => ({ zh: words, en: words });

/** Words that come right after Chinese ones: before digits, Latin letters and brackets there is a space. */
export const afterHan = (words: string): string => (/^[\x21-\x7e]/.test(words) ? ` ${words}` : words);
