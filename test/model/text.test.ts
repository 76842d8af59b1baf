import assert from 'node:assert/strict';
import { it } from 'node:test';
import { actWords } from '../../src/acts/words.ts';
import { configWords } from '../../src/config/words.ts';
import { afterHan } from '../../src/model/text.ts';

for (const [words, expected] of [
  ['1 到 50 的整数', ' 1 到 50 的整数'],
  ['none、last', ' none、last'],
  ['{ by, most }', ' { by, most }'],
  ['一个列表', '一个列表'],
  ['', ''],
] as const)
  it(`after Chinese: ${words}`, () => assert.equal(afterHan(words), expected));

it('what should stand there is set off from the Chinese before it', () => {
  const expected = { zh: '1 到 50 的整数', en: 'a whole number from 1 to 50' };
  assert.equal(configWords['wrong-type']({ expected }).message.zh, '这里应当是 1 到 50 的整数。');
  const { hint } = actWords['bad-value']({ option: '--lang', value: 'fr', expected: { zh: 'zh 或 en', en: '' } });
  assert.equal(hint.zh, '应当是 zh 或 en。');
});
