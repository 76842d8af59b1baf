import type { Block, TableColumn } from '../model/card.ts';
import type { Dataset, Json } from '../model/dataset.ts';
import { cellEntry, cellStyle } from './cells.ts';
import { datasetFor } from './dataset-for.ts';
import { type Making, said } from './making.ts';
import { cleaned } from './token.ts';

type TableBlock = Extract<Block, { block: 'table' }>;

/** Every column of the dataset under its own name. The name is data: it is not read as a template. */
const allColumns = (dataset: Dataset): readonly TableColumn[] =>
  dataset.columns.map((name) => ({ name, label: { source: '', at: null }, format: null, align: null, width: null }));

/** Feishu takes `auto`, pixels of 80–600 and per cent (cards: C-table); a bare number is pixels. */
const widthOf = (width: string | null): string =>
  width === null ? 'auto' : /^\d+$/.test(width) ? `${width}px` : width;

/**
 * A table component (cards: C-table). Its cells are text: nothing in them is interpreted. Feishu knows the columns as c1, c2,
 * …: a column of the data may be called anything.
 */
export const tableElement = (block: TableBlock, making: Making): Json | null => {
  const wanted = (block.columns ?? []).flatMap(({ name, label, format }) => [
    { name, at: label.at },
    ...(format?.address === undefined ? [] : [{ name: format.address, at: label.at }]),
  ]);
  const dataset = datasetFor(block, wanted, making);
  if (dataset === null) return null;
  const asked = block.columns ?? allColumns(dataset);
  const columns = asked.map((column, i) => ({
    key: `c${i + 1}`,
    column,
    style: cellStyle(column, dataset, making),
  }));
  // an empty answer of a source may not say its columns: there is nothing to show
  if (columns.length === 0) return null;
  const element: Json = {
    tag: 'table',
    page_size: block.pageSize ?? Math.min(10, Math.max(1, dataset.rows.length)),
    row_height: 'low',
    header_style: { text_align: 'left', background_style: 'grey', bold: true, lines: 1 },
    columns: columns.map(({ key, column, style }) => ({
      name: key,
      display_name: block.columns === null ? cleaned(column.name) : said(column.label, making, 'line').content,
      data_type: style.dataType,
      width: widthOf(column.width),
      horizontal_align: column.align ?? style.align,
      ...(style.format === null ? {} : { format: style.format }),
    })),
    rows: dataset.rows.map((row) =>
      Object.fromEntries(
        columns.flatMap(({ key, column, style }) => cellEntry(key, style.cell(row[column.name] ?? null, row))),
      ),
    ),
  };
  making.shows.set(element, { dataset: block.rows, at: block.at });
  return element;
};
