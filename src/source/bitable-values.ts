import { wallClockText } from '../base/zone.ts';
import type { Value } from '../model/dataset.ts';
import { recordOf, recordsOf, textOf } from './document.ts';

/** A field as its table describes it (bitable-v1: app-table-field/list). */
export interface Field {
  readonly name: string;
  readonly type: number;
  /** dates of it are days without a time */
  readonly dayOnly: boolean;
}

const NUMBER = 2;
const DATES: readonly number[] = [5, 1001, 1002];
const PEOPLE: readonly number[] = [11, 1003, 1004];
const LINK = 15;
const GROUP = 23;
const BETWEEN = ', ';

const plain = (value: unknown): Value =>
  value === null || value === undefined
    ? null
    : typeof value === 'object'
      ? JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? String(each) : each))
      : (value as Value);

/** The words of one part of a value: a segment of text, a person, a file, an option, a place. */
const wordsOf = (part: unknown): string => {
  if (typeof part !== 'object' || part === null) return part === null || part === undefined ? '' : String(part);
  const fields = recordOf(part);
  const named = ['text', 'full_address', 'name', 'en_name', 'link', 'id'].map((key) => textOf(fields[key]));
  return named.find((each) => each !== null) ?? '';
};

const joined = (value: unknown, between: string): Value => {
  const words = (Array.isArray(value) ? value : [value]).map(wordsOf).filter((each) => each !== '');
  return words.length === 0 ? null : words.join(between);
};

const dateOf = (value: unknown, { dayOnly }: Field, zone: string): Value => {
  const ms = typeof value === 'number' ? value : Number.NaN;
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return plain(value);
  return dayOnly ? wallClockText(ms, zone).slice(0, 10) : wallClockText(ms, zone);
};

/** Text in segments is one text; several people, files, options or linked records are words with commas between. */
const SEGMENTS: readonly number[] = [1, 13, 15, 22, 1005];

const single = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value);

/**
 * A field's value as a plain one. Numbers and check boxes stay what they are; dates are the wall clock of the job's
 * zone; a formula and a lookup are what they give (`{ type, value }`); a linked record is its words, else its id.
 */
export const plainValue = (value: unknown, field: Field, zone: string): Value => {
  if (value === null || value === undefined) return null;
  const { type } = field;
  const inner = recordOf(value);
  if (typeof inner['type'] === 'number' && 'value' in inner)
    return plainValue(inner['value'], { ...field, type: inner['type'] }, zone);
  if (DATES.includes(type)) return Array.isArray(value) ? listed(value, field, zone) : dateOf(value, field, zone);
  if (type === NUMBER) return Array.isArray(value) ? listed(value, field, zone) : plain(value);
  if ('link_record_ids' in inner) return joined(inner['link_record_ids'], BETWEEN);
  if (typeof value !== 'object') return plain(value);
  return joined(value, SEGMENTS.includes(type) ? '' : BETWEEN);
};

/** A lookup gives a list: of one it is that one. */
const listed = (value: readonly unknown[], field: Field, zone: string): Value => {
  const one = single(value);
  if (!Array.isArray(one)) return plainValue(one, field, zone);
  return value.length === 0 ? null : value.map((each) => plainValue(each, field, zone)).join(BETWEEN);
};

const idsOf = (value: unknown): Value => {
  const ids = recordsOf(value).flatMap((each) => textOf(each['id']) ?? []);
  return ids.length === 0 ? null : ids.join(',');
};

/** Columns beside a field's words, there for those who name them: whom it is about, or where it leads. */
const BESIDE: readonly {
  readonly end: string;
  readonly types: readonly number[];
  readonly of: (value: unknown) => Value;
}[] = [
  { end: '_open_id', types: PEOPLE, of: idsOf },
  { end: '_chat_id', types: [GROUP], of: idsOf },
  { end: '_link', types: [LINK], of: (value) => textOf(recordOf(single(value))['link']) },
];

export interface Column {
  readonly name: string;
  /** null: the record's own id */
  readonly field: Field | null;
  readonly read: (value: unknown, zone: string) => Value;
}

export const RECORD_ID = 'record_id';

/** A column by the name that a job gives it: a field, `record_id`, or what stands beside a field. */
export const columnNamed = (name: string, fields: readonly Field[]): Column | null => {
  const own = fields.find((field) => field.name === name);
  if (own !== undefined) return { name, field: own, read: (value, zone) => plainValue(value, own, zone) };
  if (name === RECORD_ID) return { name, field: null, read: plain };
  for (const { end, types, of } of BESIDE) {
    const field = fields.find((each) => `${each.name}${end}` === name && types.includes(each.type));
    if (field !== undefined) return { name, field, read: of };
  }
  return null;
};
