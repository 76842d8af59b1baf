import { readFileSync, statSync } from 'node:fs';
import { failure } from '../model/errors.ts';
import { parseCsv } from './csv.ts';
import { parseJsonLines, rowsOf } from './rows.ts';
import { selected } from './select.ts';
import { type Fetch, MAX_BYTES } from './source.ts';
import { sourceWords } from './words.ts';

/** `file`: a CSV or JSON file (UTF-8, with or without BOM) as rows. */
export const fetchFile: Fetch<'file'> = async ({ path, format, select }) => {
  let text: string;
  try {
    if (statSync(path).size > MAX_BYTES) throw failure(sourceWords, 'too-large', { limit: '20 MB' });
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw failure(sourceWords, 'file-missing', { path });
    if (code === 'too-large') throw error;
    throw failure(sourceWords, 'file-unreadable', { path, why: message }, { cause: error });
  }
  return format === 'csv' ? parseCsv(text, path) : rowsOf(await selected(parseJsonLines(text, path), select), path);
};
