import { type CardFinding, finding } from './finding.ts';
import { markdownTables } from './markdown-tables.ts';
import { type Component, type JsonObject, objectsOf, textOf } from './walk.ts';

/** Feishu says 30 KB without saying which; the smaller reading is safe (Feishu: im-v1 message create, 230025). */
export const CARD_BYTES = 30_000;
const CARD_BYTES_NEAR = 25_000;
const ELEMENTS = 200;
const TABLES = 5;
const TABLES_IN_MARKDOWN = 4;
const DEPTH = 5;

const sizeOf = (card: JsonObject): number => new TextEncoder().encode(JSON.stringify(card)).length;

const checkSize = (card: JsonObject): CardFinding[] => {
  const bytes = sizeOf(card);
  if (bytes > CARD_BYTES) return [finding('card-size', { bytes, limit: CARD_BYTES }, { path: '', feishu: 230025 })];
  return bytes > CARD_BYTES_NEAR
    ? [finding('card-size', { bytes, limit: CARD_BYTES }, { path: '', severity: 'warning' })]
    : [];
};

/** Every object with a tag counts, text nodes too: so it was measured (99 buttons and their texts pass, 100 do not). */
const checkCount = (card: JsonObject): CardFinding[] => {
  const count = objectsOf(card['body'] ?? card['elements'] ?? null).filter(
    ({ node }) => typeof node['tag'] === 'string',
  ).length;
  return count > ELEMENTS
    ? [finding('card-elements-many', { count }, { path: 'body' in card ? 'body' : 'elements', feishu: 11310 })]
    : [];
};

const LEVELS = ['column_set', 'form', 'interactive_container', 'collapsible_panel'];
const checkDepth = (components: readonly Component[]): CardFinding[] =>
  components.flatMap(({ node, tag, parents, path }) => {
    const depth = [...parents, node].filter((level) => LEVELS.includes(textOf(level['tag']) ?? '')).length;
    return depth === DEPTH + 1 && LEVELS.includes(tag) ? [finding('card-depth', { depth }, { path })] : [];
  });

const checkTables = (components: readonly Component[]): CardFinding[] => {
  const tables = components.filter(({ tag }) => tag === 'table');
  const texts = components
    .filter(({ tag }) => tag === 'markdown')
    .map(({ node, path }) => ({ path, count: markdownTables(textOf(node['content']) ?? '') }));
  const inTexts = texts.reduce((sum, { count }) => sum + count, 0);
  const perLanguage = tables.filter(({ path }) => !path.startsWith('i18n_elements')).length;
  return [
    ...tables
      .filter(({ parents }) => parents.length > 0)
      .map(({ path }) => finding('card-root-only', { tag: 'table' }, { path, feishu: 200621 })),
    ...(perLanguage > TABLES
      ? [
          finding(
            'card-tables-many',
            { count: perLanguage, limit: TABLES },
            { path: tables[TABLES]?.path ?? '', feishu: 11310 },
          ),
        ]
      : []),
    ...texts
      .filter(({ count }) => count > TABLES_IN_MARKDOWN)
      .map(({ path, count }) =>
        finding(
          'card-markdown-tables',
          { count, limit: TABLES_IN_MARKDOWN },
          { path: `${path}.content`, feishu: 11310 },
        ),
      ),
    // Markdown tables draw on the card's budget of tables too (observed; 3 and 5 are both reported as its size).
    ...(inTexts > 3 && texts.every(({ count }) => count <= TABLES_IN_MARKDOWN)
      ? [
          finding(
            'card-markdown-tables',
            { count: inTexts, limit: 3 },
            { path: texts.find(({ count }) => count > 0)?.path ?? '', severity: 'warning' },
          ),
        ]
      : []),
  ];
};

/** Names and element_ids are unique in the whole card; form fields too (observed: `name(x) duplicate`). */
const checkIds = (card: JsonObject): CardFinding[] => {
  const seen = new Map<string, string>();
  return objectsOf(card).flatMap(({ node, path }) =>
    (['name', 'element_id'] as const).flatMap((key) => {
      const value = textOf(node[key]);
      // the name of a table's column is another kind of name: it has no tag
      if (value === null || value === '' || typeof node['tag'] !== 'string') return [];
      const first = seen.get(`${key} ${value}`);
      seen.set(`${key} ${value}`, first ?? path);
      const at = `${path}.${key}`;
      return [
        ...(first === undefined
          ? []
          : [finding('card-duplicate', { key, value, first }, { path: at, feishu: key === 'name' ? 11310 : 300301 })]),
        ...(key === 'element_id' && !/^[A-Za-z]\w{0,19}$/.test(value)
          ? [finding('card-element-id', { id: value }, { path: at })]
          : []),
      ];
    }),
  );
};

/** Sizes and counts of the whole card. */
export const checkLimits = (card: JsonObject, components: readonly Component[]): CardFinding[] => [
  ...checkSize(card),
  ...checkCount(card),
  ...checkDepth(components),
  ...checkTables(components),
  ...checkIds(card),
];
