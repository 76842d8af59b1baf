import { type Block, blocksOf, type CardSpec, insideOf, type TableColumn, type Template } from '../model/card.ts';
import { type Place, type Problem, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { checkTemplate } from './check-template.ts';
import { SCOPE_NAMES } from './scope.ts';
import type { Landing } from './template.ts';
import { cardWords } from './words.ts';

interface Found {
  readonly template: Template;
  readonly landing: Landing;
}

const plain = (...templates: readonly (Template | null)[]): Found[] =>
  templates.filter((one) => one !== null).map((template) => ({ template, landing: 'plain' }));

const labels = (columns: readonly TableColumn[] | null): Found[] => plain(...(columns ?? []).map(({ label }) => label));

/** The templates of one block, and where each lands; those of the blocks inside it are not among them. */
const templatesOf = (block: Block): Found[] => {
  switch (block.block) {
    case 'markdown':
      return [{ template: block.text, landing: 'markdown' }];
    case 'text':
    case 'note':
      return plain(block.text);
    case 'fields':
      return plain(...block.fields.flatMap(({ label, value }) => [label, value]));
    case 'metrics':
      return plain(
        ...block.metrics.flatMap(({ label, value, delta }) => [
          label,
          value,
          delta?.value ?? null,
          delta?.label ?? null,
        ]),
      );
    case 'table':
      return labels(block.columns);
    case 'chart':
      return 'spec' in block.chart ? [] : [...plain(block.chart.title), ...labels([block.chart.x, ...block.chart.y])];
    case 'image':
      return plain('from' in block.src ? null : block.src, block.alt);
    case 'buttons':
      return block.buttons.flatMap(({ text, url }) => [...plain(text), { template: url, landing: 'link' as const }]);
    case 'panel':
      return plain(block.title);
    case 'people':
      return plain(...block.people.ids);
    default:
      return [];
  }
};

const datasetsOf = (block: Block): readonly string[] => {
  if (block.block === 'table') return [block.rows];
  if (block.block === 'image') return 'from' in block.src ? [block.src.from] : [];
  if (block.block === 'chart') return block.chart.rows === null ? [] : [block.chart.rows];
  return block.block === 'people' && block.people.from !== null ? [block.people.from.rows] : [];
};

const ONE_Y: readonly string[] = ['pie', 'donut', 'funnel', 'progress', 'gauge', 'wordcloud'];

const checkChart = (block: Block): Problem[] => {
  if (block.block !== 'chart' || 'spec' in block.chart) return [];
  const { type, y, series } = block.chart;
  const several = y[1]?.label.at ?? block.at;
  if (y.length < 2) return [];
  if (ONE_Y.includes(type)) return [problem(cardWords, 'chart-one-y', { type }, { at: several })];
  return series === null ? [] : [problem(cardWords, 'chart-two-series', undefined, { at: several })];
};

const unknownDataset = (name: string, datasets: readonly string[], at: Place | null): Problem =>
  problem(cardWords, 'unknown-dataset', { name, known: datasets, suggestion: nearest(name, datasets) }, { at });

/** A text as it stands, or in each of its languages. */
export const translationsOf = (template: Template): readonly Template[] =>
  template.translations === undefined ? [template] : Object.values(template.translations);

const checkTemplates = (found: readonly Found[], names: readonly string[]): Problem[] =>
  found.flatMap(({ template, landing }) =>
    translationsOf(template).flatMap((one) => checkTemplate(one, landing, names)),
  );

const tablesInside = (body: readonly Block[]): readonly Block[] =>
  blocksOf(body.flatMap(insideOf)).filter(({ block }) => block === 'table');

/** What can be known of a card spec without data: its templates, the datasets its blocks name, and the links. */
export const checkCardSpec = (spec: CardSpec, datasets: readonly string[]): Problem[] => {
  const names = [...SCOPE_NAMES, ...datasets];
  const blocks = blocksOf(spec.body);
  const icon = spec.icon === null ? null : 'src' in spec.icon ? spec.icon.src : spec.icon.token;
  const heading = plain(spec.title, spec.subtitle, spec.summary, icon, ...spec.tags.map(({ text }) => text));
  const untitled = spec.title === null && (spec.subtitle !== null || spec.tags.length > 0);
  return [
    ...(untitled ? [problem(cardWords, 'title-missing', undefined, { at: spec.subtitle?.at ?? spec.at })] : []),
    ...(spec.body.length === 0 ? [problem(cardWords, 'empty-card', undefined, { at: spec.at })] : []),
    ...checkTemplates(heading, names),
    ...blocks.flatMap((block) => [
      ...datasetsOf(block).flatMap((name) =>
        datasets.includes(name) ? [] : [unknownDataset(name, datasets, block.at)],
      ),
      ...checkChart(block),
      ...checkTemplates(templatesOf(block), names),
    ]),
    ...tablesInside(spec.body).map(({ at }) => problem(cardWords, 'table-inside', undefined, { at })),
  ];
};
