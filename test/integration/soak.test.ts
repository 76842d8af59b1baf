import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { type App, createApp } from '../../src/app.ts';
import type { Clock } from '../../src/base/clock.ts';
import { createRedactor } from '../../src/base/redact.ts';
import { dueTimesOf } from '../../src/cli/due-times.ts';
import { loadProject } from '../../src/config/load.ts';
import { drainAll } from '../../src/drain.ts';
import { DAY, HOUR, MINUTE, type Ms } from '../../src/model/time.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { nextDue } from '../../src/schedule/dues.ts';
import { assertOutcomes } from '../support/outcomes.ts';
import { randomOf } from '../support/random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** `SOAK_DAYS=730 node --test test/integration/soak.test.ts`: two years. */
const DAYS = Number(process.env['SOAK_DAYS'] ?? 1);
const START = Date.parse('2025-01-23T17:40:30+08:00');

const EXAMPLES = join(import.meta.dirname, '../../examples');
const SETTINGS = `timezone: Asia/Shanghai
apps: { default: { id: cli_soak, secret: soak-secret, endpoint: "ENDPOINT" } }
owner: ou_owner
recipients: { store-managers: [ou_manager, oc_managers], sales-group: [oc_sales], ops: [ou_ops] }
retention: { runs: 2000d }
sources: { checks: { file: { path: checks.csv } } }
`;
const CHECKS = ['磁盘', '内存', '负载', '备份'];
const LEVELS = ['ok', 'warn', 'critical'];

/** The three examples in one project, whose health checks are a file. */
const makeProject = (endpoint: string): string => {
  const folder = temporaryFolder();
  for (const example of ['store-dashboard', 'price-update', 'system-health']) {
    cpSync(join(EXAMPLES, example), folder, { recursive: true });
    spawnSync(process.execPath, [join(folder, 'make-data.mjs')], { cwd: folder });
    cpSync(join(folder, 'make-data.mjs'), join(folder, `make-${example}.mjs`));
  }
  writeFileSync(join(folder, 'larkcron.yaml'), SETTINGS.replace('ENDPOINT', endpoint));
  return folder;
};

/** A machine's clocks: `now` may be set wrong, `monotonic` and Feishu's own never are; between the steps they go on. */
const createClocks = () => {
  let [passed, wrong]: [Ms, Ms] = [START - Date.now(), 0];
  const machine: Clock = {
    now: () => Date.now() + passed + wrong,
    monotonic: () => performance.now() + passed,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, Math.max(ms, 0));
        signal?.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
  return {
    machine,
    feishu: { now: () => Date.now() + passed },
    pass: (ms: Ms): void => {
      passed += ms;
    },
    set: (by: Ms): void => {
      wrong = by;
    },
  };
};

/** From a random moment on none of its verbs ever comes back, done or not done: the process is gone. */
const killAt = (app: App, random: () => number): Promise<void> => {
  const ledger = app.ledger() as unknown as Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>>;
  let calls = Math.floor(random() * 60);
  let dead = false;
  return new Promise((killed) => {
    for (const room of ['processes', 'runs', 'jobs', 'deliveries', 'apps', 'incidents', 'history'])
      for (const [verb, call] of Object.entries(ledger[room] ?? {}))
        (ledger[room] as Record<string, unknown>)[verb] = async (...args: unknown[]) => {
          const dies = calls-- === 0;
          // what was on its way may have been done all the same
          if (dies && random() < 0.5) await call(...args);
          dead ||= dies;
          if (dead) {
            killed();
            return new Promise(() => {});
          }
          return call(...args);
        };
  });
};

for (const steps of [false, true])
  it(`${DAYS} days of the three examples with downtimes and kills${steps ? ' and a clock that is set' : ''}: one outcome, one message`, async (t) => {
    const random = randomOf(steps ? 23 : 5);
    const clocks = createClocks();
    const sandbox = await startSandbox({ port: 0, clock: clocks.feishu, keep: null, limits: 'off' });
    t.after(() => sandbox.close());
    const folder = makeProject(sandbox.url);
    let kills = 0;

    const tick = async (mayDie: boolean): Promise<void> => {
      const stop = new AbortController();
      const project = loadProject(join(folder, 'larkcron.yaml'), {});
      const app = createApp(project, {
        clock: clocks.machine,
        redact: createRedactor([]),
        stderr: () => {},
        signal: stop.signal,
      });
      const killed = mayDie && random() < 0.03 ? killAt(app, random) : null;
      const done = drainAll(app.loops(), {
        jobs: project.jobNames,
        plan: dueTimesOf(app),
        deadline: clocks.machine.now(),
      });
      const dead = await Promise.race([done.then(() => false), ...(killed === null ? [] : [killed.then(() => true)])]);
      if (dead) kills++;
      stop.abort();
      if (!dead) await app.close();
    };
    const newPrices = (): void =>
      void spawnSync(process.execPath, [join(folder, 'make-price-update.mjs'), '--change'], { cwd: folder });
    const newHealth = (): void => {
      const rows = CHECKS.map((name) => {
        const level = random() < 0.8 ? 0 : random() < 0.5 ? 1 : 2;
        return `${name},${level},${LEVELS[level]},说明,阈值,${Math.floor(random() * 90)}`;
      });
      writeFileSync(join(folder, 'checks.csv'), `name,level,status,detail,threshold,took\n${rows.join('\n')}\n`);
    };

    newHealth();
    const { jobs } = loadProject(join(folder, 'larkcron.yaml'), {});
    await tick(false);
    const since = clocks.machine.now();
    let latest = since;
    while (clocks.feishu.now() < START + DAYS * DAY) {
      const now = clocks.machine.now();
      const next = Math.min(
        ...jobs.map(({ schedule }) => (schedule === null ? now + HOUR : (nextDue(schedule, now, 1)[0] ?? now + HOUR))),
      );
      const what = random();
      // mostly the next due time; now and then the machine is off for hours, or for days
      clocks.pass(
        what < 0.97 ? next - now + random() * 60_000 : what < 0.998 ? random() * 5 * HOUR : random() * 2 * DAY,
      );
      if (random() < 0.02) newPrices();
      if (random() < 0.05) newHealth();
      if (steps && random() < 0.01) clocks.set((random() - 0.5) * 6 * HOUR);
      latest = Math.max(latest, clocks.machine.now());
      await tick(true);
    }
    // what is unsure is settled when Feishu's memory is over
    clocks.set(0);
    for (let i = 0; i < 6; i++) {
      clocks.pass(30 * MINUTE);
      latest = Math.max(latest, clocks.machine.now());
      await tick(false);
    }

    const file = join(folder, '.larkcron', 'ledger.db');
    for (const { name, schedule } of jobs)
      if (schedule !== null)
        assertOutcomes(file, { job: name, schedule, since, until: clocks.machine.now(), addUp: !steps });

    const db = new DatabaseSync(file, { readOnly: true });
    t.after(() => db.close());
    assert.deepEqual(
      db
        .prepare(
          "select state, count(*) as n from runs where state in ('pending', 'running', 'delivering') group by state",
        )
        .all(),
      [],
    );
    const arrived = new Map<string, number>();
    for (const { uuid } of sandbox.messages()) arrived.set(uuid ?? '', (arrived.get(uuid ?? '') ?? 0) + 1);
    const rows = db.prepare('select run, recipient, part, uuid, state from deliveries').all() as Record<
      string,
      string
    >[];
    const inOne = new Map<string, number>();
    for (const { run, recipient, part, uuid = '', state } of rows) {
      const count = arrived.get(uuid) ?? 0;
      const key = `${run} ${recipient} ${part}`;
      inOne.set(key, (inOne.get(key) ?? 0) + count);
      assert.ok(['delivered', 'rejected', 'cancelled', 'unknown'].includes(state ?? ''), state);
      if (state === 'delivered') assert.equal(count, 1, `${uuid} is delivered`);
      if (state === 'rejected' || state === 'cancelled') assert.equal(count, 0, `${uuid} is ${state}`);
    }
    assert.deepEqual(
      [...inOne].filter(([, count]) => count > 1),
      [],
      'nobody has a message twice',
    );
    const known = new Set(rows.map(({ uuid }) => uuid));
    assert.deepEqual(
      [...arrived.keys()].filter((uuid) => !known.has(uuid)),
      [],
      'no message that nothing stands for',
    );
    assert.ok(
      kills > 0 && sandbox.messages().length > 10 * DAYS,
      `${kills} kills, ${sandbox.messages().length} messages`,
    );
    if (DAYS > 1) t.diagnostic(`${rows.length} deliveries, ${sandbox.messages().length} messages, ${kills} kills`);
    assert.match(readFileSync(join(folder, '.larkcron', 'logs', 'push.log'), 'utf8'), /store-dashboard/);
  });
