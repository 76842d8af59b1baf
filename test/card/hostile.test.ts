import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fill } from '../../src/card/template.ts';
import { cleaned } from '../../src/card/token.ts';
import { LarkcronError } from '../../src/model/errors.ts';
import { hostile } from '../support/hostile-text.ts';
import { decoded, holding, template } from './fixture.ts';

/** Everything Feishu reads as markup, but for `&` before a number, which is how we write the others. */
const LIVE = /[<>*\-!/\\[\]()+"'`$_~|=:]|&(?!#\d+;)|(?<!&)#/;

/** The author's text round the value, before and behind; `V` stands for the value. */
const PLACES = [
  'V',
  '**V**',
  '# V',
  '- V\n- b',
  '> V',
  '| a | V |\n|---|---|\n| V | b |',
  '[V](https://a.b)',
  "<font color='red'>V</font>",
  'a\nV\nb',
];

for (const place of PLACES) {
  test(`no data is markup in ${JSON.stringify(place)}, and decoding gives it back`, () => {
    fc.assert(
      fc.property(hostile, (data) => {
        const filled = fill(template(place.replaceAll('V', '{{ d.first.v }}')), 'markdown', holding(data));
        const parts = place.split('V');
        const [before = '', after = ''] = [parts[0], parts.at(-1)];
        assert.ok(filled.startsWith(before) && filled.endsWith(after));
        const count = parts.length - 1;
        const inner = parts.slice(1, -1).join('');
        const length = (filled.length - before.length - after.length - inner.length) / count;
        const value = filled.slice(before.length, before.length + length);
        assert.equal(filled, parts.join(value), 'the author’s text is as it was');
        const text = value.replaceAll('<br>', '');
        assert.doesNotMatch(text, LIVE);
        assert.doesNotMatch(text, /\n|^[ \t]|[ \t]$|^\d+\.(\s|$)/);
        assert.equal(decoded(value.replaceAll('<br>', '\n')), cleaned(data));
      }),
      { numRuns: 300 },
    );
  });
}

test('a value in a link target is refused, or stays one http(s) address that ends where it should', () => {
  const anything = fc.oneof(
    hostile,
    hostile.map((text) => `https://a.b/${text}`),
    hostile.map((text) => `javascript:${text}`),
  );
  fc.assert(
    fc.property(anything, (data) => {
      let filled: string;
      try {
        filled = fill(template('[x]({{ d.first.v }})'), 'markdown', holding(data));
      } catch (error) {
        assert.ok(error instanceof LarkcronError && error.code === 'bad-link');
        return;
      }
      assert.match(filled, /^\[x\]\(https?:\/\/[^\s()<>"'`\\[\]*|]+\)$/);
    }),
    { numRuns: 500 },
  );
});

test('a value that is part of an address cannot leave its part', () => {
  fc.assert(
    fc.property(hostile, (data) => {
      const filled = fill(template('https://a.b/p/{{ d.first.v }}/q?r=1#s'), 'link', holding(data));
      assert.match(filled, /^https:\/\/a\.b\/p\/[\w.~%-]*\/q\?r=1#s$/);
      assert.equal(decodeURIComponent(filled.slice('https://a.b/p/'.length, -'/q?r=1#s'.length)), cleaned(data));
    }),
  );
});

test('plain text and JSON give every value back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (data) => {
      assert.equal(fill(template('[{{ d.first.v }}]'), 'json', holding(data)), `[${data}]`);
      assert.equal(fill(template('[{{ d.first.v }}]'), 'plain', holding(data)), `[${cleaned(data)}]`);
    }),
  );
});
