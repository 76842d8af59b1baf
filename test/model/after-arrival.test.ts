import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { afterRecall, afterUrge } from '../../src/model/after-arrival.ts';
import { NO_ANSWER, type Outcome } from '../../src/model/outcome.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/model/time.ts';

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

describe('after a try to take a message back', () => {
  const lost: Outcome = { ...NO_ANSWER, is: 'unknown' };

  it('a limit is waited for, by the whole app', () => {
    const now = { now: T, random: 0 };
    const at = T + 30 * SECOND;
    assert.deepEqual(afterRecall({ recallSince: null }, later(30 * SECOND), now), { is: 'later', at, wholeApp: true });
  });

  it('a lost answer is asked for again, later and later, and given up after a day', () => {
    const after = (ms: number) => afterRecall({ recallSince: T }, lost, { now: T + ms, random: 0.5 });
    const waits = [0, 10 * SECOND, HOUR].map((ms) => {
      const next = after(ms);
      return next.is === 'later' ? next.at - T - ms : next.is;
    });
    assert.deepEqual(waits, [750, 7_500, 225_000]);
    assert.deepEqual(after(DAY), { is: 'given-up' });
  });
});
