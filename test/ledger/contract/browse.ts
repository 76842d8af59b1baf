import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { DeliveryFilter, RunFilter } from '../../../src/ledger/browse.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { type DeliveryState, newest } from '../../../src/model/delivery.ts';
import { MINUTE, SECOND } from '../../../src/model/time.ts';
import { beginAll, delivered, finish, newRun, type OpenLedger, planned, refused, START, setUp } from './fixture.ts';

const ALL_RUNS: RunFilter = { job: null, states: null, since: null, until: null };
const ALL: DeliveryFilter = {
  run: null,
  job: null,
  recipient: null,
  states: null,
  code: null,
  since: null,
  until: null,
};

/** All items by pages of this size, and how many pages it took. */
const everything = async <T>(
  page: (after: string | null) => Promise<{ readonly items: readonly T[]; readonly next: string | null }>,
) => {
  const items: T[] = [];
  let pages = 0;
  for (let after: string | null = null; pages === 0 || after !== null; pages++) {
    const { items: more, next }: { readonly items: readonly T[]; readonly next: string | null } = await page(after);
    items.push(...more);
    after = next;
  }
  return { items, pages };
};

/** Sends what is open: to `ou_bad…` it is refused, to all others it arrives. */
const send = async (ledger: Ledger, time: { now: number }): Promise<void> => {
  for (;;) {
    const { begun } = await beginAll(ledger);
    if (begun.length === 0) break;
    const ends = begun.map((each) => ({
      begun: each,
      begunAtFeishu: each.begunAtFeishu,
      outcome: each.delivery.recipient.startsWith('ou_bad')
        ? refused('recipient', 230013)
        : delivered(`om_${each.delivery.id}`),
    }));
    await finish(ledger, ends);
    time.now += 2 * SECOND;
  }
  await ledger.runs.sweep();
};

/** Seven runs of `sales`, one minute after the other, and between them three of `stock`. */
const seeded = async (ledger: Ledger, time: { now: number }): Promise<void> => {
  for (let i = 0; i < 10; i++) {
    const job = i % 3 === 2 ? 'stock' : 'sales';
    const due = START + i * MINUTE;
    time.now = due;
    const run = newRun({ job, onceKey: `due:${due}`, dueAt: due, notBefore: due, deliverUntil: due + 30 * MINUTE });
    await planned(ledger, ['ou_a', 'ou_b', 'ou_bad'], run);
    await send(ledger, time);
  }
};

/** How many of a run's deliveries are in each state, of each recipient and part the newest. */
const countsOf = async (ledger: Ledger, run: string): Promise<Partial<Record<DeliveryState, number>>> => {
  const outline = await ledger.history.outline(run);
  const whole = await ledger.history.deliveries(run);
  assert.deepEqual(
    outline,
    whole.map(({ id, recipient, target, part, generation, state, deliveredAt, recalledAt }) => ({
      ...{ id, recipient, target, part, generation, state, deliveredAt, recalledAt },
    })),
  );
  const backwards = whole.map(({ id }) => id).reverse();
  assert.deepEqual(await ledger.history.deliveriesOf(run, [...backwards, 'none']), whole.toReversed());
  const counts: Partial<Record<DeliveryState, number>> = {};
  for (const { state } of newest(outline)) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
};

export const browseContract = (name: string, openLedger: OpenLedger): void => {
  it(`${name}: runs by pages, each once, newest first`, async (t) => {
    const { ledger, time } = setUp(t, openLedger);
    await seeded(ledger, time);
    const { history } = ledger;
    const all = await everything((after) => history.runPage(ALL_RUNS, { after, limit: 4 }));
    assert.deepEqual(
      all.items.map(({ dueAt }) => dueAt),
      [...Array(10).keys()].reverse().map((i) => START + i * MINUTE),
    );
    const sales = await everything((after) => history.runPage({ ...ALL_RUNS, job: 'sales' }, { after, limit: 3 }));
    assert.equal(sales.items.length, 7);
    assert.ok(sales.items.every(({ job }) => job === 'sales'));
    const of = async (more: Partial<RunFilter>) =>
      (await history.runPage({ ...ALL_RUNS, ...more }, { after: null, limit: 50 })).items.length;
    assert.equal(await of({ states: ['partial'] }), 10);
    assert.equal(await of({ states: ['delivered'] }), 0);
    assert.equal(await of({ since: START + 8 * MINUTE }), 2);
    assert.equal(await of({ since: START + 2 * MINUTE, until: START + 4 * MINUTE }), 2);
  });

  it(`${name}: deliveries by pages and by each filter, each once`, async (t) => {
    const { ledger, time } = setUp(t, openLedger);
    await seeded(ledger, time);
    const { history } = ledger;
    const of = async (more: Partial<DeliveryFilter>, limit: number) =>
      (await everything((after) => history.deliveryPage({ ...ALL, ...more }, { after, limit }))).items;
    const whole = await of({}, 1_000);
    assert.equal(whole.length, 30);
    assert.deepEqual(
      whole.map(({ id }) => id),
      whole
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
    const wanted: readonly (readonly [Partial<DeliveryFilter>, (each: (typeof whole)[number]) => boolean])[] = [
      [{}, () => true],
      [{ recipient: 'ou_a' }, ({ recipient }) => recipient === 'ou_a'],
      [{ states: ['rejected'] }, ({ state }) => state === 'rejected'],
      [{ states: ['rejected', 'unknown', 'queued', 'sending'] }, ({ state }) => state === 'rejected'],
      [{ states: ['delivered'] }, ({ state }) => state === 'delivered'],
      [{ states: ['rejected', 'delivered'] }, () => true],
      [{ code: 230013 }, ({ code }) => code === 230013],
      [{ code: 0 }, ({ code }) => code === 0],
      [{ job: 'stock' }, ({ job }) => job === 'stock'],
      [{ job: 'stock', states: ['rejected'] }, ({ job, state }) => job === 'stock' && state === 'rejected'],
      [{ job: 'sales', states: ['delivered'] }, ({ job, state }) => job === 'sales' && state === 'delivered'],
      [{ job: 'sales', recipient: 'ou_bad' }, ({ job, recipient }) => job === 'sales' && recipient === 'ou_bad'],
      [{ run: whole[0]?.run ?? '' }, ({ run }) => run === whole[0]?.run],
      [{ job: 'nobody' }, () => false],
    ];
    for (const [filter, holds] of wanted) {
      const expected = whole.filter(holds).map(({ id }) => id);
      for (const limit of [1, 4, 200]) {
        const found = (await of(filter, limit)).map(({ id }) => id);
        assert.equal(new Set(found).size, found.length, JSON.stringify(filter));
        assert.deepEqual(found.sort(), [...expected].sort(), `${JSON.stringify(filter)} by ${limit}`);
      }
    }
    const late = await of({ since: START + 8 * MINUTE }, 50);
    assert.equal(late.length, 6);
    assert.equal((await of({ since: START, until: START + MINUTE }, 50)).length, 3);
    assert.equal((await of({ job: 'sales', until: START + 2 * MINUTE }, 2)).length, 6);
  });

  it(`${name}: a cursor that no page gave is refused`, async (t) => {
    const { ledger } = setUp(t, openLedger);
    const broken = Buffer.from('["a","b"]').toString('base64url');
    for (const after of ['x', '', broken]) {
      await assert.rejects(ledger.history.runPage(ALL_RUNS, { after, limit: 1 }), { code: 'bad-cursor', status: 2 });
      await assert.rejects(ledger.history.deliveryPage(ALL, { after, limit: 1 }), { code: 'bad-cursor' });
    }
  });

  it(`${name}: tallies count how runs to the job's own audience ended, and those begun late`, async (t) => {
    const { ledger, time } = setUp(t, openLedger);
    const arrive = async (due: number, begun: number, more = {}) => {
      time.now = begun;
      const run = newRun({ onceKey: `due:${due}`, dueAt: due, notBefore: due, deliverUntil: begun + MINUTE, ...more });
      await planned(ledger, ['ou_a'], run);
      await send(ledger, time);
    };
    await arrive(START, START);
    await arrive(START + MINUTE, START + 20 * MINUTE);
    await arrive(START + 2 * MINUTE, START + 30 * MINUTE, { ownAudience: false });
    await arrive(START + 40 * MINUTE, START + 40 * MINUTE);
    const stretches = [
      [START, START + 10 * MINUTE],
      [START + 10 * MINUTE, START + 30 * MINUTE],
      [START + 30 * MINUTE, START + 50 * MINUTE],
    ] as const;
    assert.deepEqual(await ledger.history.tallies('sales', stretches, 90 * SECOND), [
      { states: { delivered: 2 }, late: 1 },
      { states: {}, late: 0 },
      { states: { delivered: 1 }, late: 0 },
    ]);
    await planned(ledger, ['ou_a'], newRun({ onceKey: null, dueAt: null, trigger: 'manual' }));
    const within = { since: START, until: START + 10 * MINUTE, limit: 50 };
    const between = await ledger.history.duesBetween(['sales', 'other'], within);
    assert.deepEqual(
      [...between].map(([job, runs]) => [job, runs.map(({ dueAt }) => dueAt)]),
      [
        ['sales', [START, START + MINUTE]],
        ['other', []],
      ],
    );
    const first = await ledger.history.duesBetween(['sales'], { ...within, limit: 1 });
    assert.equal(first.get('sales')?.[0]?.dueAt, START);
    const latest = await ledger.history.latestRuns(['other', 'sales'], 2);
    assert.deepEqual([latest.get('sales')?.length, latest.get('other')?.length], [2, 0]);
  });

  it(`${name}: of a run its counts, its tries also of what was sent anew, and what its sources gave`, async (t) => {
    const { ledger, time } = setUp(t, openLedger);
    const { history } = ledger;
    const { run } = await ledger.runs.open(newRun());
    await ledger.runs.claim({ ids: [run.id] });
    const sources = [{ dataset: 'stores', rows: 3, at: START, tookMs: 12 }];
    assert.equal(
      await ledger.runs.end(run.id, 'skipped', { code: 'empty', message: { zh: '', en: '' } }, undefined, sources),
      true,
    );
    assert.deepEqual(await history.sources(run.id), sources);

    const second = await planned(ledger, ['ou_a', 'ou_bad'], newRun({ onceKey: 'k' }));
    await send(ledger, time);
    assert.equal(await history.sources(second), null);
    const resend = { run: second, unknown: false, recipients: null, contents: {}, deliverUntil: time.now + MINUTE };
    assert.equal(await ledger.runs.resend({ ...resend, feishuNow: null }), 1);
    assert.deepEqual(await countsOf(ledger, second), { delivered: 1, queued: 1 });
    await send(ledger, time);
    assert.deepEqual(await countsOf(ledger, second), { delivered: 1, rejected: 1 });
    const resent = (await history.deliveries(second)).filter(
      ({ generation, recipient }) => generation === 2 && recipient === 'ou_bad',
    );
    const tries = await history.triesOf(resent);
    assert.deepEqual(
      [...tries.values()].map((each) => each.map(({ code }) => code)),
      [[230013, 230013]],
    );
    const last = await history.lastTo(['ou_a', 'ou_bad', 'ou_nobody']);
    assert.deepEqual([...last.keys()], ['ou_a', 'ou_bad']);
    assert.equal(last.get('ou_bad')?.last.state, 'rejected');
    assert.equal(last.get('ou_bad')?.deliveredAt, null);
    assert.ok(last.get('ou_a')?.deliveredAt);
    assert.equal((await history.delivery(resent[0]?.id ?? ''))?.job, 'sales');
    assert.equal(await history.delivery('nothing'), null);
  });

  it(`${name}: processes, pace and what waits`, async (t) => {
    const { ledger, time } = setUp(t, openLedger);
    const { history } = ledger;
    await ledger.processes.beat();
    const run = await planned(ledger, ['ou_a', 'ou_b', 'ou_c']);
    const [me, ...others] = await history.processes();
    assert.deepEqual([me?.alive, me?.self, me?.sending, others.length], [true, true, 0, 0]);
    assert.equal((await history.pace('default', 100)).waiting, 3);
    assert.equal((await history.pace('default', 2)).waiting, 2);
    const { begun } = await beginAll(ledger);
    assert.equal(begun.length, 3);
    assert.deepEqual(await history.queue(100), [{ app: 'default', state: 'sending', count: 3 }]);
    assert.equal((await history.processes())[0]?.sending, 3);
    assert.equal((await history.pace('default', 100)).slots.length, 3);
    time.now += 2 * MINUTE;
    assert.equal((await history.pace('default', 100)).slots.length, 0);
    assert.equal((await countsOf(ledger, run)).sending, 3);
  });
};
