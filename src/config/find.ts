import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { failure } from '../model/errors.ts';
import { configWords } from './words.ts';

const SETTINGS_FILE = 'larkcron.yaml';

/** The settings file: as named, by LARKCRON_CONFIG, else the nearest one upwards from `from`. Throws `settings-missing`. */
export const findSettings = ({ named, from }: { named: string | null; from: string }): string => {
  if (named !== null) {
    const file = resolve(from, named);
    if (existsSync(file)) return file;
    throw failure(configWords, 'file-missing', { path: file }, { status: 2 });
  }
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const file = join(folder, SETTINGS_FILE);
    if (existsSync(file)) return file;
    if (folder === dirname(folder)) throw failure(configWords, 'settings-missing', { from }, { status: 2 });
  }
};
