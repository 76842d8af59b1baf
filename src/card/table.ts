import type { Block, TableColumn } from '../model/card.ts';
import type { Dataset, Json } from '../model/dataset.ts';
import { type Problem, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { cellEntry, cellStyle } from './cells.ts';
import type { Filling } from './filling.ts';
import { cleaned } from './token.ts';
import { cardWords } from './words.ts';

type TableBlock = Extract<Block, { block: 'table' }>;

/** Every column of the dataset under its own name. The name is data: it is not read as a template. */
const allColumns = (dataset: Dataset): readonly TableColumn[] =>
  dataset.columns.map((name) => ({ name, label: { source: '', at: null }, format: null, align: null, width: null }));

const unknownColumn = (column: TableColumn, rows: string, dataset: Dataset): Problem => {
  const suggestion = nearest(column.name, dataset.columns);
  return problem(
    cardWords,
    'unknown-column',
    { name: column.name, rows, known: dataset.columns, suggestion },
    { at: column.label.at },
  );
};

/** Feishu takes `auto`, pixels of 80–600 and per cent (cards: C-table); a bare number is pixels. */
const widthOf = (width: string | null): string =>
  width === null ? 'auto' : /^\d+$/.test(width) ? `${width}px` : width;

/**
 * A table component (cards: C-table). Its cells are text: nothing in them is interpreted. Feishu knows the columns as c1, c2,
 * …: a column of the data may be called anything.
 */
export const tableElement = (
  block: TableBlock,
  data: Readonly<Record<string, Dataset>>,
  filling: Filling,
): Json | null => {
  const dataset = data[block.rows];
  if (dataset === undefined) {
    const known = Object.keys(data);
    filling.problems.push(
      problem(
        cardWords,
        'unknown-dataset',
        { name: block.rows, known, suggestion: nearest(block.rows, known) },
        { at: block.at },
      ),
    );
    return null;
  }
  const asked = block.columns ?? allColumns(dataset);
  // a dataset without rows may not know its columns
  const unknown = asked.filter(({ name }) => dataset.columns.length > 0 && !dataset.columns.includes(name));
  filling.problems.push(...unknown.map((column) => unknownColumn(column, block.rows, dataset)));
  const columns = asked.map((column, i) => ({
    key: `c${i + 1}`,
    column,
    style: cellStyle(column, dataset, filling.scope),
  }));
  const element: Json = {
    tag: 'table',
    page_size: block.pageSize ?? Math.min(10, Math.max(1, dataset.rows.length)),
    row_height: 'low',
    header_style: { text_align: 'left', background_style: 'grey', bold: true, lines: 1 },
    columns: columns.map(({ key, column, style }) => ({
      name: key,
      display_name: block.columns === null ? cleaned(column.name) : filling.line(column.label),
      data_type: style.dataType,
      width: widthOf(column.width),
      horizontal_align: column.align ?? style.align,
      ...(style.format === null ? {} : { format: style.format }),
    })),
    rows: dataset.rows.map((row) =>
      Object.fromEntries(
        columns.flatMap(({ key, column, style }) => cellEntry(key, style.cell(row[column.name] ?? null))),
      ),
    ),
  };
  filling.shows.set(element, { dataset: block.rows, at: block.at });
  return element;
};
