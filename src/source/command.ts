import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { failure } from '../model/errors.ts';
import type { Ms } from '../model/time.ts';
import { parseCsv } from './csv.ts';
import { parseJsonLines, rowsOf } from './rows.ts';
import { selected } from './select.ts';
import { type Fetch, MAX_BYTES } from './source.ts';
import { sourceWords } from './words.ts';

export interface CommandCall {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeout: Ms;
  readonly signal: AbortSignal;
  /** what stands on its standard input; left out: nothing */
  readonly input?: string;
}

type Child = ChildProcessByStdio<Writable | null, Readable, Readable>;

/** A process group of its own, so that a time-out ends the program's children too. */
const start = ({ argv, cwd, env, input }: CommandCall): Child => {
  const [program = '', ...args] = argv;
  if (!existsSync(cwd)) throw failure(sourceWords, 'no-folder', { path: cwd });
  try {
    const how = { cwd, env, shell: false, detached: true } as const;
    return input === undefined
      ? spawn(program, args, { ...how, stdio: ['ignore', 'pipe', 'pipe'] })
      : spawn(program, args, { ...how, stdio: ['pipe', 'pipe', 'pipe'] });
  } catch (error) {
    // an empty name, a NUL in an argument
    const { code = '?', message } = error as NodeJS.ErrnoException;
    throw failure(sourceWords, 'command-failed', { program, code, stderr: message }, { cause: error });
  }
};

const lastLines = (text: string): string => text.trim().split('\n').slice(-5).join('\n').slice(-1_000);

/**
 * Runs a program without a shell and gives its standard output. Throws for a missing program, another exit status
 * than 0, too much output or too long a time.
 */
export const runCommand = (call: CommandCall): Promise<{ stdout: string }> =>
  new Promise((resolve, reject) => {
    const { timeout, signal } = call;
    const [program = ''] = call.argv;
    if (signal.aborted) throw failure(sourceWords, 'interrupted', { what: program });
    const child = start(call);
    // a program that does not read its input is no failure
    child.stdin?.on('error', () => {});
    child.stdin?.end(call.input);
    const chunks: Buffer[] = [];
    let size = 0;
    let stderr = '';
    let stopped: Error | null = null;
    const stop = (why: Error): void => {
      stopped ??= why;
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // it is gone already
      }
      // a grandchild that left the group may hold these open: it is not waited for
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const timer = setTimeout(() => stop(failure(sourceWords, 'timed-out', { what: program, ms: timeout })), timeout);
    const abort = (): void => stop(failure(sourceWords, 'interrupted', { what: program }));
    signal.addEventListener('abort', abort, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BYTES) stop(failure(sourceWords, 'too-large', { limit: '20 MB' }));
      else chunks.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk).slice(-4_000);
    });
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
    child.on('error', (error: NodeJS.ErrnoException) => {
      finish();
      reject(
        error.code === 'ENOENT'
          ? failure(sourceWords, 'command-missing', { program })
          : failure(sourceWords, 'command-failed', { program, code: error.code ?? '?', stderr: error.message }),
      );
    });
    child.on('close', (code, killedBy) => {
      finish();
      if (stopped !== null) reject(stopped);
      else if (code !== 0)
        reject(
          failure(sourceWords, 'command-failed', {
            program,
            code: String(code ?? killedBy),
            // monitoring plugins say what is wrong on standard output
            stderr: lastLines(stderr) || lastLines(Buffer.concat(chunks).toString('utf8')),
          }),
        );
      else resolve({ stdout: Buffer.concat(chunks).toString('utf8') });
    });
  });

/** `command`: a program's JSON (a list, an object, one object a line) or CSV as rows. */
export const fetchCommand: Fetch<'command'> = async (spec, context) => {
  const argv = spec.argv.map(context.fillText);
  const named = Object.fromEntries(Object.entries(spec.env).map(([name, value]) => [name, context.fillText(value)]));
  const { stdout } = await runCommand({
    argv,
    cwd: spec.cwd ?? context.directory,
    env: { ...context.env, ...named },
    timeout: spec.timeout,
    signal: context.signal,
  });
  const from = argv[0] ?? '';
  return spec.format === 'csv'
    ? parseCsv(stdout, from)
    : rowsOf(await selected(parseJsonLines(stdout, from), spec.select), from);
};
