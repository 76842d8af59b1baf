import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createApp } from '../../src/app.ts';
import type { Clock } from '../../src/base/clock.ts';
import { createRedactor } from '../../src/base/redact.ts';
import { dueTimesOf } from '../../src/cli/due-times.ts';
import { loadProject } from '../../src/config/load.ts';
import { drainAll } from '../../src/drain.ts';
import { DAY, HOUR, MINUTE, type Ms } from '../../src/model/time.ts';
import { nextDue } from '../../src/schedule/dues.ts';
import { randomOf } from '../support/random.ts';
import { createShiftedClock } from '../support/shifted-clock.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');
/** So long larkcron itself runs, on a clock that jumps from due time to due time; the year before repeats it. */
const LIVED: Ms = 30 * HOUR;

/** A Friday, and a workday: whatever day the test is run on. */
export const NOON = new Date('2026-11-27T12:30:30+08:00');
export const createNoonClock = (): Clock => {
  const clock = createShiftedClock();
  clock.pass(NOON.getTime() - Date.now());
  return clock;
};

const settings = (endpoint: string): string => `timezone: Asia/Shanghai
apps: { default: { id: cli_console, secret: console-secret-1, endpoint: "${endpoint}" } }
owner: ou_owner
recipients: { store-managers: [ou_wang, ou_li, oc_managers], sales-group: [oc_sales], ops: [ou_ops] }
sources: { checks: { file: { path: checks.csv } } }
console: { login: { feishu: { roles: { operator: [ou_li] } } } }
`;

const MORE: Readonly<Record<string, string>> = {
  // one of its people has left
  'weekly-plan':
    'description: 每周一的计划\nschedule: { cron: "30 9 * * mon-fri", days: cn-workdays }\nto: [ou_wang, ou_left, oc_sales]\ntext: 本周计划见文档。\n',
  'stock-check':
    'description: 库存核对\nschedule: "15 8-20/2 * * *"\nto: [store-managers]\ndata: { stock: { file: { path: stock.csv } } }\nempty: fail\ntext: 库存 {{ stock.rows.size }} 行\n',
  'monthly-invoices':
    'description: 每月五日开票提醒\nschedule: { cron: "0 10 5 * *", days: { calendar: cn-workdays, shift: next } }\nto: [ou_li]\ntext: 请开票。\n',
  broken: 'schedule: "0 7 * * *"\nto: [ou_wang]\ncard:\n  title: 少了一个字母\n  boddy: []\n',
};

type Row = Record<string, string | number | null>;

/** Puts the day that was lived before itself, again and again, with a few failures of other days. */
const repeat = (file: string, now: Ms, days: number): void => {
  const db = new DatabaseSync(file);
  const random = randomOf(20_261_127);
  const all = (sql: string, ...values: (string | number)[]): Row[] => db.prepare(sql).all(...values) as Row[];
  const insert = (table: string, row: Row): void => {
    const names = Object.keys(row);
    db.prepare(`insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`).run(
      ...Object.values(row),
    );
  };
  const day = all(
    "select * from runs where kind = 'job' and due_at >= ? and due_at < ? and state in ('delivered', 'partial', 'skipped')",
    now - DAY,
    now,
  );
  const reason = all("select reason from runs where state = 'failed' and reason is not null")[0]?.['reason'] ?? null;
  const sent = new Map(day.map(({ id }) => [id, all('select * from deliveries where run = ?', String(id))]));
  const tries = new Map(
    [...sent.values()].flat().map(({ id }) => [id, all('select * from attempts where delivery = ?', String(id))]),
  );
  const earlier = (row: Row, by: Ms): Row =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        /_at$|_until$|^not_before$/.test(name) && typeof value === 'number' && value > 0 ? value - by : value,
      ]),
    );
  const idAt = (at: Ms, n: number): string => {
    const hex = at.toString(16).padStart(12, '0');
    return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${n.toString(16).padStart(12, '0')}`;
  };
  db.exec('begin');
  let n = 0;
  for (let back = 1; back <= days; back++)
    for (const run of day) {
      const due = Number(run['due_at']) - back * DAY;
      // what was lived stays as it was, with what was due just before
      if (due >= now - LIVED - HOUR) continue;
      const weekday = new Date(due).getUTCDay();
      if (/dashboard|weekly/.test(String(run['job'])) && (weekday === 0 || weekday === 6)) continue;
      const what = random();
      const id = idAt(Number(run['created_at']) - back * DAY, ++n);
      const one = { ...earlier(run, back * DAY), id, once_key: `due:${due}` } as Row;
      const fails = what < 0.02 && run['state'] !== 'skipped';
      if (fails) Object.assign(one, { state: 'failed', reason });
      else if (what > 0.97 && one['started_at'] !== null)
        for (const at of ['started_at', 'finished_at']) one[at] = Number(one[at]) + 4 * MINUTE;
      insert('runs', one);
      if (fails) continue;
      for (const delivery of sent.get(run['id'] ?? '') ?? []) {
        const copy = idAt(
          Number.parseInt(String(delivery['id']).replaceAll('-', '').slice(0, 12), 16) - back * DAY,
          ++n,
        );
        insert('deliveries', {
          ...earlier(delivery, back * DAY),
          id: copy,
          run: id,
          uuid: `lc-year-${n}`,
          message_id: delivery['message_id'] === null ? null : `om_year${n}`,
          anchor: null,
          renews: null,
          replies_to: null,
        });
        for (const attempt of tries.get(delivery['id'] ?? '') ?? [])
          insert('attempts', { ...earlier(attempt, back * DAY), delivery: copy });
      }
    }
  db.exec('commit');
  db.close();
};

/**
 * A project with the three examples and some jobs more, and a year of history: thirty hours were really run against
 * `endpoint`, the days before repeat the last of them, always with the same failures.
 */
export const seedYear =
  (noon: Clock, days = 364) =>
  async (folder: string, endpoint: string): Promise<void> => {
    for (const example of ['store-dashboard', 'price-update', 'system-health']) {
      cpSync(join(EXAMPLES, example), folder, { recursive: true });
      spawnSync(process.execPath, [join(folder, 'make-data.mjs')], { cwd: folder });
    }
    writeFileSync(join(folder, 'larkcron.yaml'), settings(endpoint));
    for (const [name, text] of Object.entries(MORE)) writeFileSync(join(folder, 'jobs', `${name}.yaml`), text);
    const watch = join(folder, 'jobs', 'health-watch.yaml');
    writeFileSync(watch, readFileSync(watch, 'utf8').replace('*/5', '*/30'));
    writeFileSync(join(folder, 'stock.csv'), 'sku,count\nA1,4\nB2,0\n');
    const checks = ['磁盘', '内存', '备份'].map(
      (name, i) => `${name},${i === 2 ? '1,warn' : '0,ok'},说明,阈值,${30 + i}`,
    );
    writeFileSync(join(folder, 'checks.csv'), `name,level,status,detail,threshold,took\n${checks.join('\n')}\n`);

    let behind: Ms = LIVED;
    const clock = {
      ...noon,
      now: () => noon.now() - behind,
      monotonic: () => noon.monotonic() + LIVED - behind,
    };
    const project = loadProject(join(folder, 'larkcron.yaml'), {});
    const app = createApp(project, {
      clock,
      redact: createRedactor([]),
      stderr: () => {},
      signal: new AbortController().signal,
    });
    const end = noon.now();
    try {
      while (behind > 0) {
        await drainAll(app.loops(), { jobs: project.jobNames, plan: dueTimesOf(app), deadline: clock.now() });
        const now = clock.now();
        // the stock's file is empty for the last hours: an incident
        if (end - now < 5 * HOUR) writeFileSync(join(folder, 'stock.csv'), 'sku,count\n');
        const dues = project.jobs.map(({ schedule }) =>
          schedule === null ? now + DAY : (nextDue(schedule, now, 1)[0] ?? now + DAY),
        );
        behind = Math.max(0, behind - (Math.min(...dues) - now) - 1_000);
      }
      await drainAll(app.loops(), { jobs: project.jobNames, plan: dueTimesOf(app), deadline: clock.now() });
    } finally {
      await app.close();
    }
    repeat(join(folder, '.larkcron', 'ledger.db'), end, days);
  };
