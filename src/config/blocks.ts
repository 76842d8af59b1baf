import {
  type Block,
  BUTTON_TYPES,
  type Button,
  type Column,
  GOOD,
  type Metric,
  type People,
  type Template,
  type ValueFormat,
} from '../model/card.ts';
import { type Problem, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { own } from '../model/own.ts';
import { chart } from './charts.ts';
import { columns, columnsWhole, format, formatWhole, wordColor, wordColorWhole } from './formats.ts';
import { fromDataset } from './image-source.ts';
import { type Node, nameText } from './node.ts';
import { object, optional, required } from './object.ts';
import {
  anything,
  boolean,
  byKind,
  exactlyOne,
  integer,
  type JsonSchema,
  list,
  made,
  oneOf,
  oneOrMore,
  type Shape,
  template,
  text,
  wrongType,
} from './shape.ts';
import { translated, translatedWhole } from './translated.ts';
import { configWords } from './words.ts';

// A button without a link would reach Feishu as a null: it is refused here, where its line is known.
const button: Shape<Button> = object({
  text: required(translated),
  url: required(template),
  type: optional(oneOf(...BUTTON_TYPES), 'default' as const),
});

const fields: Shape<readonly { label: Template; value: Template }[]> = {
  read: (node, reading, path) => {
    if (node.kind !== 'map') return object({}).read(node, reading, path) as null;
    const read = node.entries.map(({ key, at, value }) => {
      const filled = translated.read(value, reading, `${path}.${key}`);
      return filled === null ? null : { label: { ...nameText(key, node), at }, value: filled };
    });
    return read.includes(null) ? null : (read as { label: Template; value: Template }[]);
  },
  schema: { type: 'object', additionalProperties: translated.schema },
};

const PERCENT_CHANGE: ValueFormat = { as: 'delta', digits: null, currency: null, change: 'percent' };

/** A change is a share unless its format says `{ delta: money }` or the like. */
const delta: Shape<NonNullable<Metric['delta']>> = byKind(
  {
    scalar: made(template, (value) => ({ value, format: PERCENT_CHANGE, label: null })),
    map: made(
      object({ value: required(template), format: optional(format, null), label: optional(translated, null) }),
      ({ value, label, format: asked }) => ({ value, format: asked ?? PERCENT_CHANGE, label }),
    ),
  },
  { zh: '变化值,或 { value, format, label }', en: 'a change, or { value, format, label }' },
);

const metric: Shape<Metric> = made(
  object({
    name: optional(text(), null),
    label: required(translated),
    value: required(template),
    format: optional(format, null),
    delta: optional(delta, null),
    good: optional(oneOf(...GOOD), null),
    color: optional(wordColor, null),
  }),
  ({ good, delta: change, ...rest }) => ({
    ...rest,
    delta: change === null || good === null ? change : { ...change, format: { ...change.format, good } },
  }),
);

const people: Shape<People> = byKind<People>(
  {
    scalar: made(template, (id) => ({ ids: [id], from: null, mention: false })),
    list: made(list(template), (ids) => ({ ids, from: null, mention: false })),
    map: made(
      object({
        ids: optional(oneOrMore(template), []),
        rows: optional(text(), null),
        column: optional(text(), null),
        mention: optional(
          byKind<People['mention']>({ scalar: mention() }, { zh: 'true、false 或 all', en: 'true, false or all' }),
          false as const,
        ),
      }),
      ({ ids, rows, column, mention: told }, node, reading, path) => {
        if ((rows === null) !== (column === null)) {
          const key = rows === null ? 'rows' : 'column';
          reading.problems.push(problem(configWords, 'missing-key', { key }, { at: node.at, path }));
          return null;
        }
        return { ids, from: rows === null || column === null ? null : { rows, column }, mention: told };
      },
    ),
  },
  { zh: '一列 id,或 { ids, rows, column, mention }', en: 'ids, or { ids, rows, column, mention }' },
);

function mention(): Shape<People['mention']> {
  return {
    read: (node, reading, path) =>
      node.kind === 'scalar' && node.text === 'all' ? 'all' : boolean.read(node, reading, path),
    schema: { enum: [true, false, 'all'] },
  };
}

const words = (block: 'markdown' | 'text' | 'note'): Shape<Block> =>
  made(translated, (value, node) => ({ at: node.at, block, text: value }));

/** Blocks that hold blocks refer to the list of all blocks, which is complete only later. */
const body: Shape<readonly Block[]> = {
  read: (node, reading, path) => list(block).read(node, reading, path),
  schema: { type: 'array', items: { $ref: '#/$defs/block' } },
};

/** A share from 1 to 5, pixels (cards: C-column-set: 16–600), or as wide as what stands in it. */
const width: Shape<Column['width']> = {
  read: (node, reading, path) => {
    const written = node.kind === 'scalar' ? node.text.trim() : '';
    const number = /^(\d{1,3})(?:px)?$/.exec(written)?.[1];
    if (written === 'auto' || (number !== undefined && Number(number) >= 16 && Number(number) <= 600))
      return number === undefined ? 'auto' : `${number}px`;
    if (/^[1-5]$/.test(written)) return Number(written);
    return wrongType(node, reading, path, {
      zh: '1 到 5(份额)、16 到 600(像素)或 auto',
      en: 'a share from 1 to 5, pixels from 16 to 600, or auto',
    });
  },
  schema: {
    anyOf: [
      { type: 'integer', minimum: 1, maximum: 600 },
      { type: 'string', pattern: '^(auto|\\d+(px)?)$' },
    ],
  },
};

const BLOCKS: Readonly<Record<string, Shape<Block>>> = {
  markdown: words('markdown'),
  text: words('text'),
  fields: made(fields, (value, node) => ({ at: node.at, block: 'fields', fields: value })),
  metrics: made(list(metric), (value, node) => ({ at: node.at, block: 'metrics', metrics: value })),
  table: made(
    object({
      rows: required(text()),
      columns: optional(columns, null),
      pageSize: optional(integer({ min: 1, max: 10 }), null),
    }),
    (value, node) => ({ at: node.at, block: 'table', ...value }),
  ),
  chart,
  image: byKind<Block>(
    {
      scalar: made(template, (src, node) => ({ at: node.at, block: 'image', src, alt: null, size: null })),
      map: made(
        object({
          src: optional(template, null),
          from: optional(fromDataset, null),
          alt: optional(translated, null),
          size: optional(text(), null),
        }),
        ({ src, from, ...look }, node, reading, path) => {
          const only = exactlyOne({ src, from }, node, reading, path) === null ? null : (src ?? from);
          return only === null ? null : { at: node.at, block: 'image', src: only, ...look };
        },
      ),
    },
    {
      zh: '图片的路径或网址,或 { src, alt, size }、{ from: 数据集, … }',
      en: "an image's path or address, or { src, alt, size }, { from: DATASET, … }",
    },
  ),
  divider: made(anything, (_value, node) => ({ at: node.at, block: 'divider' })),
  note: words('note'),
  button: made(button, (value, node) => ({ at: node.at, block: 'buttons', buttons: [value] })),
  buttons: made(list(button), (value, node) => ({ at: node.at, block: 'buttons', buttons: value })),
  columns: made(list(object({ width: optional(width, 1), body: required(body) })), (value, node) => ({
    at: node.at,
    block: 'columns',
    columns: value,
  })),
  panel: made(
    object({ title: required(translated), open: optional(boolean, false), body: required(body) }),
    (value, node) => ({ at: node.at, block: 'panel', ...value }),
  ),
  people: made(people, (value, node) => ({ at: node.at, block: 'people', people: value })),
  raw: made(anything, (value, node) => ({ at: node.at, block: 'raw', element: value })),
};

/** The blocks' names, in the order a reader meets them. */
export const BLOCK_NAMES: readonly string[] = Object.keys(BLOCKS);

const unknown = (key: string, at: Node['at'], path: string): Problem => {
  const suggestion = nearest(key, BLOCK_NAMES);
  return problem(configWords, 'unknown-block', { key, known: BLOCK_NAMES, suggestion }, { at, path });
};

/** A map of one key: the block's name. `divider` may stand alone. */
export const block: Shape<Block> = {
  read: (node, reading, path) => {
    if (node.kind === 'scalar' && node.text === 'divider') return { at: node.at, block: 'divider' };
    const entries = node.kind === 'map' ? node.entries : [];
    const [only] = entries;
    if (only === undefined || entries.length > 1) {
      const keys = entries.map(({ key }) => key);
      reading.problems.push(
        node.kind === 'scalar'
          ? unknown(node.text, node.at, path)
          : problem(configWords, 'one-block', { keys }, { at: node.at, path }),
      );
      return null;
    }
    const shape = own(BLOCKS, only.key);
    if (shape !== undefined) return shape.read(only.value, reading, `${path}.${only.key}`);
    reading.problems.push(unknown(only.key, only.at, path));
    return null;
  },
  schema: { $ref: '#/$defs/block' },
};

/** The schema of each block, by its name. */
export const blockSchemas = (): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(Object.entries(BLOCKS).map(([name, shape]) => [name, shape.schema]));

/** What a card's JSON Schema refers to under `$defs`. */
export const cardDefs = (): JsonSchema => ({
  words: translatedWhole.schema,
  format: formatWhole.schema,
  color: wordColorWhole.schema,
  columns: columnsWhole.schema,
  block: {
    anyOf: [
      { const: 'divider' },
      ...Object.entries(blockSchemas()).map(([name, schema]) => ({
        type: 'object',
        properties: { [name]: schema },
        required: [name],
        additionalProperties: false,
      })),
    ],
  },
});
