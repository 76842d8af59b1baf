import { parseExactJson } from '../base/exact-json.ts';
import { type Dataset, datasetOf, type Row, type Value } from '../model/dataset.ts';
import { failure } from '../model/errors.ts';
import { MAX_ROWS } from './source.ts';
import { sourceWords } from './words.ts';

/** JSON with whole numbers of any length: what a double cannot hold becomes bigint, long decimals stay text. */
export const parseJson = (text: string, from: string): unknown => {
  try {
    return parseExactJson(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw failure(sourceWords, 'not-json', { from, why: (error as Error).message }, { cause: error });
  }
};

/** One JSON value a line, or one for the whole text. */
export const parseJsonLines = (text: string, from: string): unknown => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const many = lines.length > 1 && lines.every((line) => /^\s*\{.*\}\s*$/.test(line));
  return many ? lines.map((line) => parseJson(line, from)) : parseJson(text, from);
};

const cell = (value: unknown): Value => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object')
    return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
  return value as Value;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list of objects as rows; one object is one row; a list of plain values has the column `value`. */
export const rowsOf = (value: unknown, from: string): Dataset => {
  const list = Array.isArray(value) ? (value as unknown[]) : isRecord(value) ? [value] : null;
  if (list === null) throw failure(sourceWords, 'not-rows', { from });
  if (list.length > MAX_ROWS) throw failure(sourceWords, 'too-many-rows', { limit: MAX_ROWS });
  return datasetOf(
    list.map(
      (item): Row =>
        isRecord(item)
          ? Object.fromEntries(Object.entries(item).map(([name, each]) => [name, cell(each)]))
          : { value: cell(item) },
    ),
  );
};
