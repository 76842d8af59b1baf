import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadProject, type Project } from '../config/load.ts';
import { LarkcronError } from '../model/errors.ts';
import type { Act } from './command.ts';

/** The last larkcron.yaml that was sound, as it stood: `${…}` in it are names, still. */
const goodFile = (settingsFile: string): string => join(dirname(settingsFile), '.larkcron', 'larkcron.good.yaml');

const textOf = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/** Best effort: where it cannot be written, a broken larkcron.yaml is told by the exit status and the log alone. */
const keep = (settingsFile: string): void => {
  const text = textOf(settingsFile);
  const file = goodFile(settingsFile);
  if (text === null || text === textOf(file)) return;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch {}
};

/**
 * A command that nobody watches: when larkcron.yaml is broken nothing can be sent, and by the last one that was sound the
 * owner is told so, once an hour.
 */
export const tellsOfSettings =
  (act: Act): Act =>
  async (call, context) => {
    let broken: LarkcronError | null = null;
    const project = (only?: readonly string[] | null): Project => {
      try {
        const read = context.project(only);
        keep(read.settings.file);
        return read;
      } catch (error) {
        if (error instanceof LarkcronError && error.code === 'bad-settings') broken = error;
        throw error;
      }
    };
    try {
      return await act(call, { ...context, project });
    } catch (error) {
      const text = broken === error && broken !== null ? textOf(goodFile(context.settingsFile())) : null;
      if (text !== null) {
        try {
          const before = loadProject(context.settingsFile(), context.environment, { only: [], text });
          await (await context.app(before)).lastResort(error as LarkcronError, 'settings');
        } catch {} // it was sound once, and is not any more: a variable of it is gone
      }
      throw error;
    }
  };
