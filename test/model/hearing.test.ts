import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { afterWay, type Hearing, missedAll, nextWay, unmended } from '../../src/model/hearing.ts';
import type { SecondWay, Way } from '../../src/model/on-failure.ts';
import { parseRecipient, type Recipient, webhookRecipient } from '../../src/model/recipient.ts';

const [ANN, BOB] = [parseRecipient('ann@b.com')!, parseRecipient('ou_bob')!];
const ONCALL = webhookRecipient('oncall');
const SALES: Recipient = { shown: 'od-1', idType: 'department', id: 'od-1' };
const OTHER: SecondWay = { at: null, is: 'app', app: 'backup' };
const BOT: SecondWay = { at: null, is: 'webhook', recipient: webhookRecipient('ops') };
const PROGRAM: SecondWay = { at: null, is: 'command', argv: ['tell'], timeout: 1_000 };
const BOTH: readonly Way[] = ['first', 'via'];
const missed = (to: string | null, by: Way = 'first') => missedAll(by, to, null);
const hearing = (more: Partial<Hearing>): Hearing => ({ tried: ['first'], heard: [], misses: [], ...more });

describe('the next way of a notice', () => {
  type Case = readonly [string, SecondWay | null, readonly Recipient[], readonly Way[], Hearing, string];
  const NOTHING = hearing({ tried: [] });
  const cases: readonly Case[] = [
    ['the first is for all', OTHER, [ANN, BOB], BOTH, NOTHING, 'first default: ann@b.com, ou_bob'],
    [
      'another app goes to exactly those missed',
      OTHER,
      [ANN, BOB],
      BOTH,
      hearing({ heard: ['ann@b.com'], misses: [missed('ou_bob')] }),
      'via backup: ou_bob',
    ],
    [
      'a custom bot is told once',
      BOT,
      [ANN, BOB],
      BOTH,
      hearing({ heard: ['ann@b.com'], misses: [missed('ou_bob')] }),
      'via webhook',
    ],
    ['a program is told once', PROGRAM, [ANN], BOTH, hearing({ misses: [missed('ann@b.com')] }), 'via command'],
    ['all have it', BOT, [ANN], BOTH, hearing({ heard: ['ann@b.com'] }), 'over'],
    [
      'nothing was sent at all',
      OTHER,
      [ANN, BOB],
      BOTH,
      hearing({ misses: [missed(null)] }),
      'via backup: ann@b.com, ou_bob',
    ],
    [
      'only a custom bot was missed, which no app reaches',
      OTHER,
      [ANN, ONCALL],
      BOTH,
      hearing({ heard: ['ann@b.com'], misses: [missed('webhook:oncall')] }),
      'over',
    ],
    [
      'somebody of a department was missed',
      OTHER,
      [SALES],
      BOTH,
      hearing({ heard: ['ou_x'], misses: [missed('ou_y')] }),
      'via backup: ou_y',
    ],
    ['the department itself was', OTHER, [SALES], BOTH, hearing({ misses: [missed('od-1')] }), 'via backup: od-1'],
    ['both were tried', BOT, [ANN], BOTH, hearing({ tried: ['first', 'via'], misses: [missed('ann@b.com')] }), 'over'],
    [
      'a broken app after a bot in vain',
      BOT,
      [ANN, BOB],
      ['via', 'first'],
      hearing({ tried: ['via'], misses: [missed('webhook:ops', 'via')] }),
      'first default: ann@b.com, ou_bob',
    ],
    [
      'a broken app after the other one reached some',
      OTHER,
      [ANN, BOB],
      ['via', 'first'],
      hearing({ tried: ['via'], heard: ['ann@b.com'], misses: [missed('ou_bob', 'via')] }),
      'first default: ou_bob',
    ],
    ['no second way', null, [ANN], ['first'], hearing({ misses: [missed('ann@b.com')] }), 'over'],
    ['nobody at all', null, [], [], NOTHING, 'over'],
  ];
  const shown = (next: ReturnType<typeof nextWay>): string => {
    if (next === null) return 'over';
    if (next.is === 'other') return `${next.way} ${next.via.is}`;
    return `${next.way} ${next.app ?? 'default'}: ${next.to.map((one) => one.shown).join(', ')}`;
  };
  for (const [name, via, notify, ways, so, next] of cases)
    it(`${name}: ${next}`, () =>
      assert.equal(shown(nextWay({ notify, via }, ways, so, { kind: 'failure', heardBy: [] })), next));

  it('a recovery goes by the second way, too, if the failure was heard by it', () => {
    const so = hearing({ heard: ['ann@b.com'] });
    const next = (via: SecondWay, kind: 'recovery' | 'reminder', heardBy: readonly Way[]) =>
      shown(nextWay({ notify: [ANN], via }, BOTH, so, { kind, heardBy }));
    assert.equal(next(BOT, 'recovery', ['via']), 'via webhook');
    assert.equal(next(PROGRAM, 'recovery', ['first', 'via']), 'via command');
    assert.equal(next(BOT, 'recovery', ['first']), 'over');
    assert.equal(next(BOT, 'reminder', ['via']), 'over');
    // another app tells the same people
    assert.equal(next(OTHER, 'recovery', ['via']), 'over');
  });
});

describe('who heard, after each way', () => {
  it('another way makes good what one missed, and a way judged again replaces its own word', () => {
    const first = hearing({ ...afterWay(hearing({}), 'first', { heard: ['ann@b.com'], misses: [missed('ou_bob')] }) });
    assert.deepEqual(unmended(first), [missed('ou_bob')]);
    const second = afterWay(first, 'via', { heard: ['ou_bob'], misses: [] });
    assert.deepEqual(second.heard, ['ann@b.com', 'ou_bob']);
    assert.deepEqual(unmended(second), []);
    const proven = afterWay(first, 'first', { heard: ['ann@b.com', 'ou_bob'], misses: [] });
    assert.deepEqual(proven, { heard: ['ann@b.com', 'ou_bob'], misses: [] });
  });
});
