import { spawn } from 'node:child_process';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/base/clock.ts';
import { createRedactor } from '../../src/base/redact.ts';
import type { ExitStatus } from '../../src/cli/command.ts';
import { createContext } from '../../src/cli/context.ts';
import { exampleOf } from '../../src/cli/init/examples.ts';
import { makeProject } from '../../src/cli/init/make-project.ts';
import { stageProject } from '../../src/cli/init/stage.ts';
import { createOutput } from '../../src/cli/output.ts';
import { type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { EMPTY } from '../support/project.ts';
import { scriptedAsking } from '../support/scripted-asking.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

export const sandboxOf = async (t: TestContext, options: Partial<SandboxOptions> = {}) => {
  const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null, limits: 'off', ...options });
  t.after(() => sandbox.close());
  return sandbox;
};

/** The whole of `larkcron init` with somebody who answers by a script, into a folder of the test's own. */
export const initWith = async (
  script: Parameters<typeof scriptedAsking>[0],
  {
    endpoint,
    directory = `${temporaryFolder()}/project`,
    options = {},
    example = 'store-dashboard',
    abort = new AbortController(),
  }: {
    endpoint: string;
    directory?: string;
    options?: Readonly<Record<string, string>>;
    example?: string;
    abort?: AbortController;
  },
): Promise<{
  status: ExitStatus;
  directory: string;
  said: string;
  printed: string;
  refusals: readonly string[];
  unasked: number;
}> => {
  const person = scriptedAsking(script);
  const redact = createRedactor([]);
  let printed = '';
  const stream = { write: (text: string) => (printed += text), isTTY: true };
  const streams = { stdout: stream, stderr: stream, stdin: { isTTY: true } };
  const out = createOutput(streams, { lang: 'en', json: false, quiet: false, color: false, hide: redact.hide });
  const context = createContext({
    out,
    clock: systemClock,
    environment: { PATH: process.env['PATH'] },
    redact,
    signal: abort.signal,
    flags: { config: null, folder: null, sandbox: false, verbose: false },
    onClose: () => {},
    ownsProcess: false,
  });
  const stage = await stageProject(exampleOf(example, { typescript: false }), { typescript: false, lang: 'en' });
  try {
    const call = { directory, options: { endpoint, ...options }, sandbox: false };
    const status = await makeProject(person.ask, stage, call, context);
    return { status, directory, said: person.said(), printed, refusals: person.refusals, unasked: person.unasked() };
  } finally {
    stage.remove();
  }
};

const PROGRAM = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** The program as a process, without a terminal. */
export const larkcron = (
  cwd: string,
  args: readonly string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      cwd,
      env: { ...EMPTY, LARKCRON_LANG: 'en', ...env },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.on('error', () => {}); // it may end before it reads
    child.stdin.end(input);
  });
