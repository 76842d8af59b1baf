import { BUTTON_TYPES } from '../../../model/card.ts';
import {
  any,
  fault,
  flag,
  languages,
  list,
  number,
  object,
  old,
  once,
  oneOf,
  type Shape,
  shape,
  text,
} from './kind.ts';
import { day, margin, moment, px, time } from './measures.ts';
import { icon, interactive, multiUrl, plain, plainOf, plainOrMarkdown } from './pieces.ts';

const width = px(100, Number.POSITIVE_INFINITY, 'default', 'fill');
const placeholder = plainOf(100);

/** `url`, `multi_url`, `value` stand in the 2.0 page's JSON and were seen to work (cards: §3.5). */
export const button = once(() =>
  shape('button', {
    ...interactive,
    type: oneOf(...BUTTON_TYPES),
    size: oneOf('tiny', 'small', 'medium', 'large'),
    width,
    text: plainOrMarkdown,
    icon,
    url: text,
    multi_url: multiUrl,
    form_action_type: oneOf('submit', 'reset'),
    action_type: old(oneOf('link', 'request', 'multi', 'form_submit', 'form_reset'), 'behaviors, form_action_type'),
    complex_interaction: old(flag, 'behaviors'),
    required: flag,
  }),
);

const overflow = once(() =>
  shape(
    'overflow',
    {
      ...interactive,
      width,
      options: list(object(shape('option', { text: plainOf(100), multi_url: multiUrl, url: text, value: any, icon }))),
    },
    { needs: { options: fault() } },
  ),
);

const select = {
  ...interactive,
  type: oneOf('default', 'text'),
  placeholder,
  width,
  required: flag,
} as const;

const options = list(object(shape('option', { text: plain, icon, value: text, multi_url: multiUrl, url: text })));
const people = list(object(shape('option', { value: text, text: plain, icon })));
const chosen = list(text);

/** A picker's initial value, and what it says instead (cards: §3.5). */
const picker = (name: string, initial: Shape['has']) =>
  once(() => shape(name, { ...interactive, ...initial, placeholder, width, required: flag }));

const input = once(() =>
  shape('input', {
    ...interactive,
    default_value: text,
    i18n_default_value: languages(text),
    placeholder,
    max_length: number(1, 1000),
    input_type: oneOf('text', 'multiline_text', 'password'),
    rows: number(1),
    auto_resize: flag,
    max_rows: number(1),
    show_icon: flag,
    label: plain,
    label_position: oneOf('top', 'left'),
    required: flag,
    width,
  }),
);

const selectImg = once(() =>
  shape(
    'select_img',
    {
      ...interactive,
      multi_select: flag,
      layout: oneOf('stretch', 'bisect', 'trisect'),
      required: flag,
      can_preview: flag,
      aspect_ratio: oneOf('1:1', '16:9', '4:3'),
      style: any,
      width,
      options: list(
        object(
          shape(
            'option',
            { img_key: text, value: text, disabled: flag, disabled_tips: plain, hover_tips: plain },
            { needs: { img_key: fault(200570) } },
          ),
        ),
      ),
    },
    { needs: { options: fault() } },
  ),
);

const checker = once(() =>
  shape('checker', {
    ...interactive,
    checked: flag,
    text: plainOrMarkdown,
    overall_checkable: flag,
    button_area: object(
      // its buttons are components and checked as such
      shape('button_area', { pc_display_rule: oneOf('always', 'on_hover'), buttons: { is: 'components' } }),
    ),
    checked_style: object(shape('checked_style', { show_strikethrough: flag, opacity: number(0, 1) })),
    padding: margin,
    required: flag,
  }),
);

export const interactives: Readonly<Record<string, () => Shape>> = {
  button,
  overflow,
  select_static: once(() =>
    shape('select_static', { ...select, initial_option: text, initial_index: number(0), options }),
  ),
  multi_select_static: once(() => shape('multi_select_static', { ...select, selected_values: chosen, options })),
  select_person: once(() => shape('select_person', { ...select, initial_option: text, options: people })),
  multi_select_person: once(() =>
    shape('multi_select_person', { ...select, selected_values: chosen, options: people }),
  ),
  date_picker: picker('date_picker', { initial_date: day }),
  picker_time: picker('picker_time', { initial_time: time }),
  picker_datetime: picker('picker_datetime', { initial_datetime: moment }),
  input,
  select_img: selectImg,
  checker,
};
