const HUES = [
  ...['blue', 'wathet', 'turquoise', 'green', 'lime', 'yellow', 'sunflower', 'orange'],
  ...['red', 'carmine', 'violet', 'purple', 'indigo', 'grey'],
];
const SHADES = ['50', '100', '200', '300', '350', '400', '500', '600', '700', '800', '900'];
const GREY_SHADES = ['00', '650', '950', '1000'];

/** A hue, or a hue with a shade (cards: S-COLOR). */
export const isColorName = (value: string): boolean => {
  if (value === 'default' || value === 'white' || value === 'bg-white') return true;
  const cut = value.indexOf('-');
  const hue = cut < 0 ? value : value.slice(0, cut);
  if (!HUES.includes(hue) || cut < 0) return HUES.includes(hue);
  const shade = value.slice(cut + 1);
  return SHADES.includes(shade) || (hue === 'grey' && GREY_SHADES.includes(shade));
};

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
