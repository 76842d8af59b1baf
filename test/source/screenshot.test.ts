import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { after, before, describe, it } from 'node:test';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { findBrowser } from '../../src/browser/find-browser.ts';
import type { LarkcronError } from '../../src/model/errors.ts';
import type { SourceContext } from '../../src/source/source.ts';
import { until } from '../support/project.ts';
import { type Dashboard, PASSWORD, startDashboard, TOKEN, USER } from './dashboard.ts';
import { descendants, stillThere } from './processes.ts';
import { takeScreenshot } from './take-screenshot.ts';

const skip = findBrowser(process.env) === null && 'no Chromium or Chrome on this machine';

const BLUE = [51, 112, 255];
const RED = [216, 57, 49];
const WHITE = [255, 255, 255];

let board: Dashboard;

const filled = (yaml: string): string => yaml.replaceAll('URL', board.url).replaceAll('OTHER', board.other);
const take = async (yaml: string, more: Partial<SourceContext> = {}) => {
  const { rows, picture } = await takeScreenshot(filled(yaml), more);
  const image = await loadImage(Buffer.from(picture ?? []));
  const canvas = createCanvas(image.width, image.height);
  const drawing = canvas.getContext('2d');
  drawing.drawImage(image, 0, 0);
  const colorAt = (x: number, y: number): number[] => [...drawing.getImageData(x, y, 1, 1).data.slice(0, 3)];
  return { row: rows[0] ?? {}, width: image.width, height: image.height, colorAt };
};

describe('screenshot', { skip }, () => {
  before(async () => {
    board = await startDashboard();
  });
  after(() => board.close());

  it('takes what the viewport shows, drawn late and from data, with a row about it', async () => {
    const shot = await take(
      '{ url: URL/dashboard?token=s3cret, cookies: { session: ok }, viewport: { width: 900, height: 500, scale: 1 } }',
    );
    const { bytes, hash, ...row } = shot.row;
    assert.deepEqual(row, {
      url: `${board.url}/dashboard`,
      title: '销售看板',
      width: 900,
      height: 500,
      format: 'png',
      cut: false,
      hidden: 0,
    });
    assert.ok(Number(bytes) > 1_000);
    assert.match(String(hash), /^[0-9a-f]{16}$/);
    assert.deepEqual([shot.width, shot.height], [900, 500]);
    assert.deepEqual(shot.colorAt(400, 150), BLUE, 'the bar that is drawn from data');
    assert.deepEqual(shot.colorAt(100, 95), RED);
  });

  it('takes one element in twice as many pixels, and blanks what is hidden', async () => {
    const yaml = `{ url: URL/dashboard, auth: { bearer: ${TOKEN} }, waitFor: { selector: .chart-loaded }, selector: "#dashboard" }`;
    const shown = await take(yaml);
    assert.deepEqual([shown.width, shown.height], [1200, 600]);
    assert.deepEqual(shown.colorAt(60, 100), RED);
    const hidden = await take(yaml.replace('selector: "#d', 'hide: ["#salary", .nobody], selector: "#d'));
    assert.deepEqual(hidden.colorAt(60, 100), WHITE);
    assert.deepEqual(hidden.colorAt(60, 200), BLUE, 'the rest stands where it stood');
    assert.equal(hidden.row['hidden'], 1);
  });

  it('blanks an element whose own style says that it is to be seen', async () => {
    const shot = await take('{ url: URL/stubborn, hide: "#salary", selector: "#dashboard" }');
    assert.deepEqual(shot.colorAt(60, 60), WHITE);
  });

  it('blanks and takes a page whose own rules forbid styles and scripts from elsewhere', async () => {
    const shot = await take(
      '{ url: URL/strict, hide: "#salary", selector: "#dashboard", waitFor: { expression: 1 === 1 } }',
    );
    assert.deepEqual([shot.row['hidden'], shot.colorAt(60, 60)], [1, WHITE]);
  });

  it('makes a JPEG of what would be too large for Feishu', async () => {
    const shot = await take('{ url: URL/noise, selector: "#noise", viewport: { scale: 1 } }');
    assert.deepEqual([shot.row['format'], shot.width, shot.height], ['jpeg', 2400, 1600]);
    assert.ok(Number(shot.row['bytes']) <= 10 * 1024 * 1024);
  });

  it('shows times and words as the job would, wherever the machine stands', async () => {
    const job = { app: 'default', timezone: 'Asia/Shanghai', lang: 'zh' } as const;
    assert.equal((await take('{ url: URL/where }', { job })).row['title'], 'Asia/Shanghai 8 zh-CN');
    const there = { app: 'default', timezone: 'America/New_York', lang: 'en' } as const;
    assert.equal((await take('{ url: URL/where }', { job: there })).row['title'], 'America/New_York 19 en-US');
  });

  it('logs in step by step before the page is opened', async () => {
    const shot =
      await take(`{ url: URL/dashboard, waitFor: { expression: window.ready === true }, selector: "#dashboard", login: [
      { goto: URL/login }, { fill: { "#user": ${USER}, "#password": ${PASSWORD} } }, { click: "#submit" }, { waitFor: { selector: .home } } ] }`);
    assert.deepEqual(shot.colorAt(60, 200), BLUE);
  });

  it('takes a page as high as it is, with what is drawn only when it is seen', async () => {
    const shot = await take('{ url: URL/lazy, fullPage: true, viewport: { scale: 1 } }');
    assert.equal(shot.height, 3208);
    assert.deepEqual(shot.colorAt(600, 3100), [0, 160, 0]);
  });

  it('cuts a page that Feishu would not take for its height, and says so', async () => {
    const tall = await take('{ url: URL/tall, fullPage: true, viewport: { width: 200, scale: 3 } }');
    assert.deepEqual([tall.row['cut'], tall.height], [true, 12_000]);
    const grows = await take('{ url: URL/grows, fullPage: true, viewport: { scale: 1 } }');
    assert.ok(grows.height < 12_000, 'a page that grows with its window is given up on');
  });

  for (const [name, yaml] of [
    ['dialogs are answered', '{ url: URL/dialogs, timeout: 20s }'],
    ['a stream of events is not waited for', '{ url: URL/events, timeout: 20s }'],
    ['a frame of another site is waited for', '{ url: URL/framed, timeout: 20s }'],
    ['a page may lead on to another path', '{ url: URL/slug, timeout: 20s }'],
    [
      'a page that asks all the time, once its element is there',
      '{ url: URL/poll, waitFor: { selector: .bar }, timeout: 20s }',
    ],
    ['a blank one where that is wanted', '{ url: URL/blank, blank: send, timeout: 20s }'],
  ] as const)
    it(name, async () => {
      assert.equal((await take(yaml)).width, 2560);
    });

  it('opens no new windows, and asks for nothing that would stand in them', async () => {
    const before = board.asked().length;
    assert.equal((await take('{ url: URL/popups, timeout: 20s }')).row['title'], 'Popups');
    assert.deepEqual(
      board
        .asked()
        .slice(before)
        .filter(({ url }) => url.startsWith('/home')),
      [],
    );
  });

  it('sends headers and cookies to the page’s own origin only, also after a redirect', async () => {
    const before = board.asked().length;
    await take(`{ url: URL/third, headers: { authorization: Bearer ${TOKEN}, X-Board: a }, cookies: { session: ok } }`);
    const asked = board.asked().slice(before);
    const given = (path: string) =>
      asked.filter(({ url }) => url === path).map((each) => [each.authorization, each.cookie]);
    for (const path of ['/third', '/own.png', '/redirect-away'])
      assert.deepEqual(given(path), [[`Bearer ${TOKEN}`, 'session=ok']], path);
    for (const path of ['/pixel.png', '/redirected', '/api/rows']) assert.deepEqual(given(path), [[null, null]], path);
  });

  it('asks nobody but the page, through the proxy with its user and password', async (t) => {
    const hosts: string[] = [];
    const proxy = createServer((request, response) => {
      hosts.push(new URL(request.url ?? '').host);
      const isKnown = request.headers['proxy-authorization'] === `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
      if (!isKnown) return void response.writeHead(407, { 'proxy-authenticate': 'Basic realm="p"' }).end();
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>by proxy</h1>');
    });
    proxy.on('connect', (request, socket) => {
      hosts.push(String(request.url));
      socket.end('HTTP/1.1 502 no\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    t.after(() => {
      proxy.closeAllConnections();
      proxy.close();
    });
    const { port } = proxy.address() as AddressInfo;
    const shot = await take('{ url: "http://board.example.com/", waitFor: { quiet: 3s } }', {
      proxyFor: () => `http://me:p%40ss@127.0.0.1:${port}`,
    });
    assert.equal(shot.row['url'], 'http://board.example.com/');
    assert.deepEqual([...new Set(hosts)], ['board.example.com']);
  });

  it('is refused where private addresses are, as a page may reach any', async () => {
    await assert.rejects(take('{ url: URL/slug }', { onlyPublic: true }), { code: 'screenshot-private', status: 2 });
  });

  it('says what to install where there is no browser', async () => {
    await assert.rejects(
      take('{ url: URL/slug }', { env: { PATH: '/nowhere', CHROME: '/nowhere/chrome' } }),
      (error) => {
        const { code, explanation } = error as LarkcronError;
        assert.equal(code, 'screenshot-no-browser');
        assert.match(explanation.hint?.en ?? '', /apt install chromium.*CHROME/);
        return true;
      },
    );
  });

  it('names a browser that does not start', async () => {
    await assert.rejects(take('{ url: URL/slug }', { env: { PATH: '/bin:/usr/bin', CHROME: 'false' } }), {
      code: 'screenshot-browser',
    });
  });

  for (const [name, yaml, isAborted] of [
    ['when its time is up', '{ url: URL/silent, timeout: 8s }', false],
    ['when it is interrupted', '{ url: URL/silent, timeout: 60s }', true],
    ['when it was taken', '{ url: URL/slug }', false],
  ] as const)
    it(`leaves no process and no profile behind ${name}`, async (t) => {
      if (!existsSync('/proc/self/stat')) return t.skip('processes are looked for in /proc');
      const folders = () => readdirSync(tmpdir()).filter((each) => each.startsWith('larkcron-browser-'));
      const had = folders();
      const abort = new AbortController();
      const begun = board.asked().length;
      const taking = take(yaml, { signal: abort.signal }).then(
        () => 'taken',
        (error: LarkcronError) => error.code,
      );
      await until('the page is asked for', () => board.asked().length > begun);
      const started = descendants();
      assert.ok(started.length > 2, 'a browser and its helpers');
      if (isAborted) abort.abort();
      assert.equal(await taking, isAborted ? 'interrupted' : yaml.includes('silent') ? 'screenshot-waiting' : 'taken');
      // the dead whose parent has died are the init's to bury
      await until('they are gone', () =>
        stillThere(started).every(({ state, parent }) => state === 'Z' && parent === 1),
      );
      assert.deepEqual(
        folders().filter((each) => !had.includes(each)),
        [],
      );
    });
});
