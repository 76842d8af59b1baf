import { globSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { failure } from '../model/errors.ts';
import { parseCsv } from './csv.ts';
import { textOf } from './file-text.ts';
import { parseJsonLines, rowsOf } from './rows.ts';
import { selected } from './select.ts';
import { type Fetch, MAX_BYTES } from './source.ts';
import { sourceWords } from './words.ts';

/** Whether a path names one file, or those that match. */
export const isPattern = (path: string): boolean => /[*?[{]/.test(path);

/** The newest of the files that match; ties go to the last by name. */
const newest = (pattern: string): string => {
  const found = globSync(pattern)
    .map((path) => ({ path, stat: statSync(path) }))
    .filter(({ stat }) => stat.isFile())
    .sort((a, b) => b.stat.mtimeMs - a.stat.mtimeMs || (a.path < b.path ? 1 : -1))[0];
  if (found === undefined) throw failure(sourceWords, 'no-match', { pattern });
  return found.path;
};

const FORMATS = { csv: 'csv', tsv: 'csv', txt: 'csv', xlsx: 'xlsx', xls: 'xlsx', xlsm: 'xlsx' } as const;

/** What a file holds, by its name, unless the job says it. */
const formatOf = (path: string): 'csv' | 'json' | 'xlsx' =>
  FORMATS[(/\.(\w+)$/.exec(path)?.[1] ?? '').toLowerCase() as keyof typeof FORMATS] ?? 'json';

const bytesOf = (path: string): Uint8Array => {
  try {
    if (statSync(path).size > MAX_BYTES) throw failure(sourceWords, 'too-large', { limit: '20 MB' });
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw failure(sourceWords, 'file-missing', { path });
    if (code === 'too-large') throw error;
    throw failure(sourceWords, 'file-unreadable', { path, why: message }, { cause: error });
  }
};

/** `file`: a CSV, JSON (one value, or one a line) or XLSX file as rows; of several that match, the newest. */
export const fetchFile: Fetch<'file'> = async (spec, context) => {
  const named = resolve(context.directory, context.fillText(spec.path));
  const path = isPattern(named) ? newest(named) : named;
  const bytes = bytesOf(path);
  const format = spec.format ?? formatOf(path);
  if (format === 'xlsx') return (await import('./xlsx.ts')).parseXlsx(bytes, path, spec);
  const text = textOf(bytes, spec.encoding, path);
  if (format === 'csv') return parseCsv(text, path);
  return rowsOf(await selected(parseJsonLines(text, path), spec.select), path);
};
