import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ProcessRole } from '../../../src/ledger/browse.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { dueKey } from '../../../src/model/run.ts';
import { DEFAULT_LIMITS } from '../../../src/model/settings.ts';
import { DAY, MINUTE } from '../../../src/model/time.ts';
import { beginAll, delivered, finish, newDelivery, newRun, type OpenLedger, planned, START } from './fixture.ts';

export const nodesContract = (name: string, openLedger: OpenLedger): void => {
  describe(`${name}: nodes`, () => {
    const setUp = async (t: { after(work: () => Promise<void>): void }) => {
      const time = { now: START };
      const ledgers = openLedger(time);
      const open = (node: string, role: ProcessRole = 'daemon') => ledgers.open({ node, role });
      const [a, b] = [open('a'), open('b')];
      t.after(async () => {
        await a.close();
        await b.close();
      });
      await a.processes.beat();
      await b.processes.beat();
      return { time, a, b, open };
    };
    const begin = (ledger: Ledger, runs: readonly string[] | null) =>
      ledger.deliveries.begin({
        app: 'default',
        limit: 50,
        limits: DEFAULT_LIMITS,
        feishuNow: null,
        blind: true,
        runs,
      });

    it('a job that another machine at work has is not gone; without it there it is', async (t) => {
      const { a, b } = await setUp(t);
      await b.nodes.has(new Map([['only-there', 'hash']]));
      await a.runs.open(newRun({ job: 'only-there' }));
      assert.deepEqual(await a.runs.dropRemoved(new Set(['here'])), []);
      await b.nodes.has(new Map());
      const dropped = await a.runs.dropRemoved(new Set(['here']));
      assert.deepEqual(
        dropped.map(({ job, state }) => [job, state]),
        [['only-there', 'skipped']],
      );
    });

    it('a drained one is given nothing new; what it has it finishes, and others go on', async (t) => {
      const { a, b } = await setUp(t);
      const sent = await planned(a, ['ou_a', 'ou_b'], newRun({ job: 'sent' }));
      const { begun } = await beginAll(a);
      assert.equal(begun.length, 2);
      const { run: held } = await a.runs.open(newRun({ job: 'held' }));
      const { run: next } = await a.runs.open(newRun({ job: 'next' }));
      assert.equal((await a.runs.claim({ jobs: new Set(['held']) })).length, 1);
      assert.equal(await b.nodes.drain('a'), true);
      assert.equal(await b.nodes.drain('a'), false, 'it was already');
      assert.deepEqual([await a.nodes.isDrained(), await b.nodes.isDrained()], [true, false]);

      assert.deepEqual(await a.runs.claim({ jobs: new Set(['next']) }), []);
      await finish(
        a,
        begun.map((each) => ({ begun: each, begunAtFeishu: START, outcome: delivered(each.delivery.id) })),
      );
      assert.equal(await a.runs.toDelivering(held.id, { rest: [newDelivery('ou_c')] }), true);
      assert.deepEqual((await begin(a, null)).begun, []);
      assert.deepEqual(
        (await a.history.deliveries(sent)).map(({ state }) => state),
        ['delivered', 'delivered'],
      );

      assert.equal((await begin(b, null)).begun[0]?.delivery.run, held.id);
      assert.equal((await b.runs.claim({ jobs: new Set(['next']) }))[0]?.id, next.id);
    });

    it('what a person asks for by name a drained one does', async (t) => {
      const { a } = await setUp(t);
      await a.nodes.drain('a');
      const asked = await planned(a, ['ou_a'], newRun({ job: 'asked', onceKey: null, trigger: 'manual' }));
      assert.equal((await begin(a, [asked])).begun.length, 1);
    });

    it('tries that end while it is drained are recorded with its next look', async (t) => {
      const { a } = await setUp(t);
      const run = await planned(a, ['ou_a']);
      const { begun } = await beginAll(a);
      await a.nodes.drain('a');
      const finished = begun.map((each) => ({ begun: each, begunAtFeishu: START, outcome: delivered('om_1') }));
      await a.deliveries.begin({
        app: 'default',
        limit: 50,
        limits: DEFAULT_LIMITS,
        feishuNow: null,
        blind: true,
        runs: null,
        finished,
      });
      assert.equal((await a.history.deliveries(run))[0]?.state, 'delivered');
    });

    it('it stays drained when it starts anew, and for ever, until it is told to go on', async (t) => {
      const { time, b, open } = await setUp(t);
      await b.nodes.drain('a');
      time.now += 90 * DAY;
      const again = open('a');
      t.after(() => again.close());
      await again.processes.beat();
      await again.runs.open(
        newRun({ onceKey: dueKey(time.now), dueAt: time.now, notBefore: time.now, deliverUntil: time.now + MINUTE }),
      );
      assert.deepEqual(await again.runs.claim({ jobs: new Set(['sales']) }), []);
      assert.equal(await b.nodes.resume('a'), true);
      assert.equal(await b.nodes.resume('a'), false);
      assert.equal((await again.runs.claim({ jobs: new Set(['sales']) })).length, 1);
    });

    it('a daemon on a drained node does nothing for others', async (t) => {
      const { a, b } = await setUp(t);
      assert.equal(await b.processes.hasDaemon(), true);
      await b.nodes.drain('a');
      assert.equal(await b.processes.hasDaemon(), false);
      assert.equal(await a.processes.hasDaemon(), true);
    });

    it('knows who takes part, with which files; who has not been heard of for a month is forgotten', async (t) => {
      const { time, a, b, open } = await setUp(t);
      await a.nodes.has(
        new Map([
          ['sales', '1'],
          ['prices', '2'],
        ]),
      );
      assert.equal(await b.nodes.drain('c'), false, 'nobody of that name');
      const woken = open('c', 'command');
      await woken.processes.beat();
      assert.deepEqual(
        (await b.history.nodes()).map((node) => node.name),
        ['a', 'b'],
        'a command alone takes no part',
      );
      await woken.processes.tick();
      assert.deepEqual(
        (await b.history.nodes()).map((node) => [node.name, node.atWork, node.drainedAt, [...node.jobs]]),
        [
          [
            'a',
            true,
            null,
            [
              ['prices', '2'],
              ['sales', '1'],
            ],
          ],
          ['b', true, null, []],
          ['c', true, null, []],
        ],
      );
      assert.deepEqual((await b.history.processes()).map(({ node }) => node).sort(), ['a', 'b', 'c']);
      await woken.close();
      time.now += 3 * MINUTE;
      await a.processes.beat();
      assert.deepEqual(
        (await b.history.nodes()).filter(({ atWork }) => atWork).map((node) => node.name),
        ['a'],
      );
      time.now += 31 * DAY;
      await a.processes.beat();
      await b.processes.beat();
      const names = (await b.history.nodes()).map((node) => node.name);
      assert.ok(!names.includes('c') && names.includes('b'), names.join());
    });
  });
};
