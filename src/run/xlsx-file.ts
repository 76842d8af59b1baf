import type { CellObject, WorkSheet } from '@e965/xlsx';
import type { Dataset, Value } from '../model/dataset.ts';
import { displayWidth } from '../model/display-width.ts';

type Xlsx = typeof import('@e965/xlsx');

/** A spreadsheet keeps 15 digits: longer numbers go as text, so do codes such as 00123. A decimal as text is a number. */
const DECIMAL = /^-?(0|[1-9]\d*)\.\d+$/;
const digits = (text: string): number => text.replace(/\D/g, '').replace(/^0+/, '').length;

/** What a cell of a workbook may hold (Excel: specifications and limits). */
const MOST_CHARACTERS = 32_767;

/** Text is text: nothing that comes from data becomes a formula, and what XML cannot hold is left out. */
const textCell = (text: string): CellObject => ({
  t: 's',
  v: text.slice(0, MOST_CHARACTERS).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ''),
});

const cell = (value: Value): CellObject | undefined => {
  if (value === null) return undefined;
  if (typeof value === 'boolean') return { t: 'b', v: value };
  if (typeof value === 'number') return Number.isFinite(value) ? { t: 'n', v: value } : undefined;
  const text = String(value);
  if (typeof value === 'string' && DECIMAL.test(text) && digits(text) <= 15) {
    const after = text.length - text.indexOf('.') - 1;
    return { t: 'n', v: Number(text), z: `0.${'0'.repeat(after)}` };
  }
  if (typeof value === 'bigint' && digits(text) <= 15) return { t: 'n', v: Number(value) };
  return textCell(text);
};

const WIDEST = 60;
const widthOf = (name: string, rows: Dataset['rows']): number => {
  const seen = rows.slice(0, 200).map((row) => displayWidth(String(row[name] ?? '')));
  return Math.min(WIDEST, Math.max(6, displayWidth(name), ...seen) + 2);
};

const sheetOf = ({ columns, rows }: Dataset, { utils }: Xlsx): WorkSheet => {
  const range = { s: { r: 0, c: 0 }, e: { r: rows.length, c: Math.max(0, columns.length - 1) } };
  return {
    '!type': 'sheet',
    '!ref': utils.encode_range(range),
    '!data': [
      columns.map(textCell),
      ...rows.map((row) => columns.map((name) => cell(row[name] ?? null) as CellObject)),
    ],
    '!cols': columns.map((name) => ({ wch: widthOf(name, rows) })),
    '!autofilter': { ref: utils.encode_range(range) },
  } as WorkSheet;
};

/** A sheet's name has 31 characters and none of these (Excel: rename a worksheet). */
const sheetName = (name: string): string => name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'data';

/** Datasets as a workbook, a sheet each, with a filter over the columns. */
export const xlsxFile = async (datasets: Readonly<Record<string, Dataset>>): Promise<Uint8Array> => {
  const xlsx = await import('@e965/xlsx');
  const book = xlsx.utils.book_new();
  for (const [name, dataset] of Object.entries(datasets))
    xlsx.utils.book_append_sheet(book, sheetOf(dataset, xlsx), sheetName(name), true);
  return xlsx.write(book, { type: 'buffer', bookType: 'xlsx', compression: true, dense: true } as never) as Uint8Array;
};
