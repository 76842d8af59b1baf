import { fork } from 'node:child_process';
import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import { openFor, openRun } from './open.ts';

const PER_RUN = 200;
const AT_ONCE = 50;

const node = join(import.meta.dirname, 'node.ts');

/** Deliveries a second with so many node processes. */
export const settled = async (kind: string, place: string, nodes: number, count: number): Promise<number> => {
  const ledger = openFor(kind, place);
  for (let n = 0; n < count / PER_RUN; n++)
    await openRun(
      ledger,
      `job${n}`,
      Array.from({ length: PER_RUN }, (_, i) => `ou_${n}_${i}`),
    );
  await ledger.close();
  const begin = Date.now() + 2_000;
  const counts = await Promise.all(
    Array.from(
      { length: nodes },
      () =>
        new Promise<{ sent: number; until: number }>((resolve) => {
          let ended = { sent: 0, until: 0 };
          fork(node, [kind, place, String(begin)])
            .on('message', (said: { sent: number }) => {
              ended = { ...said, until: Date.now() };
            })
            .on('exit', () => resolve(ended));
        }),
    ),
  );
  const sent = counts.reduce((sum, each) => sum + each.sent, 0);
  if (sent !== count) throw new Error(`${sent} of ${count}`);
  // each node looks three times more, 50 ms apart, before it believes that nothing is left
  return count / ((Math.max(...counts.map(({ until }) => until)) - begin - 150) / 1_000);
};

/** pg-boss alone: jobs a second, fetched and completed one by one, as many at once as larkcron has under way. */
export const boss = async (url: string, count: number): Promise<number> => {
  const queue = new PgBoss({ connectionString: url, schema: 'boss', max: 10, supervise: false, schedule: false });
  queue.on('error', () => {});
  await queue.start();
  await queue.createQueue('empty');
  for (let n = 0; n < count; n += 1_000)
    await queue.insert(
      'empty',
      Array.from({ length: Math.min(1_000, count - n) }, () => ({ data: {} })),
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
