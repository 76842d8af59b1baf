import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asAllowedMarkdown } from '../../src/card/escape.ts';
import { fill, type Landing } from '../../src/card/template.ts';
import { LarkcronError } from '../../src/model/errors.ts';
import { holding, template } from './fixture.ts';

const V = '{{ d.first.v }}';

const filled: readonly [name: string, landing: Landing, source: string, value: string, expected: string][] = [
  ['plain text stays as it is', 'plain', V, '<at id=all></at> **x**', '<at id=all></at> **x**'],
  ['JSON stays as it is, newlines too', 'json', V, 'a"\r\n\u0001', 'a"\r\n\u0001'],
  ['control characters leave plain text', 'plain', V, 'a\u0000\u001b[31mb\r\nc', 'a[31mb\nc'],
  ['markup becomes entities', 'markdown', V, '**a** <at id=all>', '&#42;&#42;a&#42;&#42; &#60;at id&#61;all&#62;'],
  ['an entity in data is text', 'markdown', V, '&lt;', '&#38;lt;'],
  ['a bar cannot cut a table cell', 'markdown', `| ${V} |`, 'a|b', '| a&#124;b |'],
  ['a newline cannot end a row of a table', 'markdown', `| ${V} |`, 'a\n| b', '| a<br>&#124; b |'],
  ['lark_md keeps its newlines', 'lark_md', V, 'a\nb', 'a\nb'],
  ['no list from a number', 'markdown', V, '1. a', '1&#46; a'],
  ['no list from a point that comes after', 'markdown', `1${V}`, '. a', '1&#46; a'],
  ['a decimal is left alone', 'markdown', V, '12.50', '12.50'],
  ['no code from spaces', 'markdown', V, '    x', '&#32;&#32;&#32;&#32;x'],
  ['no heading from a line of =', 'markdown', `a\n${V}`, '===', 'a\n&#61;&#61;&#61;'],
  ['emphasis stands outside', 'markdown', `**${V}**`, '*', '**&#42;**'],
  [
    'the author writes markup, data does not',
    'markdown',
    `<font color='red'>${V}</font>`,
    '</font>',
    "<font color='red'>&#60;&#47;font&#62;</font>",
  ],
  [
    'a whole link from data',
    'markdown',
    `[x](${V})`,
    'https://a.b/c?d=1&e=(2) "3"',
    '[x](https://a.b/c?d=1&e=%282%29%20%223%22)',
  ],
  [
    'a link in a tag',
    'markdown',
    `<a href='${V}'>x</a>`,
    "https://a.b/'><at id=all>",
    "<a href='https://a.b/%27%3E%3Cat%20id=all%3E'>x</a>",
  ],
  ['a part of a link', 'markdown', `[x](https://a.b/${V}?q=1)`, '../a b)', '[x](https://a.b/..%2Fa%20b%29?q=1)'],
  [
    'an applink',
    'markdown',
    `[x](${V})`,
    'lark://applink.larksuite.com/client/x',
    '[x](lark://applink.larksuite.com/client/x)',
  ],
  ['an image by its key', 'markdown', `![x](${V})`, 'img_v3_abc-1', '![x](img_v3_abc-1)'],
  [
    'a value in a link text',
    'markdown',
    `[${V}](https://a.b)`,
    'a](javascript:1)',
    '[a&#93;&#40;javascript&#58;1&#41;](https://a.b)',
  ],
  ['a button address from data', 'link', V, ' https://a.b/c d ', 'https://a.b/c%20d'],
  ['a button address with a part', 'link', `https://a.b/?q=${V}`, 'x&y=z', 'https://a.b/?q=x%26y%3Dz'],
  ['a brace from an environment value', 'markdown', 'a\uF8F0{ b }}', '', 'a{{ b }}'],
  ['a token that data spells', 'markdown', V, '\uF8F10\uF8F2', '0'],
  ['a token that an environment value spells', 'plain', `\uF8F10\uF8F2${V}`, 'x', '\uFFFD0\uFFFDx'],
];
for (const [name, landing, source, value, expected] of filled) {
  test(`${landing}: ${name}`, () => assert.equal(fill(template(source), landing, holding(value)), expected));
}

const refused: readonly [code: string, landing: Landing, source: string, value: string][] = [
  ['bad-link', 'link', V, 'javascript:alert(1)'],
  ['bad-link', 'link', V, 'java\nscript:alert(1)'],
  ['bad-link', 'link', V, ''],
  ['bad-link', 'link', V, '//a.b'],
  ['bad-link', 'link', V, 'https:\\\\a.b'],
  ['bad-link', 'link', `${V}/x`, 'https://a.b'],
  ['bad-link', 'markdown', `[x](${V})`, 'data:text/html,x'],
  ['bad-link', 'markdown', `<a href="${V}">x</a>`, 'JaVaScRiPt:alert(1)'],
  ['bad-link', 'markdown', `[x]: ${V}`, 'javascript:1'],
  ['bad-image-key', 'markdown', `![x](${V})`, 'https://a.b/c.png'],
  ['value-in-tag', 'markdown', `<font color=${V}>x</font>`, 'red'],
  ['value-in-tag', 'markdown', `<at id="${V}"></at>`, 'all'],
  ['value-in-tag', 'markdown', `<${V}>`, 'at id'],
  ['value-in-tag', 'markdown', `<font color=">${V}">x</font>`, 'red'],
  ['value-in-code', 'markdown', `\`${V}\``, 'x'],
  ['value-in-code', 'markdown', `\`\` a\n${V} \`\``, 'x'],
  ['value-in-code', 'markdown', `> \`\`\`\n> ${V}\n> \`\`\``, 'x'],
  ['value-in-code', 'markdown', `~~~\n${V}`, 'x'],
  ['value-in-code', 'markdown', `<raw>${V}</raw>`, 'x'],
];
for (const [code, landing, source, value] of refused) {
  test(`${landing}: ${JSON.stringify(source)} with ${JSON.stringify(value)} is ${code}`, () => {
    assert.throws(
      () => fill(template(source), landing, holding(value)),
      (error) =>
        error instanceof LarkcronError &&
        error.code === code &&
        error.status === 2 &&
        error.problems[0]?.at?.line === 10,
    );
  });
}

// what CommonMark makes of these without the entity is a link to where no link may go
const allowed: readonly [name: string, value: string, expected: string][] = [
  ['a link', '[a](https://a.b/c)', '[a](https://a.b/c)'],
  ['a link to a scheme that runs something', '[a](javascript:1)', '[a&#93;(javascript:1)'],
  ['a link within what looks like a target', '[a](x](javascript:1)', '[a&#93;(x&#93;(javascript:1)'],
  ['one behind a good target', '[a](https://a.b/](javascript:1)', '[a](https://a.b/&#93;(javascript:1)'],
  ['one behind a line', '](\n[a](javascript:1)', '&#93;(\n[a&#93;(javascript:1)'],
  ['an address by its name', '[a]: javascript:1\n\n[a]', '[a&#93;: javascript:1\n\n[a]'],
  ['one in a quote', '> [a]: javascript:1\n\n[a]', '> [a&#93;: javascript:1\n\n[a]'],
  ['one in a list', '1. [a]: data:x\n\n[a]', '1. [a&#93;: data:x\n\n[a]'],
];
for (const [name, value, expected] of allowed)
  test(`a column of markdown: ${name}`, () => assert.equal(asAllowedMarkdown(value), expected));
