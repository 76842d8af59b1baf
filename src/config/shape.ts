import type { Template } from '../model/card.ts';
import type { Json } from '../model/dataset.ts';
import { type Place, type Problem, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import type { Webhook } from '../model/settings.ts';
import type { Text } from '../model/text.ts';
import { type Ms, parseDuration } from '../model/time.ts';
import { type Environment, interpolate } from './interpolate.ts';
import { jsonOf, type Node } from './node.ts';
import { configWords } from './words.ts';

/** What reading a file needs and gathers. Reading never throws: it pushes problems and gives null. */
export interface Reading {
  readonly environment: Environment;
  readonly problems: Problem[];
  /** custom bots by name, as they are met: addresses are kept apart from recipients, which are stored and shown */
  readonly webhooks: Map<string, Webhook>;
}

export type JsonSchema = { readonly [key: string]: Json };

/**
 * One kind of thing a settings file may hold: how to read it from a node (null after a problem was pushed), and its
 * JSON Schema for editors. Text-like shapes take the scalar's source text, whatever YAML made of it.
 */
export interface Shape<T> {
  read(node: Node, reading: Reading, path: string): T | null;
  readonly schema: JsonSchema;
}

export const wrongType = (node: Node, reading: Reading, path: string, expected: Text): null => {
  reading.problems.push(problem(configWords, 'wrong-type', { expected }, { at: node.at, path }));
  return null;
};

const A_TEXT: Text = { zh: '一段文字', en: 'text' };

const isBlank = (node: Node): boolean => node.kind === 'scalar' && node.value === null && node.text === '';

const scalarText = (
  node: Node,
  reading: Reading,
  path: string,
  into: 'text' | 'template',
  expected = A_TEXT,
): string | null => {
  if (node.kind !== 'scalar' || isBlank(node)) return wrongType(node, reading, path, expected);
  if (node.made !== undefined) return node.text;
  return interpolate(node.text, reading.environment, { at: node.at, into, problems: reading.problems });
};

/** Text with `${NAME}` filled in: ids, names, paths, addresses. */
export const text = (expected?: Text): Shape<string> => ({
  read: (node, reading, path) => scalarText(node, reading, path, 'text', expected),
  schema: { type: ['string', 'number'] },
});

/** Text with Liquid in it; `${NAME}` is filled in so that Liquid cannot see into the value. */
export const template: Shape<Template> = {
  read: (node, reading, path) => {
    const source = scalarText(node, reading, path, 'template');
    const made = node.kind === 'scalar' ? node.made : undefined;
    return source === null ? null : { source, at: node.at, ...(made === undefined ? {} : { made }) };
  },
  schema: { type: ['string', 'number', 'boolean'] },
};

/** The scalar's text as it stands: a query, a pattern. Nothing is filled in. */
export const sourceText: Shape<string> = {
  read: (node, reading, path) =>
    node.kind === 'scalar' && !isBlank(node) ? node.text : wrongType(node, reading, path, A_TEXT),
  schema: { type: 'string' },
};

export const integer = ({ min, max }: { min: number; max: number }): Shape<number> => ({
  read: (node, reading, path) =>
    node.kind === 'scalar' &&
    typeof node.value === 'number' &&
    Number.isInteger(node.value) &&
    node.value >= min &&
    node.value <= max
      ? node.value
      : wrongType(node, reading, path, { zh: `${min} 到 ${max} 的整数`, en: `a whole number from ${min} to ${max}` }),
  schema: { type: 'integer', minimum: min, maximum: max },
});

export const duration: Shape<Ms> = {
  read: (node, reading, path) => {
    const written = node.kind === 'scalar' ? node.text : '';
    const ms = parseDuration(written);
    if (ms === null)
      reading.problems.push(problem(configWords, 'bad-duration', { value: written }, { at: node.at, path }));
    return ms;
  },
  schema: { type: 'string', pattern: '^\\d+(ms|s|m|h|d)$' },
};

const SIZE_UNITS: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/** `10MB` as bytes. */
export const size: Shape<number> = {
  read: (node, reading, path) => {
    const written = node.kind === 'scalar' ? node.text.trim() : '';
    const match = /^(\d{1,6}) ?(B|KB|MB|GB)$/i.exec(written);
    if (match !== null) return Number(match[1]) * (SIZE_UNITS[(match[2] as string).toUpperCase()] as number);
    reading.problems.push(problem(configWords, 'bad-size', { value: written }, { at: node.at, path }));
    return null;
  },
  schema: { type: 'string', pattern: '^\\d+ ?([kKmMgG]?[bB])$' },
};

export const oneOf = <T extends string>(...allowed: readonly T[]): Shape<T> => ({
  read: (node, reading, path) => {
    const value = scalarText(node, reading, path, 'text');
    if (value === null || allowed.includes(value as T)) return value as T | null;
    const suggestion = nearest(value, allowed);
    reading.problems.push(problem(configWords, 'one-of', { value, allowed, suggestion }, { at: node.at, path }));
    return null;
  },
  schema: { enum: [...allowed] },
});

/** Any JSON, as YAML understands it; nothing is filled in. */
export const boolean: Shape<boolean> = {
  read: (node, reading, path) =>
    node.kind === 'scalar' && typeof node.value === 'boolean'
      ? node.value
      : wrongType(node, reading, path, { zh: 'true 或 false', en: 'true or false' }),
  schema: { type: 'boolean' },
};

/** Which one of these keys is there; null after pushing a problem when none is, or several are. */
export const exactlyOne = (
  keys: Readonly<Record<string, unknown>>,
  node: Node,
  reading: Reading,
  path: string,
): string | null => {
  const names = Object.keys(keys);
  const given = names.filter((name) => keys[name] !== null);
  if (given.length === 1) return given[0] as string;
  return wrongType(node, reading, path, {
    zh: `${names.join('、')} 中恰好一个`,
    en: `exactly one of ${names.join(', ')}`,
  });
};

export const anything: Shape<Json> = { read: (node) => jsonOf(node), schema: {} };

export const list = <T>(item: Shape<T>): Shape<readonly T[]> => ({
  read: (node, reading, path) => {
    if (node.kind !== 'list') return wrongType(node, reading, path, { zh: '一个列表', en: 'a list' });
    const read = node.items.map((each, i) => item.read(each, reading, `${path}[${i}]`));
    return read.includes(null) ? null : (read as T[]);
  },
  schema: { type: 'array', items: item.schema },
});

/** A list, or one thing that stands for a list of one. */
export const oneOrMore = <T>(item: Shape<T>): Shape<readonly T[]> => ({
  read: (node, reading, path) => {
    if (node.kind === 'list') return list(item).read(node, reading, path);
    const one = item.read(node, reading, path);
    return one === null ? null : [one];
  },
  schema: { anyOf: [item.schema, { type: 'array', items: item.schema }] },
});

/** Names of the user's own as keys. */
export const record = <T>(
  value: Shape<T>,
  checkKey?: (key: string, at: Place | null, reading: Reading) => boolean,
): Shape<Readonly<Record<string, T>>> => ({
  read: (node, reading, path) => {
    if (node.kind !== 'map')
      return wrongType(node, reading, path, { zh: '一组「键: 值」', en: 'a group of key: value' });
    let sound = true;
    // entries, not keys of an object yet: a name may be `__proto__`
    const read: [name: string, value: T][] = [];
    for (const entry of node.entries) {
      const each = value.read(entry.value, reading, `${path}.${entry.key}`);
      if (checkKey !== undefined && !checkKey(entry.key, entry.at, reading)) sound = false;
      if (each === null) sound = false;
      else read.push([entry.key, each]);
    }
    return sound ? Object.fromEntries(read) : null;
  },
  schema: { type: 'object', additionalProperties: value.schema },
});

/** Reads with `shape`, then makes something else of it; `make` pushes its own problems and gives null. */
export const made = <T, U>(
  shape: Shape<T>,
  make: (value: T, node: Node, reading: Reading, path: string) => U | null,
): Shape<U> => ({
  read: (node, reading, path) => {
    const value = shape.read(node, reading, path);
    return value === null ? null : make(value, node, reading, path);
  },
  schema: shape.schema,
});

/** One shape for scalars, one for lists, one for maps: what stands there chooses. */
export const byKind = <T>(
  shapes: { scalar?: Shape<T>; list?: Shape<T>; map?: Shape<T> },
  expected: Text,
): Shape<T> => ({
  read: (node, reading, path) =>
    node.kind === 'code'
      ? wrongType(node, reading, path, expected)
      : (shapes[node.kind]?.read(node, reading, path) ??
        (shapes[node.kind] ? null : wrongType(node, reading, path, expected))),
  schema: { anyOf: Object.values(shapes).map((shape) => shape.schema) },
});

/** A shape whose JSON Schema stands under `$defs` and is referred to by this name. */
export const named = <T>(name: string, shape: Shape<T>): Shape<T> => ({
  read: (node, reading, path) => shape.read(node, reading, path),
  schema: { $ref: `#/$defs/${name}` },
});
