import type { TableColumn, ValueFormat } from '../model/card.ts';
import type { Dataset, Json, Value } from '../model/dataset.ts';
import { formatDate, timeOf } from './date.ts';
import { asMarkdown } from './escape.ts';
import { formatMoney, formatNumber, formatPercent } from './format.ts';
import { printed } from './print.ts';
import type { Scope } from './scope.ts';
import { fill } from './template.ts';

/** More are hidden by Feishu (cards: C-table). */
const MAX_COLUMNS = 50;
const PAGE_SIZE = 10;

const withFormat = (value: Value, format: ValueFormat, scope: Scope): string | null => {
  switch (format.as) {
    case 'money':
      return formatMoney(value, format.currency ?? 'CNY', format.digits);
    case 'percent':
      return formatPercent(value, format.digits);
    case 'number':
      return formatNumber(value, format.digits);
    case 'date':
      return dateCell(value, scope);
    case 'text':
    case 'markdown':
      return null;
  }
};

const dateCell = (value: Value, scope: Scope): string | null => {
  const ms = timeOf(value, scope.zone);
  return ms === null ? null : formatDate(ms, '%Y-%m-%d', scope);
};

/** A cell is text to Feishu, so that no digit is lost and nothing in it is markup; null is an empty cell. */
const cell = (value: Value, column: TableColumn, scope: Scope): string => {
  if (value === null || value === undefined) return '';
  const { format } = column;
  if (format?.as === 'markdown') return asMarkdown(printed(value), '<br>');
  return (format === null ? null : withFormat(value, format, scope)) ?? printed(value);
};

const isNumeric = (value: Value | undefined): boolean => typeof value === 'number' || typeof value === 'bigint';
const NUMBERS = new Set<string | undefined>(['money', 'number', 'percent']);

/** Figures stand to the right unless told otherwise: by their format, or because every cell is one. */
const alignmentOf = (column: TableColumn, { rows }: Dataset): string => {
  if (column.align !== null) return column.align;
  const figures = rows.length > 0 && rows.every((row) => row[column.name] === null || isNumeric(row[column.name]));
  return NUMBERS.has(column.format?.as) || (column.format === null && figures) ? 'right' : 'left';
};

export const columnsOf = (columns: readonly TableColumn[] | null, dataset: Dataset): readonly TableColumn[] =>
  columns ??
  dataset.columns.map((name) => ({ name, label: { source: name, at: null }, format: null, align: null, width: null }));

/** A dataset as Feishu's table component (cards: C-table). Column names are ours: a column of the data may be called anything. */
export const tableElement = (
  columns: readonly TableColumn[],
  dataset: Dataset,
  pageSize: number | null,
  scope: Scope,
): Json => {
  const shown = columns.slice(0, MAX_COLUMNS);
  const keys = shown.map((_, i) => `c${i + 1}`);
  return {
    tag: 'table',
    page_size: pageSize ?? Math.min(PAGE_SIZE, Math.max(1, dataset.rows.length)),
    row_height: 'low',
    header_style: { text_align: 'left', background_style: 'grey', bold: true, lines: 1 },
    columns: shown.map((column, i) => ({
      name: keys[i] as string,
      // a column that the data names is data, not a template
      display_name: column.label.at === null ? column.label.source : fill(column.label, 'plain', scope),
      data_type: column.format?.as === 'markdown' ? 'markdown' : 'text',
      horizontal_align: alignmentOf(column, dataset),
      ...(column.width === null ? {} : { width: column.width }),
    })),
    rows: dataset.rows.map((row) =>
      Object.fromEntries(shown.map((column, i) => [keys[i] as string, cell(row[column.name] ?? null, column, scope)])),
    ),
  };
};
