// Each example as a newcomer meets it: init, check, run against the stand-in for Feishu, and run again, which must send
// nothing twice. Pictures go to docs/images/examples where there is a browser. `npm run examples`
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '../src/browser/find-browser.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PROGRAM = at('../src/cli/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'larkcron-examples-'));
const env = { ...process.env, LARKCRON_CONFIG: '' };

const larkcron = (project: string, args: readonly string[]): string => {
  const ended = spawnSync(process.execPath, [PROGRAM, '-C', join(folder, project), ...args], { encoding: 'utf8', env });
  if (ended.status !== 0) throw new Error(`larkcron ${args.join(' ')} ended with ${ended.status}\n${ended.stderr}`);
  return ended.stdout;
};

interface Report {
  readonly run: { readonly id: string; readonly state: string; readonly reason: { readonly code: string } | null };
}

/** How a run ended, in a word: its state, or why it was skipped. */
const pushed = (project: string, job: string, args: readonly string[] = []): { id: string; ended: string } => {
  const { run } = JSON.parse(larkcron(project, ['run', job, '--sandbox', '--json', '--yes', ...args])) as Report;
  return { id: run.id, ended: run.state === 'skipped' ? (run.reason?.code ?? 'skipped') : run.state };
};

let wrong = 0;
const expect = (what: string, found: string, expected: string): void => {
  if (found !== expected) wrong += 1;
  console.log(
    `${found === expected ? '✓' : '✗'} ${what}: ${found}${found === expected ? '' : `, expected ${expected}`}`,
  );
};

const begin = (example: string): void => {
  spawnSync(process.execPath, [PROGRAM, '-C', folder, 'init', example, '--yes', '--sandbox', '--example', example], {
    env,
    stdio: 'ignore',
  });
  larkcron(example, ['check']);
};

const browser = findBrowser(env);
const picture = (example: string, job: string): void => {
  if (browser === null) console.log('- no browser here: no picture');
  else
    larkcron(example, ['preview', job, '--sandbox', '--png', at(`../docs/images/examples/${job}.png`), '--lang', 'zh']);
};

/** A due time is one occurrence: asked for again it is the same run, and nothing is sent. */
const sentOnce = (example: string, job: string): void => {
  const [first, again] = [pushed(example, job, ['--due', 'last']), pushed(example, job, ['--due', 'last'])];
  expect(`${job} for its last due time`, first.ended, 'delivered');
  expect(`${job} for the same due time again`, again.id === first.id ? 'the same run' : again.ended, 'the same run');
};

try {
  begin('store-dashboard');
  sentOnce('store-dashboard', 'store-dashboard');
  picture('store-dashboard', 'store-dashboard');

  begin('price-update');
  for (const job of ['price-update', 'my-prices']) {
    expect(`${job} the first time`, pushed('price-update', job).ended, 'remembered');
    expect(`${job} with nothing changed`, pushed('price-update', job).ended, 'unchanged');
  }
  spawnSync(process.execPath, [join(folder, 'price-update', 'make-data.mjs'), '--change']);
  for (const job of ['price-update', 'my-prices']) {
    picture('price-update', job);
    expect(`${job} when prices changed`, pushed('price-update', job).ended, 'delivered');
    expect(`${job} once they are told`, pushed('price-update', job).ended, 'unchanged');
  }

  begin('system-health');
  sentOnce('system-health', 'health-report');
  picture('system-health', 'health-report');
  const backupWas = (hours: number): void =>
    void spawnSync(process.execPath, [join(folder, 'system-health', 'make-data.mjs'), String(hours)]);
  expect('health-watch the first time', pushed('system-health', 'health-watch').ended, 'remembered');
  expect('health-watch with nothing changed', pushed('system-health', 'health-watch').ended, 'unchanged');
  backupWas(60);
  picture('system-health', 'health-watch');
  expect('health-watch when the backup is too old', pushed('system-health', 'health-watch').ended, 'delivered');
  expect('health-watch while it stays so', pushed('system-health', 'health-watch').ended, 'unchanged');
  backupWas(1);
  expect('health-watch when it has recovered', pushed('system-health', 'health-watch').ended, 'delivered');
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.exitCode = wrong === 0 ? 0 : 1;
