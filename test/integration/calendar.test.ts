import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { drainAll } from '../../src/drain.ts';
import { DAY, HOUR, MINUTE } from '../../src/model/time.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { appOf } from '../support/app-of.ts';
import { createProject } from '../support/project.ts';
import { createShiftedClock } from '../support/shifted-clock.ts';

/** A project whose clock shows this moment, woken by ticks. */
const setUp = async (t: TestContext, schedule: string, moment: string) => {
  const clock = createShiftedClock();
  clock.pass(Date.parse(moment) - clock.now());
  const sandbox = await startSandbox({ port: 0, clock, keep: null });
  t.after(() => sandbox.close());
  const project = createProject(
    { 'jobs/report.yaml': `schedule: ${schedule}\nto: [ou_a]\ntext: hello\n` },
    sandbox.url,
  );
  const app = appOf(project, sandbox.url, clock);
  t.after(() => app.close());
  const tick = async (): Promise<void> => {
    await app.plan(app.project.jobs);
    await drainAll(app.loops(), { jobs: ['report'], plan: async () => null, deadline: clock.now() });
    await app.loops().notices.rest();
  };
  const runs = async () =>
    (await app.ledger().history.runs({ job: 'report', states: null, since: null, limit: 999 }))
      .map(({ dueAt, state, reason }) =>
        `${new Date((dueAt ?? 0) + 8 * HOUR).toISOString().slice(0, 10)} ${state} ${reason?.code ?? ''}`.trim(),
      )
      .reverse();
  const told = () => sandbox.messages().map(({ recipient, content }) => `${recipient.id} ${content}`);
  return { clock, tick, runs, told, ledger: app.ledger() };
};

const WORKDAYS = '{ cron: "0 18 * * *", days: cn-workdays }';

it('around a holiday every day has its one outcome: sent, or left out with the reason', async (t) => {
  const at = await setUp(t, WORKDAYS, '2026-09-24T17:59:30+08:00');
  for (let i = 0; i < 6; i++) {
    await at.tick();
    at.clock.pass(MINUTE);
    await at.tick();
    await at.tick();
    at.clock.pass(DAY - MINUTE);
  }
  assert.deepEqual(await at.runs(), [
    '2026-09-24 delivered',
    '2026-09-25 skipped calendar',
    '2026-09-26 skipped calendar',
    '2026-09-27 skipped calendar',
    '2026-09-28 delivered',
    '2026-09-29 delivered',
  ]);
  assert.equal(at.told().length, 3);
});

it('after a downtime over a holiday only workdays were missed; what is left out in thousands is one line', async (t) => {
  const at = await setUp(t, '{ cron: "*/5 * * * *", days: cn-workdays, catchUp: none }', '2026-09-24T23:50:00+08:00');
  await at.tick();
  at.clock.pass(4 * DAY + HOUR);
  await at.tick();
  const spans = await at.ledger.history.spans('report');
  const days = spans.map(({ why, count }) => [why, count] as const);
  // 25 to 27 September, 288 times a day; then one on the 24th and what had passed of the 28th and 29th
  assert.deepEqual(days.sort(), [
    ['calendar', 3 * 288],
    ['missed', 1 + 288 + 10],
  ]);
});

it('in a year without a notice nothing is sent, and the owner hears why, once', async (t) => {
  const at = await setUp(t, WORKDAYS, '2031-03-03T17:59:30+08:00');
  await at.tick();
  for (let i = 0; i < 2; i++) {
    at.clock.pass(MINUTE);
    await at.tick();
    at.clock.pass(DAY - MINUTE);
  }
  assert.deepEqual(await at.runs(), ['2031-03-03 failed calendar-unknown', '2031-03-04 failed calendar-unknown']);
  const [notice = '', ...more] = at.told();
  assert.equal(more.length, 0);
  assert.match(notice, /^ou_owner .*cn-workdays 没有 2031 年的放假安排.*calendar update/s);
});

it('a monthly report on a holiday goes out on the next workday', async (t) => {
  const at = await setUp(
    t,
    '{ cron: "0 9 5 * *", days: { calendar: cn-workdays, shift: next } }',
    '2026-10-01T08:59:30+08:00',
  );
  await at.tick();
  for (let i = 0; i < 9; i++) {
    at.clock.pass(MINUTE);
    await at.tick();
    at.clock.pass(DAY - MINUTE);
  }
  assert.deepEqual(await at.runs(), ['2026-10-08 delivered']);
});
