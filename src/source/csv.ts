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
      // a line with too few cells is filled up; one with too many has a comma too much, and its cells are not its own
      relax_column_count_less: true,
      delimiter: /\.tsv$/i.test(from) ? '\t' : ',',
      skip_empty_lines: true,
      to: MAX_ROWS + 2,
    }) as string[][];
  } catch (error) {
    throw failure(sourceWords, 'not-csv', { from, why: (error as Error).message }, { cause: error });
  }
  const [head = [], ...rows] = lines;
  if (rows.length > MAX_ROWS) throw failure(sourceWords, 'too-many-rows', { limit: MAX_ROWS });
  const columns = namesOf(head);
  return datasetOf(
    rows.map((cells) => Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? null]))),
    columns,
  );
};

/** Column names as written; empty ones are counted (`column3`), repeated ones numbered (`name_2`). */
export const namesOf = (head: readonly string[]): string[] => {
  const names = new Set<string>();
  for (const [i, written] of head.entries()) {
    const plain = written.trim() || `column${i + 1}`;
    let name = plain;
    for (let n = 2; names.has(name); n++) name = `${plain}_${n}`;
    names.add(name);
  }
  return [...names];
};
