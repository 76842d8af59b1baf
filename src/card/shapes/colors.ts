const HUES = [
  ...['blue', 'wathet', 'turquoise', 'green', 'lime', 'yellow', 'sunflower', 'orange'],
  ...['red', 'carmine', 'violet', 'purple', 'indigo', 'grey'],
];
const SHADES = ['50', '100', '200', '300', '350', '400', '500', '600', '700', '800', '900'];
const GREY_SHADES = ['00', '650', '950', '1000'];

/** Names for colours: a hue, or a hue with a shade (cards: S-COLOR). */
const NAMES: ReadonlySet<string> = new Set([
  ...['default', 'white', 'bg-white'],
  ...HUES,
  ...HUES.flatMap((hue) => SHADES.map((shade) => `${hue}-${shade}`)),
  ...GREY_SHADES.map((shade) => `grey-${shade}`),
]);

export const isColorName = (value: string): boolean => NAMES.has(value);
/** What is told as the choice, and compared with typos. */
export const COLOR_NAMES: readonly string[] = ['default', 'white', ...HUES];

/** Names for sizes of text (cards: C-plain-text). Others are shown as `normal`. */
export const TEXT_SIZES: readonly string[] = [
  ...['heading-0', 'heading-1', 'heading-2', 'heading-3', 'heading-4', 'heading', 'normal', 'notation'],
  ...['xxxx-large', 'xxx-large', 'xx-large', 'x-large', 'large', 'medium', 'small', 'x-small'],
];

/** Languages a card can have (cards: S-I18N). */
export const LOCALES: readonly string[] = [
  ...['zh_cn', 'zh_hk', 'zh_tw', 'en_us', 'ja_jp', 'id_id', 'vi_vn', 'th_th'],
  ...['pt_br', 'es_es', 'ko_kr', 'de_de', 'fr_fr', 'it_it', 'ru_ru', 'ms_my'],
];
