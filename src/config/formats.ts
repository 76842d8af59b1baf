import {
  type Choice,
  FORMATS,
  type Format,
  GOOD,
  TAG_COLORS,
  type TableColumn,
  type Template,
  UNITS,
  type ValueFormat,
  WORD_COLORS,
  type WordColor,
} from '../model/card.ts';
import { nameText } from './node.ts';
import { object, optional } from './object.ts';
import {
  byKind,
  exactlyOne,
  integer,
  list,
  made,
  named,
  oneOf,
  record,
  type Shape,
  sourceText,
  text,
  wrongType,
} from './shape.ts';
import { translated } from './translated.ts';

const CHANGES = ['number', 'money', 'percent'] as const;

const plainFormat = (as: Format): ValueFormat => ({ as, digits: null, currency: null });

const longFormat: Shape<ValueFormat> = made(
  object({
    as: optional(oneOf(...FORMATS), null),
    money: optional(text(), null),
    date: optional(sourceText, null),
    duration: optional(oneOf('s', 'ms'), null),
    delta: optional(oneOf(...CHANGES), null),
    tag: optional(record(oneOf(...TAG_COLORS)), null),
    link: optional(text(), null),
    digits: optional(integer({ min: 0, max: 10 }), null),
    unit: optional(oneOf(...UNITS), null),
    good: optional(oneOf(...GOOD), null),
  }),
  ({ as, money, date, duration, delta, tag, link, digits, unit, good }, node, reading, path) => {
    const named = { as, money, date, duration, delta, tag, link };
    // `digits` and `unit` alone mean a number
    const bare = Object.values(named).every((one) => one === null);
    const kind = bare ? 'as' : exactlyOne(named, node, reading, path);
    if (kind === null) return null;
    const format = kind === 'as' ? (as ?? 'number') : (kind as Format);
    return {
      as: format,
      digits,
      currency: money,
      ...(unit === null ? {} : { unit }),
      ...(date === null ? {} : { pattern: date }),
      ...(duration === null ? {} : { counts: duration }),
      ...(delta === null ? {} : { change: delta }),
      ...(good === null ? {} : { good }),
      ...(tag === null ? {} : { colors: tag }),
      ...(link === null ? {} : { address: link }),
    };
  },
);

/** `format: money`, or `format: { money: USD, unit: 万, digits: 0 }`. */
export const formatWhole: Shape<ValueFormat> = byKind(
  { scalar: made(oneOf(...FORMATS), plainFormat), map: longFormat },
  { zh: '一种格式', en: 'a format' },
);

export const format = named('format', formatWhole);

/** A condition: CEL, so nothing is filled in and its place is kept. */
export const condition: Shape<Template> = made(sourceText, (source, node) => ({ source, at: node.at }));

/** A colour, or an ordered choice of colours: `{ red: first.bad > 0, else: green }`. */
export const color = <C extends string>(...colors: readonly C[]): Shape<C | Choice<C>> => {
  const one = oneOf(...colors);
  return {
    read: (node, reading, path) => {
      if (node.kind === 'scalar') return one.read(node, reading, path);
      if (node.kind !== 'map')
        return wrongType(node, reading, path, {
          zh: '一种颜色,或 { 颜色: 条件, else: 颜色 }',
          en: 'a colour, or { colour: condition, else: colour }',
        });
      let otherwise: C | null = null;
      let sound = true;
      const cases: { when: Template; then: C }[] = [];
      for (const { key, at, value } of node.entries) {
        if (key === 'else') {
          otherwise = one.read(value, reading, `${path}.else`);
          if (otherwise === null) sound = false;
          continue;
        }
        const then = one.read({ kind: 'scalar', at, value: key, text: key }, reading, `${path}.${key}`);
        const when = condition.read(value, reading, `${path}.${key}`);
        if (then === null || when === null) sound = false;
        else cases.push({ when, then });
      }
      return sound ? { cases, otherwise } : null;
    },
    schema: {
      anyOf: [
        one.schema,
        {
          type: 'object',
          propertyNames: { enum: [...colors, 'else'] },
          additionalProperties: { type: ['string', 'boolean'] },
        },
      ],
    },
  };
};

export const wordColorWhole: Shape<WordColor | Choice<WordColor>> = color(...WORD_COLORS);
export const wordColor = named('color', wordColorWhole);

const bareColumn = (name: string, label: Template): TableColumn => ({
  name,
  label,
  format: null,
  align: null,
  width: null,
  color: null,
});

const column = (name: string): Shape<TableColumn> =>
  byKind(
    {
      scalar: made(translated, (label) => bareColumn(name, label)),
      map: made(
        object({
          label: optional(translated, null),
          format: optional(format, null),
          align: optional(oneOf('left', 'center', 'right'), null),
          width: optional(text(), null),
          color: optional(wordColor, null),
        }),
        ({ label, ...rest }, node) => ({ name, label: label ?? nameText(name, node), ...rest }),
      ),
    },
    {
      zh: '列的标题,或 { label, format, align, width, color }',
      en: "the column's title, or { label, format, align, width, color }",
    },
  );

const columnName: Shape<TableColumn> = made(text(), (name, item) => bareColumn(name, nameText(name, item)));

/** Columns by name in the order they are shown: `name: 标题`, `name: { label, format, … }`, or a list of names. */
export const columnsWhole: Shape<readonly TableColumn[]> = {
  read: (node, reading, path) => {
    if (node.kind === 'map') {
      const read = node.entries.map((entry) => column(entry.key).read(entry.value, reading, `${path}.${entry.key}`));
      return read.includes(null) ? null : (read as TableColumn[]);
    }
    return list(columnName).read(node, reading, path);
  },
  schema: {
    anyOf: [
      { type: 'object', additionalProperties: column('').schema },
      { type: 'array', items: { type: 'string' } },
    ],
  },
};

export const columns = named('columns', columnsWhole);

/** The same, and a name alone is a list of one. */
export const columnOrMore: Shape<readonly TableColumn[]> = {
  read: (node, reading, path) => {
    if (node.kind !== 'scalar') return columns.read(node, reading, path);
    const one = columnName.read(node, reading, path);
    return one === null ? null : [one];
  },
  schema: { anyOf: [{ type: 'string' }, columns.schema] },
};
