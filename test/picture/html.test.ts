import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../src/model/dataset.ts';
import { cardToHtml, DRAWN_TAGS } from '../../src/picture/html.ts';

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
        { tag: 'hologram' },
      ],
      { title: text('标题'), template: 'red', text_tag_list: [{ text: text('日报'), color: 'green' }] },
    ),
  );
  assert.match(html, /lc-template-red"><div class="lc-title">标题<span class="lc-tag lc-tag-green">日报<\/span>/);
  assert.equal(html.match(/<tr>/g)?.length, 6);
  assert.match(html, /<td class="lc-right">4,000\.0<\/td>/);
  assert.match(html, /<b>1<\/b> \/ 2/);
  assert.match(html, /<a class="lc-button lc-button-primary" href="https:\/\/a\.b\/\?x=1&#38;y=2" target="_blank"/);
  assert.match(html, /‹hologram›/);
});

test('a button with another scheme is no link', () => {
  const html = cardToHtml(
    card([{ tag: 'button', text: text('x'), behaviors: [{ type: 'open_url', default_url: 'javascript:alert(1)' }] }]),
  );
  assert.doesNotMatch(html, /href|javascript/);
});

test('a key of every object is a key that no component has, in each language', () => {
  const odd = JSON.parse('{ "tag": "hr", "__proto__": { "tag": "markdown", "content": "x", "margin": "9px" } }');
  assert.equal(cardToHtml(card([odd]), { lang: 'en' }), cardToHtml(card([{ tag: 'hr' }]), { lang: 'en' }));
});

test('what is no number where one belongs is as if it were not there', () => {
  const odd = { toString: null };
  const html = cardToHtml(
    card([
      { tag: 'column_set', columns: [{ tag: 'column', width: 'weighted', weight: odd, elements: [] }] },
      { tag: 'collapsible_panel', header: { title: text('x'), icon_expanded_angle: odd }, elements: [] },
    ]),
  );
  assert.match(html, /lc-weight-1/);
});

const HERE = 'data:image/png;base64,iVBORw0KGgo=';
const PICTURE = (key: string): string | null => (key === 'here' ? HERE : null);

test('the header has icon, padding and three tags at most; a subtitle alone is the title', () => {
  const tags = ['一', '二', '三', '四'].map((each) => ({ text: text(each), color: 'lime' }));
  const header = { title: text('题'), icon: { img_key: 'here' }, padding: '4px 8px', text_tag_list: tags };
  const html = cardToHtml(card([], header), { picture: PICTURE });
  assert.match(html, /lc-header lc-template-default" style="padding:4px 8px"/);
  assert.ok(html.includes(HERE) && html.includes('三') && !html.includes('四'));
  assert.match(cardToHtml(card([], { subtitle: text('只有副题') })), /lc-title">只有副题</);
});

test('a card in several languages is drawn in the one asked for', () => {
  const both = { tag: 'plain_text', content: '默认', i18n_content: { zh_cn: '中文', en_us: 'English' } };
  const cards: readonly Json[] = [
    card([{ tag: 'div', text: both }], { title: both }),
    { i18n_elements: { zh_cn: [{ tag: 'div', text: text('中文') }], en_us: [{ tag: 'div', text: text('English') }] } },
    { i18n_header: { zh_cn: { title: text('中文') }, en_us: { title: text('English') } }, elements: [] },
    { header: { title: { tag: 'plain_text', i18n: { zh_cn: '中文', en_us: 'English' } } }, elements: [] },
  ];
  for (const each of cards) {
    const [zh, en] = [cardToHtml(each, { lang: 'zh' }), cardToHtml(each, { lang: 'en' })];
    assert.ok(zh.includes('中文') && !zh.includes('English'), zh);
    assert.ok(en.includes('English') && !en.includes('中文'), en);
  }
});

test('the card’s own sizes and colours are known; what is no colour is left out', () => {
  const style = {
    text_size: { big: { default: 'heading', pc: 'heading-1', mobile: 'normal' } },
    color: {
      mine: { light_mode: 'rgba(5,157,178,0.5)', dark_mode: 'rgba(1,2,3,1)' },
      bad: { light_mode: 'red;x:url(y)' },
    },
  };
  const element = (color: string): Json => ({
    tag: 'div',
    text: { tag: 'plain_text', content: 'x', text_size: 'big', text_color: color },
  });
  const html = cardToHtml({ schema: '2.0', config: { style }, body: { elements: [element('mine'), element('bad')] } });
  assert.match(
    html,
    /lc-size-heading-1 lc-phone-normal" style="color:light-dark\(rgba\(5,157,178,0\.5\),rgba\(1,2,3,1\)\)"/,
  );
  assert.doesNotMatch(html, /url/);
});

test('a picture is shown only from the page itself', () => {
  for (const source of [
    'https://a.b/x.png',
    '//a.b/x.png',
    'javascript:x',
    'data:text/html;base64,AA==',
    '/x" onerror="y',
  ])
    assert.doesNotMatch(cardToHtml(card([{ tag: 'img', img_key: 'k' }]), { picture: () => source }), /<img/, source);
  assert.match(cardToHtml(card([{ tag: 'img', img_key: 'k' }]), { picture: () => '/sandbox/pictures/k' }), /<img/);
});

test('no word of a card is markup, and no card breaks it', () => {
  const evil = fc.constantFrom(
    '<script>x</script>',
    '"><img src=x onerror=1>',
    "' onclick='x",
    '</div>',
    '&#60;b&#62;',
    'lc" onclick="',
    'constructor',
    '__proto__',
    '12px',
    'red',
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
          'margin',
          'padding',
          'background_style',
          'corner_radius',
          'height',
          'chart_spec',
          'options',
          'placeholder',
          'icon',
          'token',
          'img_key',
          'persons',
          'config',
          'style',
          'combination_mode',
          'color_theme',
          'horizontal_align',
          'row_height',
          'flex_mode',
          'width_mode',
          'aspect_ratio',
          'size',
        ),
        tie('any'),
        { maxKeys: 5 },
      ),
      fc.record({
        tag: fc.constantFrom(...DRAWN_TAGS),
        content: leaf,
        text: fc.record({ content: leaf, tag: fc.constantFrom('plain_text', 'lark_md') }),
        elements: tie('any'),
        columns: tie('any'),
      }),
    ),
  })).any;
  fc.assert(
    fc.property(fc.array(json, { maxLength: 4 }), json, (elements, header) => {
      const html = cardToHtml({ header, body: { elements }, elements, config: header } as Json, {
        picture: (key) => (key.length % 2 === 0 ? HERE : key),
        person: (id) => (id.length % 2 === 0 ? id : null),
      });
      const own =
        /<\/?(?:article|div|b|i|s|code|pre|span|a|br|hr|blockquote|table|thead|tbody|tr|th|td|details|summary|img)(?: (?:class|href|target|rel|style|title|alt|src|data-theme|data-spec)="[^"<>]*"| open)*>/g;
      assert.doesNotMatch(html.replace(own, ''), /[<>"']/, 'what is no tag of ours has no character of one');
      for (const [, style = ''] of html.matchAll(/ style="([^"]*)"/g))
        assert.match(style, /^(?:[a-z-]+:(?!.*url)[\w\s#%.,()/-]+;?)+$/, 'styles are made of known values');
      for (const [, source = ''] of html.matchAll(/ src="([^"]*)"/g))
        assert.match(source, /^(?:data:image\/|\/(?!\/))/);
    }),
    { numRuns: 500 },
  );
});
