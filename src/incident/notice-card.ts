import type { Json } from '../model/dataset.ts';
import type { Lang, Text } from '../model/text.ts';

/** One line of a notice: what it is called, and what is to be said. Both are plain text to Feishu. */
export interface NoticeLine {
  readonly label: Text;
  readonly value: Text | string;
}

export interface Notice {
  readonly title: Text;
  readonly color: 'red' | 'green';
  readonly lines: readonly NoticeLine[];
}

const plain = (content: string) => ({ tag: 'plain_text', content });

const linesOf = ({ lines }: Notice, lang: Lang, hide: (text: string) => string): string[] =>
  lines.map(({ label, value }) => hide(`${label[lang]}: ${typeof value === 'string' ? value : value[lang]}`));

/** A small card of plain text only: nothing in it can mention anyone or become markup. `hide` takes secrets out. */
export const noticeCard = (notice: Notice, lang: Lang, hide: (text: string) => string): Json => ({
  schema: '2.0',
  config: { update_multi: true },
  header: { title: plain(notice.title[lang]), template: notice.color },
  body: { elements: linesOf(notice, lang, hide).map((line) => ({ tag: 'div', text: plain(line) })) },
});

/** The same as lines of text, for a program. */
export const noticeText = (notice: Notice, lang: Lang, hide: (text: string) => string): string =>
  [notice.title[lang], ...linesOf(notice, lang, hide), ''].join('\n');
