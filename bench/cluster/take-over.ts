import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { systemClock } from '../../src/base/clock.ts';
import { hasEnded } from '../../src/model/run.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { newRun, openFor } from './open.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');
const RECIPIENTS = 200;
/** A node that holds fewer is not worth killing. */
const HELD = 3;
/** It is killed when so few are left, that what it held is waited for and not the quota. */
const LEFT = 20;
const LATENCY = 300;
const PATIENCE = 60_000;

/** After a kill, in ms: the first of what the dead node held is delivered, and the last of it. */
export interface TakeOver {
  readonly first: number;
  readonly last: number;
  readonly held: number;
}

/** Whether this machine lets a node live where others cannot see its process, as on another machine. */
export const canHide = (): boolean => spawnSync('unshare', ['-pf', '--kill-child', 'true']).status === 0;

const until = async <T>(look: () => Promise<T | null>): Promise<T> => {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > end) throw new Error(`not within ${PATIENCE / 1_000} s`);
    await pause(5);
  }
};

/**
 * Two nodes as users start them, and a Feishu that answers after 300 ms; one node is killed with SIGKILL while it waits for
 * some answers. `hidden`: the nodes cannot see each other's processes.
 */
export const takeOvers = async (
  url: string,
  { rounds, hidden }: { readonly rounds: number; readonly hidden: boolean },
): Promise<readonly TakeOver[]> => {
  const schema = hidden ? 'take_over_hidden' : 'take_over';
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, limits: 'off', latency: LATENCY });
  const folder = mkdtempSync(join(tmpdir(), 'larkcron-take-over-'));
  mkdirSync(join(folder, 'jobs'));
  // one for each round: the quota of a minute is not what is measured
  const apps = Array.from(
    { length: rounds * 3 },
    (_, n) => `  app${n}: { id: cli_${n}, secret: s, endpoint: "${sandbox.url}" }\n`,
  );
  writeFileSync(join(folder, 'larkcron.yaml'), `ledger: { url: "${url}", schema: ${schema} }\napps:\n${apps.join('')}`);
  for (const n of apps.keys()) {
    const to = Array.from({ length: RECIPIENTS }, (_, i) => `ou_${n}_${i}`).join(', ');
    writeFileSync(join(folder, 'jobs', `job${n}.yaml`), `app: app${n}\nto: [${to}]\ntext: hello\n`);
  }
  const start = (): ChildProcess => {
    const words = [process.execPath, PROGRAM, '-C', folder, 'start', '--no-console'];
    const [first = '', ...rest] = hidden ? ['unshare', '-pf', '--kill-child', ...words] : words;
    return spawn(first, rest, { env: { PATH: process.env['PATH'] ?? '' }, stdio: 'ignore' });
  };
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const ask = async (sql: string, values: readonly unknown[] = []): Promise<Record<string, string>[]> =>
    (await client.query(sql.replaceAll('@', `"${schema}".`), [...values])).rows;
  const ledger = openFor('postgres', `${url}#${schema}`);
  await ledger.processes.beat();
  const daemons = async (): Promise<string[]> =>
    (await ask("select id from @processes where role = 'daemon' order by entered_at")).map(({ id }) => id ?? '');

  const survivor = start();
  let victim: ChildProcess | null = null;
  const found: TakeOver[] = [];
  try {
    const [staying = ''] = await until(async () => ((await daemons()).length === 1 ? daemons() : null));
    for (let n = 0; found.length < rounds; n++) {
      if (n === apps.length) throw new Error('the other node never took its share');
      victim = start();
      const dying = await until(async () => (await daemons()).find((id) => id !== staying) ?? null);
      const { run } = await ledger.runs.open(newRun(`job${n}`));
      const holds = "select id from @deliveries where run = $1 and state = 'sending' and owner = $2";
      const left = "select 1 from @deliveries where run = $1 and state in ('queued', 'sending')";
      const ready = await until(async () => {
        const open = (await ask(left, [run.id])).length;
        if (open === 0) return hasEnded((await ledger.history.run(run.id))?.state ?? 'failed') ? 'over' : null;
        return open <= LEFT + 2 * HELD && (await ask(holds, [run.id, dying])).length >= HELD ? 'now' : null;
      });
      if (ready === 'over') {
        victim.kill('SIGKILL');
        await until(async () => ((await daemons()).length === 1 ? true : null));
        continue;
      }
      const gone = new Promise((resolve) => victim?.once('exit', resolve));
      victim.kill('SIGKILL');
      const killed = performance.now();
      await gone;
      const ids = (await ask(holds, [run.id, dying])).map(({ id }) => id);
      const count = async (): Promise<number> =>
        Number(
          (await ask("select count(*) as n from @deliveries where id = any($1) and state = 'delivered'", [ids]))[0]?.[
            'n'
          ],
        );
      const firstAt = await until(async () => ((await count()) > 0 ? performance.now() : null));
      const lastAt = await until(async () => ((await count()) === ids.length ? performance.now() : null));
      found.push({ first: firstAt - killed, last: lastAt - killed, held: ids.length });
      await until(async () =>
        (await ask("select 1 from @runs where id = $1 and state = 'delivered'", [run.id])).length > 0 ? true : null,
      );
      if (sandbox.messages().length !== RECIPIENTS * (n + 1))
        throw new Error(`${sandbox.messages().length} messages after ${n + 1} rounds`);
      // not always at the same moment between two beats
      await pause(((n * 617) % 5) * 1_000);
    }
  } finally {
    survivor.kill('SIGKILL');
    victim?.kill('SIGKILL');
    await client.end();
    await ledger.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return found;
};
