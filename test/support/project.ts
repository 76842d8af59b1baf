import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temporary-folder.ts';

export const PROGRAM = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A user's project in a folder of the test's own, and the program run in it as a user would: as a process. */
export interface TestProject {
  readonly folder: string;
  write(file: string, text: string): void;
  start(args: readonly string[], env?: Record<string, string>): ChildProcess;
  larkcron(args: readonly string[], env?: Record<string, string>): Promise<Ended>;
}

export const SETTINGS = `timezone: Asia/Shanghai
apps:
  default: { id: cli_test, secret: top-secret-1234, endpoint: "\${FEISHU_ENDPOINT}" }
owner: ou_owner
recipients:
  everyone: [ou_a, ou_b]
`;

/** cron's environment holds little more than this; where the tests keep compiled code, a program starts twice as fast. */
const CACHE = process.env['NODE_COMPILE_CACHE'];
export const EMPTY = {
  PATH: '/usr/bin:/bin',
  HOME: '/nonexistent',
  ...(CACHE === undefined ? {} : { NODE_COMPILE_CACHE: CACHE }),
};

export const createProject = (
  files: Readonly<Record<string, string>>,
  endpoint = 'http://127.0.0.1:9',
  /** the folder's own name, where people see it */
  name = '',
): TestProject => {
  const folder = join(temporaryFolder(), name);
  const write = (file: string, text: string): void => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  write('larkcron.yaml', SETTINGS);
  for (const [file, text] of Object.entries(files)) write(file, text);
  const start = (args: readonly string[], env: Record<string, string> = {}): ChildProcess =>
    spawn(process.execPath, [PROGRAM, ...args], {
      cwd: folder,
      env: { ...EMPTY, FEISHU_ENDPOINT: endpoint, LARKCRON_LANG: 'en', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    folder,
    write,
    start,
    larkcron: (args, env) =>
      new Promise((resolve, reject) => {
        const child = start(args, env);
        let [stdout, stderr] = ['', ''];
        child.stdout?.on('data', (chunk) => {
          stdout += chunk;
        });
        child.stderr?.on('data', (chunk) => {
          stderr += chunk;
        });
        child.on('error', reject);
        child.on('close', (code) => resolve({ code, stdout, stderr }));
      }),
  };
};

/** Asks again and again until it is so: for what another process does, with an end. */
export const until = async (what: string, holds: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> => {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
