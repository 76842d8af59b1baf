import { type Dataset, datasetOf, type Row } from '../model/dataset.ts';
import type { BitableSource } from '../model/document.ts';
import { failure } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { type Column, columnNamed, type Field, RECORD_ID } from './bitable-values.ts';
import { type Ask, asking, recordOf, recordsOf, textOf, tokenOf } from './document.ts';
import { type Fetch, MAX_ROWS, type SourceContext } from './source.ts';
import { sourceWords } from './words.ts';

/** The most records of one answer (bitable-v1: app-table-record/search), and fields and tables of one list. */
const PAGE = 500;
const LIST_PAGE = 100;
const MOST_PAGES = Math.ceil(MAX_ROWS / PAGE) + 1;

/** All pages of a list: `items`, `has_more`, `page_token`. One that breaks off or goes round is no list. */
const everyPage = async (
  ask: Ask,
  call: Parameters<Ask>[0],
  { size, what }: { size: number; what: string },
): Promise<Readonly<Record<string, unknown>>[]> => {
  const items: Readonly<Record<string, unknown>>[] = [];
  const seen = new Set<string>();
  let page: string | null = null;
  for (;;) {
    const query = { ...call.query, page_size: String(size), ...(page === null ? {} : { page_token: page }) };
    const data = await ask({ ...call, query });
    items.push(...recordsOf(data['items']));
    if (items.length > MAX_ROWS) throw failure(sourceWords, 'too-many-rows', { limit: MAX_ROWS });
    if (data['has_more'] !== true) return items;
    page = textOf(data['page_token']);
    if (page === null || seen.has(page) || seen.size > MOST_PAGES)
      throw failure(sourceWords, 'document-broken-off', { what });
    seen.add(page);
  }
};

/** The table's id: as it stands there, by its name, or the only one. */
const tableOf = async (base: string, wanted: string | null, ask: Ask): Promise<string> => {
  if (wanted !== null && /^tbl[A-Za-z0-9]+$/.test(wanted)) return wanted;
  const call = { method: 'GET', path: `bitable/v1/apps/${base}/tables` } as const;
  const tables = await everyPage(ask, call, { size: LIST_PAGE, what: base });
  const [only] = tables;
  const found = wanted === null ? (tables.length === 1 ? only : undefined) : tables.find(({ name }) => name === wanted);
  const id = textOf(found?.['table_id']);
  if (id !== null) return id;
  const known = tables.flatMap(({ name }) => textOf(name) ?? []);
  const suggestion = wanted === null ? null : nearest(wanted, known);
  throw failure(sourceWords, 'bitable-table', { table: wanted, known, suggestion }, { status: 2 });
};

const fieldsOf = async (path: string, what: string, ask: Ask): Promise<Field[]> => {
  const all = await everyPage(ask, { method: 'GET', path: `${path}/fields` }, { size: LIST_PAGE, what });
  return all.flatMap((each) => {
    const name = textOf(each['field_name']);
    const format = textOf(recordOf(each['property'])['date_formatter']);
    return name === null
      ? []
      : [{ name, type: Number(each['type']), dayOnly: format !== null && !/[Hh]{1,2}:/.test(format) }];
  });
};

/** The columns that the job names, else all fields of the table, in their order. */
const columnsOf = (wanted: readonly string[] | null, fields: readonly Field[]): readonly Column[] =>
  (wanted ?? fields.map(({ name }) => name)).map((name) => {
    const column = columnNamed(name, fields);
    if (column !== null) return column;
    const known = fields.map((field) => field.name);
    throw failure(
      sourceWords,
      'bitable-field',
      { field: name, known: [...known, RECORD_ID], suggestion: nearest(name, known) },
      { status: 2 },
    );
  });

const searchOf = (
  { view, filter, sort }: BitableSource,
  columns: readonly Column[],
  { fillText }: Pick<SourceContext, 'fillText'>,
) => ({
  ...(view === null ? {} : { view_id: view }),
  field_names: [...new Set(columns.flatMap(({ field }) => (field === null ? [] : [field.name])))],
  ...(sort.length === 0 ? {} : { sort: sort.map(({ field, desc }) => ({ field_name: field, desc })) }),
  ...(filter === null
    ? {}
    : {
        filter: {
          conjunction: filter.conjunction,
          conditions: filter.conditions.map(({ field, operator, values }) => ({
            field_name: field,
            operator,
            value: values.map(fillText),
          })),
        },
      }),
});

/** `bitable`: records of a table as rows, 500 a page, their fields as plain values. */
export const fetchBitable: Fetch<'bitable'> = async (spec, context): Promise<Dataset> => {
  const what = `bitable ${spec.document.token}`;
  const ask = asking(spec.app, { timeout: spec.timeout, what }, context);
  const base = await tokenOf(spec.document, 'bitable', ask);
  const path = `bitable/v1/apps/${base}/tables/${await tableOf(base, spec.table, ask)}`;
  const fields = await fieldsOf(path, what, ask);
  const columns = columnsOf(spec.fields, fields);
  const used = [...(spec.filter?.conditions ?? []), ...spec.sort].map(({ field }) => field);
  columnsOf(used, fields);
  const call = {
    method: 'POST',
    path: `${path}/records/search`,
    query: { user_id_type: 'open_id' },
    body: searchOf(spec, columns, context),
  } as const;
  const records = await everyPage(ask, call, { size: PAGE, what });
  const zone = context.job.timezone;
  const rows = records.map((record): Row => {
    const own = recordOf(record['fields']);
    return Object.fromEntries(
      columns.map(({ name, field, read }) => {
        if (field === null) return [name, textOf(record['record_id'])];
        return [name, Object.hasOwn(own, field.name) ? read(own[field.name], zone) : null];
      }),
    );
  });
  return datasetOf(
    rows,
    columns.map(({ name }) => name),
  );
};
