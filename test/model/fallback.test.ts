import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refusedForContent } from '../../src/model/fallback.ts';

type Row = Parameters<typeof refusedForContent>[0][number];
const row = (more: Partial<Row>): Row => ({
  state: 'rejected',
  fault: 'message',
  code: 230099,
  kind: 'card',
  recipient: 'ou_a',
  target: { idType: 'open_id', id: 'ou_a' },
  ...more,
});

describe('who lacks a card because Feishu does not take what is in it', () => {
  for (const [what, rows, to] of [
    ['refused with 230099', [row({})], ['ou_a']],
    ['refused as too long, also a card of one’s own', [row({ code: 230025, kind: 'raw' })], ['ou_a']],
    ['each once, though two cards were refused', [row({}), row({})], ['ou_a']],
    ['the people of a batch', [row({ target: { idType: 'batch', id: 'ou_a,on_b' } })], ['ou_a', 'on_b']],
    ['nobody: it arrived', [row({ state: 'delivered', fault: null, code: 0 })], null],
    ['nobody: it may have arrived', [row({ state: 'unknown' })], null],
    ['nobody: the recipient’s fault', [row({ fault: 'recipient', code: 230013 })], null],
    ['nobody: the words are not allowed', [row({ code: 230022 })], null],
    ['nobody: a file was refused', [row({ kind: 'file' })], null],
  ] as const) {
    it(what, () => {
      const found = refusedForContent(rows);
      assert.deepEqual(found?.to.map(({ id }) => id) ?? null, to);
    });
  }
});
