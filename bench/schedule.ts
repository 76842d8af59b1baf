// What a daemon with very many jobs costs, and how late it is. `npm run bench:schedule [jobs]`
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cron } from 'croner';
import { createApp } from '../src/app.ts';
import { systemClock } from '../src/base/clock.ts';
import { createRedactor } from '../src/base/redact.ts';
import { dueTimesOf } from '../src/cli/due-times.ts';
import { loadProject } from '../src/config/load.ts';
import { drainAll } from '../src/drain.ts';
import { ANY_DAY } from '../src/model/schedule.ts';

const COUNT = Number(process.argv[2] ?? 100_000);
const DUE_AT_ONCE = 1_000;
const SINGLE = 5;

/** When each request came to the stand-in for Feishu. */
const arrivals: number[] = [];
const receiver = fork(join(import.meta.dirname, 'schedule', 'receiver.ts'));
const port = await new Promise<number>((resolve) => {
  receiver.on('message', (said: { port?: number; arrived?: number }) => {
    if (said.port !== undefined) resolve(said.port);
    if (said.arrived !== undefined) arrivals.push(said.arrived);
  });
});
const endpoint = `http://127.0.0.1:${port}`;

const folder = mkdtempSync(join(tmpdir(), 'larkcron-bench-'));
mkdirSync(join(folder, 'jobs'));
writeFileSync(
  join(folder, 'larkcron.yaml'),
  `apps: { default: { id: cli_bench, secret: bench-secret, endpoint: "${endpoint}" } }\n`,
);
writeFileSync(join(folder, 'jobs', 'one.yaml'), 'schedule: "0 0 1 1 *"\nto: [ou_a]\ntext: hello\n');

const ms = (from: number): string => `${(performance.now() - from).toFixed(0)} ms`;
const percentile = (values: readonly number[], p: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))] ?? Number.NaN;
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

const project = loadProject(join(folder, 'larkcron.yaml'), {});
const [template] = project.jobs;
if (template?.schedule == null) throw new Error('no job');
const { schedule } = template;
/** Made in memory: reading the job files, which happens once at start, is not part of what is measured here. */
const jobs = Array.from({ length: COUNT }, (_, i) => ({
  ...template,
  name: `job-${i}`,
  to: [{ ...template.to[0]!, id: `ou_${i}`, shown: `ou_${i}` }],
  schedule: { ...schedule, crons: [`${i % 60} ${i % 24} ${(i % 28) + 1} 1 *`] },
}));

// limits off: Feishu's own are not what is measured
const limits = { perSecond: 1e6, perMinute: 1e6, perTarget: 1e6 };
const stop = new AbortController();
const app = createApp(
  { ...project, settings: { ...project.settings, limits }, jobs, jobNames: jobs.map(({ name }) => name) },
  { clock: systemClock, redact: createRedactor([]), stderr: () => {}, signal: stop.signal },
);

console.log(`${COUNT} jobs in one daemon, ${process.version}\n`);
const begun = performance.now();
const plan = dueTimesOf(app);
await plan();
console.log(`first look at all of them (last good texts, cursors, next times)   ${ms(begun)}`);
console.log(
  `memory                                                            ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`,
);

const idle = Array.from({ length: 5 }, () => 0);
for (const i of idle.keys()) {
  const before = cpu();
  await plan();
  idle[i] = cpu() - before;
}
console.log(
  `an idle look, once a minute (goal ≤ 50 ms)                         ${percentile(idle, 0.5).toFixed(1)} ms CPU`,
);

/** A daemon at work on these jobs, in this process. */
const daemon = async (all: typeof jobs): Promise<{ stop(): Promise<void> }> => {
  const ends = new AbortController();
  const one = createApp(
    { ...project, settings: { ...project.settings, limits }, jobs: all, jobNames: all.map(({ name }) => name) },
    { clock: systemClock, redact: createRedactor([]), stderr: () => {}, signal: ends.signal },
  );
  const decide = dueTimesOf(one);
  await decide();
  const working = drainAll(one.loops(), { jobs: all.map(({ name }) => name), plan: decide, deadline: null });
  return {
    stop: async () => {
      ends.abort();
      await working;
      await one.close();
    },
  };
};

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const IDLE_SECONDS = 20;
const idleDaemon = await daemon(jobs);
await sleep(2_000);
const before = cpu();
await sleep(IDLE_SECONDS * 1_000);
const used = (cpu() - before) / IDLE_SECONDS;
console.log(`the daemon with nothing to do                                      ${used.toFixed(1)} ms CPU a second`);
await idleDaemon.stop();

/** How late requests leave for jobs that are due at one second. */
const lateness = async (count: number): Promise<number[]> => {
  arrivals.length = 0;
  // when it has started
  const at = Math.ceil((Date.now() + 3_000 + COUNT / 10) / 1_000) * 1_000;
  const moment = { ...ANY_DAY, ...schedule, crons: [], moments: [at] };
  const some = jobs.slice(0, count).map((job, i) => ({ ...job, name: `due-${at}-${i}`, schedule: moment }));
  const working = await daemon([...jobs, ...some]);
  const until = Date.now() + 60_000;
  while (arrivals.length < count && Date.now() < until) await sleep(50);
  await working.stop();
  return arrivals.map((arrived) => arrived - at);
};

/** The floor: a timer for each in this process, calling an empty function. */
const floor = async (count: number): Promise<number[]> => {
  const late: number[] = [];
  const at = new Date(Math.ceil((Date.now() + 2_000) / 1_000) * 1_000);
  for (let i = 0; i < count; i++)
    new Cron(at, () => void late.push(performance.timeOrigin + performance.now() - at.getTime()));
  while (late.length < count) await sleep(50);
  return late;
};

const shown = (values: readonly number[]): string =>
  `p50 ${percentile(values, 0.5).toFixed(0)} ms  p99 ${percentile(values, 0.99).toFixed(0)} ms  max ${Math.max(...values).toFixed(0)} ms`;
const thousand = await lateness(DUE_AT_ONCE);
console.log(`\n${DUE_AT_ONCE} jobs due in one second, due → request (goal p99 ≤ 1 s)`);
console.log(`  larkcron  ${thousand.length} sent  ${shown(thousand)}`);
console.log(`  croner    ${shown(await floor(DUE_AT_ONCE))}  (an empty function)`);
const singles: number[] = [];
for (let i = 0; i < SINGLE; i++) singles.push(...(await lateness(1)));
console.log(`one job due (goal ≤ 50 ms)   ${shown(singles)}`);

stop.abort();
await app.close();
receiver.disconnect();
rmSync(folder, { recursive: true, force: true });
