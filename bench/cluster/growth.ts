import pg from 'pg';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { NO_ANSWER } from '../../src/model/outcome.ts';
import { DEFAULT_LIMITS } from '../../src/model/settings.ts';
import { openFor, openRun } from './open.ts';

const PER_RUN = 200;
const PORTION = 250_000;
const ROUNDS = 120;
const WARM = 20;

/** Runs that ended long ago, each with its deliveries, their tries and what they said, made where they are to be. */
const fill = async (url: string, schema: string, deliveries: number): Promise<void> => {
  await openFor('postgres', `${url}#${schema}`).history.nextRun();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `set search_path to "${schema}", pg_catalog; set synchronous_commit = off; set session_replication_role = replica`,
  );
  const now = Date.now();
  const runs = Math.ceil(deliveries / PER_RUN);
  for (let from = 0; from < runs; from += PORTION / PER_RUN) {
    const to = Math.min(runs, from + PORTION / PER_RUN) - 1;
    await client.query(`
      insert into contents (hash, msg_type, body, used_at)
        select 'c' || r, 'interactive', repeat('x', 600), ${now} from generate_series(${from}, ${to}) r;
      insert into runs (id, kind, job, once_key, due_at, not_before, trigger, own_audience, state, tries, created_at, started_at, finished_at, deliver_until, priority)
        select md5('r' || r), 'job', 'job' || (r % 50), 'due:' || at, at, at, 'schedule', 1, 'delivered', 1, at, at, at + 5000, at + 1800000, 2
        from (select r, ${now} - (${runs} - r) * 60000::bigint as at from generate_series(${from}, ${to}) r) x;
      insert into deliveries (id, run, recipient, target_type, target, app, part, generation, kind, content, uuid, state, not_before, deliver_until, tries, max_tries, chat_id, message_id, delivered_at)
        select lpad(to_hex(r * ${PER_RUN} + i), 32, '0'), md5('r' || r), 'ou_' || (i * 37 + r) % 9000, 'open_id', 'ou_' || (i * 37 + r) % 9000, 'default', 1, 1, 'card', 'c' || r,
          md5(r || '.' || i), 'delivered', at, at + 1800000, 1, 3, 'oc_' || i, 'om_' || r || '_' || i, at + 3000
        from (select r, ${now} - (${runs} - r) * 60000::bigint as at from generate_series(${from}, ${to}) r) x, generate_series(0, ${PER_RUN - 1}) i;
      insert into attempts (delivery, n, begun_at, begun_feishu, ended_at, outcome, http, code)
        select lpad(to_hex(r * ${PER_RUN} + i), 32, '0'), 1, at, at, at + 100, 'delivered', 200, 0
        from (select r, ${now} - (${runs} - r) * 60000::bigint as at from generate_series(${from}, ${to}) r) x, generate_series(0, ${PER_RUN - 1}) i`);
  }
  // as the server itself does within a minute or so
  await client.query('vacuum analyze');
  await client.end();
};

/** What a round takes, in ms: to take work (a run, fifty messages), and to come round with nothing to take. */
interface Cost {
  readonly claim: number;
  readonly tick: number;
}

const limits = { perSecond: 1e6, perMinute: 1e6, perTarget: 1e6 };

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};

const round = async (ledger: Ledger, n: number): Promise<Cost> => {
  const job = `job${n % 50}`;
  const now = Date.now();
  const cursor = { job, fingerprint: 'bench' };
  const [through = 0] = await ledger.runs.cursors([cursor]);
  const run = { kind: 'job', job, onceKey: `due:${now}`, dueAt: now, notBefore: now, trigger: 'schedule' } as const;
  const rest = { ownAudience: true, deliverUntil: now + 3_600_000, priority: 2 };
  const tick = await timed(async () => {
    await ledger.processes.beat();
    await ledger.runs.dropRemoved(new Set(Array.from({ length: 50 }, (_, i) => `job${i}`)));
    await ledger.runs.cursors([cursor]);
    await ledger.runs.plan([{ ...cursor, seen: through, through: now, runs: [{ ...run, ...rest }], spans: [] }]);
    await ledger.runs.leaveOut(new Set([job]));
    await ledger.apps.withWork();
    await ledger.runs.sweep();
    await ledger.incidents.toTell();
    await ledger.history.nextRun();
  });
  let claimed: Awaited<ReturnType<Ledger['runs']['claim']>> = [];
  const taking = await timed(async () => {
    claimed = await ledger.runs.claim({ jobs: new Set([job]) });
  });
  const [mine] = claimed;
  if (mine === undefined) throw new Error(`round ${n}: no run`);
  await openRun(
    ledger,
    mine,
    Array.from({ length: 50 }, (_, i) => `ou_${n}_${i}`),
  );
  let begun: Awaited<ReturnType<Ledger['deliveries']['begin']>>['begun'] = [];
  const beginning = await timed(async () => {
    const which = { app: 'default', limit: 50, limits, feishuNow: Date.now(), runs: null };
    begun = (await ledger.deliveries.begin(which)).begun;
  });
  if (begun.length !== 50) throw new Error(`round ${n}: ${begun.length} begun`);
  const outcome = { ...NO_ANSWER, http: 200, code: 0, is: 'delivered', chatId: null } as const;
  await ledger.deliveries.finish(
    begun.map((each) => ({ begun: each, begunAtFeishu: now, outcome: { ...outcome, messageId: each.delivery.id } })),
    DEFAULT_LIMITS,
  );
  await ledger.runs.sweep();
  return { claim: taking + beginning, tick };
};

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Medians, with so many finished deliveries in the ledger; the sizes take turns, so that a busy machine hits them alike. */
export const growth = async (url: string, sizes: readonly number[]): Promise<readonly Cost[]> => {
  const ledgers: Ledger[] = [];
  for (const size of sizes) {
    await fill(url, `grown_${size}`, size);
    ledgers.push(openFor('postgres', `${url}#grown_${size}`));
  }
  const costs: Cost[][] = sizes.map(() => []);
  for (let n = 0; n < ROUNDS + WARM; n++)
    for (const [i, ledger] of ledgers.entries()) {
      const cost = await round(ledger, n);
      if (n >= WARM) costs[i]?.push(cost);
    }
  for (const ledger of ledgers) await ledger.close();
  return costs.map((each) => ({
    claim: median(each.map(({ claim }) => claim)),
    tick: median(each.map(({ tick }) => tick)),
  }));
};
