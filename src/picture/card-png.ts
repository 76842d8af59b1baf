import type { Json } from '../model/dataset.ts';
import { failure } from '../model/errors.ts';
import { say } from '../model/text.ts';
import { type Browser, openBrowser } from './browser.ts';
import { cardPage, type PageOptions, PHONE_WIDTH, wideWidthOf } from './card-page.ts';
import { findBrowser } from './find-browser.ts';
import { LACKING, pictureWords } from './words.ts';

export interface PngOptions extends Omit<PageOptions, 'bare'> {
  /** device pixels of one CSS pixel */
  readonly scale?: number;
}

/** Around the card: the page's own. */
const EDGE = 16;

/** The card as a PNG by a browser that is open already: for many cards. */
export const cardPicture = (browser: Browser, card: Json, { scale = 2, ...page }: PngOptions): Promise<Buffer> => {
  const width = (page.view === 'phone' ? PHONE_WIDTH : wideWidthOf(card)) + 2 * EDGE;
  return browser.picture(cardPage(card, { theme: 'light', ...page, bare: true }), { width, scale });
};

/** The card as a PNG. Throws `no-browser` where there is none, `browser-failed` where it fails. */
export const cardPng = async (
  card: Json,
  options: PngOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Buffer> => {
  const program = findBrowser(environment);
  if (program === null)
    throw failure(pictureWords, 'no-browser', { lacking: say(LACKING.charts, options.lang) });
  const browser = openBrowser(program);
  try {
    return await cardPicture(browser, card, options);
  } finally {
    await browser.close();
  }
};
