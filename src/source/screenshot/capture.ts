import type { ScreenshotSource, Written } from '../../model/screenshot.ts';
import { SECOND } from '../../model/time.ts';
import { boundedHeight, MOST_IMAGE_BYTES, mostHeight, type Size } from './limits.ts';
import type { Page } from './page.ts';
import { type Clock, waitForQuiet } from './wait.ts';

interface Region extends Size {
  readonly x: number;
  readonly y: number;
}

/** A picture of the page, in its own pixels. */
export interface Shot extends Size {
  readonly bytes: Buffer;
  readonly format: 'png' | 'jpeg';
  /** it goes on below, where Feishu takes no more */
  readonly cut: boolean;
  /** elements that were blanked */
  readonly hidden: number;
}

type Wanted = Pick<ScreenshotSource, 'selector' | 'fullPage' | 'viewport' | 'hide'>;

const ELEMENT = (selector: string): string => `(() => {
  const all = [...document.querySelectorAll(${JSON.stringify(selector)})];
  const element = all.find((each) => each.getClientRects().length > 0);
  if (element === undefined) return null;
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + scrollX, y: top + scrollY, width, height };
})()`;
const WHOLE = `({ x: 0, y: 0, width: innerWidth, height: Math.max(document.documentElement.scrollHeight, document.body?.scrollHeight ?? 0) })`;
const SHOWN = `({ x: scrollX, y: scrollY, width: innerWidth, height: innerHeight })`;

/** Letters and pictures are there, and two frames have been drawn; nothing of it is waited for without end. */
const SETTLED = `Promise.race([
  new Promise((resolve) => setTimeout(resolve, 3000)),
  (async () => {
    await document.fonts.ready;
    const images = [...document.images].filter((image) => image.complete || image.loading !== 'lazy');
    await Promise.all(images.map((image) => image.decode().catch(() => null)));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  })(),
])`;

/**
 * Blanks elements, those that appear later too: as a sheet for all, and on each of them, where a style of its own might
 * win. How many there are now.
 */
const HIDE = (selectors: readonly string[]): string => `(() => {
  const style = { opacity: '0', visibility: 'hidden', transition: 'none', animation: 'none' };
  const rules = Object.entries(style).map(([name, value]) => name + ':' + value + '!important').join(';');
  const sheet = new CSSStyleSheet();
  const found = new Set();
  for (const selector of ${JSON.stringify(selectors)}) {
    sheet.insertRule(selector + '{' + rules + '}');
    for (const element of document.querySelectorAll(selector)) found.add(element);
  }
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  for (const { style: own } of found) for (const [name, value] of Object.entries(style)) own?.setProperty(name, value, 'important');
  return found.size;
})()`;

const setViewport = (page: Page, { width, height, scale }: ScreenshotSource['viewport']) =>
  page.call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false });

/** As the page is first opened: in the job's time zone. Charts that move by themselves are asked to stand still. */
export const prepareViewport = async (page: Page, { viewport }: Wanted, timezone: string | null): Promise<void> => {
  await setViewport(page, viewport);
  if (timezone !== null) await page.call('Emulation.setTimezoneOverride', { timezoneId: timezone });
  await page.call('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value: 'reduce' }] });
};

const regionOf = async (page: Page, { selector, fullPage }: Wanted): Promise<Region | null> => {
  const answer = await page.ask(selector !== null ? ELEMENT(selector.text) : fullPage ? WHOLE : SHOWN);
  return answer.is === 'value' ? (answer.value as Region | null) : null;
};

/**
 * The region once the window is high enough for it: what is far below is often drawn only when it comes into view. A
 * page that grows with its window is given up on after a few steps.
 */
const broughtIntoView = async (page: Page, wanted: Wanted, clock: Clock): Promise<Region | null> => {
  const { viewport } = wanted;
  let { height } = viewport;
  let region = await regionOf(page, wanted);
  for (let step = 0; step < 3 && region !== null; step++) {
    const needed = Math.min(Math.ceil(region.y + region.height), mostHeight(viewport));
    if (needed <= height || (wanted.selector === null && !wanted.fullPage)) break;
    height = needed;
    await setViewport(page, { ...viewport, height });
    await waitForQuiet(500, page, clock, 10 * SECOND);
    await page.ask(SETTLED);
    region = await regionOf(page, wanted);
  }
  return region;
};

const encoded = async (page: Page, clip: Region, format: Shot['format'], quality?: number): Promise<Buffer> => {
  const { data } = await page.call('Page.captureScreenshot', {
    format,
    ...(quality === undefined ? {} : { quality }),
    clip: { ...clip, scale: 1 },
    captureBeyondViewport: true,
  });
  return Buffer.from(String(data), 'base64');
};

/** The picture; null: the element is gone. `look` sees it as PNG, before it is made smaller. */
export const capture = async (
  page: Page,
  wanted: Wanted,
  { clock, look }: { readonly clock: Clock; readonly look: (png: Buffer) => Promise<void> },
): Promise<Shot | null> => {
  await page.ask(SETTLED);
  const region = await broughtIntoView(page, wanted, clock);
  if (region === null || region.width < 1 || region.height < 1) return null;
  const hide = await page.ask(HIDE(wanted.hide.map(({ text }: Written) => text)));
  const { scale } = wanted.viewport;
  const size = boundedHeight({ width: Math.ceil(region.width), height: Math.ceil(region.height) }, scale);
  const clip = { x: Math.floor(region.x), y: Math.floor(region.y), width: size.width, height: size.height };
  const facts = {
    width: size.width * scale,
    height: size.height * scale,
    cut: size.cut,
    hidden: hide.is === 'value' ? Number(hide.value) : 0,
  };
  const png = await encoded(page, clip, 'png');
  await look(png);
  if (png.length <= MOST_IMAGE_BYTES) return { ...facts, bytes: png, format: 'png' };
  let bytes = png;
  for (const quality of [85, 60, 35]) {
    bytes = await encoded(page, clip, 'jpeg', quality);
    if (bytes.length <= MOST_IMAGE_BYTES) break;
  }
  return { ...facts, bytes, format: 'jpeg' };
};
