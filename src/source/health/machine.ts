import { readdirSync, readFileSync, statfsSync } from 'node:fs';
import { freemem, loadavg, totalmem } from 'node:os';
import { LarkcronError } from '../../model/errors.ts';
import { runCommand } from '../command.ts';
import { bad, fine, type Look } from './probe.ts';

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 1_000) / 10);
const gib = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`;

/** As `df` counts: what root alone may use is not free. */
export const lookDisk: Look<'disk'> = async ({ path }) => {
  try {
    const { blocks, bfree, bavail, bsize } = statfsSync(path);
    const used = blocks - bfree;
    return fine(percent(used, used + bavail), `${gib(bavail * bsize)} free`);
  } catch (error) {
    return bad((error as NodeJS.ErrnoException).code ?? (error as Error).message);
  }
};

/** What programs could still have: caches count as free (Linux: MemAvailable). */
const available = (): number => {
  try {
    const kib = /^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1];
    return kib === undefined ? freemem() : Number(kib) * 1024;
  } catch {
    return freemem();
  }
};

export const lookMemory: Look<'memory'> = async () => {
  const free = available();
  return fine(percent(totalmem() - free, totalmem()), `${gib(free)} free`);
};

export const lookLoad: Look<'load'> = async ({ minutes }) => {
  const load = loadavg();
  const value = Math.round((load[[1, 5, 15].indexOf(minutes)] ?? 0) * 100) / 100;
  return fine(value, load.map((each) => each.toFixed(2)).join(' '));
};

const commandLines = async (looking: Parameters<Look<'process'>>[1]): Promise<readonly string[]> => {
  try {
    const own = String(process.pid);
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && name !== own)
      .flatMap((pid) => {
        try {
          return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')];
        } catch {
          return []; // it has just ended
        }
      });
  } catch {
    // no /proc: macOS
    const { context, timeout } = looking;
    const { stdout } = await runCommand({
      ...{ argv: ['ps', '-A', '-o', 'command='], cwd: context.directory, env: context.env },
      ...{ timeout, signal: context.signal },
    });
    return stdout.split('\n');
  }
};

export const lookProcess: Look<'process'> = async ({ name }, looking) => {
  const count = (await commandLines(looking)).filter((line) => line.includes(name)).length;
  return fine(count, `${count} × ${name}`);
};

const CODES: Readonly<Record<number, 'ok' | 'warn'>> = { 0: 'ok', 1: 'warn' };

/** Runs a program and reads its exit status and first line as a monitoring plugin's. */
export const lookCommand: Look<'command'> = async ({ argv }, { context, timeout }) => {
  const wrapped = { argv, cwd: context.directory, env: context.env, timeout, signal: context.signal };
  try {
    const { stdout } = await runCommand(wrapped);
    return fine(null, stdout.split('\n')[0]?.slice(0, 200) ?? '');
  } catch (error) {
    if (!(error instanceof LarkcronError) || error.code === 'interrupted') throw error;
    const status = Number(/ended with (\d+)/.exec(error.message)?.[1] ?? Number.NaN);
    const words = error.message.replace(/^.* ended with \S+: ?/, '').split('\n')[0] ?? '';
    return { value: null, failed: CODES[status] === 'warn' ? 'warn' : 'critical', detail: words.slice(0, 200) };
  }
};

export const lookSystemd: Look<'systemd'> = async ({ unit }, { context, timeout }) => {
  try {
    const { stdout } = await runCommand({
      ...{ argv: ['systemctl', 'show', '--property=ActiveState,SubState', unit], cwd: context.directory },
      ...{ env: context.env, timeout, signal: context.signal },
    });
    const state = /ActiveState=(\w+)/.exec(stdout)?.[1] ?? '?';
    const detail = `${state} (${/SubState=([\w-]+)/.exec(stdout)?.[1] ?? '?'})`;
    if (state === 'active') return fine(state, detail);
    return { value: state, failed: /activating|reloading/.test(state) ? 'warn' : 'critical', detail };
  } catch (error) {
    if (!(error instanceof LarkcronError) || error.code === 'interrupted') throw error;
    return bad(error.message);
  }
};
