import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { failure } from '../model/errors.ts';
import { createDevTools, type DevTools } from './devtools.ts';
import { pictureWords } from './words.ts';

/** A headless browser that takes pictures of pages, one after the other. */
export interface Browser {
  /** the whole page, `width` CSS pixels wide and as high as it is, as PNG */
  picture(html: string, size: { readonly width: number; readonly scale: number }): Promise<Buffer>;
  close(): Promise<void>;
}

const FLAGS = [
  '--headless',
  '--remote-debugging-pipe',
  '--disable-gpu',
  '--hide-scrollbars',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-quic',
  '--mute-audio',
  // a page of ours fetches nothing; should one try, no name leads anywhere
  '--host-resolver-rules=MAP * ~NOTFOUND',
];
/** Chrome does not start its sandbox for root. */
const asRoot = (): readonly string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

const LONGEST = 30_000;
const LAST_WORDS = 2_000;
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
  const folder = mkdtempSync(join(tmpdir(), 'larkcron-browser-'));
  const child = spawn(program, [...FLAGS, ...asRoot(), `--user-data-dir=${join(folder, 'profile')}`], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  const devtools = createDevTools(child.stdio[3] as Writable, child.stdio[4] as Readable);
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (words: string) => {
    said = (said + words).slice(-LAST_WORDS);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      devtools.fail(error);
      resolve();
    });
    child.once('exit', (code, signal) => {
      devtools.fail(new Error(said.trim().split('\n').at(-1) || `${signal ?? code}`));
      resolve();
    });
  });
  let page = 0;
  return {
    picture: async (html, size) => {
      page += 1;
      const file = join(folder, `${page}.html`);
      writeFileSync(file, html);
      const late = setTimeout(() => devtools.fail(new Error(`${LONGEST / 1000} s`)), LONGEST);
      try {
        return await take(devtools, pathToFileURL(file).href, size);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw failure(pictureWords, 'browser-failed', { browser: program, why }, { cause: error });
      } finally {
        clearTimeout(late);
      }
    },
    close: async () => {
      void devtools.call('Browser.close').catch(() => null);
      const late = setTimeout(() => child.kill('SIGKILL'), 2_000);
      await ended;
      clearTimeout(late);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
