import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as ended from '../../src/ledger/reasons.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { EXPIRED, GAVE_UP, UNSURE } from '../../src/model/settle.ts';
import { reasonHint, reasonWords } from '../../src/report/reason-words.ts';
import { lastWords, reasonOf, whatToDo } from '../../src/report/what-to-do.ts';
import { runWords } from '../../src/run/words.ts';

const tried: Delivery = {
  id: 'd',
  run: '12345678-rest',
  recipient: 'ou_a',
  target: { idType: 'open_id', id: 'ou_a' },
  app: 'default',
  part: 1,
  generation: 1,
  kind: 'text',
  content: 'hash',
  uuid: 'uuid',
  state: 'retrying',
  settled: false,
  remembers: true,
  notBefore: 0,
  deliverUntil: 0,
  tries: 1,
  firstUnsureAt: null,
  chatId: null,
  messageId: null,
  code: null,
  http: null,
  fault: null,
  logId: null,
  message: null,
  deliveredAt: null,
  recalledAt: null,
  reason: null,
  anchor: null,
  renews: null,
  repliesTo: null,
  urgent: null,
  urged: null,
  progress: null,
};

const unreached = { message: 'connect ECONNREFUSED 127.0.0.1:9' };
const busy = { code: 230020, http: 400, message: 'frequency limit' };
const unknown = { state: 'unknown', firstUnsureAt: 1 } as const;
const outside = { code: 230013, http: 400, message: 'NO availability' };

const HINTS: readonly (readonly [name: string, delivery: Partial<Delivery>, zh: RegExp, en: RegExp])[] = [
  ['the network, retrying', unreached, /network\.proxy.*会自动重试/, /network\.proxy.*tried again by itself/],
  [
    'the network, given up',
    { ...unreached, state: 'rejected', reason: GAVE_UP },
    /network\.proxy.*改好后 larkcron resend 12345678。$/,
    /Once mended: larkcron resend 12345678\.$/,
  ],
  ['a limit, retrying', busy, /再试/, /tries again/],
  [
    'a limit, given up',
    { ...busy, state: 'rejected', reason: GAVE_UP },
    /^改好后 larkcron resend 12345678。$/,
    /^Once mended: larkcron resend 12345678\.$/,
  ],
  ['a limit, expired', { ...busy, state: 'rejected', reason: EXPIRED }, /^仍要发就/, /^To send it all the same/],
  ['a limit, cancelled', { ...busy, state: 'cancelled' }, /larkcron resend 12345678/, /larkcron resend 12345678/],
  ['too late', { state: 'cancelled', tries: 0, reason: ended.LATE }, /deliverWithin/, /deliverWithin/],
  ['a refusal', { ...outside, state: 'rejected' }, /可用范围/, /availability/],
  ['a token', { code: 99991663, state: 'rejected' }, /^核对应用的凭证/, /^Check the app's credentials/],
  ['no answer', { ...unknown, message: 'socket hang up' }, /50 分钟内/, /For 50 minutes/],
  ['no answer, after that', { ...unknown, settled: true, reason: UNSURE }, /resend 12345678 --unknown/, /--unknown/],
  ['no uuid', { ...unknown, remembers: false, settled: true, http: 502 }, /没有 uuid/, /no uuid/],
  ['a batch', { state: 'rejected', tries: 0, reason: ended.UNREACHED }, /可用范围/, /availability/],
  [
    'nobody has it',
    { state: 'rejected', tries: 0, reason: { code: 'recipient-not-found', message: { zh: '', en: '' } } },
    /核对邮箱/,
    /Check the address/,
  ],
  [
    'who has left',
    { state: 'rejected', tries: 0, reason: { code: 'recipient-left', message: { zh: '', en: '' } } },
    /从 to 里去掉/,
    /out of `to`/,
  ],
  [
    'may not be taken back',
    { state: 'delivered', reason: { code: 'recall-refused', message: { zh: '230026 no', en: '230026 no' } } },
    /放宽撤回时限/,
    /administrator/,
  ],
  ['cannot be taken back', { state: 'delivered', reason: ended.CANNOT_RECALL }, /手动删除/, /by hand/],
];

for (const [name, change, zh, en] of HINTS)
  it(`what to do: ${name}`, () => {
    const hint = whatToDo({ ...tried, ...change }, null);
    assert.match(hint?.zh ?? '', zh);
    assert.match(hint?.en ?? '', en);
  });

it('nothing promises another try once there is none', () => {
  for (const state of ['rejected', 'cancelled'] as const)
    for (const code of [null, 230020, 230049, 11232, 99991400, 99991663, 18121])
      for (const reason of [null, GAVE_UP, EXPIRED, ended.LATE]) {
        const hint = whatToDo({ ...tried, state, code, reason, message: 'x' }, null);
        assert.doesNotMatch(hint?.zh ?? '', /自动/, `${state} ${code}`);
        assert.doesNotMatch(hint?.en ?? '', /by itself|tries again|looks again/, `${state} ${code}`);
      }
});

it('what was said, where no code was', () => {
  for (const [change, zh] of [
    [unreached, '对方拒绝连接(connect ECONNREFUSED 127.0.0.1:9)'],
    [{ ...unknown, http: 500 }, '飞书或中间的代理出错(HTTP 500),可能已送达'],
    [{ ...unknown, http: 200, code: 0, message: 'ok' }, '飞书说成功,却没有给 message_id(HTTP 200: ok),可能已送达'],
    [unknown, '没有得到飞书的回答,可能已送达'],
  ] as const)
    assert.equal(lastWords({ ...tried, ...change }, null)?.zh, zh);
  assert.equal(lastWords({ ...tried, state: 'queued', tries: 0 }, null), null);
});

it('a recall that Feishu refused is said in words', () => {
  const refused = { code: 'recall-refused', message: { zh: '230026 no', en: '230026 no' } };
  assert.match(reasonOf({ ...tried, state: 'delivered', reason: refused }, null)?.zh ?? '', /^撤不回:.*230026 no/);
  assert.equal(reasonOf({ ...tried, state: 'rejected', reason: GAVE_UP }, null), GAVE_UP.message);
  assert.equal(reasonOf(tried, null), null);
});

it('every reason of the ledger has words in the reference and a hint', () => {
  for (const reason of [...Object.values(ended), GAVE_UP, EXPIRED, UNSURE]) {
    assert.ok(reason.code in reasonWords || reason.code in runWords, reason.code);
    const hint = reasonHint(reason, '12345678', 'daily');
    assert.ok(hint !== null && !/undefined/.test(hint.zh + hint.en), reason.code);
  }
});
