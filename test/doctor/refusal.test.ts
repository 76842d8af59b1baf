import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refusal } from '../../src/doctor/finding.ts';
import { patient } from '../../src/doctor/patient.ts';
import type { Feishu } from '../../src/feishu/client.ts';
import type { Reply } from '../../src/feishu/reply.ts';
import { HOUR, SECOND } from '../../src/model/time.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { APP, said } from './fixture.ts';

describe('what stood in the way of a call', () => {
  const where = { check: 'call', app: APP } as const;
  for (const [what, reply, expected, words] of [
    ['no connection', { is: 'not-sent', why: 'ECONNREFUSED' }, 'fault unreachable', /ECONNREFUSED/],
    ['an answer that was lost', { is: 'lost', why: 'no answer within 20000 ms' }, 'fault unreachable', /20000 ms/],
    ['a page of a proxy', said(null, { http: 502 }), 'fault no-answer', /HTTP 502/],
    ['a limit without a code', said(null, { http: 429 }), 'warning limited', /HTTP 429/],
    ['a limit', said(99991400, { http: 429 }), 'warning limited', /99991400/],
    ['the month’s quota', said(99991403), 'fault quota-over', /monthly quota/],
    ['a code nobody lists', said(919191, { msg: 'no idea' }), 'fault refused', /919191 no idea/],
    ['an app that is off', said(99991662), 'fault refused', /disabled/],
  ] as const satisfies readonly (readonly [string, Reply, string, RegExp])[])
    it(what, () => {
      const { status, code, message } = refusal(where, reply);
      assert.equal(`${status} ${code}`, expected);
      assert.match(message.en, words);
    });
});

describe('a call that met a limit', () => {
  /** A client that gives these answers in turn, and how often it was asked and when. */
  const scripted = (clock: { monotonic(): number }, replies: readonly Reply[]) => {
    const asked: number[] = [];
    const call = async (): Promise<Reply> => {
      asked.push(clock.monotonic());
      return replies[asked.length - 1] ?? said(0);
    };
    const feishu: Feishu = { appId: 'cli_a', call, askToken: call, now: () => null, askTime: async () => {} };
    return { feishu, asked };
  };
  const limited = (resetAfter: number) => said(99991400, { http: 429, resetAfter });

  for (const [what, replies, waits, code] of [
    ['waits as told and asks again', [limited(3 * SECOND), said(0)], [3 * SECOND], 0],
    [
      'gives up the third time',
      [limited(SECOND), limited(2 * SECOND), limited(SECOND)],
      [SECOND, 2 * SECOND],
      99991400,
    ],
    ['does not wait for an hour', [limited(HOUR)], [], 99991400],
    ['does not repeat a refusal', [said(99991401)], [], 99991401],
  ] as const)
    it(what, async () => {
      const clock = createVirtualClock();
      const { feishu, asked } = scripted(clock, replies);
      const asking = patient(feishu, clock, new AbortController().signal);
      const reply = await clock.until(asking.call({ method: 'GET', path: 'bot/v3/info' }));
      assert.equal(reply.is === 'answer' ? reply.code : null, code);
      assert.deepEqual(
        asked.slice(1).map((at, i) => at - (asked[i] as number)),
        waits,
      );
    });
});
