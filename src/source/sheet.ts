import type { Dataset, Value } from '../model/dataset.ts';
import { failure } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { datasetOfCells } from './cells.ts';
import { type Ask, asking, recordOf, recordsOf, textOf, tokenOf } from './document.ts';
import type { Fetch } from './source.ts';
import { sourceWords } from './words.ts';

/** A cell's words: a link, a mention and styled text come as parts (sheets-v2: data types of cells). */
const wordsOf = (part: unknown): string => {
  if (typeof part !== 'object' || part === null) return part === null || part === undefined ? '' : String(part);
  const fields = recordOf(part);
  return textOf(fields['text']) ?? textOf(fields['link']) ?? '';
};

const cellOf = (cell: unknown): Value => {
  if (cell === null || cell === undefined || cell === '') return null;
  if (typeof cell !== 'object') return cell as Value;
  const words = (Array.isArray(cell) ? cell : [cell]).map(wordsOf).join('');
  return words === '' ? null : words;
};

/** The sheet's id: the one with this id or title, else the first that is not hidden. */
const sheetOf = async (book: string, wanted: string | null, ask: Ask): Promise<string> => {
  const data = await ask({ method: 'GET', path: `sheets/v3/spreadsheets/${book}/sheets/query` });
  const sheets = recordsOf(data['sheets']);
  const found =
    wanted === null
      ? (sheets.find(({ hidden }) => hidden !== true) ?? sheets[0])
      : (sheets.find(({ sheet_id: id }) => id === wanted) ?? sheets.find(({ title }) => title === wanted));
  const id = textOf(found?.['sheet_id']);
  if (id !== null) return id;
  const known = sheets.flatMap(({ title }) => textOf(title) ?? []);
  const suggestion = wanted === null ? null : nearest(wanted, known);
  throw failure(sourceWords, 'no-sheet', { path: book, sheet: wanted ?? '', known, suggestion }, { status: 2 });
};

/** `sheet`: cells as rows, the first row naming the columns; the values of formulas, and dates as the sheet shows them. */
export const fetchSheet: Fetch<'sheet'> = async (spec, context): Promise<Dataset> => {
  const what = `sheet ${spec.document.token}`;
  const ask = asking(spec.app, { timeout: spec.timeout, what }, context);
  const book = await tokenOf(spec.document, 'sheet', ask);
  const id = await sheetOf(book, spec.sheet, ask);
  const range = encodeURIComponent(spec.range === null ? id : `${id}!${spec.range}`);
  const data = await ask({
    method: 'GET',
    path: `sheets/v2/spreadsheets/${book}/values/${range}`,
    query: { valueRenderOption: 'UnformattedValue', dateTimeRenderOption: 'FormattedString', user_id_type: 'open_id' },
  });
  const values = recordOf(data['valueRange'])['values'];
  const rows = Array.isArray(values) ? values.filter(Array.isArray) : [];
  return datasetOfCells(rows.map((row: readonly unknown[]) => row.map(cellOf)));
};
