import type { Json } from '../model/dataset.ts';

export const CARD_CSS = '.lc-card{border:1px solid #ddd;border-radius:8px;padding:12px;white-space:pre-wrap}';

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => `&#${c.codePointAt(0)};`);

/** A card as a safe HTML fragment. */
export const cardToHtml = (card: Json): string =>
  `<div class="lc-card">${escapeHtml(JSON.stringify(card, null, 1))}</div>`;
