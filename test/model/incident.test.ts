import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Hearing, missedAll } from '../../src/model/hearing.ts';
import {
  type Incident,
  incidentStep,
  isAppBack,
  isAppsOwn,
  nextNotice,
  tellingAfterClose,
  tellingAfterFailure,
  tellingAfterWay,
  tellingAtLast,
  waysHeard,
} from '../../src/model/incident.ts';
import { type OnFailure, type SecondWay, togetherOf, waysOf } from '../../src/model/on-failure.ts';
import { parseRecipient, webhookRecipient } from '../../src/model/recipient.ts';
import { HOUR, MINUTE } from '../../src/model/time.ts';

const T = Date.UTC(2026, 10, 22, 10);

describe('what the end of a run does to the incident of its job', () => {
  const open = { lastDue: T, beforeSending: false };
  const cases = [
    ['a first failure', null, 'failed', T, 'open'],
    ['a first partial one', null, 'partial', T, 'open'],
    ['a first unknown one', null, 'unknown', T, 'open'],
    ['a success with nothing open', null, 'delivered', T, 'none'],
    ['one more failure', open, 'failed', T + 1, 'count'],
    ['the first success', open, 'delivered', T + 1, 'close'],
    ['a failure that was due earlier', open, 'failed', T - 1, 'none'],
    ['a success that was due earlier', open, 'delivered', T - 1, 'none'],
    ['a skipped run', open, 'skipped', T + 1, 'none'],
    ['a missed one', open, 'missed', T + 1, 'count'],
  ] as const;
  for (const [name, before, state, dueAt, step] of cases)
    it(`${name}: ${step}`, () =>
      assert.equal(incidentStep(before, { state, dueAt, reason: null, counted: false }), step));

  const resent = [
    ['a resent run fails again', open, 'failed', T, 'again'],
    ['a resent run fails for some', open, 'partial', T, 'again'],
    ['a resent run arrives', open, 'delivered', T, 'close'],
    ['an older one fails again', open, 'failed', T - 1, 'none'],
    ['it fails again when its incident is over', null, 'failed', T, 'none'],
  ] as const;
  for (const [name, before, state, dueAt, step] of resent)
    it(`${name}: ${step}`, () =>
      assert.equal(incidentStep(before, { state, dueAt, reason: null, counted: true }), step));

  for (const state of ['failed', 'partial', 'skipped'] as const)
    for (const code of ['cancelled', 'interrupted', 'recalled', 'superseded'])
      it(`${state}, being ${code}: no fault of the job`, () => {
        assert.equal(incidentStep(null, { state, dueAt: T, reason: { code }, counted: false }), 'none');
        assert.equal(incidentStep(open, { state, dueAt: T, reason: { code }, counted: false }), 'none');
      });
  it('a card that would not have changed shows that the job works again', () => {
    const run = { state: 'skipped', dueAt: T, reason: { code: 'unchanged' }, counted: false } as const;
    assert.equal(incidentStep(open, run), 'close');
    assert.equal(incidentStep(null, run), 'none');
  });
  for (const code of ['condition-false', 'empty'])
    it(`nothing to say, being ${code}, ends what failed before sending, and proves nothing of sending`, () => {
      const run = { state: 'skipped', dueAt: T, reason: { code }, counted: false } as const;
      assert.equal(incidentStep({ ...open, beforeSending: true }, run), 'close');
      assert.equal(incidentStep(open, run), 'none');
      assert.equal(incidentStep(null, run), 'none');
      assert.equal(incidentStep({ ...open, beforeSending: true }, { ...run, dueAt: T - 1 }), 'none');
    });
  it('any other reason is one', () => {
    assert.equal(incidentStep(null, { state: 'failed', dueAt: T, reason: { code: 'late' }, counted: false }), 'open');
  });
});

describe('the incident of an app', () => {
  it('ends with a message that arrived after its last failure, not with one before', () => {
    assert.equal(isAppBack({ lastDue: T }, T + 1), true);
    assert.equal(isAppBack({ lastDue: T }, T), false);
    assert.equal(isAppBack({ lastDue: T }, null), false);
  });

  it('has every failure by its fault, except of a job that failed with it before and still does after it worked', () => {
    assert.equal(isAppsOwn({ because: null }, false), true);
    assert.equal(isAppsOwn({ because: { state: 'open' } }, true), true);
    assert.equal(isAppsOwn({ because: { state: 'closed' } }, false), false);
    // others fail with it again
    assert.equal(isAppsOwn({ because: { state: 'closed' } }, true), true);
  });
});

describe('whether the incident of a job is told by itself', () => {
  const was = (more: Partial<Pick<Incident, 'because' | 'tell' | 'noticedAt'>>) =>
    ({ because: null, tell: 'due', noticedAt: null, ...more }) as const;
  const cases = [
    ['its own first failure', null, null, { because: null, tell: 'due' }],
    ['a first failure by the app', null, 7, { because: 7, tell: 'none' }],
    ['one more of its own', was({}), null, { because: null, tell: 'due' }],
    [
      'one more of its own after it was told',
      was({ tell: 'told', noticedAt: T }),
      null,
      { because: null, tell: 'told' },
    ],
    ['the app fails before it was told', was({}), 7, { because: 7, tell: 'none' }],
    ['the app fails after it was told', was({ tell: 'told', noticedAt: T }), 7, { because: null, tell: 'told' }],
    ['the app fails again', was({ because: 7, tell: 'none' }), 7, { because: 7, tell: 'none' }],
    ['a failure of its own after the app', was({ because: 7, tell: 'none' }), null, { because: 7, tell: 'due' }],
    ['another incident of the app', was({ because: 7, tell: 'none' }), 9, { because: 9, tell: 'none' }],
  ] as const;
  for (const [name, before, app, after] of cases)
    it(name, () => assert.deepEqual(tellingAfterFailure(before, app), after));

  it('its end is told to whoever was told of its beginning', () => {
    assert.equal(tellingAfterClose({ because: null, noticedAt: null }), 'due');
    assert.equal(tellingAfterClose({ because: 7, noticedAt: null }), 'none');
    assert.equal(tellingAfterClose({ because: 7, noticedAt: T }), 'due');
  });

  const heard = (more: Partial<Hearing>): Hearing => ({ tried: ['first'], heard: [], misses: [], ...more });
  const miss = missedAll('first', 'ou_b', null);
  const failure = { notice: 'failure', heardBy: [] } as const;
  const ways = [
    ['everybody got it', heard({ heard: ['ou_a'] }), failure, 'told'],
    ['somebody did not', heard({ heard: ['ou_a'], misses: [miss] }), failure, 'due'],
    [
      'the other way reached them',
      heard({ tried: ['first', 'via'], heard: ['ou_a', 'ou_b'], misses: [miss] }),
      failure,
      'told',
    ],
    ['nothing was sent', heard({ misses: [missedAll('first', null, null)] }), failure, 'due'],
    [
      'a recovery, and others heard of the failure',
      heard({ heard: ['ou_a'] }),
      { notice: 'recovery', heardBy: ['via'] },
      'due',
    ],
    ['a recovery by the same way', heard({ heard: ['ou_a'] }), { notice: 'recovery', heardBy: ['first'] }, 'told'],
    [
      'a reminder, whoever heard of the failure',
      heard({ heard: ['ou_a'] }),
      { notice: 'reminder', heardBy: ['via'] },
      'told',
    ],
  ] as const;
  for (const [name, hearing, of, tell] of ways)
    it(`after a way: ${name}: ${tell}`, () => assert.equal(tellingAfterWay(hearing, of), tell));

  it('a notice on its way when the incident closes may be heard', () => {
    assert.deepEqual(waysHeard({ tell: 'queued', tried: ['first', 'via'], heardBy: [] }), ['via']);
    assert.deepEqual(waysHeard({ tell: 'due', tried: ['first'], heardBy: [] }), []);
    assert.deepEqual(waysHeard({ tell: 'told', tried: ['first'], heardBy: ['first'] }), ['first']);
  });

  it('with no way left it is told if anybody heard', () => {
    assert.equal(tellingAtLast({ heard: ['ou_a'] }), 'told');
    assert.equal(tellingAtLast({ heard: [] }), 'unreachable');
  });
});

describe('what is to be told next', () => {
  const NEW = { state: 'open', tell: 'due', count: 1, noticedAt: null, notice: null, tried: [] } as const;
  const TOLD = { ...NEW, tell: 'told', noticedAt: T, notice: 'failure', tried: ['first'] } as const;
  const cases: readonly [
    string,
    Parameters<typeof nextNotice>[0],
    Partial<Pick<OnFailure, 'after' | 'remind'>>,
    number,
    ReturnType<typeof nextNotice>,
  ][] = [
    ['the first failure', NEW, {}, T, 'failure'],
    ['the second of three', { ...NEW, count: 2 }, { after: 3 }, T, null],
    ['the third of three', { ...NEW, count: 3 }, { after: 3 }, T, 'failure'],
    ['told, no reminders', TOLD, {}, T + 99 * HOUR, null],
    ['told, not yet time', TOLD, { remind: HOUR }, T + HOUR - 1, null],
    ['told, time for a reminder', TOLD, { remind: HOUR }, T + HOUR, 'reminder'],
    ['on its way', { ...TOLD, tell: 'queued' }, { remind: HOUR }, T + 9 * HOUR, null],
    ['being told by a program', { ...TOLD, tell: 'calling' }, { remind: HOUR }, T + 9 * HOUR, null],
    ['a reminder refused by the first way', { ...TOLD, tell: 'due', notice: 'reminder' }, {}, T, 'reminder'],
    ['nobody reached, within the hour', { ...TOLD, tell: 'unreachable' }, {}, T + HOUR - 1, null],
    ['nobody reached, an hour later', { ...TOLD, tell: 'unreachable' }, {}, T + HOUR, 'failure'],
    ['told by another', { ...NEW, tell: 'none' }, {}, T, null],
    ['recovered', { ...TOLD, state: 'closed', tell: 'due', tried: [] }, {}, T, 'recovery'],
    ['recovered before anybody was to hear', { ...NEW, state: 'closed', count: 2 }, { after: 3 }, T, 'drop'],
    ['failed and recovered with nothing awake', { ...NEW, state: 'closed' }, {}, T, 'recovery'],
    ['recovered, and told', { ...TOLD, state: 'closed', notice: 'recovery' }, { remind: 1 }, T + HOUR, null],
  ];
  for (const [name, incident, policy, now, what] of cases)
    it(`${name}: ${what}`, () => assert.equal(nextNotice(incident, { after: 1, remind: null, ...policy }, now), what));
});

describe('by which ways', () => {
  const owner = parseRecipient('ou_owner')!;
  const other: SecondWay = { at: null, is: 'app', app: 'backup' };
  const bot: SecondWay = { at: null, is: 'webhook', recipient: webhookRecipient('ops') };
  const cases: readonly [string, Parameters<typeof waysOf>[0], Parameters<typeof waysOf>[1], readonly string[]][] = [
    ['the app works', { notify: [owner], via: other }, { app: 'default', broken: false }, ['first', 'via']],
    ['the app is what failed', { notify: [owner], via: other }, { app: 'default', broken: true }, ['via', 'first']],
    ['no second way', { notify: [owner], via: null }, { app: 'default', broken: true }, ['first']],
    ['its own second way', { notify: [owner], via: other }, { app: 'backup', broken: true }, ['first']],
    ['no owner, a custom bot', { notify: [], via: bot }, { app: 'default', broken: false }, ['via']],
    ['no owner, another app', { notify: [], via: other }, { app: 'default', broken: false }, []],
  ];
  for (const [name, policy, first, ways] of cases) it(name, () => assert.deepEqual(waysOf(policy, first), ways));

  it('of an app hears everybody who hears of its jobs, by the first way that is not the app', () => {
    const one: OnFailure = {
      notify: [owner],
      after: 3,
      remind: 2 * HOUR,
      via: { at: null, is: 'app', app: 'default' },
    };
    const two: OnFailure = { notify: [parseRecipient('ou_b')!], after: 1, remind: MINUTE, via: bot };
    const settings: OnFailure = { notify: [owner], after: 5, remind: null, via: null };
    assert.deepEqual(togetherOf([], settings, 'default'), settings);
    assert.deepEqual(togetherOf([one, two], settings, 'default'), {
      notify: [...one.notify, ...two.notify],
      after: 1,
      remind: MINUTE,
      via: bot,
    });
  });
});
