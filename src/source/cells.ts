import { type Dataset, datasetOf, type Row, type Value } from '../model/dataset.ts';
import { failure } from '../model/errors.ts';
import { namesOf } from './csv.ts';
import { MAX_ROWS } from './source.ts';
import { sourceWords } from './words.ts';

/** Cells of a spreadsheet as rows: the first row names the columns, empty rows are left out. */
export const datasetOfCells = (cells: readonly (readonly Value[])[]): Dataset => {
  const [head = [], ...body] = cells;
  const filled = body.filter((row) => row.some((value) => value !== null && value !== ''));
  if (filled.length > MAX_ROWS) throw failure(sourceWords, 'too-many-rows', { limit: MAX_ROWS });
  const columns = namesOf(head.map((value) => String(value ?? '')));
  return datasetOf(
    filled.map((row): Row => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null]))),
    columns,
  );
};
