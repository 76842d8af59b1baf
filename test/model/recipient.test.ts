import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LOOKS, parseRecipient } from '../../src/model/recipient.ts';

describe('who a text names', () => {
  for (const [text, kind] of [
    ['ou_a1', 'open_id'],
    ['张三@例子.公司', 'email'],
    ['a.b+c@mail.example.com', 'email'],
    ['webhook:oncall', 'webhook'],
    ['a@example', null],
    ['a@b@example.com', null],
    ['a@example.com.', null],
    // what data may bring, and no address has
    ['a\0b@example.com', null],
    ['a\u0007@example.com', null],
    ['\ud800@example.com', null],
    ['a@example.c\udc00m', null],
  ] as const)
    it(`${JSON.stringify(text)}: ${kind}`, () => {
      assert.equal(parseRecipient(text)?.idType ?? null, kind);
      if (text.includes('@')) assert.equal(LOOKS.email?.[0].test(text), kind === 'email');
    });
});
