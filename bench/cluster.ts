// How many deliveries nodes settle on one ledger, beside a queue that settles empty jobs. `npm run bench:cluster [deliveries]`
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import { postgresDatabase } from '../test/source/databases.ts';
import { openFor } from './cluster/open.ts';

const COUNT = Number(process.argv[2] ?? 6_000);
const PER_RUN = 200;
const AT_ONCE = 50;

const database = await postgresDatabase();
const folder = mkdtempSync(join(tmpdir(), 'larkcron-bench-'));
const node = join(import.meta.dirname, 'cluster', 'node.ts');

/** Runs whose messages wait to be sent. */
const plan = async (kind: string, place: string): Promise<void> => {
  const ledger = openFor(kind, place);
  const deliverUntil = Date.now() + 3_600_000;
  for (let n = 0; n < COUNT / PER_RUN; n++) {
    const { run } = await ledger.runs.open({
      kind: 'job',
      job: `job${n}`,
      onceKey: `due:${n}`,
      dueAt: Date.now(),
      notBefore: Date.now(),
      trigger: 'schedule',
      ownAudience: true,
      deliverUntil,
      priority: 2,
    });
    await ledger.runs.claim({ ids: [run.id] });
    const rest = Array.from({ length: PER_RUN }, (_, i) => ({
      recipient: `ou_${n}_${i}`,
      target: { idType: 'open_id' as const, id: `ou_${n}_${i}` },
      app: 'default',
      part: 1,
      kind: 'card' as const,
      uuid: `u-${n}-${i}`,
      deliverUntil,
      maxTries: 3,
      content: { msgType: 'interactive', body: `{"n":${n}}` },
    }));
    await ledger.runs.toDelivering(run.id, { rest });
  }
  await ledger.close();
};

/** Deliveries a second with so many node processes. */
const settled = async (kind: string, place: string, nodes: number): Promise<number> => {
  await plan(kind, place);
  const begin = Date.now() + 2_000;
  const counts = await Promise.all(
    Array.from(
      { length: nodes },
      () =>
        new Promise<{ sent: number; until: number }>((resolve) => {
          fork(node, [kind, place, String(begin)]).on('message', (said: { sent: number }) =>
            resolve({ ...said, until: Date.now() }),
          );
        }),
    ),
  );
  const sent = counts.reduce((sum, each) => sum + each.sent, 0);
  if (sent !== COUNT) throw new Error(`${sent} of ${COUNT}`);
  // each node looks three times more, 50 ms apart, before it believes that nothing is left
  return COUNT / ((Math.max(...counts.map(({ until }) => until)) - begin - 150) / 1_000);
};

/** pg-boss alone: jobs fetched and completed one by one, as many at once as larkcron has under way. */
const boss = async (): Promise<number> => {
  const queue = new PgBoss({
    connectionString: database.url,
    schema: 'boss',
    max: 10,
    supervise: false,
    schedule: false,
  });
  queue.on('error', () => {});
  await queue.start();
  await queue.createQueue('empty');
  for (let n = 0; n < COUNT; n += 1_000)
    await queue.insert(
      'empty',
      Array.from({ length: Math.min(1_000, COUNT - n) }, () => ({ data: {} })),
    );
  const from = performance.now();
  let done = 0;
  const worker = async (): Promise<void> => {
    for (;;) {
      const [job] = await queue.fetch('empty');
      if (job === undefined) return;
      await queue.complete('empty', job.id);
      done++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const rate = done / ((performance.now() - from) / 1_000);
  await queue.stop({ graceful: false });
  return rate;
};

const shown = (name: string, rate: number, than: number): void =>
  console.log(`  ${name.padEnd(44)} ${rate.toFixed(0).padStart(6)}/s  ${(rate / than).toFixed(2)} × pg-boss`);

console.log(`${COUNT} deliveries with limits off, requests answered at once; ${process.version}\n`);
const base = await boss();
shown('pg-boss: empty jobs, one by one, 50 at once', base, base);
for (const nodes of [1, 2, 4])
  shown(
    `larkcron on PostgreSQL, ${nodes} ${nodes === 1 ? 'node' : 'nodes'}`,
    await settled('postgres', `${database.url}#n${nodes}`, nodes),
    base,
  );
shown('larkcron on SQLite, 1 process', await settled('sqlite', join(folder, 'ledger.db'), 1), base);
await database.close();
rmSync(folder, { recursive: true, force: true });
process.exit();
