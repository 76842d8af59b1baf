import { resolve } from 'node:path';
import type { AttachSpec, MessageSpec } from '../model/job.ts';
import { DEFAULT_TIMEOUT } from '../model/settings.ts';
import { entryOf, jsonOf } from './node.ts';
import { object, optional, required } from './object.ts';
import { placeAt } from './places.ts';
import { byKind, duration, exactlyOne, list, made, oneOrMore, type Shape, template, text } from './shape.ts';

/** Card JSON itself, `{ file: PATH }`, or `{ command: [...] }` whose standard output is a card. */
export const raw = (directory: string): Shape<MessageSpec> => ({
  read: (node, reading, path) => {
    const shape = object({
      file: optional(text(), null),
      command: optional(list(text()), null),
      timeout: optional(duration, DEFAULT_TIMEOUT),
    });
    if (node.kind === 'map' && (entryOf(node, 'file') !== undefined || entryOf(node, 'command') !== undefined)) {
      const from = shape.read(node, reading, path);
      if (from === null) return null;
      const source =
        from.command !== null
          ? { command: from.command, timeout: from.timeout }
          : { file: resolve(directory, from.file ?? '') };
      return { kind: 'raw', at: node.at, raw: source };
    }
    const card = node.kind === 'map' ? jsonOf(node) : (object({}).read(node, reading, path) as null);
    return card === null ? null : { kind: 'raw', at: node.at, raw: { card, placeOf: (path) => placeAt(node, path) } };
  },
  schema: { type: 'object' },
});

/** A file as a message of its own: `PATH`, or `{ path, name }`. */
const fileOf = (kind: 'image' | 'file') =>
  byKind(
    {
      scalar: made(template, (path, node) => ({ kind, at: node.at, path, name: null })),
      map: made(object({ path: required(template), name: optional(template, null) }), (given, node) => ({
        kind,
        at: node.at,
        ...given,
      })),
    },
    { zh: '一个路径,或 { path, name }', en: 'a path, or { path, name }' },
  );

export const image: Shape<Extract<MessageSpec, { kind: 'image' | 'file' }>> = fileOf('image');
export const file: Shape<Extract<MessageSpec, { kind: 'image' | 'file' }>> = fileOf('file');

/** One further part: `{ csv: DATASET, name }`, `{ xlsx: DATASETS, name }`, `{ file: PATH, name }`, `{ image: PATH }`. */
export const attachment: Shape<AttachSpec> = made(
  object({
    csv: optional(text(), null),
    xlsx: optional(oneOrMore(text()), null),
    file: optional(template, null),
    image: optional(template, null),
    name: optional(template, null),
  }),
  ({ csv, xlsx, file: path, image: picture, name }, node, reading, where) => {
    const only = exactlyOne({ csv, xlsx, file: path, image: picture }, node, reading, where);
    if (only === null) return null;
    if (csv !== null) return { attach: 'csv', at: node.at, dataset: csv, name };
    if (xlsx !== null) return { attach: 'xlsx', at: node.at, datasets: xlsx, name };
    return path !== null
      ? { attach: 'file', at: node.at, path, name }
      : picture === null
        ? null
        : { attach: 'image', at: node.at, path: picture, name };
  },
);
