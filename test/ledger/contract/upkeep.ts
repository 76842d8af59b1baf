import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { DEFAULT_LIMITS } from '../../../src/model/settings.ts';
import { DAY, HOUR, type Ms, SECOND } from '../../../src/model/time.ts';
import { delivered, newDelivery, newRun, type OpenLedger, refused, setUp } from './fixture.ts';

const KEEP = { runs: 100 * DAY, attempts: 10 * DAY };

/** One run due then, each of whose messages has this end. */
const sent = async (
  ledger: Ledger,
  due: Ms,
  { body = '{}', ends = [delivered('om_1')] }: { body?: string; ends?: readonly ReturnType<typeof delivered>[] } = {},
): Promise<string> => {
  const { run } = await ledger.runs.open(
    newRun({ onceKey: `due:${due}`, dueAt: due, notBefore: due, deliverUntil: due + HOUR }),
  );
  await ledger.runs.claim({ ids: [run.id] });
  const rest = ends.map((_, i) =>
    newDelivery(`ou_${i}`, {
      uuid: `${run.id} ${i}`,
      deliverUntil: due + HOUR,
      content: { msgType: 'interactive', body },
    }),
  );
  await ledger.runs.toDelivering(run.id, { rest });
  const which = { app: 'default', limit: 50, limits: DEFAULT_LIMITS, feishuNow: due, runs: [run.id] };
  const { begun } = await ledger.deliveries.begin(which);
  const finished = begun.map((each, i) => ({ begun: each, outcome: ends[i] ?? refused('app', 1), begunAtFeishu: due }));
  await ledger.deliveries.finish(finished, DEFAULT_LIMITS);
  await ledger.runs.sweep();
  return run.id;
};

const pruned = async (ledger: Ledger): Promise<number> => {
  let steps = 1;
  while (await ledger.upkeep.prune(KEEP)) steps++;
  return steps;
};

export const upkeepContract = (name: string, openLedger: OpenLedger): void => {
  describe(`${name}: upkeep`, () => {
    it('lets go of old runs with all that is theirs, then of old tries, and of nothing else', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const today = time.now;
      const onDay = async (daysAgo: number, body: string) => {
        time.now = today - daysAgo * DAY;
        return sent(ledger, time.now, { body });
      };
      // two of them say the same
      const old = await onDay(150, '"same"');
      const older = await onDay(140, '"alone"');
      const middle = await onDay(50, '"same"');
      const fresh = await onDay(5, '"fresh"');
      const contentOf = async (run: string) => (await ledger.history.deliveries(run))[0]?.content ?? '';
      const hashes = await Promise.all([older, middle, fresh].map(contentOf));
      time.now = today;
      await pruned(ledger);
      for (const run of [old, older]) assert.equal(await ledger.history.run(run), null);
      assert.deepEqual(await Promise.all([middle, fresh].map(async (run) => (await ledger.history.run(run))?.state)), [
        'delivered',
        'delivered',
      ]);
      assert.deepEqual(
        await Promise.all([middle, fresh].map(async (run) => (await ledger.history.attempts(run)).length)),
        [0, 1],
      );
      assert.equal((await ledger.history.deliveries(middle))[0]?.messageId, 'om_1');
      assert.deepEqual(
        await Promise.all(hashes.map(async (hash) => (await ledger.history.content(hash))?.body ?? null)),
        [null, '"same"', '"fresh"'],
      );
    });

    it('keeps of who did what as much as of the runs', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const today = time.now;
      for (const [daysAgo, what] of [
        [150, 'run.start'],
        [5, 'job.pause'],
      ] as const) {
        time.now = today - daysAgo * DAY;
        const entry = { who: 'a', role: null, what, job: null, run: null, details: {}, outcome: 'ok' };
        await ledger.audit.note(entry);
      }
      time.now = today;
      await pruned(ledger);
      const kept = await ledger.audit.page({ before: null, limit: 10 });
      assert.deepEqual(
        kept.map(({ what }) => what),
        ['job.pause'],
      );
    });

    it('keeps what is open, and what an open incident is about, however old', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const today = time.now;
      time.now = today - 200 * DAY;
      const broken = await sent(ledger, time.now, { ends: [refused('recipient', 230002)] });
      const { run: waiting } = await ledger.runs.open(newRun({ job: 'other', onceKey: 'due:1' }));
      time.now = today;
      await pruned(ledger);
      assert.equal((await ledger.history.run(broken))?.state, 'failed');
      assert.equal((await ledger.history.run(waiting.id))?.state, 'pending');
      time.now += DAY;
      await sent(ledger, time.now);
      time.now += 2 * HOUR;
      await pruned(ledger);
      assert.equal(await ledger.history.run(broken), null, 'its incident is over');
    });

    it('goes in steps, and rests when all is done', async (t) => {
      const { ledger, time } = setUp(t, openLedger);
      const today = time.now;
      time.now = today - 200 * DAY;
      const ends = Array.from({ length: 40 }, (_, i) => delivered(`om_${i}`));
      const runs: string[] = [];
      for (let i = 0; i < 25; i++) {
        time.now += 10 * SECOND;
        runs.push(await sent(ledger, time.now, { ends }));
      }
      time.now = today;
      const counts: number[] = [];
      for (let more = true; more; ) {
        more = await ledger.upkeep.prune(KEEP);
        const left = await Promise.all(runs.map((run) => ledger.history.run(run)));
        counts.push(left.filter((run) => run !== null).length);
      }
      assert.ok(counts.length > 2, `${counts}`);
      assert.ok((counts[0] ?? 0) > 0, 'not all at once');
      assert.equal(counts.at(-1), 0);
      time.now -= 200 * DAY;
      await sent(ledger, time.now);
      time.now = today + HOUR / 2;
      assert.equal(await pruned(ledger), 1, 'it rests');
      time.now = today + 2 * HOUR;
      assert.ok((await pruned(ledger)) > 1);
    });
  });
};
