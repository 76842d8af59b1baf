import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Hono } from 'hono';
import { once } from '../base/once.ts';
import { CARD_CSS } from '../picture/card-css.ts';
import { CHART_SCRIPT } from '../picture/chart-script.ts';
import { vchartSource } from '../picture/vchart.ts';

/** The console's own pages as the build leaves them: beside the program, else where `ui/` builds them; null: not built. */
export const builtPages = (): string | null => {
  const places = ['./ui', '../../ui/dist'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  return places.find((folder) => existsSync(`${folder}/index.html`)) ?? null;
};

/** Names with a hash of what they hold (`assets/index-B3xY8a2Q.js`) never mean anything else. */
const HASHED = /-[\w-]{8,}\.\w+$/;
const YEAR = 'public, max-age=31536000, immutable';

const NOT_BUILT = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>larkcron</title>
<style>body { font: 16px/1.6 system-ui, sans-serif; max-width: 40em; margin: 3em auto; padding: 0 1em; color-scheme: light dark }</style>
<h1>larkcron</h1>
<p lang="zh-CN">larkcron 在工作,但这里没有控制台的网页:这个版本是从源码运行的,网页还没有构建。API 照常可用,说明在 /api/openapi.json(和别的一样,要带令牌)。</p>
<p lang="en">larkcron is at work, but the console's pages are not built: this version runs from its source. The API works all the same; its description is at /api/openapi.json (with a token, like the rest).</p>
</html>
`;

/** A file of the program itself: read, hashed and made small once, however often it is asked for. */
const prepared = async (read: () => string) => {
  const text = read();
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  return { text, etag, small: new Uint8Array(await promisify(gzip)(text)) };
};

/** What drawn cards need on a page: their style sheet, the script that draws charts, and VChart itself. */
const bindDrawing = (hono: Hono): void => {
  const files: readonly (readonly [path: string, type: string, read: () => string])[] = [
    ['/drawing/card.css', 'text/css', () => CARD_CSS],
    ['/drawing/charts.js', 'text/javascript', () => CHART_SCRIPT],
    ['/drawing/vchart.js', 'text/javascript', vchartSource],
  ];
  for (const [path, type, read] of files) {
    const file = once(() => prepared(read));
    hono.get(path, async (c) => {
      const { text, etag, small } = await file();
      const headers = { etag, vary: 'accept-encoding', 'cache-control': 'public, max-age=3600' };
      if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers);
      const typed = { 'content-type': `${type}; charset=utf-8` };
      return /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
        ? c.body(small, 200, { ...headers, ...typed, 'content-encoding': 'gzip' })
        : c.body(text, 200, { ...headers, ...typed });
    });
  }
};

/** A person's browser that wants a page, by its address line; a script or a picture it asks for by other words. */
const wantsPage = (c: Context): boolean => (c.req.header('accept') ?? '').includes('text/html');

/** The pages, from a folder; without one, a page that says so. Addresses without a file of their own are the pages' to understand. */
export const bindPages = (hono: Hono, folder: string | null): void => {
  bindDrawing(hono);
  if (folder === null) {
    hono.get('/', (c) => c.html(NOT_BUILT, 200, { 'cache-control': 'no-store' }));
    return;
  }
  const files = serveStatic({ root: folder, precompressed: true });
  const index = serveStatic({ root: folder, path: 'index.html', precompressed: true });
  hono.get('*', async (c, next) => {
    const { path } = c.req;
    if (path.startsWith('/api/')) return next();
    // no file of ours is called so; the name of a job may be
    if (/(^|\/)\.|%/.test(path)) return wantsPage(c) ? index(c, next) : next();
    c.header('cache-control', HASHED.test(path) ? YEAR : 'no-cache');
    const file = await files(c, async () => {});
    if (file !== undefined) return file;
    return /\.\w+$/.test(path) && !wantsPage(c) ? next() : index(c, next);
  });
};
