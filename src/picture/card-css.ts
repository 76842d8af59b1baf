import { COMPONENT_CSS } from './component-css.ts';
import { HUES, hueVariables, tintOf } from './palette.ts';

/** Text sizes in pixels (cards: C-rich-text). */
const SIZES: Readonly<Record<string, number>> = {
  'heading-0': 30,
  'heading-1': 24,
  'heading-2': 20,
  'heading-3': 18,
  'heading-4': 16,
  heading: 16,
  normal: 14,
  notation: 12,
  'xxxx-large': 30,
  'xxx-large': 24,
  'xx-large': 20,
  'x-large': 18,
  large: 16,
  medium: 14,
  small: 12,
  'x-small': 10,
};
/** Those that are other ones on a phone. */
const PHONE_SIZES: Readonly<Record<string, number>> = { 'heading-0': 26, 'heading-3': 17, 'xxxx-large': 26, large: 17 };

const size = (name: string, px: number): string =>
  `${name} { font-size: ${px}px; line-height: ${px <= 14 ? Math.round(px * 1.57) : Math.round(px * 1.4)}px }`;
const sizes = Object.entries(SIZES).map(([name, px]) => size(`.lc-size-${name}`, px));
const phoneSizes = [
  ...Object.entries(PHONE_SIZES).map(([name, px]) => size(`.lc-size-${name}`, px)),
  ...Object.entries(SIZES).map(([name, px]) => size(`.lc-phone-${name}`, PHONE_SIZES[name] ?? px)),
];

// Feishu does not publish its header bars: its -100 tint with text of the bare hue (an approximation).
const palette = Object.keys(HUES).map(
  (name) => `.lc-color-${name} { color: var(--lc-${name}) }
.lc-tag-${name} { color: var(--lc-${name}); background: ${tintOf(name)} }
.lc-template-${name} { background: ${tintOf(name)}; color: var(--lc-${name}) }`,
);
const weights = [1, 2, 3, 4, 5].map((n) => `.lc-weight-${n} { flex: ${n} 1 0 }`);

/**
 * Styles for cardToHtml, for light and dark surroundings. What Feishu does on a phone is done for a card that is no wider
 * than one: flex modes, text sizes, square charts.
 */
export const CARD_CSS = `.lc-card { --lc-surface: light-dark(#fff, #292929); --lc-ink: light-dark(#1f2329, #ebebeb); --lc-line: light-dark(#dee0e3, #434343); --lc-dim: light-dark(#646a73, #a6a6a6); --lc-faint: light-dark(#8f959e, #757575); --lc-pale: light-dark(#f5f6f7, #333); ${hueVariables}; container-type: inline-size; color-scheme: inherit; overflow: hidden; border: 1px solid var(--lc-line); border-radius: 8px; background: var(--lc-surface); color: var(--lc-ink); font: 14px/22px -apple-system, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", "Helvetica Neue", sans-serif; text-align: left; overflow-wrap: anywhere }
.lc-card *, .lc-card *::before, .lc-card *::after { box-sizing: border-box }
.lc-card .lc-link { color: var(--lc-blue); text-decoration: none }
.lc-card a { text-decoration: none }
.lc-mode-compact { max-width: 400px }
.lc-header { padding: 12px }
.lc-title { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; font-size: 16px; font-weight: 600; line-height: 24px }
.lc-title > .lc-tag { background: color-mix(in srgb, currentColor 15%, transparent) }
.lc-subtitle { font-size: 12px; line-height: 18px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.lc-template-default { background: var(--lc-surface); color: var(--lc-ink); padding-bottom: 0 }
.lc-tag { display: inline-block; padding: 0 6px; border-radius: 4px; font-size: 12px; font-weight: 400; line-height: 18px; color: var(--lc-dim); background: color-mix(in srgb, currentColor 12%, transparent); white-space: nowrap; max-width: 100%; overflow: hidden; text-overflow: ellipsis; vertical-align: middle }
.lc-count { display: inline-block; min-width: 16px; padding: 0 4px; border-radius: 8px; font-size: 12px; line-height: 16px; text-align: center; color: #fff; background: var(--lc-red); vertical-align: middle }
.lc-left { text-align: left } .lc-center { text-align: center } .lc-right { text-align: right }
.lc-body { padding: 12px }
.lc-stack { display: flex; flex-direction: column; align-items: flex-start; gap: 8px; min-width: 0 } .lc-stack > * { max-width: 100%; min-width: 0 } .lc-stack > :not(.lc-fit) { align-self: stretch }
.lc-1 > .lc-stack { gap: 12px } .lc-1 .lc-columns.lc-filled-box { padding: 12px }
.lc-across { flex-flow: row wrap } .lc-across > .lc-stack > *, .lc-across > :not(.lc-fit) { align-self: auto } .lc-across > .lc-chart, .lc-across > .lc-table, .lc-across > .lc-columns, .lc-across > .lc-hr { flex: 1 1 100% }
.lc-grow { flex: 1; min-width: 0 }
.lc-clamped { display: -webkit-box; -webkit-box-orient: vertical; overflow: hidden }
.lc-with-icon { display: flex; gap: 4px } .lc-with-icon > .lc-icon { margin-top: 3px } .lc-header .lc-with-icon { gap: 8px }
.lc-with-extra { display: flex; gap: 12px; align-items: flex-start }
.lc-hr { width: auto; height: 0; margin: 0; border: 0; border-top: 1px solid var(--lc-line) }
.lc-columns { display: flex; gap: 8px; --lc-gap: 8px } .lc-column { display: flex } .lc-auto { flex: 0 1 auto } .lc-fixed { flex: 0 0 auto; max-width: 100% }
.lc-filled-box { border-radius: 8px }
.lc-fields { display: flex; flex-wrap: wrap; gap: 8px 12px; margin-top: 4px } .lc-short { flex: 1 1 45% } .lc-long { flex: 1 1 100% }
.lc-disabled { opacity: .5; cursor: not-allowed }
.lc-markdown blockquote { margin: 0; padding-left: 10px; border-left: 2px solid var(--lc-line); color: var(--lc-dim) }
.lc-markdown pre, .lc-markdown code { border-radius: 4px; background: var(--lc-pale); font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 13px }
.lc-markdown pre { margin: 4px 0; padding: 8px 12px; overflow-x: auto; line-height: 20px; white-space: pre-wrap } .lc-markdown code { padding: 1px 4px }
.lc-heading { font-weight: 600; font-size: 17px; line-height: 1.5 } .lc-heading-1 { font-size: 26px } .lc-heading-2 { font-size: 22px } .lc-heading-3 { font-size: 20px } .lc-heading-4 { font-size: 18px } .lc-heading-6 { font-size: 14px }
.lc-item { display: flex; gap: 6px; padding-left: 4px } .lc-marker { flex: none; min-width: 10px; color: var(--lc-blue) }
.lc-indent-1 { padding-left: 24px } .lc-indent-2 { padding-left: 44px } .lc-indent-3, .lc-indent-4, .lc-indent-5 { padding-left: 64px }
.lc-markdown .lc-table { margin: 4px 0 } .lc-at { color: var(--lc-blue) } .lc-inline-image { display: block; max-width: 100%; border-radius: 4px }
.lc-note { display: flex; flex-wrap: wrap; gap: 4px; align-items: center }
.lc-unknown, .lc-image { color: var(--lc-dim) }
${COMPONENT_CSS}
${[...sizes, ...palette, ...weights].join('\n')}
@container (max-width: 420px) {
${phoneSizes.join('\n')}
.lc-flex-stretch, .lc-flex-flow, .lc-flex-bisect, .lc-flex-trisect { flex-wrap: wrap } .lc-flex-flow > * { flex: 0 1 auto; max-width: 100% }
.lc-flex-stretch > * { flex: 0 0 100%; width: 100% } .lc-flex-bisect > * { flex: 0 0 calc((100% - var(--lc-gap)) / 2); width: auto } .lc-flex-trisect > * { flex: 0 0 calc((100% - 2 * var(--lc-gap)) / 3); width: auto }
.lc-chart { aspect-ratio: 1 }
.lc-card .lc-button { min-height: 36px; padding-block: 6px } .lc-card .lc-large { min-height: 48px; padding-block: 12px } .lc-card .lc-tiny, .lc-card .lc-small { min-height: 28px; padding-block: 2px }
.lc-label-left { display: block }
}
`;
