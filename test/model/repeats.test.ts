import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Problem } from '../../src/model/errors.ts';
import { withoutRepeats } from '../../src/model/repeats.ts';

const found = (more: Partial<Problem>): Problem => ({
  code: 'a',
  message: { zh: '甲', en: 'a' },
  severity: 'warning',
  at: { file: 'a.yaml', line: 1, column: 1 },
  path: null,
  ...more,
});

const CASES: readonly [name: string, other: Partial<Problem>, same: boolean][] = [
  ['the very same', {}, true],
  ['one that knows its way in the card, too', { path: 'body.elements[0]' }, true],
  ['another line', { at: { file: 'a.yaml', line: 2, column: 1 } }, false],
  ['other words', { message: { zh: '乙', en: 'b' } }, false],
  ['another code', { code: 'b' }, false],
  ['one without a place', { at: null, path: 'body' }, false],
];
for (const [name, other, same] of CASES)
  test(`a finding is ${same ? 'not said again' : 'said'}: ${name}`, () => {
    assert.equal(withoutRepeats([found({}), found(other)]).length, same ? 1 : 2);
  });

test('two faults of one block at different paths are two; the same path without a place is one', () => {
  const [first, second] = [found({ path: 'x' }), found({ path: 'y' })];
  assert.deepEqual(withoutRepeats([first, second]), [first, second]);
  assert.deepEqual(withoutRepeats([first, found({ path: 'x', at: null })]), [first]);
  assert.equal(withoutRepeats([found({ at: null }), found({ at: null })]).length, 2);
});
