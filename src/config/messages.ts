import { resolve } from 'node:path';
import type { AttachSpec, MessageSpec } from '../model/job.ts';
import { DEFAULT_TIMEOUT } from '../model/settings.ts';
import { fromDataset, imageSource } from './image-source.ts';
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

type FileMessage = Extract<MessageSpec, { kind: 'file' }>;
type ImageMessage = Extract<MessageSpec, { kind: 'image' }>;

/** A file as a message of its own: `PATH`, or `{ path, name }`. */
export const file: Shape<FileMessage> = byKind<FileMessage>(
  {
    scalar: made(template, (path, node) => ({ kind: 'file', at: node.at, path, name: null })),
    map: made(object({ path: required(template), name: optional(template, null) }), (given, node) => ({
      kind: 'file',
      at: node.at,
      ...given,
    })),
  },
  { zh: '一个路径,或 { path, name }', en: 'a path, or { path, name }' },
);

/** A picture as a message of its own: `PATH`, `{ path, name }`, or `{ from: DATASET, name }`. */
export const image: Shape<ImageMessage> = byKind<ImageMessage>(
  {
    scalar: made(template, (path, node) => ({ kind: 'image', at: node.at, path, name: null })),
    map: made(
      object({
        path: optional(template, null),
        from: optional(fromDataset, null),
        name: optional(template, null),
      }),
      ({ path, from, name }, node, reading, where) => {
        const only = exactlyOne({ path, from }, node, reading, where) === null ? null : (path ?? from);
        return only === null ? null : { kind: 'image', at: node.at, path: only, name };
      },
    ),
  },
  { zh: '一个路径,或 { path, name }、{ from, name }', en: 'a path, or { path, name }, { from, name }' },
);

/** One further part: `{ csv: DATASET, name }`, `{ xlsx: DATASETS, name }`, `{ file: PATH, name }`, `{ image: PATH or { from } }`. */
export const attachment: Shape<AttachSpec> = made(
  object({
    csv: optional(text(), null),
    xlsx: optional(oneOrMore(text()), null),
    file: optional(template, null),
    image: optional(imageSource, null),
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
