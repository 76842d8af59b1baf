import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codeRow, knownCodes } from '../../src/feishu/codes.ts';
import { outcomeOf } from '../../src/feishu/outcomes.ts';
import { answerOf } from '../../src/feishu/reply.ts';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  answerOf({ status, headers, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) });

const outcome = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  const { is, ...rest } = outcomeOf(answer(status, body, headers));
  if (is === 'rejected') return `rejected ${(rest as { fault: string }).fault}`;
  if (is === 'retry')
    return `retry ${(rest as { after: number | null }).after} ${(rest as { pace: string | null }).pace}`;
  return is;
};

describe('what an answer means for a delivery', () => {
  for (const [name, status, body, headers, expected] of [
    ['code 0 with an id', 200, { code: 0, data: { message_id: 'om_1' } }, {}, 'delivered'],
    ['code 0 without an id proves nothing', 200, { code: 0, data: {} }, {}, 'unknown'],
    ['a code in an HTTP 200', 200, { code: 230002 }, {}, 'rejected recipient'],
    ['the same code in an HTTP 400', 400, { code: 230002 }, {}, 'rejected recipient'],
    ['an app without the bot ability', 400, { code: 230006 }, {}, 'rejected app'],
    ['a card that was not accepted', 400, { code: 230099 }, {}, 'rejected message'],
    ['too fast for a group', 400, { code: 230020 }, {}, 'retry null target'],
    [
      'too fast for the app, with the time to wait',
      429,
      { code: 99991400 },
      { 'x-ogw-ratelimit-reset': '7' },
      'retry 7000 app',
    ],
    ['the old form of the same', 400, { code: 99991400 }, { 'x-ogw-ratelimit-reset': '3' }, 'retry 3000 app'],
    ['Retry-After', 429, { code: 99991400 }, { 'retry-after': '2' }, 'retry 2000 app'],
    ['the gateway header wins', 429, {}, { 'x-ogw-ratelimit-reset': '5', 'retry-after': '60' }, 'retry 5000 app'],
    ['both, of which one is no time', 429, {}, { 'x-ogw-ratelimit-reset': '?', 'retry-after': '9' }, 'retry 9000 app'],
    [
      'Retry-After as a date',
      429,
      {},
      { date: 'Tue, 24 Nov 2026 10:00:00 GMT', 'retry-after': 'Tue, 24 Nov 2026 10:00:08 GMT' },
      'retry 8000 app',
    ],
    [
      'a date that is over',
      429,
      {},
      { date: 'Tue, 24 Nov 2026 10:00:00 GMT', 'retry-after': 'Tue, 24 Nov 2026 09:59:00 GMT' },
      'retry 0 app',
    ],
    ['a date that cannot be compared', 429, {}, { 'retry-after': 'Tue, 24 Nov 2026 10:00:08 GMT' }, 'retry null app'],
    ['a day is not believed', 429, {}, { 'retry-after': '86400' }, 'retry 3600000 app'],
    ['429 without a body', 429, '', {}, 'retry null app'],
    ['being sent already', 400, { code: 230049 }, {}, 'retry null null'],
    ['busy', 200, { code: 2200 }, {}, 'retry null null'],
    ['500 without a code', 500, 'oops', {}, 'unknown'],
    ['502 with HTML', 502, '<html>', {}, 'unknown'],
    ['200 with HTML from a proxy', 200, '<html>login</html>', {}, 'unknown'],
    ['an unlisted code', 400, { code: 123456 }, {}, 'rejected message'],
    ['an unlisted code with 5xx', 503, { code: 123456 }, {}, 'unknown'],
  ] as const) {
    it(`${name}: ${expected}`, () => assert.equal(outcome(status, body, headers as Record<string, string>), expected));
  }

  it('a lost answer is unknown, a request that never left is tried again', () => {
    assert.equal(outcomeOf({ is: 'lost', why: 'reset' }).is, 'unknown');
    assert.equal(outcomeOf({ is: 'not-sent', why: 'ECONNREFUSED' }).is, 'retry');
  });

  it('the log id is found wherever Feishu put it', () => {
    assert.equal(answer(200, { code: 1, log_id: 'a' }).logId, 'a');
    assert.equal(answer(400, { code: 1, error: { log_id: 'b' } }).logId, 'b');
    assert.equal(answer(400, { code: 1 }, { 'x-tt-logid': 'c' }).logId, 'c');
  });
});

describe('the table of codes', () => {
  it('has words in both languages for each', () => {
    for (const code of knownCodes()) {
      const row = codeRow(code);
      assert.ok(row?.words.zh && row.words.en, String(code));
    }
  });
});
