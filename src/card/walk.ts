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
  /** of a 1.0 card in several languages, whose it is */
  readonly language: string | null;
}

/** Keys under which components hold components. A column is counted as one: it has a tag and elements. */
const CHILD_KEYS = ['elements', 'columns', 'actions', 'extra'] as const;

/** Every component of a card in reading order. Of a 1.0 card in several languages, those of each language. */
export const componentsOf = (card: JsonObject): readonly Component[] => {
  const all: Component[] = [];
  const visit = (
    json: Json | undefined,
    path: string,
    parents: readonly JsonObject[],
    language: string | null,
  ): void => {
    if (Array.isArray(json)) {
      for (const [i, item] of (json as readonly Json[]).entries()) visit(item, `${path}[${i}]`, parents, language);
      return;
    }
    if (!isObject(json)) return;
    const tag = textOf(json['tag']) ?? '';
    all.push({ node: json, tag, path, parents, language });
    // columns of a table are no components, nor is what its rows hold
    if (tag === 'table') return;
    const inside = [...parents, json];
    for (const key of CHILD_KEYS)
      if (key === 'extra' || Array.isArray(json[key])) visit(json[key], `${path}.${key}`, inside, language);
    const area = json['button_area'];
    if (isObject(area)) visit(area['buttons'], `${path}.button_area.buttons`, inside, language);
  };
  visit(listOf(objectOf(card['body'])['elements']), 'body.elements', [], null);
  visit(listOf(card['elements']), 'elements', [], null);
  for (const [language, list] of Object.entries(objectOf(card['i18n_elements'])))
    visit(list, `i18n_elements.${language}`, [], language);
  return all;
};

/** Values that are the user's own, where no rule of ours holds: what callbacks carry, chart specs, rows of tables. */
const OPAQUE = new Set(['value', 'chart_spec', 'rows', 'template_variable']);

export interface Placed {
  readonly node: JsonObject;
  readonly path: string;
}

/** Every object of a card outside opaque values, with its path; the card itself has the path ''. */
export const objectsOf = (card: Json): readonly Placed[] => {
  const all: Placed[] = [];
  const visit = (json: Json, path: string): void => {
    if (Array.isArray(json)) {
      json.forEach((item, i) => {
        if (typeof item === 'object') visit(item as Json, `${path}[${i}]`);
      });
      return;
    }
    if (!isObject(json)) return;
    all.push({ node: json, path });
    for (const [key, value] of Object.entries(json))
      if (typeof value === 'object' && value !== null && !OPAQUE.has(key)) visit(value, join(path, key));
  };
  visit(card, '');
  return all;
};

/** Deeper than any card can be; what reads a card calls itself, and must not be made to overflow. */
export const isBottomless = (json: Json, left = 100): boolean => {
  if (typeof json !== 'object' || json === null) return false;
  if (left === 0) return true;
  const inner: readonly Json[] = Array.isArray(json) ? (json as readonly Json[]) : Object.values(json);
  return inner.some((value) => typeof value === 'object' && isBottomless(value, left - 1));
};

/** A key with a dot or a bracket in it is no step of a path that could be read back: it is quoted. */
export const join = (path: string, key: string): string => {
  const step = /^[^.[\]"\s]+$/.test(key) ? key : `[${JSON.stringify(key)}]`;
  return path === '' || step.startsWith('[') ? `${path}${step}` : `${path}.${step}`;
};

/** Everything that the rules look at, gathered once. */
export interface Tour {
  readonly card: JsonObject;
  readonly v2: boolean;
  readonly components: readonly Component[];
  readonly objects: readonly Placed[];
}

export const tourOf = (card: JsonObject): Tour => ({
  card,
  v2: card['schema'] === '2.0',
  components: componentsOf(card),
  objects: objectsOf(card),
});
