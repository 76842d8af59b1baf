import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { beginningOf } from '../../src/card/fit/text.ts';

describe('the beginning of a text that is too long', () => {
  const CASES: readonly (readonly [name: string, text: string, length: number, expected: string])[] = [
    ['is the beginning', 'hello world', 5, 'hello'],
    ['has no half entity', 'a &#60;at&#62;', 5, 'a '],
    ['has no half tag', "a <font color='red'>b</font>", 10, 'a '],
    ['closes a tag that is open', "<font color='red'>bright</font>", 22, "<font color='red'>brig</font>"],
    ['closes several, the last first', '<font><a href="x">word</a></font>', 21, '<font><a href="x">wor</a></font>'],
    ['leaves a closed one alone', '<font>x</font> more', 17, '<font>x</font> mo'],
    ['needs no end for a line break', 'a<br>b c', 7, 'a<br>b '],
    ['has no half link', 'see [the page](https://example.com/x) now', 20, 'see '],
    ['… nor half its name', 'see [the page](https://example.com/x) now', 8, 'see '],
    ['… nor half an image', 'see ![x](img_1) now', 8, 'see '],
    ['… with brackets in its name', 'see [a [b] c](https://a.b/x) now', 20, 'see '],
    ['has no half emphasis', 'a **b** c', 3, 'a '],
    ['closes a fence', '```\ncode\nmore code', 10, '```\ncode\n```\n'],
    ['closes the fence that is open', '~~~\n```\nsome long code', 21, '~~~\n```\nsome long cod\n~~~\n'],
    ['ends with a whole line', '| a | b |\n| c | d |', 14, '| a | b |'],
    ['has no half character', 'ab😀', 3, 'ab'],
  ];
  for (const [name, text, length, expected] of CASES)
    it(name, () => assert.equal(beginningOf(text, length, { markdown: true }).text, expected));

  it('plain text is cut where it is, but for half characters', () => {
    assert.deepEqual(beginningOf('a <b&#60;😀', 10, { markdown: false }), { shown: 9, text: 'a <b&#60;' });
  });

  it('what is said to be shown is there, whatever the text is made of', () => {
    const bits = fc.constantFrom(
      '<font color=red>',
      '</font>',
      '&#60;',
      '[x](',
      'https://a.b)',
      '**',
      '```\n',
      '\n',
      '😀',
      'a ',
      '<br>',
      '![',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 60 }), fc.nat(300), (list, length) => {
        const text = list.join('');
        const { shown, text: head } = beginningOf(text, length, { markdown: true });
        assert.ok(shown <= length && shown <= text.length);
        assert.equal(head.slice(0, shown), text.slice(0, shown));
        assert.ok(head.isWellFormed());
      }),
    );
  });
});
