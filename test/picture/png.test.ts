import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { type TestContext, test } from 'node:test';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { findBrowser } from '../../src/browser/find-browser.ts';
import type { Json } from '../../src/model/dataset.ts';
import { LarkcronError } from '../../src/model/errors.ts';
import { openBrowser } from '../../src/picture/browser.ts';
import { cardPicture, cardPng } from '../../src/picture/card-png.ts';
import { chartPng, chartsOf } from '../../src/picture/chart-png.ts';
import { node } from '../../src/picture/read-card.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const program = findBrowser(process.env);
const skip = program === null && 'no Chromium or Chrome on this machine';

const BLUE = [51, 112, 255];
const pie = (more: object = {}): Json => ({
  tag: 'chart',
  aspect_ratio: '1:1',
  chart_spec: {
    type: 'pie',
    data: { values: [{ k: 'a', v: 1 }] },
    categoryField: 'k',
    valueField: 'v',
    outerRadius: 0.9,
    ...more,
  },
});
const cardOf = (...elements: readonly Json[]): Json => ({ schema: '2.0', body: { elements } });

const pictureOf = async (png: Buffer) => {
  const image = await loadImage(png);
  const canvas = createCanvas(image.width, image.height);
  const drawing = canvas.getContext('2d');
  drawing.drawImage(image, 0, 0);
  const colorAt = (x: number, y: number): number[] => [...drawing.getImageData(x, y, 1, 1).data.slice(0, 3)];
  return { width: image.width, height: image.height, colorAt };
};

test('a card is a picture of its own width and height, its charts drawn', { skip }, async (t) => {
  const browser = openBrowser(program ?? '');
  t.after(() => browser.close());
  const wide = await pictureOf(await cardPicture(browser, cardOf(pie()), { title: 't', lang: 'zh', scale: 1 }));
  assert.equal(wide.width, 632);
  assert.deepEqual(wide.colorAt(316, Math.floor(wide.height / 2) + 40), BLUE, 'the middle of the only slice');
  const phone = await pictureOf(
    await cardPng(program ?? '', cardOf({ tag: 'hr' }), {
      title: 't',
      lang: 'zh',
      view: 'phone',
      theme: 'dark',
      scale: 2,
    }),
  );
  assert.equal(phone.width, 2 * 407);
  assert.ok(phone.height < 200, 'as high as the card and no higher');
  assert.deepEqual(phone.colorAt(2, 2), [26, 26, 26], 'a dark page');
});

/** A server that counts who asks it for a picture. */
const askedServer = async (t: TestContext) => {
  let asked = 0;
  const server = createServer((_, answer) => {
    asked += 1;
    answer.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}/x.png`;
  const spec = {
    background: { image: url },
    extensionMark: [{ type: 'image', style: { image: url, width: 50, height: 50 } }],
    pie: { style: { background: url } },
  };
  return { url, chart: pie(spec), asked: () => asked };
};

test('what a card names elsewhere is not fetched', { skip }, async (t) => {
  const { url, chart, asked } = await askedServer(t);
  const browser = openBrowser(program ?? '');
  t.after(() => browser.close());
  const card = cardOf(chart, { tag: 'markdown', content: `![x](${url})` }, { tag: 'img', img_key: url });
  await cardPicture(browser, card, { title: 't', lang: 'zh', scale: 1, picture: () => url });
  assert.equal(asked(), 0);
});

test('nor without a browser', async (t) => {
  const { chart, asked } = await askedServer(t);
  await chartPng(node(chart));
  // the pictures of a spec are asked for on the next turn of the loop, and an answer on this machine takes a few more
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(asked(), 0);
});

test('a browser that does not start is named, and leaves nothing behind', async () => {
  const folder = temporaryFolder();
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  const browser = openBrowser('/bin/false');
  await assert.rejects(cardPicture(browser, cardOf(), { title: 't', lang: 'zh' }), (error: unknown) => {
    assert.ok(error instanceof LarkcronError);
    assert.equal(error.code, 'browser-failed');
    assert.match(error.explanation.message.en, /^\/bin\/false made no picture/);
    return true;
  });
  await browser.close();
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  assert.deepEqual(readdirSync(folder), []);
});

test('a browser is the one named, else the first of Chromium’s kin on PATH', async () => {
  const { chmodSync, writeFileSync } = await import('node:fs');
  const folder = temporaryFolder();
  for (const name of ['google-chrome', 'mine']) {
    writeFileSync(`${folder}/${name}`, '');
    chmodSync(`${folder}/${name}`, 0o755);
  }
  writeFileSync(`${folder}/chromium`, 'cannot be run');
  assert.equal(findBrowser({ PATH: folder }), `${folder}/google-chrome`);
  assert.equal(findBrowser({ PATH: folder, CHROME: 'mine' }), `${folder}/mine`);
  assert.equal(findBrowser({ PATH: '', CHROME: `${folder}/mine` }), `${folder}/mine`);
  assert.equal(findBrowser({ PATH: folder, CHROME: 'other' }), null);
});

test('charts are found wherever they stand, and drawn without a browser', async () => {
  const column = { tag: 'column', elements: [pie()] };
  const panel = { tag: 'collapsible_panel', elements: [pie(), { tag: 'hr' }] };
  const charts = chartsOf(cardOf({ tag: 'column_set', columns: [column] }, panel));
  assert.equal(charts.length, 2);
  const png = await chartPng(charts[0] ?? {}, { width: 200, scale: 1 });
  assert.ok(png !== null);
  const picture = await pictureOf(png);
  assert.deepEqual([picture.width, picture.height], [200, 200]);
  assert.deepEqual(picture.colorAt(100, 140), BLUE);
});

test('a chart that VChart refuses is named', async () => {
  await assert.rejects(chartPng(node({ tag: 'chart', chart_spec: { type: 'nope' } })), { code: 'chart-not-drawn' });
});
