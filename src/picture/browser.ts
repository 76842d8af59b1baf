import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DevTools } from '../browser/devtools.ts';
import { startBrowser } from '../browser/start.ts';
import { failure } from '../model/errors.ts';
import { pictureWords } from './words.ts';

/** A headless browser that takes pictures of pages of ours, one after the other. */
export interface Browser {
  /** the whole page, `width` CSS pixels wide and as high as it is, as PNG */
  picture(html: string, size: { readonly width: number; readonly scale: number }): Promise<Buffer>;
  close(): Promise<void>;
}

/** A page of ours fetches nothing; should one try, no name leads anywhere. */
const FLAGS = ['--host-resolver-rules=MAP * ~NOTFOUND'];

const LONGEST = 30_000;
/** A picture may be no higher: Chrome's own limit on textures. */
const MOST_PIXELS = 16_000;

const settled = `(async () => {
  await window.chartsDrawn;
  await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
  await document.fonts.ready;
  return Math.ceil(document.documentElement.getBoundingClientRect().height);
})()`;

const take = async (
  devtools: DevTools,
  url: string,
  { width, scale }: { width: number; scale: number },
): Promise<Buffer> => {
  const { targetId } = await devtools.call('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await devtools.call('Target.attachToTarget', { targetId, flatten: true });
  const call = (method: string, params = {}) => devtools.call(method, params, String(sessionId));
  const sized = (height: number) =>
    call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false });
  await call('Page.enable');
  await sized(800);
  await call('Page.navigate', { url });
  // the navigation may not have begun: what is asked of about:blank is asked again
  let height = 0;
  while (height === 0) {
    const expression = `location.href === ${JSON.stringify(url)} && document.readyState === 'complete' ? ${settled} : 0`;
    const answer = await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }).catch(
      () => ({}),
    );
    height = Number((answer as { result?: { value?: unknown } }).result?.value ?? 0);
  }
  height = Math.min(height, Math.floor(MOST_PIXELS / scale));
  await sized(height);
  const clip = { x: 0, y: 0, width, height, scale: 1 };
  const { data } = await call('Page.captureScreenshot', { format: 'png', clip, captureBeyondViewport: true });
  await devtools.call('Target.closeTarget', { targetId });
  return Buffer.from(String(data), 'base64');
};

/** Starts it with a profile of its own, which `close` removes. Throws `browser-failed`, as `picture` does. */
export const openBrowser = (program: string): Browser => {
  const browser = startBrowser(program, { flags: FLAGS });
  let page = 0;
  return {
    picture: async (html, size) => {
      page += 1;
      const file = join(browser.folder, `${page}.html`);
      writeFileSync(file, html);
      const late = setTimeout(() => browser.fail(new Error(`${LONGEST / 1000} s`)), LONGEST);
      try {
        return await take(browser, pathToFileURL(file).href, size);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw failure(pictureWords, 'browser-failed', { browser: program, why }, { cause: error });
      } finally {
        clearTimeout(late);
      }
    },
    close: browser.close,
  };
};
