import {
  type Block,
  BUTTON_TYPES,
  type Button,
  type CardSpec,
  FORMATS,
  type Format,
  HEADER_COLORS,
  TAG_COLORS,
  type TableColumn,
  type Tag,
  type Template,
  type ValueFormat,
} from '../model/card.ts';
import { type Problem, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import type { Node } from './node.ts';
import { object, optional, required } from './object.ts';
import { anything, byKind, integer, list, made, oneOf, type Reading, type Shape, template, text } from './shape.ts';
import { configWords } from './words.ts';

const tag: Shape<Tag> = byKind(
  {
    scalar: made(template, (words) => ({ text: words, color: 'neutral' as const })),
    map: object({ text: required(template), color: optional(oneOf(...TAG_COLORS), 'neutral' as const) }),
  },
  { zh: '一个标签', en: 'a tag' },
);

// A button without a link would reach Feishu as a null: it is refused here, where its line is known.
const button: Shape<Button> = object({
  text: required(template),
  url: required(template),
  type: optional(oneOf(...BUTTON_TYPES), 'default' as const),
});

const plainFormat = (as: Format): ValueFormat => ({ as, digits: null, currency: null });

/** `format: money`, or `format: { money: USD, digits: 0 }`. */
const format: Shape<ValueFormat> = byKind(
  {
    scalar: made(oneOf(...FORMATS), plainFormat),
    map: made(
      object(
        {
          money: optional(text(), null),
          as: optional(oneOf(...FORMATS), null),
          digits: optional(integer({ min: 0, max: 10 }), null),
        },
        { later: ['unit'] },
      ),
      ({ money, as, digits }) => ({ as: money === null ? (as ?? 'number') : 'money', digits, currency: money }),
    ),
  },
  { zh: '一种格式', en: 'a format' },
);

const column = (name: string): Shape<TableColumn> =>
  byKind(
    {
      scalar: made(template, (label) => ({ name, label, format: null, align: null, width: null })),
      map: made(
        object(
          {
            label: optional(template, null),
            format: optional(format, null),
            align: optional(oneOf('left', 'center', 'right'), null),
            width: optional(text(), null),
          },
          { later: ['color'] },
        ),
        ({ label, ...rest }, node) => ({ name, label: label ?? { source: name, at: node.at }, ...rest }),
      ),
    },
    { zh: '列的标题,或 { label, format, align, width }', en: "the column's title, or { label, format, align, width }" },
  );

/** Columns by name in the order they are shown. `name: 标题` or `name: { label, format, … }`. */
const columns: Shape<readonly TableColumn[]> = {
  read: (node, reading, path) => {
    if (node.kind === 'map') {
      const read = node.entries.map((entry) => column(entry.key).read(entry.value, reading, `${path}.${entry.key}`));
      return read.includes(null) ? null : (read as TableColumn[]);
    }
    return list(
      made(
        text(),
        (name, item): TableColumn => ({
          name,
          label: { source: name, at: item.at },
          format: null,
          align: null,
          width: null,
        }),
      ),
    ).read(node, reading, path);
  },
  schema: {
    anyOf: [
      { type: 'object', additionalProperties: column('').schema },
      { type: 'array', items: { type: 'string' } },
    ],
  },
};

const fields: Shape<readonly { label: Template; value: Template }[]> = {
  read: (node, reading, path) => {
    if (node.kind !== 'map') return object({}).read(node, reading, path) as null;
    const read = node.entries.map(({ key, at, value }) => {
      const filled = template.read(value, reading, `${path}.${key}`);
      return filled === null ? null : { label: { source: key, at }, value: filled };
    });
    return read.includes(null) ? null : (read as { label: Template; value: Template }[]);
  },
  schema: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
};

const words = (block: 'markdown' | 'text' | 'note'): Shape<Block> =>
  made(template, (value, node) => ({ at: node.at, block, text: value }));

const BLOCKS: Readonly<Record<string, Shape<Block>>> = {
  markdown: words('markdown'),
  text: words('text'),
  note: words('note'),
  divider: made(anything, (_value, node) => ({ at: node.at, block: 'divider' as const })),
  fields: made(fields, (value, node) => ({ at: node.at, block: 'fields' as const, fields: value })),
  table: made(
    object({
      rows: required(text()),
      columns: optional(columns, null),
      pageSize: optional(integer({ min: 1, max: 10 }), null),
    }),
    (value, node) => ({ at: node.at, block: 'table' as const, ...value }),
  ),
  image: byKind(
    {
      scalar: made(template, (src, node) => ({ at: node.at, block: 'image' as const, src, alt: null, size: null })),
      map: made(
        object({ src: required(template), alt: optional(template, null), size: optional(text(), null) }),
        (value, node) => ({ at: node.at, block: 'image' as const, ...value }),
      ),
    },
    { zh: '图片的路径,或 { src, alt, size }', en: "an image's path, or { src, alt, size }" },
  ),
  button: made(button, (value, node) => ({ at: node.at, block: 'buttons' as const, buttons: [value] })),
  buttons: made(list(button), (value, node) => ({ at: node.at, block: 'buttons' as const, buttons: value })),
  raw: made(anything, (value, node) => ({ at: node.at, block: 'raw' as const, element: value })),
};
const LATER = ['metrics', 'chart', 'columns', 'panel', 'people'];

const complain = (key: string, at: Node['at'], path: string): Problem =>
  LATER.includes(key)
    ? problem(configWords, 'not-yet', { key }, { at, path })
    : problem(
        configWords,
        'unknown-block',
        { key, known: Object.keys(BLOCKS), suggestion: nearest(key, Object.keys(BLOCKS)) },
        { at, path },
      );

const block: Shape<Block> = {
  read: (node, reading, path) => {
    if (node.kind === 'scalar' && node.text === 'divider') return { at: node.at, block: 'divider' };
    const entries = node.kind === 'map' ? node.entries : [];
    const [only] = entries;
    if (only === undefined) {
      reading.problems.push(
        node.kind === 'scalar'
          ? complain(node.text, node.at, path)
          : problem(configWords, 'one-block', { keys: [] }, { at: node.at, path }),
      );
      return null;
    }
    if (entries.length > 1) {
      reading.problems.push(
        problem(configWords, 'one-block', { keys: entries.map(({ key }) => key) }, { at: node.at, path }),
      );
      return null;
    }
    const shape = BLOCKS[only.key];
    if (shape !== undefined) return shape.read(only.value, reading, `${path}.${only.key}`);
    reading.problems.push(complain(only.key, only.at, path));
    return null;
  },
  schema: {
    anyOf: [
      { const: 'divider' },
      ...Object.entries(BLOCKS).map(([name, shape]) => ({
        type: 'object',
        properties: { [name]: shape.schema },
        required: [name],
        additionalProperties: false,
      })),
    ],
  },
};

const CARD = object(
  {
    title: optional(template, null),
    subtitle: optional(template, null),
    color: optional(oneOf(...HEADER_COLORS), 'default' as const),
    tags: optional(list(tag), []),
    summary: optional(template, null),
    body: required(list(block)),
  },
  { later: ['icon', 'i18n'] },
);

export const cardSpec: Shape<CardSpec> = {
  read: (node: Node, reading: Reading, path: string) => {
    const card = CARD.read(node, reading, path);
    return card === null ? null : { at: node.at, ...card };
  },
  schema: CARD.schema,
};
