import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { APP_RULES, CHAT_RULES, createWindows, waitFor } from '../../src/sandbox/limits.ts';

test('how long to wait, from the times of the requests before', () => {
  const second = [{ count: 2, within: 1_000 }];
  const cases = [
    [[], 0, 0],
    [[0], 0, 0],
    [[0, 0], 0, 1_000],
    [[0, 400], 900, 100],
    [[0, 400], 1_000, 0],
  ] as const;
  for (const [times, now, wait] of cases) assert.equal(waitFor(times, now, second), wait, `${times} at ${now}`);
});

test('the minute holds back what the second would allow', () => {
  const windows = createWindows();
  for (let n = 0; n < 1_000; n++) assert.equal(windows.take('app', n * 21, APP_RULES), 0);
  assert.equal(windows.take('app', 21_000, APP_RULES), 60_000 - 21_000);
});

test('no stretch of a second ever holds more than five, whenever they come', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400), { maxLength: 60 }), (gaps) => {
      const windows = createWindows();
      let now = 0;
      const taken: number[] = [];
      for (const gap of gaps) {
        now += gap;
        if (windows.take('chat', now, CHAT_RULES) === 0) taken.push(now);
      }
      return taken.every((at, i) => (taken[i + 5] ?? Number.POSITIVE_INFINITY) - at >= 1_000);
    }),
  );
});
