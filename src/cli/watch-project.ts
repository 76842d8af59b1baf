import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { type Ms, SECOND } from '../model/time.ts';

const OFTEN: Ms = 2 * SECOND;

const statOf = (path: string): string => {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${path} ${mtimeMs} ${size} ${ino}`;
  } catch {
    return `${path} –`;
  }
};

const filesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
};

/** What the settings' files look like from outside: when one is written, put there or taken away, this is different. */
export const signatureOf = (settingsFile: string): string => {
  const directory = dirname(settingsFile);
  const folders = [join(directory, 'jobs'), join(directory, '.larkcron', 'calendars')];
  return [settingsFile, join(directory, '.env'), ...folders.flatMap(filesIn)].sort().map(statOf).join('\n');
};

/**
 * Waits until the settings' files are different from `before`, and the same for a moment, as an editor may still be
 * writing; false: it was told to stop. Asked every two seconds, which network drives understand as well.
 */
export const untilChanged = async (
  settingsFile: string,
  before: string,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<boolean> => {
  let last = before;
  while (!signal.aborted) {
    await clock.sleep(OFTEN, signal);
    const now = signatureOf(settingsFile);
    if (now !== before && now === last) return true;
    last = now;
  }
  return false;
};
