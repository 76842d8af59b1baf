// The main job, end to end, on this machine alone: the stand-in for Feishu, a sales database, the store dashboard
// pushed through the real path, and a second push that comes due by itself. `npm run demo`.
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Json } from '../src/model/dataset.ts';
import { cardToTerminal } from '../src/picture/terminal.ts';

const PROGRAM = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const SECONDS_UNTIL_DUE = 4;
const directory = mkdtempSync(join(tmpdir(), 'larkcron-demo-'));
const say = (words: string): void => void process.stdout.write(`${words}\n`);
const heading = (words: string): void => say(`\n── ${words} ${'─'.repeat(Math.max(0, 60 - words.length))}`);

const environment = { ...process.env, LARKCRON_CONFIG: '' };

/** Runs the program as a user would, shows its call, and gives what it printed. */
const larkcron = (args: readonly string[], { show = true } = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    if (show) say(`$ larkcron ${args.join(' ')}`);
    const child = spawn(process.execPath, [PROGRAM, '-C', directory, ...args], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk;
      if (show) process.stdout.write(chunk);
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve(printed) : reject(new Error(`larkcron ${args[0]} ended with ${code}`)),
    );
  });

const startSandbox = (): Promise<{ child: ChildProcess; url: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, '-C', directory, 'sandbox', '--port', '0', '--json'], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.once('data', (line: Buffer) =>
      resolve({ child, url: (JSON.parse(String(line)) as { url: string }).url }),
    );
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });

/** A copy of the dashboard's job that is due a few seconds from now, on the clock of its time zone. */
const scheduleOne = (): void => {
  const file = join(directory, 'jobs', 'store-dashboard.yaml');
  const due = new Date(Date.now() + SECONDS_UNTIL_DUE * 1_000 + 8 * 3_600_000);
  const cron = `${due.getUTCSeconds()} ${due.getUTCMinutes()} ${due.getUTCHours()} * * *`;
  cpSync(file, join(directory, 'jobs', 'scheduled-dashboard.yaml'));
  const job = readFileSync(file, 'utf8')
    .replace(/^schedule: .*$/m, `schedule: "${cron}"`)
    .replace('看板已更新', '看板(定时)');
  writeFileSync(join(directory, 'jobs', 'scheduled-dashboard.yaml'), job);
};

/** Draws the newest message as the stand-in for Feishu received it. */
const drawNewest = async (url: string): Promise<void> => {
  const messages = (await (await fetch(`${url}/sandbox/messages`)).json()) as { content: string }[];
  const newest = messages.at(-1);
  if (newest === undefined) throw new Error('nothing arrived');
  say(cardToTerminal(JSON.parse(newest.content) as Json, { width: 80, color: process.stdout.isTTY === true }));
};

let sandbox: ChildProcess | null = null;
try {
  heading('项目 · a project');
  await larkcron(['init', '--yes', '--sandbox']);
  heading('飞书替身 · the stand-in for Feishu');
  const { child, url } = await startSandbox();
  sandbox = child;
  say(url);

  heading('推送 · push');
  await larkcron(['run', 'store-dashboard', '--sandbox']);
  say('');
  await drawNewest(url);

  heading(`定时 · a push that comes due by itself in ${SECONDS_UNTIL_DUE} s`);
  scheduleOne();
  await larkcron(['next', 'scheduled-dashboard', '-n', '1']);
  await larkcron(['tick', '--for', `${SECONDS_UNTIL_DUE + 4}s`, '--sandbox']);

  heading('日志 · the log');
  const log = readFileSync(join(directory, '.larkcron', 'logs', 'push.log'), 'utf8')
    .trimEnd()
    .split('\n');
  const sent = log.filter((line) => line.includes('message_id='));
  if (sent.length !== 2) throw new Error(`expected two messages in the log, found ${sent.length}`);
  for (const line of sent) say(line);

  heading('结果 · what arrived');
  await larkcron(['history', '--sandbox']);
  say(`\n${url}  ← 卡片在这里 · the cards are here`);
  if (process.stdout.isTTY === true && process.stdin.isTTY === true) {
    say('Ctrl-C 结束 · Ctrl-C ends it');
    await new Promise<void>((resolve) => process.once('SIGINT', () => resolve()));
  }
} finally {
  sandbox?.kill('SIGTERM');
  rmSync(directory, { recursive: true, force: true });
}
