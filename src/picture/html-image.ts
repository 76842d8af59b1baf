import { length, margin, pixels, styled } from './box.ts';
import type { Drawing } from './drawing.ts';
import * as card from './read-card.ts';
import { escapeHtml, pictureSource } from './safe-html.ts';

type Node = card.Node;
const { nodes, text } = card;

/** Width and height of the named sizes (cards: C-image; the pixels are those of Feishu's builder). */
const SIZES: Readonly<Record<string, readonly [width: string, height: string]>> = {
  large: ['160px', '160px'],
  medium: ['80px', '80px'],
  small: ['40px', '40px'],
  tiny: ['16px', '16px'],
};

const sizeOf = (image: Node): readonly [width: string, height: string] | null => {
  const named = card.lookUp(SIZES, image['size']);
  if (named !== undefined) return named;
  const [width, height] = text(image['size'])
    .split(/\s+/)
    .map((part) => pixels(part, 1, 1000));
  return width == null || height == null ? null : [`${width}px`, `${height}px`];
};

/** 1.0 only: the most an image may be wide. */
const mostWidth = (image: Node): string | null => {
  if (image['compact_width'] === true) return '278px';
  const px = pixels(image['custom_width'], 278, 580);
  return px === null ? null : `${px}px`;
};

/** Stands for a picture whose bytes are not at hand. */
export const PHOTO = '<span class="lc-icon lc-mark lc-photo"></span>';

const absentHtml = (words: string, style: string): string =>
  `<div class="lc-image lc-absent"${style}>${PHOTO}${escapeHtml(words)}</div>`;

/** An image in its frame; without its bytes a frame that says which one stands there. */
export const imageHtml = (image: Node, by: Drawing): string => {
  const key = text(image['img_key']);
  const words = card.contentOf(image['alt']) || card.contentOf(image['title']);
  const source = pictureSource(by.picture(key));
  const size = image['scale_type'] === 'fit_horizontal' ? null : sizeOf(image);
  const frame = {
    width: size?.[0] ?? null,
    height: size?.[1] ?? null,
    'max-width': mostWidth(image),
    'border-radius': length(image['corner_radius'], 0, 999),
    margin: margin(image),
  };
  const title = card.contentOf(image['title']);
  const heading = title === '' ? '' : `<div class="lc-image-title">${escapeHtml(title)}</div>`;
  if (source === null) return `<div class="lc-fit">${heading}${absentHtml(words || key, styled(frame))}</div>`;
  const classes = [
    'lc-picture',
    size === null && image['scale_type'] !== 'fit_horizontal' && image['mode'] !== 'fit_horizontal' ? 'lc-cropped' : '',
    image['scale_type'] === 'crop_top' ? 'lc-top' : '',
    image['transparent'] === true ? '' : 'lc-on-white',
  ].filter((each) => each !== '');
  return `<div class="${size === null ? 'lc-wide' : 'lc-fit'}">${heading}<img class="${classes.join(' ')}" src="${source}" alt="${escapeHtml(words)}" title="${escapeHtml(words)}"${styled(frame)}></div>`;
};

const MOST: Readonly<Record<string, number>> = { double: 2, triple: 3, bisect: 6, trisect: 9 };

/** Images side by side (cards: 3.2, img_combination): those beyond the mode's number are not shown. */
export const imagesHtml = (combination: Node, by: Drawing): string => {
  const mode = text(combination['combination_mode']);
  const known = Object.hasOwn(MOST, mode) ? mode : 'trisect';
  const radius = styled({ 'border-radius': length(combination['corner_radius'], 0, 999) });
  const cells = nodes(combination['img_list'])
    .slice(0, MOST[known])
    .map((image) => {
      const key = text(image['img_key']);
      const source = pictureSource(by.picture(key));
      return source === null ? absentHtml(key, radius) : `<img src="${source}" alt=""${radius}>`;
    });
  return `<div class="lc-images lc-images-${known}"${styled({ margin: margin(combination) })}>${cells.join('')}</div>`;
};

const RATIOS: Readonly<Record<string, string>> = { '1:1': '1', '16:9': '16/9', '4:3': '4/3' };

/** cards: 3.5, select_img. */
export const imageChoiceHtml = (select: Node, by: Drawing): string => {
  const layout = text(select['layout']);
  const ratio = styled({ 'aspect-ratio': card.lookUp(RATIOS, select['aspect_ratio']) ?? null });
  const options = nodes(select['options']).map((option) => {
    const source = pictureSource(by.picture(text(option['img_key'])));
    const picture =
      source === null ? absentHtml(text(option['img_key']), ratio) : `<img src="${source}" alt=""${ratio}>`;
    const off = option['disabled'] === true || select['disabled'] === true ? ' lc-disabled' : '';
    return `<div class="lc-choice${off}"><span class="lc-box-mark${select['multi_select'] === true ? '' : ' lc-round'}"></span>${picture}</div>`;
  });
  const name = layout === 'bisect' || layout === 'trisect' ? layout : 'stretch';
  return `<div class="lc-choices lc-choices-${name}"${styled({ margin: margin(select) })}>${options.join('')}</div>`;
};

/** An audio message's bar (cards: 3.2, audio); it is not played. */
export const audioHtml = (audio: Node): string => {
  const bars = [6, 10, 16, 9, 13, 18, 11, 7, 14, 9, 5, 12, 8, 15, 6].map(
    (height) => `<i${styled({ height: `${height}px` })}></i>`,
  );
  return `<div class="lc-audio" title="${escapeHtml(text(audio['file_key']))}"${styled({ margin: margin(audio) })}><span class="lc-play"></span><span class="lc-wave">${bars.join('')}</span></div>`;
};
