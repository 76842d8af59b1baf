import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { DeliveryState } from '../../src/model/delivery.ts';
import { reachOf } from '../../src/model/reach.ts';

const one = (recipient: string, state: DeliveryState) =>
  ({ recipient, state, target: { idType: 'open_id', id: recipient } }) as const;
const batch = (people: readonly string[], state: DeliveryState) =>
  ({ recipient: `batch 1/1 (${people.length})`, state, target: { idType: 'batch', id: people.join(',') } }) as const;

it('people are counted, whatever the rows are', () => {
  assert.deepEqual(reachOf([one('a', 'delivered'), one('b', 'rejected'), one('c', 'unknown'), one('d', 'cancelled')]), {
    reached: ['a'],
    unreached: ['b', 'd'],
    unknown: ['c'],
  });
});

it('a delivered batch reached its people, but for those refused', () => {
  assert.deepEqual(reachOf([batch(['a', 'b', 'c'], 'delivered'), one('b', 'rejected')]), {
    reached: ['a', 'c'],
    unreached: ['b'],
    unknown: [],
  });
  // resent to them alone
  assert.deepEqual(reachOf([batch(['a', 'b'], 'delivered'), one('b', 'delivered')]).unreached, []);
});

it('a batch that was refused or lost is so for each of its people', () => {
  assert.deepEqual(reachOf([batch(['a', 'b'], 'rejected'), batch(['c'], 'unknown')]), {
    reached: [],
    unreached: ['a', 'b'],
    unknown: ['c'],
  });
});

it('who lacks one part of a message was missed', () => {
  assert.deepEqual(reachOf([one('a', 'delivered'), one('a', 'rejected'), one('b', 'delivered'), one('b', 'unknown')]), {
    reached: [],
    unreached: ['a'],
    unknown: ['b'],
  });
});
