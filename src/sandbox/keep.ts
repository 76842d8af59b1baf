import { appendFileSync, closeSync, type FSWatcher, fstatSync, mkdirSync, openSync, readSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import { failure } from '../model/errors.ts';
import { sandboxWords } from './words.ts';
import type { WorldEvent } from './world-event.ts';

/**
 * A file of one JSON line per event. Several processes may append: each line is one write, and everybody reads what
 * the others wrote. Lines that are no JSON (a crash tore one) are passed over.
 */
export interface Keep {
  append(event: WorldEvent): void;
  /** the events that stand in the file since the last call, own ones too */
  news(): readonly WorldEvent[];
  onChange(tell: () => void): void;
  close(): void;
}

const parsed = (line: string): readonly WorldEvent[] => {
  try {
    const event: unknown = JSON.parse(line);
    return typeof event === 'object' && event !== null && 'event' in event ? [event as WorldEvent] : [];
  } catch {
    return [];
  }
};

const NEWLINE = 10;

/** Opens the file, making it and its folder when they are not there. Throws `keep-unusable`. */
export const openKeep = (path: string): Keep => {
  let file: number;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    file = openSync(path, 'a+', 0o600);
  } catch (error) {
    throw failure(sandboxWords, 'keep-unusable', { path, why: (error as Error).message });
  }
  let offset = 0;
  let watcher: FSWatcher | null = null;

  const unread = (): Buffer => {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - offset));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset));
  };

  return {
    append: (event) => {
      // a line begins anew even if a crash left half of one before it; empty lines are passed over
      appendFileSync(file, `\n${JSON.stringify(event)}\n`);
    },
    news: () => {
      const bytes = unread();
      const end = bytes.lastIndexOf(NEWLINE) + 1;
      offset += end;
      return bytes.toString('utf8', 0, end).split('\n').flatMap(parsed);
    },
    onChange: (tell) => {
      watcher = watch(path, { persistent: false }, tell);
    },
    close: () => {
      watcher?.close();
      closeSync(file);
    },
  };
};
