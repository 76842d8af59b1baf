// How long the console's answers take with a long history, beside a short one. `npm run bench:console [DELIVERIES]`
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createApp } from '../src/app.ts';
import { systemClock } from '../src/base/clock.ts';
import { createRedactor } from '../src/base/redact.ts';
import { loadProject } from '../src/config/load.ts';
import { createConsole } from '../src/web/console.ts';
import { createMetrics } from '../src/web/metrics.ts';
import { hashOf, newToken } from '../src/web/secrets.ts';
import { listen } from '../src/web/server.ts';

const MANY = Number(process.argv[2] ?? 5_000_000);
const FEW = 10_000;
const JOBS = 40;
const PEOPLE = 5_000;
/** deliveries of one run */
const EACH = 100;
const YEAR = 365 * 86_400_000;

/** A year of runs, 100 messages each, one in a thousand refused; written by SQL, as larkcron itself would take days. */
const seed = (file: string, count: number): void => {
  const db = new DatabaseSync(file);
  const runs = Math.ceil(count / EACH);
  const began = Date.now() - YEAR;
  const step = YEAR / runs;
  db.exec('pragma synchronous = off; pragma cache_size = -400000; pragma temp_store = memory');
  db.exec("insert or ignore into contents (hash, msg_type, body) values ('c', 'interactive', '{}')");
  const id = (at: string, n: string): string =>
    `printf('%s-%s-7%03x-%s', substr(printf('%012x', ${at}), 1, 8), substr(printf('%012x', ${at}), 9, 4), ${n} & 4095, printf('8%03x-%012x', (${n} >> 12) & 4095, ${n}))`;
  for (let from = 0; from < runs; from += 2_000) {
    const to = Math.min(runs, from + 2_000);
    db.exec('begin');
    db.exec(`with recursive n(i) as (select ${from} union all select i + 1 from n where i + 1 < ${to})
      insert into runs (id, kind, job, once_key, due_at, not_before, trigger, own_audience, state, created_at, started_at, finished_at, deliver_until, priority, counted)
      select printf('%08x-0000-8000-8000-%012x', i * 2654435761 & 4294967295, i), 'job', 'job-' || (i % ${JOBS}), 'due:' || i, ${began} + cast(i * ${step} as integer),
        0, 'schedule', 1, case when i % 10 = 0 then 'partial' else 'delivered' end, ${began} + cast(i * ${step} as integer), ${began} + cast(i * ${step} as integer) + 200,
        ${began} + cast(i * ${step} as integer) + 3000, 0, 2, 1 from n`);
    db.exec(`with recursive r(i) as (select ${from} union all select i + 1 from r where i + 1 < ${to}), p(k) as (select 0 union all select k + 1 from p where k + 1 < ${EACH})
      insert into deliveries (id, run, recipient, target_type, target, app, part, generation, kind, content, uuid, state, not_before, deliver_until, tries, max_tries, message_id, code, http, fault, log_id, delivered_at)
      select ${id(`(${began} + cast(i * ${step} as integer) + 100)`, `(i * ${EACH} + k)`)}, printf('%08x-0000-8000-8000-%012x', i * 2654435761 & 4294967295, i),
        'ou_' || ((i * 37 + k * 101) % ${PEOPLE}), 'open_id', 'ou_' || ((i * 37 + k * 101) % ${PEOPLE}), 'default', 1, 1, 'card', 'c', 'lc-' || (i * ${EACH} + k),
        case when i % 10 = 0 and k = 0 then 'rejected' else 'delivered' end, 0, 0, 1, 12,
        case when i % 10 = 0 and k = 0 then null else 'om_' || (i * ${EACH} + k) end, case when i % 10 = 0 and k = 0 then 230013 else 0 end, 200,
        case when i % 10 = 0 and k = 0 then 'recipient' end, '2026' || (i * ${EACH} + k),
        case when i % 10 = 0 and k = 0 then null else ${began} + cast(i * ${step} as integer) + 2000 end from r, p`);
    db.exec('commit');
  }
  db.exec('pragma wal_checkpoint(truncate)');
  db.close();
};

const quantile = (times: readonly number[], q: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))] ?? 0;

const measure = async (count: number): Promise<Map<string, number>> => {
  const folder = join(tmpdir(), `larkcron-bench-console-${count}`);
  const file = join(folder, '.larkcron', 'ledger.db');
  // a seeding that broke off is begun anew
  const seeded = join(folder, 'seeded');
  if (!existsSync(seeded)) rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'jobs'), { recursive: true });
  writeFileSync(
    join(folder, 'larkcron.yaml'),
    'apps: { default: { id: cli_x, secret: bench-secret-1, endpoint: "http://127.0.0.1:9" } }\n',
  );
  for (let i = 0; i < JOBS; i++)
    writeFileSync(
      join(folder, 'jobs', `job-${i}.yaml`),
      `schedule: "${i} 9-18 * * *"\nto: [ou_${i}, ou_${i + 1}]\ntext: hello\n`,
    );
  const redact = createRedactor([]);
  const app = createApp(loadProject(join(folder, 'larkcron.yaml'), {}), {
    clock: systemClock,
    redact,
    stderr: console.error,
    signal: new AbortController().signal,
  });
  const token = newToken();
  await app.ledger().access.make({ name: 'bench', role: 'admin', hash: hashOf(token) });
  if (!existsSync(seeded)) seed(file, count);
  writeFileSync(seeded, '');
  let port = 0;
  const served = createConsole({
    app: () => app,
    clock: systemClock,
    hide: redact.hide,
    lang: 'en',
    health: { lastRound: () => 0, monotonic: () => 0, ready: async () => null },
    place: { host: '127.0.0.1', url: null },
    port: () => port,
    metrics: createMetrics(),
    pages: null,
    onBug: console.error,
  });
  const server = await listen(served.fetch, { host: '127.0.0.1', port: 0 });
  port = server.port;
  const get = async (path: string) => {
    const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { items?: readonly { id: string }[]; next?: string | null };
  };
  const deep = async (path: string, pages: number): Promise<string> => {
    let next: string | null | undefined;
    for (let i = 0; i < pages; i++) {
      const page = await get(`${path}&limit=200${next == null ? '' : `&cursor=${next}`}`);
      if (page.next == null) break;
      next = page.next;
    }
    return next == null ? path : `${path}&cursor=${next}`;
  };
  const run = (await get('/api/runs?limit=1')).items?.[0]?.id ?? '';
  const middle = new Date(Date.now() - YEAR / 2).toISOString();
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const paths: Record<string, string> = {
    today: '/api/today',
    'today, half a year ago': `/api/today?day=${day(Date.now() - YEAR / 2)}`,
    jobs: '/api/jobs',
    job: '/api/jobs/job-1',
    'heat map of a year': `/api/jobs/job-1/days?since=${day(Date.now() - YEAR)}&until=${day(Date.now())}`,
    times: '/api/jobs/job-1/times',
    runs: '/api/runs?limit=50',
    'runs that failed': '/api/runs?state=failed&limit=50',
    'runs of a job, partial': '/api/runs?job=job-0&state=partial&limit=50',
    run: `/api/runs/${run}`,
    contents: `/api/runs/${run}/contents`,
    deliveries: '/api/deliveries?limit=50',
    'deliveries, page 100': await deep('/api/deliveries?x=1'.replace('?x=1', '?state=delivered'), 100),
    'deliveries, half a year ago': `/api/deliveries?until=${middle}&limit=50`,
    'deliveries refused': '/api/deliveries?state=rejected&limit=50',
    'deliveries by code': '/api/deliveries?code=230013&limit=50',
    'deliveries to one': '/api/deliveries?recipient=ou_17&limit=50',
    'deliveries of a job': '/api/deliveries?job=job-3&limit=50',
    'deliveries of a job to one': '/api/deliveries?job=job-3&recipient=ou_17&limit=50',
    'deliveries of a job refused': '/api/deliveries?job=job-3&state=rejected&limit=50',
    'deliveries waiting': '/api/deliveries?state=queued,retrying,sending&limit=50',
    incidents: '/api/incidents',
    recipients: '/api/recipients',
    calendar: '/api/calendar?year=2026',
    audit: '/api/audit',
  };
  const found = new Map<string, number>();
  for (const [name, path] of Object.entries(paths)) {
    await get(path);
    const times: number[] = [];
    for (let i = 0; i < 40; i++) {
      const at = performance.now();
      await get(path);
      times.push(performance.now() - at);
    }
    found.set(name, quantile(times, 0.95));
  }
  await server.close();
  await app.close();
  return found;
};

const [few, many] = [await measure(FEW), await measure(MANY)];
console.log(`${'page'.padEnd(32)} ${`${FEW}`.padStart(9)} ${`${MANY}`.padStart(9)}  ratio   (p95, ms)`);
for (const [name, ms] of many) {
  const before = few.get(name) ?? 0;
  console.log(
    `${name.padEnd(32)} ${before.toFixed(1).padStart(9)} ${ms.toFixed(1).padStart(9)} ${(ms / before).toFixed(1).padStart(6)}`,
  );
}
if (process.argv[3] !== 'keep')
  for (const count of [FEW, MANY])
    rmSync(join(tmpdir(), `larkcron-bench-console-${count}`), { recursive: true, force: true });
const slow = [...many].filter(([, ms]) => ms > 100);
if (slow.length > 0) {
  console.error(`slower than 100 ms: ${slow.map(([name]) => name).join(', ')}`);
  process.exitCode = 1;
}
