import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import type { Json } from '../../src/model/dataset.ts';
import { CARD_CSS } from '../../src/picture/card-css.ts';
import { cardPage, cardsPage } from '../../src/picture/card-page.ts';
import { CHART_SCRIPT } from '../../src/picture/chart-script.ts';

const card = (...elements: readonly Json[]): Json => ({ schema: '2.0', body: { elements } });
const chart = (more: Json = {}): Json => ({
  tag: 'chart',
  chart_spec: { type: 'bar', data: { values: [] }, ...(more as object) },
});
const policyOf = (page: string): string =>
  /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';

test('a page is whole: nothing is fetched from anywhere, no script runs, the title is text', () => {
  const page = cardPage(card({ tag: 'markdown', content: 'x' }), { title: '</title><script>', lang: 'zh' });
  assert.match(page, /<html lang="zh-CN">/);
  assert.equal(policyOf(page), "default-src 'none'; style-src 'unsafe-inline'; img-src data:");
  assert.doesNotMatch(page, /<script|<link|src=|url\(|@import/);
  assert.ok(page.includes(CARD_CSS));
});

test('a page with charts brings VChart, and its policy lets run that and the drawing alone', () => {
  const page = cardPage(card(chart()), { title: 't', lang: 'en' });
  const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script]) => script ?? '');
  assert.equal(scripts.length, 2);
  assert.match(scripts[0] ?? '', /"1\.12\.7"/);
  const hashes = scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  assert.ok(policyOf(page).endsWith(`script-src ${hashes.join(' ')}`), policyOf(page));
});

test('a spec is data: it can neither end its attribute nor become a script', () => {
  const evil = {
    title: { text: '"></div></script><script>alert(1)</script>\u2028' },
    background: { image: 'https://a.b/x.png' },
  };
  const page = cardPage(card(chart(evil)), { title: 't', lang: 'en' });
  assert.equal(page.match(/<script/g)?.length, 2);
  assert.doesNotMatch(page.slice(0, page.indexOf('<script>')), /alert\(1\)<\/script>/);
  assert.match(policyOf(page), /img-src data:;/);
});

test('the drawing of charts is a script that can be read', () => {
  // throws a SyntaxError for what is none; there is no page to run it in
  assert.throws(() => runInNewContext(CHART_SCRIPT, {}), { name: 'ReferenceError', message: /document/ });
});

test('the page is as wide as the card is in Feishu, and shows what was asked for', () => {
  const wide = (mode: string): string => cardPage({ config: { width_mode: mode } }, { title: 't', lang: 'zh' });
  assert.match(wide('default'), /--wide:600px/);
  assert.match(wide('compact'), /--wide:400px/);
  assert.match(wide('fill'), /--wide:900px/);
  assert.match(wide('compact'), /class="lc-card lc-1 lc-mode-compact"/);
  const page = cardPage(card(), { title: 't', lang: 'zh', view: 'phone', theme: 'dark' });
  assert.match(page, /id="view-phone" checked>手机/);
  assert.match(page, /id="theme-dark" checked>深色/);
  const bare = cardPage(card(), { title: 't', lang: 'en', view: 'phone', theme: 'dark', bare: true });
  assert.match(bare, /<html lang="en" data-view="phone" data-theme="dark">/);
  assert.doesNotMatch(bare, /<input/);
});

test('a message of several cards is one page', () => {
  const page = cardsPage([card(), card({ tag: 'hr' })], { title: 't', lang: 'zh' });
  assert.equal(page.match(/<main/g)?.length, 2);
});
