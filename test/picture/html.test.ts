import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../src/model/dataset.ts';
import { CARD_CSS, cardPage, cardToHtml } from '../../src/picture/html.ts';

const text = (content: string): Json => ({ tag: 'plain_text', content });
const card = (elements: readonly Json[], header: Json = {}): Json => ({ schema: '2.0', header, body: { elements } });

test('header, tags, table with pages and buttons are there', () => {
  const rows = Array.from({ length: 7 }, (_, i) => ({ a: `店${i}`, b: 1000 * i }));
  const html = cardToHtml(
    card(
      [
        {
          tag: 'table',
          page_size: 5,
          columns: [
            { name: 'a', display_name: '门店' },
            { name: 'b', data_type: 'number', format: { separator: true, precision: 1 } },
          ],
          rows,
        },
        {
          tag: 'button',
          type: 'primary',
          text: text('看'),
          behaviors: [{ type: 'open_url', default_url: 'https://a.b/?x=1&y=2' }],
        },
        { tag: 'chart' },
      ],
      { title: text('标题'), template: 'red', text_tag_list: [{ text: text('日报'), color: 'green' }] },
    ),
  );
  assert.match(html, /lc-template-red"><div class="lc-title">标题<span class="lc-tag lc-tag-green">日报<\/span>/);
  assert.equal(html.match(/<tr>/g)?.length, 6);
  assert.match(html, /<td class="lc-right">4,000\.0<\/td>/);
  assert.match(html, /<b>1<\/b> \/ 2/);
  assert.match(html, /<a class="lc-button lc-button-primary" href="https:\/\/a\.b\/\?x=1&#38;y=2" target="_blank"/);
  assert.match(html, /‹chart›/);
});

test('a button with another scheme is no link', () => {
  const html = cardToHtml(
    card([{ tag: 'button', text: text('x'), behaviors: [{ type: 'open_url', default_url: 'javascript:alert(1)' }] }]),
  );
  assert.doesNotMatch(html, /href|javascript/);
});

test('a page is whole: nothing is fetched, no script runs, the title is text', () => {
  const page = cardPage(card([{ tag: 'markdown', content: 'x' }]), { title: '</title><script>', lang: 'zh' });
  assert.match(page, /<html lang="zh-CN">/);
  assert.match(page, /default-src 'none'/);
  assert.doesNotMatch(page, /<script|<link|src=|url\(|@import/);
  assert.ok(page.includes(CARD_CSS));
});

test('no word of a card is markup, and no card breaks it', () => {
  const evil = fc.constantFrom(
    '<script>x</script>',
    '"><img src=x onerror=1>',
    "' onclick='x",
    '</div>',
    '&#60;b&#62;',
    'lc" onclick="',
  );
  const leaf = fc.oneof(evil, fc.string({ maxLength: 6 }));
  const json = fc.letrec<{ any: Json }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(
        fc.constantFrom(
          'tag',
          'text',
          'content',
          'elements',
          'columns',
          'rows',
          'fields',
          'actions',
          'title',
          'header',
          'type',
          'color',
          'url',
          'name',
          'width',
          'text_size',
          'behaviors',
        ),
        tie('any'),
        { maxKeys: 5 },
      ),
      fc.record({
        tag: fc.constantFrom(
          'markdown',
          'div',
          'table',
          'button',
          'column_set',
          'note',
          'action',
          'img',
          'collapsible_panel',
        ),
        content: leaf,
        text: fc.record({ content: leaf, tag: fc.constantFrom('plain_text', 'lark_md') }),
        elements: tie('any'),
        columns: tie('any'),
      }),
    ),
  })).any;
  fc.assert(
    fc.property(fc.array(json, { maxLength: 4 }), json, (elements, header) => {
      const html = cardToHtml({ header, body: { elements }, elements } as Json);
      const own =
        /<\/?(?:article|div|b|i|s|code|pre|span|a|br|hr|blockquote|table|thead|tbody|tr|th|td|details|summary)(?: (?:class|href|target|rel)="[^"<>]*"| open)*>/g;
      assert.doesNotMatch(html.replace(own, ''), /[<>"']/, 'what is no tag of ours has no character of one');
    }),
    { numRuns: 500 },
  );
});
