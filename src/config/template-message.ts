import { problem } from '../model/errors.ts';
import { type TemplateMessage, type TemplateVariable, VARIABLE_KINDS, type VariableKind } from '../model/job.ts';
import { imageSource } from './image-source.ts';
import { entryOf, jsonOf } from './node.ts';
import { object, optional, required } from './object.ts';
import { byKind, list, made, oneOf, record, type Shape, template, text, wrongType } from './shape.ts';
import { configWords } from './words.ts';

/** Ids as Feishu's and Lark's builder give them: `AAq…`, older ones `ctp_…`. */
const id: Shape<string> = made(text(), (value, node, reading, path) => {
  if (/^(?:AAq|ctp_)[\w-]{4,60}$/.test(value)) return value;
  reading.problems.push(problem(configWords, 'template-id', { id: value }, { at: node.at, path }));
  return null;
});

const version: Shape<string> = made(text(), (value, node, reading, path) => {
  if (/^\d+\.\d+\.\d+$/.test(value)) return value;
  reading.problems.push(problem(configWords, 'template-version', { version: value }, { at: node.at, path }));
  return null;
});

type Column = { readonly name: string; readonly as: VariableKind };

/** `[name, sales]`, or `{ name: plain, note: markdown }`. */
const columns: Shape<readonly Column[]> = byKind<readonly Column[]>(
  {
    list: made(list(text()), (names) => names.map((name): Column => ({ name, as: 'plain' }))),
    map: made(record(oneOf(...VARIABLE_KINDS)), (kinds) =>
      Object.entries(kinds).map(([name, as]): Column => ({ name, as })),
    ),
  },
  { zh: '列名的列表,或 { 列名: 种类 }', en: 'a list of columns, or { column: kind }' },
);

const KINDS = [...VARIABLE_KINDS, 'image', 'rows', 'json'] as const;

const byName = object({
  plain: optional(template, null),
  markdown: optional(template, null),
  number: optional(template, null),
  boolean: optional(template, null),
  link: optional(template, null),
  image: optional(imageSource, null),
  rows: optional(text(), null),
  columns: optional(columns, null),
});

/** `"{{ x }}"` is plain text; else `{ KIND: … }`. */
const variable: Shape<TemplateVariable> = {
  read: (node, reading, path) => {
    if (node.kind === 'scalar') {
      const value = template.read(node, reading, path);
      return value === null ? null : { at: node.at, as: 'plain', value };
    }
    const one = {
      zh: `一段文字,或 ${KINDS.join('、')} 中恰好一个`,
      en: `text, or exactly one of ${KINDS.join(', ')}`,
    };
    if (node.kind !== 'map') return wrongType(node, reading, path, one);
    const given = entryOf(node, 'json');
    if (given !== undefined && node.entries.length === 1) return { at: node.at, as: 'json', json: jsonOf(given.value) };
    const read = byName.read(node, reading, path);
    if (read === null) return null;
    const { columns: chosen, rows, image, ...written } = read;
    const found: TemplateVariable[] = [
      ...VARIABLE_KINDS.flatMap((as) => {
        const value = written[as];
        return value === null ? [] : [{ at: node.at, as, value }];
      }),
      ...(image === null ? [] : [{ at: node.at, as: 'image' as const, path: image }]),
      ...(rows === null ? [] : [{ at: node.at, as: 'rows' as const, dataset: rows, columns: chosen }]),
    ];
    const [only] = found;
    const stray = chosen !== null && rows === null;
    return found.length === 1 && only !== undefined && !stray ? only : wrongType(node, reading, path, one);
  },
  schema: {
    anyOf: [
      template.schema,
      byName.schema,
      { type: 'object', properties: { json: {} }, required: ['json'], additionalProperties: false },
    ],
  },
};

/** `template: { id, version, variables }`: a card made in Feishu's own builder. */
export const templateMessage: Shape<TemplateMessage> = made(
  object({
    id: required(id),
    version: optional(version, null),
    variables: optional(record(variable), {} as Record<string, TemplateVariable>),
  }),
  (read, node) => ({ at: node.at, ...read }),
);
