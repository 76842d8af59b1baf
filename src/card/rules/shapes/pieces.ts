import {
  any,
  color,
  DOUBT,
  fault,
  flag,
  fresh,
  type Kind,
  languages,
  list,
  number,
  object,
  old,
  oneOf,
  type Shape,
  shape,
  size,
  text,
} from './kind.ts';
import { iconSize, margin, short } from './measures.ts';

/** 2.0 does without (cards: §2), yet examples of its pages have it. */
const fallback = old(any, null);

/** Properties that every component has; 2.0 gave them (cards: §2 Common). */
export const common = { tag: text, element_id: fresh(text), margin: fresh(margin), fallback } as const;
/** A container had its margin in 1.0 already. */
export const commonBox = { tag: text, element_id: fresh(text), margin, fallback } as const;

export const align = oneOf('left', 'center', 'right');
export const verticalAlign = oneOf('top', 'center', 'bottom');
export const direction = oneOf('vertical', 'horizontal');

/** A text node. Which tag may stand where is its component's affair: `tags`, the usual first (cards: C-plain-text). */
const textShape = (tags: readonly string[], content: Kind): Shape =>
  shape(
    'text',
    {
      tag: { is: 'text-tag', of: tags },
      element_id: fresh(text),
      content,
      i18n_content: languages(text),
      text_size: size,
      text_color: color('unsure'),
      text_align: align,
      lines: number(1),
      // 1.0 had it in titles only; the 2.0 pages do not have it
      i18n: old(languages(text), 'i18n_content'),
    },
    { needs: { tag: DOUBT } },
  );

export const plain: Kind = object(textShape(['plain_text'], text));
export const plainOf = (most: number): Kind => object(textShape(['plain_text'], short(most)));
export const plainOrMarkdown: Kind = object(textShape(['plain_text', 'lark_md'], text));
/** The only title with whole Markdown; lark_md was refused here (cards: §3.6, observed). */
export const panelTitle: Kind = object(textShape(['plain_text', 'markdown'], text));

export const icon: Kind = object(
  shape('icon', {
    tag: oneOf('standard_icon', 'custom_icon'),
    token: text,
    color: color('unsure'),
    img_key: text,
    size: iconSize,
  }),
);

/** The icon as 1.0 had it; person_list still has it (cards: §1 header, §3.2). */
export const udIcon: Kind = object(
  shape('ud_icon', {
    tag: text,
    token: text,
    style: object(shape('style', { color: color('unsure') })),
  }),
);

const urls = { url: text, pc_url: text, ios_url: text, android_url: text } as const;
export const multiUrl: Kind = object(shape('multi_url', urls));
export const cardLink: Shape = shape('card_link', urls);
/** Jumps from a column or a set of columns (cards: §3.6). */
export const jump: Kind = object(shape('action', { multi_url: multiUrl }));

/** A dialogue that asks first. Without its title old clients do nothing (cards: §3.5). */
export const confirm: Kind = object(shape('confirm', { title: plain, text: plain }, { needs: { title: DOUBT } }));

export const behaviors: Kind = list(
  object(
    shape(
      'behavior',
      {
        type: oneOf('open_url', 'callback', 'form_action'),
        default_url: text,
        pc_url: text,
        ios_url: text,
        android_url: text,
        value: any,
        behavior: text,
      },
      { needs: { type: fault() } },
    ),
  ),
);

/** What one can press or fill in has these (cards: §3.5). */
export const interactive = {
  ...common,
  name: text,
  disabled: flag,
  disabled_tips: plain,
  hover_tips: plain,
  confirm,
  behaviors,
  value: any,
} as const;
