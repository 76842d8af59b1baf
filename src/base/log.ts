import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LogSettings } from '../model/settings.ts';
import { type Ms, SECOND } from '../model/time.ts';
import type { Clock } from './clock.ts';
import { wallClockText } from './zone.ts';

export type LogFields = Readonly<Record<string, string | number | null>>;
export type LogWrite = (event: string, words: string, fields?: LogFields) => void;

/** The push log: one line a fact. Writing never throws: a log that fails must not stop a push. */
export type Log = Readonly<Record<LogSettings['level'], LogWrite>> & {
  /** writes what is waiting: lines of one turn of the event loop are written together */
  readonly flush: () => void;
};

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
/** Lines that come within this are one write: opening the file for each would cost a long push a tenth of its speed. */
const TOGETHER: Ms = 20;
/** A rotation takes well under this; a lock that is older was left by a process that died. */
const LOCK_LIFE: Ms = 10 * SECOND;

/** No field can begin a line of its own or reach the terminal's control characters. */
const oneLine = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (control) =>
    control === '\n' ? '\\n' : control === '\t' ? ' ' : '',
  );

const pair = ([name, value]: [string, string | number | null]): string => {
  const text = oneLine(String(value));
  return `${name}=${/^[^\s"=]+$/.test(text) ? text : JSON.stringify(text)}`;
};

export const createLog = (
  options: LogSettings & {
    readonly file: string;
    readonly zone: string;
    readonly clock: Pick<Clock, 'now'>;
    readonly redact: (text: string) => string;
    readonly stderr: (line: string) => void;
  },
): Log => {
  const { file, zone, clock, redact } = options;
  let complained = false;

  const lineOf = (level: string, event: string, words: string, fields: LogFields): string => {
    const now = clock.now();
    const given = Object.entries(fields).filter(([, value]) => value !== null);
    if (options.format === 'json') {
      const own = { at: new Date(now).toISOString(), level, event, message: words };
      // own names stay own: a field of the same name stands beside it, as `at_`
      const others = given.map(([name, value]) => [name in own ? `${name}_` : name, value]);
      return JSON.stringify({ ...own, ...Object.fromEntries(others) });
    }
    const ms = String(now % 1_000).padStart(3, '0');
    return [`${wallClockText(now, zone)},${ms} [${level.toUpperCase()}]`, oneLine(words), ...given.map(pair)].join(' ');
  };

  /** push.log → push.log.1 → … Under a lock, and looking again: another process may have rotated meanwhile. */
  const rotate = (): void => {
    const lock = `${file}.lock`;
    try {
      closeSync(openSync(lock, 'wx', 0o600));
    } catch {
      const age = clock.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? clock.now());
      if (age > LOCK_LIFE) rmSync(lock, { force: true });
      return; // somebody else rotates: our line goes to the file that is there
    }
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < options.maxSize) return;
      rmSync(`${file}.${options.keep}`, { force: true });
      for (let n = options.keep - 1; n >= 1; n--) renameIfThere(`${file}.${n}`, `${file}.${n + 1}`);
      if (options.keep === 0) rmSync(file, { force: true });
      else renameIfThere(file, `${file}.1`);
    } finally {
      rmSync(lock, { force: true });
    }
  };

  const append = (lines: string): void => {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) >= options.maxSize) rotate();
    // opened anew each time: after another process's rotation the name is a new file. One write, so lines stay whole.
    const open = (): number => openSync(file, 'a', 0o600);
    let descriptor: number;
    try {
      descriptor = open();
    } catch {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      descriptor = open();
    }
    try {
      writeSync(descriptor, lines);
    } finally {
      closeSync(descriptor);
    }
  };

  let waiting = '';
  let flushing: NodeJS.Timeout | null = null;
  const flush = (): void => {
    if (flushing !== null) clearTimeout(flushing);
    flushing = null;
    if (waiting === '') return;
    const lines = waiting;
    waiting = '';
    try {
      append(lines);
    } catch (error) {
      if (!complained) options.stderr(`${file}: ${(error as Error).message}`);
      complained = true;
    }
  };

  const write =
    (level: (typeof LEVELS)[number]): LogWrite =>
    (event, words, fields = {}) => {
      if (LEVELS.indexOf(level) < LEVELS.indexOf(options.level)) return;
      waiting += `${redact(lineOf(level, event, words, fields))}\n`;
      flushing ??= setTimeout(flush, TOGETHER);
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error'), flush };
};

const renameIfThere = (from: string, to: string): void => {
  if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, to);
};
