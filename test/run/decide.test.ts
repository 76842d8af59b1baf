import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { NO_WATCH, type Watch } from '../../src/model/conditions.ts';
import { NO_MEMORY } from '../../src/model/memory.ts';
import { HOUR, MINUTE } from '../../src/model/time.ts';
import { decide } from '../../src/run/decide.ts';
import { jobOf } from '../doctor/fixture.ts';

const WHEN = { source: 'alarm', at: null };
const grounds = { data: {}, changes: null, memory: NO_MEMORY, due: 0, force: false };

/** What an alarm that is on or off at each minute sends, when every message arrives. */
const sent = async (
  alarms: readonly boolean[],
  { whenRuns = null, repeatAfter = null }: { whenRuns?: readonly number[] | null; repeatAfter?: number | null },
): Promise<number[]> => {
  const job = jobOf('j', ['ou_a'], { when: WHEN, whenRuns, repeatAfter });
  let watch: Watch = NO_WATCH;
  let last = null;
  const minutes: number[] = [];
  for (const [minute, alarm] of alarms.entries()) {
    const due = minute * MINUTE;
    const decision = await decide(job, {
      ...grounds,
      due,
      memory: { kept: null, last, watch },
      holds: async () => alarm,
    });
    watch = decision.watch ?? watch;
    if (decision.skip !== null) continue;
    minutes.push(minute);
    last = { dueAt: due, deliveredAt: due, since: watch.since, figures: null };
    watch = { ...watch, heldBack: 0 };
  }
  return minutes;
};

const series = fc.array(fc.boolean(), { maxLength: 40 });

it('whenRuns: sends on those runs of each unbroken series and on no others', async () => {
  await fc.assert(
    fc.asyncProperty(
      series,
      fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
      async (alarms, whenRuns) => {
        const expected = alarms.flatMap((alarm, i) => {
          const streak = i - alarms.lastIndexOf(false, i);
          return alarm && whenRuns.includes(streak) ? [i] : [];
        });
        assert.deepEqual(await sent(alarms, { whenRuns }), expected);
      },
    ),
  );
});

it('repeatAfter: at the start of each series, and then as often as it says', async () => {
  await fc.assert(
    fc.asyncProperty(series, fc.integer({ min: 1, max: 10 }), async (alarms, every) => {
      const expected = alarms.flatMap((alarm, i) => {
        const start = alarms.lastIndexOf(false, i) + 1;
        return alarm && (i - start) % every === 0 ? [i] : [];
      });
      assert.deepEqual(await sent(alarms, { repeatAfter: every * MINUTE }), expected);
    }),
  );
});

it('a job that counts no runs leaves the ledger alone, and force leaves the count alone', async () => {
  const plain = jobOf('j', ['ou_a'], { when: WHEN });
  assert.equal((await decide(plain, { ...grounds, holds: async () => false })).watch, null);
  const counting = jobOf('j', ['ou_a'], { when: WHEN, repeatAfter: HOUR });
  assert.deepEqual(await decide(counting, { ...grounds, force: true, holds: async () => false }), {
    skip: null,
    watch: null,
    remember: false,
  });
});
