import { createHash } from 'node:crypto';
import type { Json } from '../model/dataset.ts';
import type { Lang, Text } from '../model/text.ts';
import { CARD_CSS } from './card-css.ts';
import { CHART_SCRIPT } from './chart-script.ts';
import { cardToHtml, type DrawOptions } from './html.ts';
import { lookUp, node } from './read-card.ts';
import { escapeHtml } from './safe-html.ts';
import { vchartSource } from './vchart.ts';

const WORDS = {
  wide: { zh: '电脑', en: 'Desktop' },
  phone: { zh: '手机', en: 'Phone' },
  auto: { zh: '跟随系统', en: 'System' },
  light: { zh: '浅色', en: 'Light' },
  dark: { zh: '深色', en: 'Dark' },
} as const satisfies Readonly<Record<string, Text>>;

export interface PageOptions extends DrawOptions {
  readonly title: string;
  readonly lang: Lang;
  /** what the page shows first; 375 px is a phone's width */
  readonly view?: 'wide' | 'phone';
  readonly theme?: 'auto' | 'light' | 'dark';
  /** without the switches: for pictures */
  readonly bare?: boolean;
}

/** Pixels of a card on a computer (cards: config.width_mode); `fill` is as wide as the window lets it be. */
const WIDTHS: Readonly<Record<string, number>> = { compact: 400, fill: 900 };
export const wideWidthOf = (card: Json): number => lookUp(WIDTHS, node(node(card)['config'])['width_mode']) ?? 600;
export const PHONE_WIDTH = 375;

const choice = (name: string, value: keyof typeof WORDS, chosen: string, lang: Lang): string =>
  `<label><input type="radio" name="${name}" id="${name}-${value}"${value === chosen ? ' checked' : ''}>${WORDS[value][lang]}</label>`;

/** The switches work by CSS alone; charts are drawn anew by their script when one is turned. */
const switchesHtml = (view: string, theme: string, lang: Lang): string =>
  `<form><span>${(['wide', 'phone'] as const).map((one) => choice('view', one, view, lang)).join('')}</span><span>${(['auto', 'light', 'dark'] as const).map((one) => choice('theme', one, theme, lang)).join('')}</span></form>`;

const STYLE = `:root { color-scheme: light dark }
:root:has(#theme-light:checked), :root[data-theme=light] { color-scheme: light } :root:has(#theme-dark:checked), :root[data-theme=dark] { color-scheme: dark }
body { margin: 0; padding: 16px; display: grid; gap: 16px; justify-items: center; background: light-dark(#f5f6f7, #1a1a1a); color: light-dark(#1f2329, #ebebeb); font: 13px/20px -apple-system, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }
main { width: min(var(--wide), 100%) } :root:has(#view-phone:checked) main, :root[data-view=phone] main { width: min(${PHONE_WIDTH}px, 100%) }
form { display: flex; flex-wrap: wrap; gap: 8px 16px } form span { display: flex; padding: 2px; border-radius: 8px; background: light-dark(#e5e6e8, #333) }
label { padding: 2px 12px; border-radius: 6px; cursor: pointer } label:has(:checked) { background: light-dark(#fff, #505050) } label:has(:focus-visible) { outline: 2px solid #1456f0 } input { position: absolute; opacity: 0 }
@media print { form { display: none } }
${CARD_CSS}`;

/** A script as it stands in the page, and the hash by which the page's policy knows it. */
interface Inlined {
  readonly script: string;
  readonly hash: string;
}

/** Nothing in it can end its element early: only strings may hold these. */
const inlined = (source: string): Inlined => {
  const script = source.replace(/<\/(?=script)/gi, '<\\/').replaceAll('<!--', '<\\!--');
  return { script, hash: `'sha256-${createHash('sha256').update(script).digest('base64')}'` };
};

let charting: readonly Inlined[] | null = null;
/** VChart has two million characters: they are read and hashed once. */
const chartScripts = (): readonly Inlined[] => {
  charting ??= [vchartSource(), CHART_SCRIPT].map(inlined);
  return charting;
};

/**
 * One self-contained file. Nothing in it is fetched from anywhere: its policy allows only pictures that are in it, and
 * no script but, where there are charts, VChart and the few lines that hand it the specs as data.
 */
export const cardsPage = (cards: readonly Json[], options: PageOptions): string => {
  const { title, lang, view = 'wide', theme = 'auto', bare = false } = options;
  const html = cards
    .map((card) => `<main style="--wide:${wideWidthOf(card)}px">${cardToHtml(card, options)}</main>`)
    .join('\n');
  const scripts = html.includes(' data-spec="') ? chartScripts() : [];
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    'img-src data:',
    ...(scripts.length === 0 ? [] : [`script-src ${scripts.map(({ hash }) => hash).join(' ')}`]),
  ].join('; ');
  const fixed = bare ? ` data-view="${view}" data-theme="${theme}"` : '';
  return `<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"${fixed}>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
<style>
${STYLE}
</style>
${bare ? '' : switchesHtml(view, theme, lang)}
${html}
${scripts.map(({ script }) => `<script>${script}</script>`).join('\n')}
</html>
`;
};

export const cardPage = (card: Json, options: PageOptions): string => cardsPage([card], options);
