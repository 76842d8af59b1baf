/** Text colours by name, light and dark (cards: S-COLOR). */
const COLORS: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  blue: ['#1456f0', '#75a4ff'],
  wathet: ['#076a94', '#25b2e5'],
  turquoise: ['#067062', '#1ab7a1'],
  green: ['#1a7526', '#51ba43'],
  lime: ['#5c6d08', '#93af04'],
  yellow: ['#865b03', '#fbcb46'],
  sunflower: ['#8f7c00', '#f5df36'],
  orange: ['#a44904', '#f3871b'],
  red: ['#c02a26', '#f6827e'],
  carmine: ['#b82879', '#ed77ba'],
  violet: ['#a630a6', '#e17fe1'],
  purple: ['#7a35f0', '#b88ffe'],
  indigo: ['#4752e6', '#9499f7'],
  grey: ['#646a73', '#a6a6a6'],
};

const SIZES: Readonly<Record<string, number>> = {
  'heading-0': 30,
  'heading-1': 24,
  'heading-2': 20,
  'heading-3': 18,
  'heading-4': 16,
  heading: 16,
  normal: 14,
  notation: 12,
  large: 16,
  small: 12,
  'x-small': 10,
  'x-large': 18,
  'xx-large': 20,
};

// Feishu does not publish its header bars: tints near its own (an approximation).
const palette = Object.entries(COLORS).map(
  ([name, [light, dark]]) =>
    `.lc-color-${name} { color: light-dark(${light}, ${dark}) }
.lc-tag-${name} { color: light-dark(${light}, ${dark}); background: color-mix(in srgb, light-dark(${light}, ${dark}) 14%, transparent) }
.lc-template-${name} { background: color-mix(in srgb, light-dark(${light}, ${dark}) 13%, var(--lc-surface)); color: light-dark(${light}, ${dark}) }`,
);
const sizes = Object.entries(SIZES).map(([name, px]) => `.lc-size-${name} { font-size: ${px}px; line-height: 1.57 }`);
const weights = [1, 2, 3, 4, 5].map((n) => `.lc-grow-${n} { flex: ${n} 1 0 }`);

/** Styles for cardToHtml, for light and dark surroundings. */
export const CARD_CSS = `.lc-card { --lc-surface: light-dark(#fff, #292929); --lc-line: light-dark(#dee0e3, #434343); color-scheme: inherit; overflow: hidden; border: 1px solid var(--lc-line); border-radius: 8px; background: var(--lc-surface); color: light-dark(#1f2329, #ebebeb); font: 14px/1.57 -apple-system, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", "Helvetica Neue", sans-serif; text-align: left; word-break: break-word }
.lc-card .lc-link { color: light-dark(#1456f0, #75a4ff); text-decoration: none }
.lc-card a { text-decoration: none }
.lc-header { padding: 12px }
.lc-title { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; font-size: 16px; font-weight: 600; line-height: 1.5 }
.lc-title > .lc-tag { background: color-mix(in srgb, currentColor 22%, var(--lc-surface)) }
.lc-subtitle { font-size: 12px; opacity: .85 }
.lc-template-default { background: var(--lc-surface) }
.lc-tag { padding: 0 6px; border-radius: 4px; font-size: 12px; font-weight: 400; line-height: 18px; background: color-mix(in srgb, currentColor 12%, transparent) }
.lc-body { display: grid; gap: 8px; padding: 12px }
.lc-hr { width: 100%; margin: 0; border: 0; border-top: 1px solid var(--lc-line) }
.lc-table { overflow-x: auto; border: 1px solid var(--lc-line); border-radius: 6px }
.lc-table table { width: 100%; border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums }
.lc-table th { background: light-dark(#f5f6f7, #333); font-weight: 600; white-space: nowrap }
.lc-table th, .lc-table td { padding: 6px 10px; border-bottom: 1px solid var(--lc-line) }
.lc-table tbody tr:last-child td { border-bottom: 0 }
.lc-left { text-align: left } .lc-center { text-align: center } .lc-right { text-align: right }
.lc-pager { padding: 4px 10px; border-top: 1px solid var(--lc-line); font-size: 12px; text-align: right; color: light-dark(#646a73, #a6a6a6) }
.lc-buttons { display: flex; flex-wrap: wrap; gap: 8px }
.lc-card .lc-button { display: inline-block; padding: 4px 14px; border: 1px solid var(--lc-line); border-radius: 6px; color: inherit; line-height: 22px }
.lc-card .lc-button-primary { border-color: light-dark(#1456f0, #75a4ff); color: light-dark(#1456f0, #75a4ff) }
.lc-card .lc-button-primary_filled { border-color: #1456f0; background: #1456f0; color: #fff }
.lc-card .lc-button-danger { border-color: light-dark(#c02a26, #f6827e); color: light-dark(#c02a26, #f6827e) }
.lc-card .lc-button-danger_filled { border-color: #c02a26; background: #c02a26; color: #fff }
.lc-columns { display: flex; gap: 12px } .lc-flex-flow, .lc-flex-bisect, .lc-flex-trisect { flex-wrap: wrap }
.lc-flex-bisect > .lc-column { flex: 0 0 calc(50% - 6px) } .lc-flex-trisect > .lc-column { flex: 0 0 calc(33.3% - 8px) } .lc-flex-flow { gap: 8px }
.lc-card .lc-button-text, .lc-card .lc-button-primary_text, .lc-card .lc-button-danger_text { border-color: transparent; padding: 4px 6px } .lc-card .lc-button-primary_text { color: light-dark(#1456f0, #75a4ff) } .lc-card .lc-button-danger_text { color: light-dark(#c02a26, #f6827e) }
.lc-card .lc-fill { flex: 1; text-align: center }
.lc-box > summary { cursor: default } .lc-box > summary > div { display: inline }
.lc-disabled { opacity: .5 }
.lc-column { display: grid; gap: 4px; align-content: start; min-width: 0 }
.lc-fields { display: flex; flex-wrap: wrap; gap: 8px 12px } .lc-short { flex: 1 1 45% } .lc-long { flex: 1 1 100% }
.lc-box { padding: 8px 12px; border: 1px solid var(--lc-line); border-radius: 6px }
.lc-markdown blockquote { margin: 0; padding-left: 10px; border-left: 2px solid var(--lc-line); color: light-dark(#646a73, #a6a6a6) }
.lc-markdown pre, .lc-markdown code { border-radius: 4px; background: light-dark(#f5f6f7, #333); font-family: ui-monospace, monospace; font-size: 13px }
.lc-markdown pre { margin: 0; padding: 8px; overflow-x: auto } .lc-markdown code { padding: 0 4px }
.lc-heading { font-weight: 600; font-size: 18px } .lc-heading-1 { font-size: 24px } .lc-heading-2 { font-size: 20px }
.lc-item { display: flex; gap: 6px; padding-left: 4px } .lc-marker { flex: none; min-width: 10px; color: light-dark(#646a73, #a6a6a6) }
.lc-indent-1 { padding-left: 24px } .lc-indent-2 { padding-left: 44px } .lc-indent-3, .lc-indent-4, .lc-indent-5 { padding-left: 64px }
.lc-markdown .lc-table { margin: 4px 0 } .lc-at { color: light-dark(#1456f0, #75a4ff) }
.lc-unknown, .lc-image { color: light-dark(#646a73, #a6a6a6) }
${[...sizes, ...palette, ...weights].join('\n')}
`;
