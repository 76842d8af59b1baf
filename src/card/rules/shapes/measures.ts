import type { Kind } from './kind.ts';

/** `12px`, `0`: pixels; NaN for anything else. */
const pixels = (written: string): number =>
  written === '0' ? 0 : /^-?\d+(?:\.\d+)?px$/.test(written) ? Number.parseFloat(written) : Number.NaN;

const within = (value: number, min: number, max: number): boolean => value >= min && value <= max;

const range = (min: number, max: number): string => (max === Number.POSITIVE_INFINITY ? `≥${min}` : `${min}–${max}`);

/** One length in pixels, or one of the words. */
export const px = (min: number, max: number, ...words: readonly string[]): Kind => ({
  is: 'measure',
  fits: (value) => words.includes(value) || within(pixels(value), min, max),
  allowed: {
    zh: [...words, `${range(min, max)} 的像素,例如 ${Math.max(min, 16)}px`].join('、'),
    en: [...words, `pixels of ${range(min, max)}, such as ${Math.max(min, 16)}px`].join(', '),
  },
});

/** Round a box: one value, two or four (cards: §2 Common). */
const sides = (min: number, max: number, counts: readonly number[], examples: string): Kind => ({
  is: 'measure',
  fits: (value) => {
    const given = value.trim().split(/\s+/);
    return counts.includes(given.length) && given.every((one) => within(pixels(one), min, max));
  },
  allowed: { zh: `${examples},每个 ${range(min, max)}`, en: `${examples}, each ${range(min, max)}` },
});

export const margin = sides(-99, 99, [1, 2, 4], '4px · 4px 0px · 4px 0px 4px 0px');
export const padding = sides(0, 99, [1, 2, 4], '4px · 4px 0px · 4px 0px 4px 0px');
/** Two values were refused here, though the page allows them (cards: §3.6, observed). */
export const panelPadding = sides(-99, 99, [1, 4], '4px · 4px 0px 4px 0px');

/** `large` was 16px in 1.0 (cards: §2 body); `default` stands in examples of the 2.0 pages. */
export const spacing = px(0, 99, 'small', 'medium', 'large', 'extra_large', 'default');

/** `8px` or `20%`. */
export const radius: Kind = {
  is: 'measure',
  fits: (value) => {
    const percent = /^(\d+(?:\.\d+)?)%$/.exec(value);
    return percent === null ? pixels(value) >= 0 : Number(percent[1]) <= 100;
  },
  allowed: { zh: '8px、20% 这样的值', en: 'something like 8px or 20%' },
};

/** A table column's width (cards: C-table). */
export const columnWidth: Kind = {
  is: 'measure',
  fits: (value) => {
    const percent = /^(\d+(?:\.\d+)?)%$/.exec(value);
    return value === 'auto' || (percent === null ? within(pixels(value), 80, 600) : within(Number(percent[1]), 1, 100));
  },
  allowed: { zh: 'auto、80px 到 600px、1% 到 100%', en: 'auto, 80px to 600px, 1% to 100%' },
};

const pair = (min: number, max: number, ...words: readonly string[]): Kind => ({
  is: 'measure',
  fits: (value) => {
    const given = value.trim().split(/\s+/);
    return words.includes(value) || (given.length === 2 && given.every((one) => within(pixels(one), min, max)));
  },
  allowed: { zh: [...words, '16px 16px'].join('、'), en: [...words, '16px 16px'].join(', ') },
});

/** How large an image stands (cards: C-img); 2.0 has `margin: 4px -12px` for what 1.0 calls `stretch_without_padding`. */
const SIZES = ['large', 'medium', 'small', 'tiny', 'stretch'] as const;
export const imageSize = pair(1, 1000, ...SIZES);
export const imageSizeV1 = pair(1, 1000, ...SIZES, 'stretch_without_padding');
export const iconSize = pair(1, 999);

const pattern = (regex: RegExp, valid: (value: string) => boolean, allowed: string): Kind => ({
  is: 'measure',
  fits: (value) => value === '' || (regex.test(value) && valid(value)),
  allowed: { zh: allowed, en: allowed },
});
const isDay = (value: string): boolean => {
  const [year, month, day] = value.slice(0, 10).split('-').map(Number) as [number, number, number];
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
};
const isTime = (value: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(value.slice(-5));
export const day = pattern(/^\d{4}-\d\d-\d\d$/, isDay, 'yyyy-MM-dd');
export const time = pattern(/^\d\d:\d\d$/, isTime, 'HH:mm');
export const moment = pattern(/^\d{4}-\d\d-\d\d \d\d:\d\d$/, (v) => isDay(v) && isTime(v), 'yyyy-MM-dd HH:mm');

/** Letters other than the tokens are no date format (cards: C-table, date_format). */
export const dateFormat = pattern(
  /^(?:YYYY|MM|DD|HH|mm|ss|[^A-Za-z])+$/,
  () => true,
  'YYYY MM DD HH mm ss: YYYY/MM/DD HH:mm',
);

/** At most so many characters. */
export const short = (most: number): Kind => ({
  is: 'measure',
  fits: (value) => value.length <= most || [...value].length <= most,
  allowed: { zh: `最多 ${most} 个字符`, en: `${most} characters at most` },
});

export const rgba: Kind = {
  is: 'measure',
  fits: (value) => isRgba(value),
  allowed: { zh: 'rgba(5, 157, 178, 0.5) 这样的值', en: 'something like rgba(5, 157, 178, 0.5)' },
};
export const isRgba = (value: string): boolean => /^rgba?\(\s*\d+\s*(?:,\s*[\d.]+\s*){2,3}\)$/i.test(value);
