import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { causeOf } from '../../src/incident/cause.ts';
import { UNREACHED } from '../../src/ledger/reasons.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Reason } from '../../src/model/run.ts';
import { EXPIRED } from '../../src/model/settle.ts';
import { runWords } from '../../src/run/words.ts';

const delivery = (more: Partial<Delivery>): Delivery => ({
  ...{ id: 'd', run: 'r', recipient: 'ou_a', target: { idType: 'open_id', id: 'ou_a' }, app: 'default', part: 1 },
  ...{ generation: 1, kind: 'card', content: 'c', uuid: 'u', state: 'rejected', settled: false, remembers: true },
  ...{ notBefore: 0, deliverUntil: 0, tries: 1, firstUnsureAt: null, chatId: null, messageId: null, code: null },
  ...{ http: null, fault: null, logId: null, message: null, deliveredAt: null, recalledAt: null, reason: null },
  ...{ anchor: null, renews: null, repliesTo: null, urgent: null, urged: null, progress: null },
  ...more,
});
const CANCELLED: Reason = { code: 'cancelled', message: { zh: '由人取消。', en: 'A person cancelled it.' } };
const LEFT: Reason = { code: 'recipient-left', message: runWords['recipient-left']({ recipient: 'ou_a' }).message };

describe('why a run failed', () => {
  const cause = (reason: Reason | null, ...deliveries: readonly Partial<Delivery>[]) =>
    causeOf({ reason }, deliveries.map(delivery), { app: null, gate: null, links: () => null });

  const cases: readonly [
    string,
    readonly Partial<Delivery>[],
    { code: string; zh: RegExp; en: RegExp; hint?: RegExp },
  ][] = [
    [
      'what never left says why it was cancelled',
      [{ state: 'delivered' }, { state: 'cancelled', reason: CANCELLED }],
      { code: 'cancelled', zh: /^由人取消/, en: /^A person cancelled it/ },
    ],
    [
      'what expired without an answer of anybody',
      [{ state: 'cancelled', reason: EXPIRED }],
      { code: 'expired', zh: /最晚送达时间/, en: /latest time to arrive/ },
    ],
    [
      'what the network said is words',
      [{ reason: EXPIRED, message: 'getaddrinfo ENOTFOUND open.feishu.cn' }],
      { code: 'expired', zh: /域名解析失败.*getaddrinfo/, en: /name does not resolve.*getaddrinfo/, hint: /proxy/ },
    ],
    [
      'no answer at all is unsure, not unreachable',
      [{ state: 'unknown', message: 'socket hang up' }],
      { code: 'unknown', zh: /没有回答/, en: /did not answer/ },
    ],
    [
      'a code of Feishu’s has its words and its hint',
      [{ code: 230013, http: 400, message: 'Bot has NO availability to this user.' }],
      { code: '230013', zh: /可用范围/, en: /availab/, hint: /./ },
    ],
    [
      'who has left has no code, but a hint',
      [{ reason: LEFT }],
      { code: 'recipient-left', zh: /已离职/, en: /has left/, hint: /^Take the person out of `to`/ },
    ],
    [
      'whom a batch does not reach has one, too',
      [{ reason: UNREACHED }],
      { code: 'not-reached', zh: /批量/, en: /batch/, hint: /availability/ },
    ],
    [
      'nothing is on record',
      [{ state: 'delivered' }],
      { code: 'failed', zh: /没有记下原因/, en: /no reason is on record/ },
    ],
    [
      'a refusal says more than what was cancelled after it',
      [{ state: 'cancelled', reason: CANCELLED }, { reason: LEFT }],
      { code: 'recipient-left', zh: /已离职/, en: /has left/, hint: /./ },
    ],
  ];
  for (const [name, deliveries, { code, zh, en, hint }] of cases)
    it(name, () => {
      const found = cause(null, ...deliveries);
      assert.equal(found.code, code);
      assert.match(found.words.zh, zh);
      assert.match(found.words.en, en);
      if (hint === undefined) assert.equal(found.hint, null);
      else assert.match(found.hint?.en ?? '', hint);
    });

  it('the run’s own reason goes first for a job, Feishu’s word for its app', () => {
    const refused = delivery({ fault: 'app', code: 99991672, http: 400 });
    const app = { gate: null, links: () => null };
    const reason: Reason = { code: 'app-fault', message: { zh: '应用', en: 'app' } };
    assert.equal(causeOf({ reason }, [refused], { ...app, app: null }).code, 'app-fault');
    assert.equal(causeOf({ reason }, [refused], { ...app, app: 'default' }).code, '99991672');
    const gate = { code: 10014, closedAt: 0, probeAt: 0 };
    assert.equal(causeOf({ reason }, [], { ...app, app: 'default', gate }).code, '10014');
  });
});
