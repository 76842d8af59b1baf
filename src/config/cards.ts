import { type CardSpec, HEADER_COLORS, type Icon, TAG_COLORS, type Tag } from '../model/card.ts';
import { block } from './blocks.ts';
import { color } from './formats.ts';
import type { Node } from './node.ts';
import { object, optional, required } from './object.ts';
import { byKind, exactlyOne, list, made, oneOf, type Reading, type Shape, template, text } from './shape.ts';
import { translated } from './translated.ts';

const tag: Shape<Tag> = byKind(
  {
    scalar: made(template, (words) => ({ text: words, color: 'neutral' as const })),
    map: object({ text: required(translated), color: optional(oneOf(...TAG_COLORS), 'neutral' as const) }),
  },
  { zh: '一个标签', en: 'a tag' },
);

/** A token of Feishu's icon library, `{ token, color }`, or `{ src: PATH }`. */
const icon: Shape<Icon> = byKind<Icon>(
  {
    scalar: made(template, (token) => ({ token, color: null })),
    map: made(
      object({ token: optional(template, null), color: optional(text(), null), src: optional(template, null) }),
      ({ token, color: hue, src }, node, reading, path) => {
        if (exactlyOne({ token, src }, node, reading, path) === null) return null;
        return src !== null ? { src } : token === null ? null : { token, color: hue };
      },
    ),
  },
  { zh: '图标的名字,或 { token, color }、{ src }', en: "an icon's name, or { token, color }, { src }" },
);

const CARD = object({
  title: optional(translated, null),
  subtitle: optional(translated, null),
  color: optional(color(...HEADER_COLORS), 'default' as const),
  icon: optional(icon, null),
  tags: optional(list(tag), []),
  summary: optional(translated, null),
  body: required(list(block)),
});

export const cardSpec: Shape<CardSpec> = {
  read: (node: Node, reading: Reading, path: string) => {
    const card = CARD.read(node, reading, path);
    return card === null ? null : { at: node.at, ...card };
  },
  schema: CARD.schema,
};
