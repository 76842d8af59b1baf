import type { Json } from '../model/dataset.ts';
import { type Browser, openBrowser } from './browser.ts';
import { cardsPage, type PageOptions, PHONE_WIDTH, wideWidthOf } from './card-page.ts';

export interface PngOptions extends Omit<PageOptions, 'bare'> {
  /** device pixels of one CSS pixel */
  readonly scale?: number;
}

/** Around the card: the page's own. */
const EDGE = 16;

/** Cards, one below the other, as one PNG by a browser that is open already. */
export const cardsPicture = (
  browser: Browser,
  cards: readonly Json[],
  { scale = 2, ...page }: PngOptions,
): Promise<Buffer> => {
  const width = (page.view === 'phone' ? PHONE_WIDTH : Math.max(...cards.map(wideWidthOf))) + 2 * EDGE;
  return browser.picture(cardsPage(cards, { theme: 'light', ...page, bare: true }), { width, scale });
};

export const cardPicture = (browser: Browser, card: Json, options: PngOptions): Promise<Buffer> =>
  cardsPicture(browser, [card], options);

/** The cards as one PNG, by a browser of this machine. Throws `browser-failed`. */
export const cardsPng = async (program: string, cards: readonly Json[], options: PngOptions): Promise<Buffer> => {
  const browser = openBrowser(program);
  try {
    return await cardsPicture(browser, cards, options);
  } finally {
    await browser.close();
  }
};

export const cardPng = (program: string, card: Json, options: PngOptions): Promise<Buffer> =>
  cardsPng(program, [card], options);
