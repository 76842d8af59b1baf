import type { Lang } from '../model/text.ts';
import { colorOf, type OwnColors } from './palette.ts';
import { type Node, node, text } from './read-card.ts';
import { className } from './safe-html.ts';

/** Text sizes that the card defines itself in config.style.text_size: on a wide screen and on a phone. */
export type OwnSizes = ReadonlyMap<string, readonly [wide: string, phone: string]>;

/** What drawing one card as HTML needs besides its elements. */
export interface Drawing {
  /** the address of a picture: a data: URL, or a path of the page it is drawn into; null: not to be had */
  readonly picture: (key: string) => string | null;
  /** a person's name; null when it is not known */
  readonly person: (id: string) => string | null;
  readonly colors: OwnColors;
  readonly sizes: OwnSizes;
  readonly lang: Lang;
  readonly elements: (elements: readonly Node[]) => string;
}

export const ownSizesOf = (card: Node): OwnSizes =>
  new Map(
    Object.entries(node(node(node(card['config'])['style'])['text_size'])).map(([name, value]) => {
      const usual = text(node(value)['default']) || 'normal';
      return [name, [text(node(value)['pc']) || usual, text(node(value)['mobile']) || usual]];
    }),
  );

/** For text that stands in no card: a post's markdown. */
export const BARE: Drawing = {
  picture: () => null,
  person: () => null,
  colors: new Map(),
  sizes: new Map(),
  lang: 'zh',
  elements: () => '',
};

export const sizeClass = (size: string, { sizes }: Drawing): string => {
  const own = sizes.get(size);
  if (own !== undefined) return `lc-size-${className(own[0])} lc-phone-${className(own[1])}`;
  return size === '' ? '' : `lc-size-${className(size)}`;
};

/** A bare hue is a class of the style sheet; what has a shade, or is the card's own, is written out. */
export const colorLook = (color: string, { colors }: Drawing): { classes: string; value: string | null } => {
  if (color === '' || color === 'default') return { classes: '', value: null };
  if (!/-|\(/.test(color) && !colors.has(color) && color !== 'white')
    return { classes: `lc-color-${className(color)}`, value: null };
  return { classes: '', value: colorOf(color, colors) };
};
