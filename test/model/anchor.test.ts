import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { anchorKey, type Place, placeOf, type Root } from '../../src/model/anchor.ts';
import { DAY } from '../../src/model/time.ts';

const NOW = Date.UTC(2026, 10, 26, 10);
const ROOT: Root = {
  id: 'first',
  state: 'delivered',
  settled: false,
  messageId: 'om_1',
  recalledAt: null,
  deliveredAt: NOW - DAY / 24,
};

describe('where a message of a day goes', () => {
  for (const [what, together, root, anchorDue, expected] of [
    ['into the card that is there', 'update', ROOT, NOW, { is: 'renew', messageId: 'om_1' }],
    ['into the thread that is there', 'thread', ROOT, NOW, { is: 'reply', messageId: 'om_1' }],
    ['a message of its own, when it is the first', 'update', { ...ROOT, id: 'mine' }, NOW, { is: 'new' }],
    ['… or when the first is no longer known', 'thread', null, NOW, { is: 'new' }],
    ['nowhere yet, while the first is on its way', 'update', { ...ROOT, state: 'sending' }, NOW, { is: 'wait' }],
    ['… or waits for a retry', 'thread', { ...ROOT, state: 'retrying' }, NOW, { is: 'wait' }],
    ['… or is unsure', 'update', { ...ROOT, state: 'unknown' }, NOW, { is: 'wait' }],
    [
      'a message of its own, when a person has to decide about the first',
      'update',
      { ...ROOT, state: 'unknown', settled: true },
      NOW,
      { is: 'new' },
    ],
    ['… or the first was refused', 'thread', { ...ROOT, state: 'rejected', messageId: null }, NOW, { is: 'new' }],
    ['… or taken back', 'update', { ...ROOT, recalledAt: NOW - 1 }, NOW, { is: 'new' }],
    ['… or is older than 14 days', 'update', { ...ROOT, deliveredAt: NOW - 14 * DAY }, NOW, { is: 'new' }],
    [
      'a thread has no such limit',
      'thread',
      { ...ROOT, deliveredAt: NOW - 14 * DAY },
      NOW,
      { is: 'reply', messageId: 'om_1' },
    ],
    ['nowhere, when a newer run renews the card', 'update', ROOT, NOW + 1, { is: 'stale' }],
    ['a thread keeps what is late', 'thread', ROOT, NOW + 1, { is: 'reply', messageId: 'om_1' }],
  ] as const satisfies readonly (readonly [string, 'update' | 'thread', Root | null, number, Place])[]) {
    it(what, () => {
      const mine = { id: 'mine', anchor: anchorKey(together, '2026-11-26'), dueAt: NOW, content: 'b' };
      assert.deepEqual(placeOf(mine, { root, dueAt: anchorDue, shown: 'a' }, NOW), expected);
    });
  }

  it('nowhere, when the card shows just this already', () => {
    const mine = { id: 'mine', anchor: anchorKey('update', '2026-11-26'), dueAt: NOW, content: 'a' };
    const at = (root: Root | null, more: object = {}) =>
      placeOf(mine, { root, dueAt: NOW, shown: 'a', ...more }, NOW).is;
    assert.equal(at(ROOT), 'same');
    assert.equal(at(ROOT, { shown: null }), 'renew', 'what it shows is not known');
    assert.equal(at(ROOT, { dueAt: NOW + 1 }), 'stale', 'a newer run decides');
    assert.equal(at({ ...ROOT, recalledAt: NOW - 1 }), 'new', 'it was taken back');
    assert.equal(at({ ...ROOT, state: 'unknown' }), 'wait', 'the first is unsure');
    assert.equal(at({ ...ROOT, deliveredAt: NOW - 14 * DAY }), 'new', 'it is too old to be renewed');
    assert.equal(
      placeOf({ ...mine, anchor: anchorKey('thread', 'd') }, { root: ROOT, dueAt: NOW, shown: 'a' }, NOW).is,
      'reply',
    );
  });
});
