import type { Json } from '../model/dataset.ts';
import type { Lang, Text } from '../model/text.ts';
import { margin, padding, pixels, styled } from './box.ts';
import type { Drawing } from './drawing.ts';
import { iconHtml, iconOf } from './html-icon.ts';
import { plainHtml, textHtml, textLook } from './html-text.ts';
import * as card from './read-card.ts';
import { className, escapeHtml, linkHtml } from './safe-html.ts';

type Node = card.Node;
const { node, nodes, text } = card;

const widthOf = (element: Node): { classes: string; width: string | null } => {
  if (element['width'] === 'fill') return { classes: ' lc-fill', width: null };
  const px = pixels(element['width'], 100, 2000);
  return { classes: '', width: px === null ? null : `${px}px` };
};

const tipOf = (element: Node): string => {
  const tip = card.contentOf(element['disabled'] === true ? element['disabled_tips'] : element['hover_tips']);
  return tip === '' ? '' : ` title="${escapeHtml(tip)}"`;
};

const SIZES: readonly string[] = ['tiny', 'small', 'medium', 'large'];

/** cards: 3.5, button. */
export const buttonHtml = (button: Node, by: Drawing): string => {
  const { classes, width } = widthOf(button);
  const size = text(button['size']);
  const name = `lc-button lc-button-${className(text(button['type']))}${button['disabled'] === true ? ' lc-disabled' : ''}${SIZES.includes(size) ? ` lc-${size}` : ''}${classes}`;
  const label = `${iconHtml(iconOf(button), by)}${plainHtml(card.contentOf(button['text']))}`;
  return linkHtml(card.addressOf(button), label, name, tipOf(button) + styled({ width, margin: margin(button) }));
};

const WORDS = {
  choose: { zh: '请选择', en: 'Choose' },
  date: { zh: '选择日期', en: 'Choose a date' },
  time: { zh: '选择时间', en: 'Choose a time' },
  moment: { zh: '选择日期时间', en: 'Choose a date and time' },
  write: { zh: '请输入', en: 'Please enter' },
} as const satisfies Readonly<Record<string, Text>>;

/** A box that opens a choice: what is chosen, else the placeholder. */
const boxHtml = (
  element: Node,
  { chosen, placeholder, mark, more = '' }: { chosen: string; placeholder: string; mark: string; more?: string },
): string => {
  const { classes, width } = widthOf(element);
  const words =
    chosen === ''
      ? `<span class="lc-placeholder">${plainHtml(placeholder)}</span>`
      : `<span>${plainHtml(chosen)}</span>`;
  const plain = element['type'] === 'text' ? ' lc-bare' : '';
  const off = element['disabled'] === true ? ' lc-disabled' : '';
  return `<div class="lc-input lc-fit${classes}${plain}${off}${more}"${tipOf(element)}${styled({ width, margin: margin(element) })}>${words}<span class="${mark}"></span></div>`;
};

const placeholderOf = (element: Node, usual: Text, lang: Lang): string =>
  card.contentOf(element['placeholder']) || usual[lang];

const optionWords = (options: readonly Node[], value: string): string => {
  const option = options.find((each) => text(each['value']) === value);
  return option === undefined ? value : card.contentOf(option['text']) || value;
};

/** cards: 3.5, select_static and select_person: initial_option, or initial_index counted from 1. */
export const selectHtml = (select: Node, by: Drawing): string => {
  const options = nodes(select['options']);
  const index = select['initial_index'];
  const byIndex = typeof index === 'number' ? options[index - 1] : undefined;
  const value = text(select['initial_option']) || text(byIndex?.['value']);
  const words = optionWords(options, value);
  const chosen = select['tag'] === 'select_person' && value !== '' ? (by.person(value) ?? words) : words;
  return boxHtml(select, {
    chosen,
    placeholder: placeholderOf(select, WORDS.choose, by.lang),
    mark: 'lc-arrow lc-downward',
  });
};

export const multiSelectHtml = (select: Node, by: Drawing): string => {
  const options = nodes(select['options']);
  const values: readonly Json[] = Array.isArray(select['selected_values']) ? select['selected_values'] : [];
  const chosen = values.map((value) => by.person(text(value)) ?? optionWords(options, text(value))).join('、');
  return boxHtml(select, {
    chosen,
    placeholder: placeholderOf(select, WORDS.choose, by.lang),
    mark: 'lc-arrow lc-downward',
  });
};

const PICKERS = {
  date_picker: ['initial_date', WORDS.date, 'lc-calendar'],
  picker_time: ['initial_time', WORDS.time, 'lc-clock'],
  picker_datetime: ['initial_datetime', WORDS.moment, 'lc-calendar'],
} as const;

export const pickerHtml = (picker: Node, by: Drawing): string => {
  const [initial, usual, mark] = card.lookUp(PICKERS, picker['tag']) ?? PICKERS.date_picker;
  return boxHtml(picker, { chosen: text(picker[initial]), placeholder: placeholderOf(picker, usual, by.lang), mark });
};

/** cards: 3.5, input. */
export const inputHtml = (input: Node, by: Drawing): string => {
  const kind = text(input['input_type']);
  const value = text(input['default_value']);
  const { classes, width } = widthOf(input);
  const many = kind === 'multiline_text';
  const rows = typeof input['rows'] === 'number' ? Math.min(20, Math.max(1, Math.floor(input['rows']))) : 5;
  const shown = kind === 'password' ? '•'.repeat(Math.min(20, value.length)) : value;
  const placeholder = `<span class="lc-placeholder">${plainHtml(placeholderOf(input, WORDS.write, by.lang))}</span>`;
  const words = value === '' ? placeholder : `<span>${plainHtml(shown)}</span>`;
  const off = input['disabled'] === true ? ' lc-disabled' : '';
  const style = styled({ width, 'min-height': many ? `${rows * 22 + 10}px` : null });
  const box = `<div class="lc-input lc-fit${many ? ' lc-many' : ''}${classes}${off}"${tipOf(input)}${style}>${words}</div>`;
  const label = card.contentOf(input['label']);
  const star = input['required'] === true ? '<span class="lc-star">*</span>' : '';
  const above = label === '' ? '' : `<div class="lc-label">${plainHtml(label)}${star}</div>`;
  const left = input['label_position'] === 'left' ? ' lc-label-left' : '';
  return `<div class="lc-field${left}"${styled({ margin: margin(input) })}>${above}${box}</div>`;
};

export const overflowHtml = (overflow: Node): string => {
  const options = nodes(overflow['options']).map((option) => card.contentOf(option['text']));
  return `<span class="lc-button lc-overflow lc-fit" title="${escapeHtml(options.join(' · '))}"${styled({ margin: margin(overflow) })}>⋯</span>`;
};

/** cards: 3.5, checker. */
export const checkerHtml = (checker: Node, by: Drawing): string => {
  const checked = checker['checked'] === true;
  const style = node(checker['checked_style']);
  const struck = checked && style['show_strikethrough'] === true;
  const opacity = style['opacity'];
  const faded = checked && typeof opacity === 'number' && opacity >= 0 && opacity <= 1 ? String(opacity) : null;
  const buttons = nodes(node(checker['button_area'])['buttons'])
    .slice(0, 3)
    .map((button) => buttonHtml({ size: 'small', ...button }, by));
  const words = `<div${textLook(checker['text'], by, struck ? 'lc-grow lc-struck' : 'lc-grow', { opacity: faded })}>${textHtml(checker['text'], by)}</div>`;
  const off = checker['disabled'] === true ? ' lc-disabled' : '';
  return `<div class="lc-checker${off}"${tipOf(checker)}${styled({ margin: margin(checker), padding: padding(checker) })}><span class="lc-box-mark${checked ? ' lc-checked' : ''}"></span>${words}${buttons.length === 0 ? '' : `<div class="lc-buttons">${buttons.join('')}</div>`}</div>`;
};
