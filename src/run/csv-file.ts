import type { Dataset, Value } from '../model/dataset.ts';

const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** A cell that a spreadsheet would take for a formula gets an apostrophe before it; a number stays one. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text);

const cell = (value: Value): string => {
  if (value === null) return '';
  return typeof value === 'string' ? harmless(value) : String(value);
};

/** A dataset as a CSV file that Excel opens as UTF-8: with a byte order mark and CRLF. Digits stay as they are. */
export const csvFile = async ({ columns, rows }: Dataset): Promise<Uint8Array> => {
  const { stringify } = await import('csv-stringify/sync');
  const lines = [columns.map(harmless), ...rows.map((row) => columns.map((name) => cell(row[name] ?? null)))];
  return Buffer.from(stringify(lines, { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ }));
};
