import type { Json } from '../model/dataset.ts';
import type { Lang, Text } from '../model/text.ts';

/** One line of a notice: what it is called, and what is to be said. Both are plain text to Feishu. */
export interface NoticeLine {
  readonly label: Text;
  readonly value: Text | string;
}

const plain = (content: string) => ({ tag: 'plain_text', content });

/** A small card of plain text only: nothing in it can mention anyone or become markup. */
export const noticeCard = (
  notice: { title: Text; color: 'red' | 'green'; lines: readonly NoticeLine[] },
  lang: Lang,
): Json => ({
  schema: '2.0',
  config: { update_multi: true },
  header: { title: plain(notice.title[lang]), template: notice.color },
  body: {
    elements: notice.lines.map(({ label, value }) => ({
      tag: 'div',
      text: plain(`${label[lang]}: ${typeof value === 'string' ? value : value[lang]}`),
    })),
  },
});
