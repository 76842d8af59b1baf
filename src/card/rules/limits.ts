import { markdownTables } from '../markdown-tables.ts';
import { type Component, type JsonObject, objectOf, type Tour, textOf } from '../walk.ts';
import { type CardFinding, finding } from './finding.ts';

/** Feishu says 30 KB without saying which; the smaller reading is safe (Feishu: im-v1 message create, 230025). */
export const CARD_BYTES = 30_000;
const CARD_BYTES_NEAR = 25_000;
const ELEMENTS = 200;
const ELEMENTS_NEAR = 180;
const TABLES = 5;
/** a suggestion of the page (cards: §3.2) */
const CHARTS = 5;
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

/** Whether these count is not published. */
const UNSURE = new Set(['standard_icon', 'custom_icon', 'text_tag']);

/**
 * Every component and text node counts: so it was measured (99 buttons and their texts pass, 100 do not). Whether icons
 * and the header count is not known: with them it is a warning, from 180 on (cards: §4).
 */
const checkCount = ({ card, objects }: Tour): CardFinding[] => {
  const tagged = objects.filter(({ node }) => typeof node['tag'] === 'string');
  const languages = Object.keys(objectOf(card['i18n_elements'])).map((language) => `i18n_elements.${language}`);
  return ['body', 'elements', ...languages].flatMap((root) => {
    const inside = tagged.filter(({ path }) => path.startsWith(root) && !/^\w/.test(path.slice(root.length)));
    const sure = inside.filter(({ node }) => !UNSURE.has(node['tag'] as string)).length;
    const header = tagged.filter(({ path }) => path.startsWith('header')).length;
    if (sure > ELEMENTS)
      return [finding('card-elements-many', { count: sure, limit: ELEMENTS }, { path: root, feishu: 11310 })];
    const most = inside.length + header;
    return inside.length > 0 && most >= ELEMENTS_NEAR
      ? [finding('card-elements-many', { count: most, limit: ELEMENTS }, { path: root, severity: 'warning' })]
      : [];
  });
};

const LEVELS = ['column_set', 'form', 'interactive_container', 'collapsible_panel'];
const checkDepth = (components: readonly Component[]): CardFinding[] =>
  components.flatMap(({ node, tag, parents, path }) => {
    const depth = [...parents, node].filter((level) => LEVELS.includes(textOf(level['tag']) ?? '')).length;
    return depth === DEPTH + 1 && LEVELS.includes(tag) ? [finding('card-depth', { depth }, { path })] : [];
  });

const checkTableCount = (components: readonly Component[]): CardFinding[] => {
  const tables = components.filter(({ tag }) => tag === 'table');
  const languages = [...new Set(tables.map(({ language }) => language))];
  return [
    ...tables
      .filter(({ parents }) => parents.length > 0)
      .map(({ path }) => finding('card-root-only', { tag: 'table' }, { path, feishu: 200621 })),
    ...languages.flatMap((each) => {
      const own = tables.filter(({ language }) => language === each);
      return own.length > TABLES
        ? [
            finding(
              'card-tables-many',
              { count: own.length, limit: TABLES },
              { path: own[TABLES]!.path, feishu: 11310 },
            ),
          ]
        : [];
    }),
  ];
};

const checkMarkdownTables = (components: readonly Component[]): CardFinding[] => {
  const texts = components
    .filter(({ tag }) => tag === 'markdown')
    .map(({ node, path }) => ({ path, count: markdownTables(textOf(node['content']) ?? '') }));
  const inTexts = texts.reduce((sum, { count }) => sum + count, 0);
  return [
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

const checkCharts = (components: readonly Component[]): CardFinding[] => {
  const charts = components.filter(({ tag }) => tag === 'chart');
  return charts.length > CHARTS
    ? [finding('card-charts-many', { count: charts.length }, { path: charts[CHARTS]!.path, severity: 'warning' })]
    : [];
};

/** Names and element_ids are unique in the whole card; form fields too (observed: `name(x) duplicate`). */
const checkIds = ({ objects }: Tour): CardFinding[] => {
  const seen = new Map<string, string>();
  return objects.flatMap(({ node, path }) => {
    // the name of a table's column is another kind of name: it has no tag
    if (typeof node['tag'] !== 'string') return [];
    return (['name', 'element_id'] as const).flatMap((key) => {
      const value = textOf(node[key]);
      if (value === null || value === '') return [];
      // each language of a 1.0 card is a card of its own
      const language = /^i18n_elements\.[^.[]+/.exec(path)?.[0] ?? '';
      const first = seen.get(`${language} ${key} ${value}`);
      seen.set(`${language} ${key} ${value}`, first ?? path);
      const at = `${path}.${key}`;
      return [
        ...(first === undefined
          ? []
          : [
              finding(
                'card-duplicate',
                { key, value, first, where: 'card' },
                { path: at, feishu: key === 'name' ? 11310 : 300301 },
              ),
            ]),
        ...(key === 'element_id' && !/^[A-Za-z]\w{0,19}$/.test(value)
          ? [finding('card-element-id', { id: value }, { path: at })]
          : []),
      ];
    });
  });
};

/** Sizes and counts of the whole card. */
export const checkLimits = (tour: Tour): CardFinding[] => [
  ...checkSize(tour.card),
  ...checkCount(tour),
  ...checkDepth(tour.components),
  ...checkTableCount(tour.components),
  ...checkMarkdownTables(tour.components),
  ...checkCharts(tour.components),
  ...checkIds(tour),
];
