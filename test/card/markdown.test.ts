import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { asMarkdown } from '../../src/card/escape.ts';
import { type Inline, inlines, readMarkdown } from '../../src/card/markdown.ts';
import { cleaned } from '../../src/card/token.ts';
import { markdownToHtml } from '../../src/picture/markdown-html.ts';

const link = (address: string, label: string): string =>
  `<a class="lc-link" href="${address}" target="_blank" rel="noreferrer noopener">${label}</a>`;

const HTML: readonly [markdown: string, html: string][] = [
  ['**a** __b__ *c* _d_ ~~e~~', '<div><b>a</b> <b>b</b> <i>c</i> <i>d</i> <s>e</s></div>'],
  ['snake_case_name 2*3*4', '<div>snake_case_name 2<i>3</i>4</div>'],
  ['**not closed', '<div>**not closed</div>'],
  ['`**a**` ``b`c``', '<div><code>**a**</code> <code>b`c</code></div>'],
  ['[**a**](https://a.b/(c))', `<div>${link('https://a.b/(c)', '<b>a</b>')}</div>`],
  ['[a](javascript:alert(1))', '<div><span class="lc-link">a</span></div>'],
  ["<a href='https://a.b'>x</a>", `<div>${link('https://a.b', 'x')}</div>`],
  [
    "<font color='red'>a <font color=green>b</font></font>",
    '<div><span class="lc-color-red">a <span class="lc-color-green">b</span></span></div>',
  ],
  [
    '<at id=ou_1></at><at id=all></at>',
    '<div><span class="lc-at">@ou_1</span><span class="lc-at">@所有人</span></div>',
  ],
  ["<text_tag color='blue'>x</text_tag>", '<div><span class="lc-tag lc-tag-blue">x</span></div>'],
  ['a<br>b\nc', '<div>a<br>b<br>c</div>'],
  ['<script>alert(1)</script>', '<div>&#60;script&#62;alert(1)&#60;/script&#62;</div>'],
  ['&#60;at id=all&#62; &lt;b&gt; &#42;&#42;x&#42;&#42;', '<div>&#60;at id=all&#62; &#60;b&#62; **x**</div>'],
  ['\\*a\\*', '<div>*a*</div>'],
  [
    '# T\n---\n> q',
    '<div class="lc-heading lc-heading-1">T</div><hr class="lc-hr"><blockquote><div>q</div></blockquote>',
  ],
  ['```js\n<b>**\n```', '<pre>&#60;b&#62;**</pre>'],
  ['![x](img_v3_1)', '<div><span class="lc-image"><span class="lc-icon lc-mark lc-photo"></span>x</span></div>'],
];
for (const [markdown, html] of HTML)
  test(`${JSON.stringify(markdown)} as HTML`, () => assert.equal(markdownToHtml(markdown), html));

test('tables and lists keep their shape', () => {
  const [table, item, inner, first] = readMarkdown('|a|b|c|\n|:-|:-:|-:|\n|1|**2**|3|\n- x\n    - y\n1. z');
  assert.ok(table?.is === 'table');
  assert.deepEqual(table.aligns, ['left', 'center', 'right']);
  assert.equal(table.rows.length, 2);
  assert.deepEqual(
    [item, inner, first].map((one) => one?.is === 'item' && [one.marker, one.level]),
    [
      ['•', 0],
      ['•', 1],
      ['1.', 0],
    ],
  );
});

const wordsOf = (list: readonly Inline[]): string =>
  list
    .map((inline) =>
      inline.is === 'break' ? '\n' : 'text' in inline ? inline.text : 'of' in inline ? wordsOf(inline.of) : '?',
    )
    .join('');

test('escaped data is read as text and nothing else, and as the data it was', () => {
  const piece = fc.constantFrom(
    '**',
    '<at id=all></at>',
    '[a](https://b)',
    '`',
    '&lt;',
    '\n',
    '_',
    '~~',
    '![',
    '\\',
    '<font color=red>',
  );
  const data = fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(data, (value) => {
      const read = inlines(asMarkdown(value, '<br>'));
      assert.ok(read.every(({ is }) => is === 'text' || is === 'break'));
      assert.equal(wordsOf(read), cleaned(value));
    }),
  );
});

test('no text makes HTML that is not its own, or takes for ever', () => {
  const piece = fc.constantFrom(
    '**',
    '<',
    '>',
    '"',
    "'",
    '<font color="',
    '</font>',
    '<a href="',
    '[',
    '](',
    ')',
    '`',
    '\n',
    '|',
    '|-|\n',
    '> ',
    '- ',
    '&#60;',
    'javascript:',
  );
  const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 30 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (markdown) => {
      const html = markdownToHtml(markdown);
      const open: string[] = [];
      for (const [, slash, name = ''] of html.matchAll(/<(\/?)(\w+)[^<>]*>/g)) {
        if (['br', 'hr'].includes(name)) continue;
        if (slash === '') open.push(name);
        else assert.equal(open.pop(), name);
      }
      assert.deepEqual(open, []);
      assert.doesNotMatch(
        html,
        /<(?!\/?(?:div|b|i|s|code|pre|span|a|br|hr|blockquote|table|thead|tbody|tr|th|td)[ >])/,
      );
      assert.doesNotMatch(html.replace(/<[^<>]*>/g, ''), /[<>"']/);
      assert.doesNotMatch(html, /href="(?!https?:|lark:|feishu:)/);
    }),
    { numRuns: 500 },
  );
  const long = ['**a _b ~~', '<font>', '[', '`a``', '> ', '<a href="'].map((each) => each.repeat(3000));
  // each begins what nothing ends
  const hopeless = ['**- ', '_> '].map((each) => each.repeat(12_000));
  const started = performance.now();
  for (const each of [...long, ...hopeless]) markdownToHtml(each);
  assert.ok(performance.now() - started < 5000);
});
