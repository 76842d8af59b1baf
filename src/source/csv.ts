import { type Dataset, datasetOf } from '../model/dataset.ts';
import { failure } from '../model/errors.ts';
import { MAX_ROWS } from './source.ts';
import { sourceWords } from './words.ts';

/** CSV whose first line names the columns. Every cell is text: what looks like a number may be an id. */
export const parseCsv = async (text: string, from: string): Promise<Dataset> => {
  const { parse } = await import('csv-parse/sync');
  let lines: string[][];
  try {
    lines = parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MAX_ROWS + 2,
    }) as string[][];
  } catch (error) {
    throw failure(sourceWords, 'not-csv', { from, why: (error as Error).message }, { cause: error });
  }
  const [head = [], ...rows] = lines;
  if (rows.length > MAX_ROWS) throw failure(sourceWords, 'too-many-rows', { limit: MAX_ROWS });
  const seen = new Map<string, number>();
  const columns = head.map((name, i) => {
    const plain = name.trim() || `column${i + 1}`;
    const times = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, times);
    return times === 1 ? plain : `${plain}_${times}`;
  });
  return datasetOf(
    rows.map((cells) => Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? null]))),
    columns,
  );
};
