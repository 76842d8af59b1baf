import type { Json } from '../model/dataset.ts';
import { type Answer, ok, refuse } from './answer.ts';
import { BASE, FIELDS, ORDERS, recordsIn, TABLES, VIEW } from './documents.ts';
import { type ApiRequest, type Endpoint, type Fields, fieldsOf, isFields, textOf } from './request.ts';

/** Bitable answers most of its refusals as HTTP 200 with a code (bitable-v1: error codes). */
const no = (code: number, msg: string): Answer => ({ is: 'json', http: 200, body: { code, msg, data: {} } });

const page = (request: ApiRequest, items: readonly Json[], most: number, usual: number): Answer => {
  const size = Number(request.query.get('page_size') ?? usual);
  if (!Number.isInteger(size) || size < 1 || size > most) return no(1254001, 'WrongRequestBody: page_size');
  const token = request.query.get('page_token') ?? '';
  const from = token === '' ? 0 : Number(/^page(\d+)$/.exec(token)?.[1]);
  if (Number.isNaN(from)) return no(1254030, 'TooLargeResponse or wrong page_token');
  const more = from + size < items.length;
  return ok({
    items: items.slice(from, from + size),
    has_more: more,
    ...(more ? { page_token: `page${from + size}` } : {}),
    total: items.length,
  });
};

const missing = ({ params }: ApiRequest): Answer | null => {
  if (params['app_token'] !== BASE) return refuse(91402, { msg: 'NOTEXIST' });
  if (params['table_id'] !== undefined && !TABLES.some(({ table_id: id }) => id === params['table_id']))
    return no(1254041, 'TableIdNotFound');
  return null;
};

/** `GET bitable/v1/apps/:app_token/tables` */
export const listTables: Endpoint = (request) =>
  missing(request) ?? page(request, TABLES as unknown as Json[], 100, 20);

/** `GET bitable/v1/apps/:app_token/tables/:table_id/fields` */
export const listFields: Endpoint = (request) =>
  missing(request) ??
  page(
    request,
    FIELDS.map(({ name, type, property = {} }, i) => ({ field_id: `fld${i}`, field_name: name, type, property })),
    100,
    20,
  );

const shown = (value: Json): string => {
  if (Array.isArray(value)) return value.map((each: Json) => shown(each)).join('');
  if (isFields(value)) return shown((value['text'] ?? value['name'] ?? value['value'] ?? '') as Json);
  return String(value ?? '');
};

type Test = (value: Json, wanted: readonly string[]) => boolean;
const isEmpty: Test = (value) => shown(value ?? null) === '';
const number = (words: readonly string[]): number => Number(words[0]);

const OPERATORS: Readonly<Record<string, Test>> = {
  is: (value, [wanted = '']) => (typeof value === 'number' ? value === Number(wanted) : shown(value) === wanted),
  isNot: (value, [wanted = '']) => shown(value) !== wanted,
  contains: (value, wanted) => wanted.some((each) => shown(value).includes(each)),
  doesNotContain: (value, wanted) => !wanted.some((each) => shown(value).includes(each)),
  isEmpty,
  isNotEmpty: (value, wanted) => !isEmpty(value, wanted),
  isGreater: (value, wanted) => Number(value) > number(wanted),
  isGreaterEqual: (value, wanted) => Number(value) >= number(wanted),
  isLess: (value, wanted) => Number(value) < number(wanted),
  isLessEqual: (value, wanted) => Number(value) <= number(wanted),
};

const knows = (name: unknown): name is string => FIELDS.some((field) => field.name === name);

/** Which records a filter keeps; an answer where it is no filter (bitable-v1: record filter guide). */
const filtered = (filter: unknown): ((fields: Fields) => boolean) | Answer => {
  if (filter === undefined) return () => true;
  const conditions = isFields(filter) && Array.isArray(filter['conditions']) ? filter['conditions'] : null;
  const conjunction = isFields(filter) ? filter['conjunction'] : null;
  if (conditions === null || conditions.length > 50 || !['and', 'or'].includes(String(conjunction)))
    return no(1254018, 'InvalidFilter');
  const tests: ((fields: Fields) => boolean)[] = [];
  for (const each of conditions as unknown[]) {
    const { field_name: name, operator, value } = isFields(each) ? each : {};
    const test = OPERATORS[textOf(operator)];
    if (!knows(name)) return no(1254045, 'FieldNameNotFound');
    if (
      test === undefined ||
      !Array.isArray(value) ||
      value.some((one) => typeof one !== 'string') ||
      value.length > 10
    )
      return no(1254018, 'InvalidFilter');
    tests.push((fields) => test((fields[name] ?? null) as Json, value as string[]));
  }
  return (fields) => (conjunction === 'and' ? tests.every((test) => test(fields)) : tests.some((test) => test(fields)));
};

/** `POST bitable/v1/apps/:app_token/tables/:table_id/records/search`: filter or sort make it ignore the view. */
export const searchRecords: Endpoint = (request) => {
  const gone = missing(request);
  if (gone !== null) return gone;
  const body = fieldsOf(request.body) ?? {};
  const names = body['field_names'];
  const order = body['sort'] ?? [];
  const view = body['view_id'];
  if (names !== undefined && (!Array.isArray(names) || names.length > 200)) return no(1254001, 'WrongRequestBody');
  if (Array.isArray(names) && !names.every(knows)) return no(1254045, 'FieldNameNotFound');
  if (view !== undefined && view !== VIEW) return no(1254042, 'ViewIdNotFound');
  if (
    !Array.isArray(order) ||
    order.length > 100 ||
    !order.every((each) => isFields(each) && knows(each['field_name']))
  )
    return no(1254016, 'InvalidSort');
  const keeps = filtered(body['filter']);
  if (typeof keeps !== 'function') return keeps;
  const useView = view === VIEW && body['filter'] === undefined && order.length === 0;
  const found = recordsIn(request.params['table_id'] ?? '').filter(({ fields }) =>
    useView ? fields['状态'] === '已付款' : keeps(fields),
  );
  const [first] = order as { field_name: string; desc?: boolean }[];
  const by = (fields: Fields): number => Number(fields[first?.field_name ?? ''] ?? 0);
  const sorted =
    first === undefined ? found : found.toSorted((a, b) => (first.desc ? -1 : 1) * (by(a.fields) - by(b.fields)));
  const items = sorted.map(({ record_id, fields }) => ({
    record_id,
    fields: Array.isArray(names)
      ? Object.fromEntries(Object.entries(fields).filter(([name]) => (names as string[]).includes(name)))
      : fields,
  }));
  return page(request, request.params['table_id'] === ORDERS ? items : [], 500, 20);
};
