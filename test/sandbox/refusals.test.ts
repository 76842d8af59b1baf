import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownCodes } from '../../src/feishu/codes.ts';
import { faultAnswer, parseFault } from '../../src/sandbox/faults.ts';

test('the sandbox can refuse with every code that the client knows', () => {
  for (const code of knownCodes()) {
    const answer = faultAnswer(parseFault(String(code)));
    assert.equal(answer?.is === 'json' ? answer.body['code'] : null, code);
  }
});
