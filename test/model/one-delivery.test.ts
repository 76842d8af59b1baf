import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { afterTry } from '../../src/model/settle.ts';
import { HOUR } from '../../src/model/time.ts';
import { type Happening, LONG, messagesAfter, RULES, type Rules } from './one-delivery.ts';

const process = fc.constantFrom<0 | 1>(0, 0, 0, 1);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('begin' as const), process }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      process,
      answer: fc.constantFrom<'delivered' | 'refused' | 'later' | 'lost'>(
        'delivered',
        'refused',
        'later',
        'lost',
        'lost',
        'lost',
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('finish' as const), process }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('kill' as const, 'look' as const), process }) },
  { weight: 2, arbitrary: fc.constant({ do: 'rescue' as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(...LONG) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('set-clock' as const), by: fc.constantFrom(-HOUR, HOUR) }) },
);

const neverTwice = (rules: Rules): fc.IProperty<[Happening[]]> =>
  fc.property(
    fc.array(happening, { maxLength: 40, size: 'max' }),
    (happenings) => messagesAfter(happenings, rules) <= 1,
  );

/** The simpler rules of docs/decisions/0004 (M1): each of them sends a second message. */
const SIMPLER: Readonly<Record<string, Rules>> = {
  'the hour counted from the last try': {
    ...RULES,
    afterTry: (before, outcome, at) => {
      const patch = afterTry(before, outcome, at);
      return outcome.is === 'unknown' ? { ...patch, firstUnsureAt: at.begunAtFeishu } : patch;
    },
  },
  'the hour counted by the wall clock': { ...RULES, time: ({ wall }) => wall },
  'no look at the age of the attempt when the socket is ready': { ...RULES, guard: () => true },
  'a refusal after an unsure try taken for the truth': {
    ...RULES,
    afterTry: (before, outcome, at) => {
      const patch = afterTry({ ...before, firstUnsureAt: null }, outcome, at);
      return outcome.is === 'retry' || outcome.is === 'unsent' ? { ...patch, firstUnsureAt: null } : patch;
    },
  },
};

describe('one delivery, two processes, and all that can happen to them', () => {
  it('is never seen twice', () => {
    fc.assert(neverTwice(RULES), { numRuns: 300_000 });
  });

  for (const [name, rules] of Object.entries(SIMPLER)) {
    it(`would be seen twice with ${name}`, () => {
      const details = fc.check(neverTwice(rules), { numRuns: 300_000, seed: 7 });
      assert.ok(details.failed, 'the model must notice the simpler rule');
    });
  }
});
