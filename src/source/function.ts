import { basename } from 'node:path';
import { placeInStack } from '../base/stack.ts';
import { failure, type Place } from '../model/errors.ts';
import { rowsOf } from './rows.ts';
import { type Fetch, MAX_BYTES } from './source.ts';
import { sourceWords } from './words.ts';

/** Dates as ISO text in UTC; everything else as JSON would have it, but for integers of any length. */
const plain = (value: unknown): unknown => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  return value;
};

const plainRow = (row: unknown): unknown =>
  typeof row === 'object' && row !== null && !Array.isArray(row) && !(row instanceof Date)
    ? Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]))
    : plain(row);

const sizeOf = (rows: readonly Readonly<Record<string, unknown>>[]): number =>
  rows.reduce(
    (sum, row) => sum + Object.values(row).reduce<number>((all, each) => all + String(each ?? '').length, 0),
    0,
  );

/** `a.ts:12:5`: where it failed, else where it stands. */
const lineOf = (error: unknown, at: Place | null): string => {
  if (at === null) return '?';
  const { file, line, column } = placeInStack(error, at.file) ?? at;
  return `${basename(file)}:${line}:${column}`;
};

/**
 * A function of a TypeScript job, which gives rows (or one). It is not run apart: one that never returns is given up
 * after its time, one that never lets go of the processor holds up the process.
 */
export const fetchFunction: Fetch<'function'> = async ({ call, timeout, at }, { seen, signal }) => {
  const stopped = new AbortController();
  const work = async (): Promise<unknown> => {
    try {
      return await call({ ...seen(), signal: AbortSignal.any([signal, stopped.signal]) });
    } catch (error) {
      const why = (error as Error | null)?.message ?? String(error);
      throw failure(sourceWords, 'function-failed', { why, line: lineOf(error, at) }, { cause: error });
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(failure(sourceWords, 'timed-out', { what: lineOf(null, at), ms: timeout })),
      timeout,
    );
  });
  try {
    const value = await Promise.race([work(), late]);
    const from = lineOf(null, at);
    const dataset = rowsOf(Array.isArray(value) ? value.map(plainRow) : plainRow(value), from);
    if (sizeOf(dataset.rows) > MAX_BYTES) throw failure(sourceWords, 'too-large', { limit: '20 MB' });
    return dataset;
  } finally {
    clearTimeout(timer);
    stopped.abort();
  }
};
