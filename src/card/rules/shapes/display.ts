import { TAG_COLORS } from '../../../model/card.ts';
import {
  any,
  color,
  components,
  DOUBT,
  fault,
  firmly,
  flag,
  languages,
  list,
  named,
  number,
  object,
  old,
  once,
  oneOf,
  type Shape,
  shape,
  size,
  text,
} from './kind.ts';
import { columnWidth, dateFormat, imageSize, imageSizeV1, px, radius, short } from './measures.ts';
import { align, common, icon, multiUrl, plain, plainOrMarkdown, udIcon, verticalAlign } from './pieces.ts';

const markdown = once(() =>
  shape(
    'markdown',
    {
      ...common,
      content: text,
      i18n_content: languages(text),
      text_align: align,
      text_size: size,
      icon,
      // 1.0's way to name addresses: `[text]($name)`
      href: old(named(multiUrl), '[text](https://…)'),
    },
    { needs: { content: fault(200621) } },
  ),
);

/** `fields` is missing in the page's table and used in its example (cards: §3.2). `extra` is 1.0's. */
const div = once(() =>
  shape('div', {
    ...common,
    text: plainOrMarkdown,
    width: px(16, 999, 'fill', 'auto'),
    icon,
    fields: list(object(shape('field', { is_short: flag, text: plainOrMarkdown }))),
  }),
);

/** The page needs `alt`, and its own examples go without. */
const img = once(() =>
  shape('img', {
    ...common,
    img_key: text,
    i18n_img_key: languages(text),
    alt: plain,
    title: plainOrMarkdown,
    corner_radius: radius,
    scale_type: oneOf('crop_center', 'crop_top', 'fit_horizontal'),
    size: imageSize,
    transparent: flag,
    preview: flag,
    mode: oneOf('crop_center', 'fit_horizontal', 'stretch', 'large', 'medium', 'small', 'tiny'),
    custom_width: number(278, 580),
    compact_width: flag,
  }),
);

const imgCombination = once(() =>
  shape(
    'img_combination',
    {
      ...common,
      combination_mode: oneOf('double', 'triple', 'bisect', 'trisect'),
      combination_transparent: flag,
      corner_radius: radius,
      img_list: list(object(shape('image', { img_key: text, i18n_img_key: languages(text), transparent: flag }))),
    },
    { needs: { img_list: fault(), combination_mode: DOUBT } },
  ),
);

const personSize = oneOf('extra_small', 'small', 'medium', 'large');
const person = once(() =>
  shape(
    'person',
    {
      ...common,
      user_id: text,
      size: personSize,
      show_avatar: flag,
      show_name: flag,
      style: oneOf('normal', 'capsule'),
    },
    { needs: { user_id: fault(100290) } },
  ),
);

const personList = once(() =>
  shape(
    'person_list',
    {
      ...common,
      persons: list(object(shape('person', { id: text }, { needs: { id: fault(100290) } }))),
      size: personSize,
      lines: number(1),
      show_name: flag,
      show_avatar: flag,
      drop_invalid_user_id: flag,
      icon,
      ud_icon: udIcon,
    },
    { needs: { persons: fault() } },
  ),
);

const chart = once(() =>
  shape('chart', {
    ...common,
    chart_spec: any,
    aspect_ratio: oneOf('1:1', '2:1', '4:3', '16:9'),
    color_theme: oneOf('brand', 'rainbow', 'complementary', 'converse', 'primary'),
    preview: flag,
    height: px(1, 999, 'auto'),
  }),
);

/** What the cells of a column hold (cards: C-table, data_type). */
export const DATA_TYPES = ['text', 'lark_md', 'markdown', 'options', 'number', 'persons', 'date'] as const;

const column = once(() =>
  shape(
    'column',
    {
      name: text,
      display_name: text,
      i18n_display_name: languages(text),
      width: columnWidth,
      vertical_align: verticalAlign,
      horizontal_align: align,
      data_type: firmly(...DATA_TYPES),
      format: object(shape('format', { precision: number(0, 10), symbol: short(1), separator: flag })),
      date_format: dateFormat,
    },
    { needs: { name: fault() } },
  ),
);

const table = once(() =>
  shape(
    'table',
    {
      ...common,
      page_size: { is: 'number', min: 1, max: 10, firm: true },
      row_height: px(32, 124, 'low', 'middle', 'high', 'auto'),
      row_max_height: px(32, 999),
      freeze_first_column: flag,
      header_style: object(
        shape('header_style', {
          text_align: align,
          text_size: oneOf('normal', 'heading'),
          background_style: oneOf('none', 'grey'),
          text_color: oneOf('default', 'grey'),
          bold: flag,
          lines: number(1),
        }),
      ),
      columns: list(object(column())),
      rows: any,
    },
    { needs: { columns: fault() } },
  ),
);

/** Of these no page was read: `audio`'s fields are known from its errors, the others were seen in cards that arrived. */
const audio = once(() =>
  shape('audio', { ...common, file_key: text, audio_id: text, background_style: color('unsure') }, { open: true }),
);
const seen = (name: string) => once(() => shape(name, common, { open: true }));

/** A cell of data_type options, as a list (cards: C-table). */
export const optionCell: Shape = shape('option', { text, color: oneOf(...TAG_COLORS) });

export const display: Readonly<Record<string, () => Shape>> = {
  markdown,
  div,
  hr: once(() => shape('hr', common)),
  img,
  img_combination: imgCombination,
  person,
  person_list: personList,
  chart,
  table,
  audio,
  video: seen('video'),
  avatar: seen('avatar'),
  fallback_text: seen('fallback_text'),
  standard_icon: seen('standard_icon'),
  custom_icon: seen('custom_icon'),
};

/** What only 1.0 has (cards: §1). */
export const displayV1: Readonly<Record<string, () => Shape>> = {
  div: once(() => ({ ...div(), has: { ...div().has, extra: any, lines: number(1) } })),
  img: once(() => ({ ...img(), has: { ...img().has, size: imageSizeV1 } })),
  note: once(() => shape('note', { ...common, elements: components, icon })),
  action: once(() =>
    shape('action', { ...common, actions: components, layout: oneOf('bisected', 'trisection', 'flow') }),
  ),
  plain_text: once(() =>
    shape('plain_text', { tag: text, content: text, i18n: any, i18n_content: any, lines: number(1) }),
  ),
  lark_md: once(() =>
    shape('lark_md', { tag: text, content: text, i18n: any, i18n_content: any, lines: number(1), href: any }),
  ),
};
