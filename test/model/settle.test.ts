import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { backoff, toldWait } from '../../src/model/backoff.ts';
import { commonReason, DELIVERY_STATES, DELIVERY_STEPS, runEnd } from '../../src/model/delivery.ts';
import { incidentStep } from '../../src/model/incident.ts';
import { NO_ANSWER, type Outcome } from '../../src/model/outcome.ts';
import { appSlot, MINUTE_WINDOW, SECOND_WINDOW } from '../../src/model/pace.ts';
import { afterTry, mayRepeat } from '../../src/model/settle.ts';
import { parseDuration } from '../../src/model/time.ts';

const MINUTE = 60_000;
const outcomes: readonly Outcome[] = [
  { ...NO_ANSWER, is: 'delivered', messageId: 'om_1', chatId: null },
  { ...NO_ANSWER, is: 'rejected', fault: 'recipient' },
  { ...NO_ANSWER, is: 'retry', after: null, pace: null },
  { ...NO_ANSWER, is: 'unknown' },
  { ...NO_ANSWER, is: 'unsent' },
];

describe('after a try', () => {
  it('takes only steps that a delivery may take, and forgets no unsure try', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...outcomes),
        fc.integer({ min: 1, max: 9 }),
        fc.option(fc.integer({ min: 0, max: 1e6 })),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (outcome, tries, firstUnsureAt, random) => {
          const patch = afterTry({ tries, firstUnsureAt, remembers: true, maxTries: 8 }, outcome, {
            now: 1e6,
            begunAtFeishu: 1e6 - 5,
            random,
          });
          assert.ok(patch.state !== undefined && DELIVERY_STEPS.sending.includes(patch.state));
          if (firstUnsureAt === null) return;
          assert.ok(patch.state === 'delivered' || patch.state === 'unknown', 'unsure until proven');
          assert.ok(
            patch.firstUnsureAt === undefined || patch.firstUnsureAt === firstUnsureAt,
            'the hour counts from the first',
          );
        },
      ),
    );
  });

  it('repeats only well inside the hour of Feishu', () => {
    assert.equal(mayRepeat(0, 50 * MINUTE), true);
    assert.equal(mayRepeat(0, 54 * MINUTE), false);
  });
});

describe('how a run ends', () => {
  const states = (...all: readonly string[]) =>
    all.map((written) => {
      const [state, code] = written.split(' ');
      const reason = code === undefined ? null : { code, message: { zh: '', en: '' } };
      return { state: state as never, settled: state === 'unknown', reason };
    });
  for (const [all, end] of [
    [['delivered', 'delivered'], 'delivered'],
    [['delivered', 'rejected'], 'partial'],
    [['delivered', 'unknown'], 'partial'],
    [['unknown', 'rejected'], 'unknown'],
    [['rejected', 'cancelled'], 'failed'],
    [['cancelled cancelled'], 'failed'],
    [['delivered', 'cancelled superseded'], 'delivered'],
    [['rejected', 'cancelled superseded'], 'failed'],
    [['cancelled superseded', 'unknown superseded'], 'skipped'],
    [['delivered superseded'], 'delivered'],
    [['cancelled unchanged', 'cancelled unchanged'], 'skipped'],
    [['delivered', 'cancelled unchanged'], 'delivered'],
    [['rejected', 'cancelled unchanged'], 'failed'],
    [['delivered', 'queued'], null],
    [['retrying'], null],
  ] as const) {
    it(`${all.join(', ')}: ${end}`, () => assert.equal(runEnd(states(...all)), end));
  }
  for (const [all, code] of [
    [['cancelled cancelled', 'cancelled cancelled'], 'cancelled'],
    [['delivered', 'cancelled interrupted'], 'interrupted'],
    [['cancelled cancelled', 'rejected'], undefined],
    [['cancelled superseded'], 'superseded'],
    [['cancelled unchanged', 'cancelled unchanged'], 'unchanged'],
    [['delivered', 'cancelled unchanged'], 'unchanged'],
    [['cancelled unchanged', 'cancelled superseded'], 'unchanged'],
    [['cancelled late'], undefined],
    [['delivered'], undefined],
  ] as const) {
    it(`${all.join(', ')}: because ${code}`, () => assert.equal(commonReason(states(...all))?.code, code));
  }
  it('an unknown that is not settled keeps it open', () =>
    assert.equal(runEnd([{ state: 'unknown', settled: false, reason: null }]), null));
  it('every state is in the table of steps', () =>
    assert.deepEqual(Object.keys(DELIVERY_STEPS).sort(), [...DELIVERY_STATES].sort()));
});

describe('pace', () => {
  it('never lets more leave than the quota in any second and minute', () => {
    const limits = { perSecond: 5, perMinute: 20, perTarget: 5 };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 80 }), (gaps) => {
        const ring: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          ring.push(appSlot(ring, now, limits));
        }
        for (const [i, slot] of ring.entries()) {
          if (i >= 5) assert.ok(slot - (ring[i - 5] as number) >= SECOND_WINDOW);
          if (i >= 20) assert.ok(slot - (ring[i - 20] as number) >= MINUTE_WINDOW);
        }
      }),
    );
  });
});

describe('small decisions', () => {
  it('backoff doubles, is jittered fully and bounded', () => {
    assert.equal(backoff(1, 0.5), 500);
    assert.equal(backoff(4, 0.5), 4_000);
    assert.equal(backoff(30, 1), 5 * MINUTE);
    assert.equal(backoff(3, 0), 0);
  });

  it('a wait that Feishu names is kept to the second, and grows when it was named in vain', () => {
    for (const tries of [1, 2, 3]) {
      assert.equal(toldWait(7_000, tries, 0), 7_000);
      assert.equal(toldWait(7_000, tries, 0.999), 7_999);
    }
    assert.equal(toldWait(7_000, 7, 0.5), 7_000 + 8_000);
  });

  it('an older run that ends late changes no incident', () => {
    const first = { reason: null, counted: false };
    assert.equal(
      incidentStep({ lastDue: 10, beforeSending: false }, { ...first, state: 'delivered', dueAt: 5 }),
      'none',
    );
    assert.equal(
      incidentStep({ lastDue: 10, beforeSending: false }, { ...first, state: 'delivered', dueAt: 15 }),
      'close',
    );
    assert.equal(incidentStep(null, { ...first, state: 'failed', dueAt: 5 }), 'open');
    assert.equal(incidentStep(null, { ...first, state: 'skipped', dueAt: 5 }), 'none');
  });

  for (const [text, ms] of [
    ['30s', 30_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['30', null],
    ['1.5h', null],
    ['-5m', null],
    ['', null],
  ] as const) {
    it(`"${text}" is ${ms ?? 'no duration'}`, () => assert.equal(parseDuration(text), ms));
  }
});
