import { lookUp, type Node, node, text } from './read-card.ts';

/** Feishu's hues: bare (shade 600) and -50, each light and dark (cards: S-COLOR). */
export const HUES: Readonly<Record<string, readonly [light: string, dark: string, pale: string, darkPale: string]>> = {
  blue: ['#1456f0', '#75a4ff', '#f0f4ff', '#152340'],
  wathet: ['#076a94', '#25b2e5', '#e7f8fe', '#152830'],
  turquoise: ['#067062', '#1ab7a1', '#e2f8f5', '#132926'],
  green: ['#1a7526', '#51ba43', '#e4fae1', '#0e2b0a'],
  lime: ['#5c6d08', '#93af04', '#f2f8d3', '#212702'],
  yellow: ['#865b03', '#fbcb46', '#fbf4df', '#30250a'],
  sunflower: ['#8f7c00', '#f5df36', '#ffffdb', '#29250a'],
  orange: ['#a44904', '#f3871b', '#fff3e5', '#33210b'],
  red: ['#c02a26', '#f6827e', '#fef0f0', '#3d1a19'],
  carmine: ['#b82879', '#ed77ba', '#fef0f8', '#3a182b'],
  violet: ['#a630a6', '#e17fe1', '#fceefc', '#3b153b'],
  purple: ['#7a35f0', '#b88ffe', '#f5f0fe', '#2b194a'],
  indigo: ['#4752e6', '#9499f7', '#f2f3fd', '#1e204a'],
  grey: ['#646a73', '#a6a6a6', '#f5f6f7', '#1a1a1a'],
};

/** Feishu publishes every shade of grey; its tints and shades of the other hues are mixed (an approximation). */
const GREYS: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  '00': ['#ffffff', '#0a0a0a'],
  '100': ['#f2f3f5', '#292929'],
  '200': ['#eff0f1', '#373737'],
  '300': ['#dee0e3', '#434343'],
  '350': ['#d0d3d6', '#505050'],
  '400': ['#bbbfc4', '#5f5f5f'],
  '500': ['#8f959e', '#757575'],
  '650': ['#51565d', '#cfcfcf'],
  '700': ['#373c43', '#e0e0e0'],
  '800': ['#2b2f36', '#e8e8e8'],
  '900': ['#1f2329', '#ebebeb'],
  '950': ['#0f1114', '#f8f8f8'],
  '1000': ['#000000', '#ffffff'],
};
/** The channels of a hex colour, each changed. */
const changed = (hex: string, change: (channel: number) => number): string =>
  `#${[1, 3, 5]
    .map((at) => Math.round(Math.min(255, Math.max(0, change(Number.parseInt(hex.slice(at, at + 2), 16))))))
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')}`;

/**
 * -100 from -50: twice as far from white, lighter by half in the dark; so it is with the blue, whose both are known.
 * Of grey it is the -200, as cards are as dark as the -100.
 */
export const tintOf = (hue: string): string => {
  if (hue === 'grey') return 'light-dark(#eff0f1,#373737)';
  const [, , pale = '#ffffff', dark = '#000000'] = lookUp(HUES, hue) ?? [];
  return `light-dark(${changed(pale, (channel) => 255 - 2 * (255 - channel))},${changed(dark, (channel) => channel * 1.5)})`;
};

const PER_CENT: Readonly<Record<string, readonly [share: number, of: string]>> = {
  200: [26, 'var(--lc-surface)'],
  300: [45, 'var(--lc-surface)'],
  350: [55, 'var(--lc-surface)'],
  400: [74, 'var(--lc-surface)'],
  500: [88, 'var(--lc-surface)'],
  700: [82, 'var(--lc-ink)'],
  800: [60, 'var(--lc-ink)'],
  900: [40, 'var(--lc-ink)'],
};

/** Colours that the card defines itself in config.style.color. */
export type OwnColors = ReadonlyMap<string, string>;

const RGBA = /^rgba?\([\d\s.,%/]{5,40}\)$/i;

export const ownColorsOf = (card: Node): OwnColors =>
  new Map(
    Object.entries(node(node(node(card['config'])['style'])['color'])).flatMap(([name, value]) => {
      const light = text(node(value)['light_mode']);
      const dark = text(node(value)['dark_mode']) || light;
      return RGBA.test(light) && RGBA.test(dark) ? [[name, `light-dark(${light},${dark})`]] : [];
    }),
  );

/** A colour as CSS; null for a name that Feishu does not have. Only whole, known values get through. */
export const colorOf = (name: string, own: OwnColors): string | null => {
  const mine = own.get(name);
  if (mine !== undefined) return mine;
  if (RGBA.test(name)) return name;
  if (name === 'white' || name === 'bg-white') return 'light-dark(#ffffff,#1a1a1a)';
  const [hue = '', shade = '600'] = name.split('-', 2);
  const known = lookUp(HUES, hue);
  if (known === undefined) return null;
  if (shade === '600') return `var(--lc-${hue})`;
  if (shade === '50') return `light-dark(${known[2]},${known[3]})`;
  const grey = hue === 'grey' ? lookUp(GREYS, shade) : undefined;
  if (grey !== undefined) return `light-dark(${grey[0]},${grey[1]})`;
  if (shade === '100') return tintOf(hue);
  const mix = lookUp(PER_CENT, shade);
  return mix === undefined ? null : `color-mix(in srgb,var(--lc-${hue}) ${mix[0]}%,${mix[1]})`;
};

/** A background. A bare `grey` is the pale one that its name has always meant there. */
export const surfaceOf = (name: string, own: OwnColors): string | null => {
  if (name === '' || name === 'default') return null;
  if (name === 'grey') return 'light-dark(#f2f3f5,#373737)';
  if (name === 'laser')
    return 'linear-gradient(90deg,light-dark(#e0e9ff,#173166),light-dark(#f5e9fe,#35215a),light-dark(#ffe9f3,#4d1c38))';
  return colorOf(name, own);
};

export const hueVariables = Object.entries(HUES)
  .map(([name, [light, dark]]) => `--lc-${name}:light-dark(${light},${dark})`)
  .join(';');
