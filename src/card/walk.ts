import type { Json } from '../model/dataset.ts';

export type JsonObject = { readonly [key: string]: Json };

export const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

export const listOf = (json: Json | undefined): readonly Json[] =>
  Array.isArray(json) ? (json as readonly Json[]) : [];
export const objectOf = (json: Json | undefined): JsonObject => (isObject(json) ? json : {});
export const textOf = (json: Json | undefined): string | null => (typeof json === 'string' ? json : null);

/** A component at its place: `body.elements[3].columns[0]`, with the containers round it, outermost first. */
export interface Component {
  readonly node: JsonObject;
  readonly tag: string;
  readonly path: string;
  readonly parents: readonly JsonObject[];
}

/** Keys under which components hold components. A column is counted as one: it has a tag and elements. */
const CHILD_KEYS = ['elements', 'columns', 'actions', 'extra'] as const;

/** Columns of a table are no components, nor is what a table's rows hold. */
const hasChildren = (node: JsonObject): boolean => node['tag'] !== 'table';

const componentsIn = (json: Json | undefined, path: string, parents: readonly JsonObject[]): Component[] => {
  if (Array.isArray(json))
    return (json as readonly Json[]).flatMap((item, i) => componentsIn(item, `${path}[${i}]`, parents));
  if (!isObject(json)) return [];
  const tag = textOf(json['tag']) ?? '';
  const children = hasChildren(json)
    ? CHILD_KEYS.flatMap((key) => componentsIn(json[key], `${path}.${key}`, [...parents, json]))
    : [];
  const below = componentsIn(objectOf(json['button_area'])['buttons'], `${path}.button_area.buttons`, [
    ...parents,
    json,
  ]);
  return [{ node: json, tag, path, parents }, ...children, ...below];
};

/** Every component of a card in reading order. Of a 1.0 card in several languages, those of each language. */
export const componentsOf = (card: JsonObject): readonly Component[] => [
  ...componentsIn(listOf(objectOf(card['body'])['elements']), 'body.elements', []),
  ...componentsIn(listOf(card['elements']), 'elements', []),
  ...Object.entries(objectOf(card['i18n_elements'])).flatMap(([lang, list]) =>
    componentsIn(list, `i18n_elements.${lang}`, []),
  ),
];

/** Values that are the user's own, where no rule of ours holds: what callbacks carry, chart specs, rows of tables. */
const OPAQUE = new Set(['value', 'chart_spec', 'rows', 'template_variable']);

/** Every object of a card outside opaque values, with its path; the card itself has the path ''. */
export const objectsOf = (json: Json, path = ''): readonly { readonly node: JsonObject; readonly path: string }[] => {
  if (Array.isArray(json)) return (json as readonly Json[]).flatMap((item, i) => objectsOf(item, `${path}[${i}]`));
  if (!isObject(json)) return [];
  const inner = Object.entries(json).filter(([key]) => !OPAQUE.has(key));
  return [{ node: json, path }, ...inner.flatMap(([key, value]) => objectsOf(value, join(path, key)))];
};

export const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
