import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { jsonFault } from '../base/json-text.ts';
import { configWords } from '../config/words.ts';
import type { Json } from '../model/dataset.ts';
import { failure, problem } from '../model/errors.ts';
import { cliWords } from './words.ts';

/** A text and what it says. `file` is its name for findings. */
export interface JsonText {
  readonly file: string;
  readonly text: string;
  readonly json: Json;
}

const readText = (file: string, cwd: string): string => {
  if (file.startsWith('{')) return file;
  try {
    return readFileSync(file === '-' ? 0 : resolve(cwd, file), 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw failure(cliWords, 'file-missing', { path: resolve(cwd, file) }, { status: 2 });
    throw failure(configWords, 'file-unreadable', { path: file, why: code ?? message }, { status: 2 });
  }
};

/** JSON from a file, with `-` from standard input, or as it stands there itself. Throws with the place where it stops being JSON. */
export const readJsonText = (named: string, cwd: string): JsonText => {
  const text = readText(named, cwd);
  const file = named === '-' ? '<stdin>' : named.startsWith('{') ? '{…}' : named;
  try {
    return { file, text, json: JSON.parse(text) as Json };
  } catch {
    const { line, column, why } = jsonFault(text);
    const found = problem(configWords, 'json-syntax', { why }, { at: { file, line, column } });
    throw failure(configWords, 'json-syntax', { why }, { status: 2, problems: [found] });
  }
};

export const readJson = (named: string, cwd: string): Json => readJsonText(named, cwd).json;
