import type { CellObject, WorkSheet } from '@e965/xlsx';
import type { Dataset, Value } from '../model/dataset.ts';
import { failure } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { own } from '../model/own.ts';
import { datasetOfCells } from './cells.ts';
import { MAX_ROWS } from './source.ts';
import { sourceWords } from './words.ts';

type Xlsx = typeof import('@e965/xlsx');

const two = (n: number): string => String(n).padStart(2, '0');

/** A date's serial number as it reads on the sheet: a day, or a day and a time. */
const dateText = (serial: number, { SSF }: Xlsx): string | null => {
  const { y, m, d, H, M, S } = SSF.parse_date_code(serial) as Record<'y' | 'm' | 'd' | 'H' | 'M' | 'S', number>;
  if (y === undefined) return null;
  const day = `${y}-${two(m)}-${two(d)}`;
  return Number.isInteger(serial) ? day : `${day} ${two(H)}:${two(M)}:${two(S)}`;
};

const cell = (found: CellObject | undefined, xlsx: Xlsx): Value => {
  if (found === undefined || found.t === 'z' || found.v === undefined) return null;
  // an error (#N/A) is nothing known
  if (found.t === 'e') return null;
  if (found.t === 'n' && typeof found.z === 'string' && xlsx.SSF.is_date(found.z))
    return dateText(found.v as number, xlsx);
  return found.v as Value;
};

const cellsOf = (sheet: WorkSheet, range: string | null, xlsx: Xlsx): Value[][] => {
  const whole = range ?? sheet['!ref'];
  if (whole === undefined) return [];
  const { s, e } = xlsx.utils.decode_range(whole);
  const rows = sheet['!data'] ?? [];
  // a range may be asked for beyond what there is
  const last = Math.min(e.r, rows.length - 1, s.r + MAX_ROWS + 1);
  return Array.from({ length: Math.max(0, last - s.r + 1) }, (_, i) =>
    Array.from({ length: e.c - s.c + 1 }, (_each, j) => cell(rows[s.r + i]?.[s.c + j], xlsx)),
  );
};

/** A sheet whose first row names the columns; the values of formulas, not the formulas. Empty rows are left out. */
export const parseXlsx = async (
  bytes: Uint8Array,
  path: string,
  { sheet, range }: { readonly sheet: string | null; readonly range: string | null },
): Promise<Dataset> => {
  const xlsx = await import('@e965/xlsx');
  let book: ReturnType<Xlsx['read']>;
  try {
    book = xlsx.read(bytes, { dense: true, cellNF: true, cellText: false, cellHTML: false });
  } catch (error) {
    throw failure(sourceWords, 'not-xlsx', { path, why: (error as Error).message }, { cause: error });
  }
  const name = sheet ?? book.SheetNames[0] ?? '';
  const found = own(book.Sheets, name);
  if (found === undefined) {
    const known = book.SheetNames;
    throw failure(sourceWords, 'no-sheet', { path, sheet: name, known, suggestion: nearest(name, known) });
  }
  return datasetOfCells(cellsOf(found, range, xlsx));
};
