import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { afterUrge } from '../../src/model/after-arrival.ts';
import { NO_ANSWER, type Outcome } from '../../src/model/outcome.ts';
import { HOUR, MINUTE, SECOND } from '../../src/model/time.ts';

const T = Date.UTC(2026, 10, 22, 10, 0, 0);
const later = (after: number | null): Outcome => ({ ...NO_ANSWER, code: 99991400, is: 'retry', after, pace: 'app' });
const row = { deliveredAt: T, deliverUntil: T + HOUR };

describe('after a try to tell a person at once', () => {
  it('what is refused for now waits as long as Feishu says, and longer the longer it lasts', () => {
    assert.deepEqual(afterUrge(row, later(30 * SECOND), { now: T, random: 0 }), {
      state: 'again',
      code: 99991400,
      at: T + 30 * SECOND,
    });
    const much = afterUrge(row, later(SECOND), { now: T + 4 * MINUTE, random: 0.99 });
    assert.ok(much.state === 'again' && much.at > T + 7 * MINUTE && much.at <= T + 9 * MINUTE);
  });

  it('it is not tried again after the message would no longer be sent', () => {
    const now = T + HOUR - SECOND;
    assert.deepEqual(afterUrge(row, later(null), { now, random: 0 }), { state: 'refused', code: 99991400 });
  });

  it('what may have arrived is never repeated', () => {
    const lost: Outcome = { ...NO_ANSWER, is: 'unknown' };
    assert.equal(afterUrge(row, lost, { now: T, random: 0 }).state, 'unknown');
  });
});
