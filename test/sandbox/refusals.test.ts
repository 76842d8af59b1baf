import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownCodes } from '../../src/feishu/codes.ts';
import { knownRefusals } from '../../src/sandbox/refusals.ts';

test('the sandbox can refuse with every code that the client knows', () => {
  const missing = knownCodes().filter((code) => !knownRefusals().includes(code));
  assert.deepEqual(missing, []);
});
