import { problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { entryOf } from './node.ts';
import { type Shape, wrongType } from './shape.ts';
import { configWords } from './words.ts';

/** One key of an object: its shape, and what its absence means. */
export interface Field<T> {
  readonly shape: Shape<T>;
  readonly required: boolean;
  readonly fallback: T;
}

export const required = <T>(shape: Shape<T>): Field<T> => ({ shape, required: true, fallback: null as T });
export const optional = <T, F extends T | null>(shape: Shape<T>, fallback: F): Field<T | F> => ({
  shape,
  required: false,
  fallback,
});

type Fields = Readonly<Record<string, Field<unknown>>>;
type Read<F extends Fields> = { -readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** A group of known keys. Unknown ones are errors with a suggestion. All are read, so that all problems show at once. */
export const object = <F extends Fields>(fields: F): Shape<Read<F>> => {
  const known = Object.keys(fields);
  return {
    read: (node, reading, path) => {
      if (node.kind !== 'map') {
        return wrongType(node, reading, path, {
          zh: `一组「键: 值」(${known.join('、')})`,
          en: `a group of key: value (${known.join(', ')})`,
        });
      }
      let sound = true;
      const into = path === '' ? '' : `${path}.`;
      for (const { key, at } of node.entries) {
        if (known.includes(key)) continue;
        sound = false;
        reading.problems.push(
          problem(
            configWords,
            'unknown-key',
            { key, known, suggestion: nearest(key, known) },
            { at, path: into + key },
          ),
        );
      }
      const read: Record<string, unknown> = {};
      for (const [key, field] of Object.entries(fields)) {
        const entry = entryOf(node, key);
        if (entry === undefined) {
          if (field.required) {
            sound = false;
            reading.problems.push(problem(configWords, 'missing-key', { key }, { at: node.at, path: into + key }));
          }
          read[key] = field.fallback;
          continue;
        }
        const value = field.shape.read(entry.value, reading, into + key);
        if (value === null) sound = false;
        read[key] = value;
      }
      return sound ? (read as Read<F>) : null;
    },
    schema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.shape.schema])),
      required: Object.entries(fields)
        .filter(([, field]) => field.required)
        .map(([key]) => key),
      additionalProperties: false,
    },
  };
};
