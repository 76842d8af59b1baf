// Nodes on one ledger: how many deliveries they settle beside a queue that settles empty jobs, how soon they take over from
// one that is killed, and what a long history costs. `npm run bench:cluster [deliveries]`; BENCH_ONLY=rates,take-over,growth,
// BENCH_ROUNDS=20 (kills), BENCH_FINISHED=5000000 (deliveries of the long history)
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresDatabase } from '../test/source/databases.ts';
import { farAway } from './cluster/far.ts';
import { growth } from './cluster/growth.ts';
import { boss, settled } from './cluster/rates.ts';
import { canHide, type TakeOver, takeOvers } from './cluster/take-over.ts';

const COUNT = Number(process.argv[2] ?? 6_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 20);
const FINISHED = Number(process.env['BENCH_FINISHED'] ?? 5_000_000);
const FEW = 10_000;
const only = process.env['BENCH_ONLY']?.split(',');
const wanted = (name: string): boolean => only === undefined || only.includes(name);

const database = await postgresDatabase();
console.log(`${process.version}\n`);

if (wanted('rates')) {
  console.log(`${COUNT} deliveries with limits off, requests answered at once`);
  const shown = (name: string, rate: number, than: number): void =>
    console.log(`  ${name.padEnd(44)} ${rate.toFixed(0).padStart(6)}/s  ${(rate / than).toFixed(2)} × pg-boss`);
  const base = await boss(database.url, COUNT);
  shown('pg-boss: empty jobs, one by one, 50 at once', base, base);
  for (const nodes of [1, 2, 4])
    shown(
      `larkcron on PostgreSQL, ${nodes} ${nodes === 1 ? 'node' : 'nodes'}`,
      await settled('postgres', `${database.url}#n${nodes}`, nodes, COUNT),
      base,
    );
  const far = await farAway(database.url, 1);
  shown('larkcron, 2 nodes, the database 1 ms away', await settled('postgres', `${far.url}#far`, 2, COUNT), base);
  far.close();
  const folder = mkdtempSync(join(tmpdir(), 'larkcron-bench-'));
  shown('larkcron on SQLite, 1 process', await settled('sqlite', join(folder, 'ledger.db'), 1, COUNT), base);
  rmSync(folder, { recursive: true, force: true });
}

const at = (numbers: readonly number[], share: number): string => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return `${((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) / 1_000).toFixed(1)} s`;
};
const shownTakeOvers = (where: string, found: readonly TakeOver[]): void => {
  const held = Math.round(found.reduce((sum, each) => sum + each.held, 0) / found.length);
  console.log(`  a node killed on ${where} (${found.length} times, ${held} messages in its hands)`);
  for (const what of ['first', 'last'] as const) {
    const times = found.map((each) => each[what]);
    console.log(`    until the ${what} of them is delivered: p50 ${at(times, 0.5)}, p99 ${at(times, 0.99)}`);
  }
};
if (wanted('take-over')) {
  console.log('\ntaking over after SIGKILL');
  shownTakeOvers('the same machine', await takeOvers(database.url, { rounds: ROUNDS, hidden: false }));
  if (canHide()) shownTakeOvers('another machine', await takeOvers(database.url, { rounds: ROUNDS, hidden: true }));
  else console.log('  (as on another machine: unshare cannot be used here)');
}

if (wanted('growth')) {
  console.log(`\nwhat history costs: ${FEW} and ${FINISHED} finished deliveries, medians`);
  const [few, many] = await growth(database.url, [FEW, FINISHED]);
  console.log(`  ${((many?.bytes ?? 0) / FINISHED / 1e3).toFixed(1)} GB for each million of them`);
  for (const what of ['claim', 'tick'] as const) {
    const [small, large] = [few?.[what] ?? 0, many?.[what] ?? 0];
    const name = what === 'claim' ? 'claim a run and begin 50 deliveries' : 'a tick that plans one due time';
    console.log(`  ${name.padEnd(44)} ${small.toFixed(1)} ms, ${large.toFixed(1)} ms: ${(large / small).toFixed(2)} ×`);
  }
}
await database.close();
process.exit();
