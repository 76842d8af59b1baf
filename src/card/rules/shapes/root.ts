import { HEADER_COLORS, TAG_COLORS } from '../../../model/card.ts';
import {
  any,
  components,
  fault,
  firmly,
  flag,
  fresh,
  type Kind,
  languages,
  list,
  named,
  number,
  object,
  old,
  oneOf,
  shape,
  size,
  text,
} from './kind.ts';
import { padding, rgba, spacing } from './measures.ts';
import { align, direction, icon, plain, plainOrMarkdown, udIcon, verticalAlign } from './pieces.ts';

/** One value a kind of client (cards: S-STREAM). */
const perClient: Kind = object(
  shape('clients', { default: number(0), android: number(0), ios: number(0), pc: number(0) }),
);

/** cards: S-V2 config. What is marked new is 2.0's; `wide_screen_mode` is taken there, though no page has it. */
export const config = shape('config', {
  streaming_mode: fresh(flag),
  streaming_config: fresh(
    object(
      shape('streaming_config', {
        print_frequency_ms: perClient,
        print_step: perClient,
        print_strategy: oneOf('fast', 'delay'),
      }),
    ),
  ),
  summary: fresh(object(shape('summary', { content: text, i18n_content: languages(text) }))),
  locales: fresh(list(text)),
  enable_forward: flag,
  update_multi: flag,
  width_mode: oneOf('default', 'compact', 'fill'),
  use_custom_translation: flag,
  enable_forward_interaction: flag,
  style: object(
    shape('style', {
      text_size: named(object(shape('text_size', { default: size, pc: size, mobile: size }))),
      color: named(object(shape('color', { light_mode: rgba, dark_mode: rgba }))),
    }),
  ),
  wide_screen_mode: old(flag, 'width_mode'),
  compact_width: old(flag, 'width_mode', 1),
});

const tag: Kind = object(
  shape('text_tag', { tag: oneOf('text_tag'), element_id: fresh(text), text: plain, color: firmly(...TAG_COLORS) }),
);

/** The header is no component: a tag on it was refused (cards: §2 header, observed). */
export const header = shape(
  'header',
  {
    title: plainOrMarkdown,
    subtitle: plainOrMarkdown,
    template: firmly(...HEADER_COLORS),
    text_tag_list: list(tag),
    i18n_text_tag_list: languages(list(tag)),
    icon,
    ud_icon: old(udIcon, 'icon'),
    padding: fresh(padding),
  },
  { needs: { title: fault() } },
);

export const body = shape('body', {
  direction,
  padding,
  horizontal_spacing: spacing,
  horizontal_align: align,
  vertical_spacing: spacing,
  vertical_align: verticalAlign,
  elements: components,
});

/** 1.0 only (cards: §1). */
export const fallback = shape('fallback', { trigger_conditions: any });
