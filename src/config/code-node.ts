import type { Row, Value } from '../model/dataset.ts';
import type { Place } from '../model/errors.ts';
import { MADE, type MadeText } from '../model/job-code.ts';
import type { Entry, Node } from './node.ts';

/** Finds the place of a key by the keys above it. */
export type PlaceOf = (keys: readonly string[]) => Place | null;

/** Where keys stand in a program's text: the first `key:` or `key(` after those of the keys above it. Good for errors, no more. */
export const placesInCode =
  (text: string, file: string): PlaceOf =>
  (keys) => {
    let from = 0;
    let found: number | null = null;
    for (const key of keys) {
      const name = key.replace(/[^\w$]/g, '\\$&');
      const pattern = new RegExp(`(?<![\\w$.])(['"]?)${name}\\1\\s*(?=[:(,}])`, 'g');
      pattern.lastIndex = from;
      const match = pattern.exec(text);
      if (match === null) break;
      found = match.index;
      from = match.index + match[0].length;
    }
    if (found === null) return { file, line: 1, column: 1 };
    const before = text.slice(0, found).split('\n');
    return { file, line: before.length, column: (before.at(-1) ?? '').length + 1 };
  };

const madeOf = (value: unknown): MadeText<Value> | null =>
  typeof value === 'object' && value !== null && MADE in value ? (value as { [MADE]: MadeText<Value> })[MADE] : null;

const isRows = (value: unknown): value is readonly Row[] =>
  Array.isArray(value) && value.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row));

/** Feishu's and VChart's own JSON: taken as it is. */
const VERBATIM: readonly string[] = ['raw', 'spec'];

export interface CodeReading {
  readonly placeOf: PlaceOf;
  /** what a function returned: its texts are data, never templates */
  readonly isData: boolean;
  /** rows that stand where a dataset's name may, by the name they get */
  readonly rows: Map<string, readonly Row[]>;
}

/** A value of a program as the tree that the settings are read from. Undefined keys are left out. */
export const nodeOfCode = (value: unknown, keys: readonly string[], reading: CodeReading): Node => {
  const at = reading.placeOf(keys);
  const scalar = (one: Value, text: string, made: MadeText<Value> | null): Node => ({
    kind: 'scalar',
    at,
    value: one,
    text,
    ...(made === null ? {} : { made }),
  });
  const data = (one: Value): MadeText<Value> | null => (reading.isData ? { literals: ['', ''], values: [one] } : null);
  const made = madeOf(value);
  if (made !== null) return scalar(made.literals.join(''), made.literals.join(''), made);
  if (typeof value === 'function') return { kind: 'code', at, call: value as (seen: unknown) => unknown };
  if (value === null || value === undefined) return scalar(null, 'null', data(null));
  if (value instanceof Date) return scalar(value.toISOString(), value.toISOString(), data(value.toISOString()));
  if (Array.isArray(value)) {
    if (keys.at(-1) === 'rows' && reading.isData && isRows(value)) {
      const name = `_${reading.rows.size + 1}`;
      reading.rows.set(name, value);
      return scalar(name, name, null);
    }
    return { kind: 'list', at, items: value.map((item) => nodeOfCode(item, keys, reading)) };
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([key, each]): Entry => {
        const below = [...keys, key];
        const inside = VERBATIM.includes(key) ? { ...reading, isData: false } : reading;
        return { key, at: reading.placeOf(below), value: nodeOfCode(each, below, inside) };
      });
    return { kind: 'map', at, entries, ...(reading.isData ? { isData: true } : {}) };
  }
  const one = value as Value;
  return scalar(one, String(one), data(one));
};
